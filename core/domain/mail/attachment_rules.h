// What the composer asks about attachments: was one promised, and does the mail stay below what servers take. Pure.
#pragma once

#include <QString>

namespace aiva {

// The word that promises an attachment ("attached", "im Anhang", "ci-joint"), as written; empty when none does. Only
// one's own words count: quoted lines and what follows "-- " do not.
QString promisedAttachment(const QString& text);

// What servers take when they name no SIZE (RFC 1870): most refuse above 20 to 25 MB as sent.
inline constexpr qint64 usualMailLimit = 20LL << 20;
// Bytes on the wire of an attachment: base64 in lines of 76 with CRLF.
qint64 attachedSize(qint64 bytes);

} // namespace aiva
