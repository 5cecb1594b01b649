// Judges a reply against what is known: every claim in it is proven by a fact, unproven, or forbidden (the nineteen
// checks of A5). Called for each draft of a playbook or a model and while a person writes. Pure: it reads no clock, no
// cache and no settings, never repairs a draft, and what it does not understand is unproven.
#pragma once

#include "core/domain/answering/fact.h"
#include "core/domain/answering/identity_kind.h"
#include "core/domain/answering/intent.h"
#include "core/domain/answering/verdict.h"

#include <QString>
#include <QStringList>

#include <functional>

namespace aiva {

struct VerifierInput {
    QString reply;    // plain text, without signature and quote
    QString language; // it must be written in: "en", "de", "fr", "es", "ja"; empty: any
    Intent intent = Intent::Other;
    FactSet facts;
    QStringList declaredFacts; // ids the draft says it used
    QStringList cards;         // orders it wants to show
    QString question;          // the customer's own words: never a fact, only what is being answered
    UtcTime sendAt = UtcTime();
    QStringList secrets = {}; // texts that must not come back: the system prompt, the marker
    std::function<bool(IdentityKind, const QString&)> belongsToSomebodyElse = {}; // absent: nobody's known
    enum class Author { Playbook, Model, Person } author = Author::Model;         // a person declares nothing
};

VerifierVerdict verify(const VerifierInput& input);

} // namespace aiva
