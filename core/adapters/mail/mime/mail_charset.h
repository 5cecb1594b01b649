// Bytes of a mail in whatever charset they claim → QString. Called by the decoder; never fails, never yields NUL.
#pragma once

#include <QByteArray>
#include <QString>

namespace aiva {

// `charset` as the mail spells it, may be empty or a lie: valid UTF-8 wins over a missing or ASCII claim, Windows-1252
// stands in for ISO-8859-1 and for anything undecodable.
QString decodeMailText(const QByteArray& bytes, const QByteArray& charset);

// One line for a subject, a name, an id: no control characters, no bidirectional overrides, blanks collapsed.
QString singleLine(const QString& text);

} // namespace aiva
