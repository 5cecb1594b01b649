// Domains of mail: which belong together, and which are made to look like another. There is no public suffix list
// aboard: belonging together is judged more narrowly than RFC 7489 does, never more widely. Pure.
#pragma once

#include <QString>
#include <QStringList>

namespace aiva {

// Lower case, internationalised labels as Unicode, without a final dot. Empty when there is none.
QString domainOf(const QString& address);
QString normalizedDomain(const QString& domain);

// Alignment (RFC 7489 §3.1, relaxed, narrower): the same domain, or one below the other where the upper one cannot be a
// public suffix. Siblings do not align: without a list "a.co.example" and "b.co.example" may be strangers.
bool isAlignedDomain(const QString& one, const QString& other);
// Wider, where a mistake only spares a warning: also siblings below a common name of two labels.
bool isRelatedDomain(const QString& one, const QString& other);

// What a glance takes the text for: confusable letters of other scripts, digits for letters, "rn" for "m".
QString lookAlikeSkeleton(const QString& text);
// Whether `domain` could be taken for one of `known` without being it or belonging to it: the same skeleton, one typing
// error away, or the known one in front of somebody else's. A mixture of scripts in one label looks like anything.
bool isLookAlikeDomain(const QString& domain, const QStringList& known);
// One insertion, deletion, replacement or swap of neighbours.
bool isOneEditAway(const QString& one, const QString& other);

// Providers that customers write from, and senders that are often imitated.
const QStringList& widelyKnownDomains();

} // namespace aiva
