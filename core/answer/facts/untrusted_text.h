// Text written by strangers (mails, names, notes, product titles) made fit to stand beside our own words: what a person
// cannot see is taken out, so that what a model reads is what a person would have read. Pure. Hidden HTML never gets
// here: a mail's text is made from its visible HTML alone (core/domain/html/html_visibility).
#pragma once

#include <QString>

namespace aiva {

// Without control, zero-width, bidirectional, variation, private and tag characters (U+E0000…E007F); letters carry at
// most four marks; NFC; every blank is one space, at most one empty line in a row, nothing at the ends.
QString cleanedText(const QString& untrusted);
// The same on one line and not longer than `most` characters, cut ones ending in "…": a name or a title cannot begin a
// line of its own.
QString cleanedLine(const QString& untrusted, qsizetype most = 200);
// The address when it is plain http or https without anything invisible; empty otherwise.
QString cleanedUrl(const QString& untrusted);
// The name when it looks like one of a person; empty otherwise: a name may not carry a sentence or a link into a
// greeting.
QString cleanedPersonName(const QString& untrusted);

} // namespace aiva
