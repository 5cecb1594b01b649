// The spellings of IMAP: folder names in modified UTF-7 (RFC 3501 §5.1.3), quoted strings, internal dates. Pure.
#pragma once

#include "core/base/utc_time.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace aiva {

// Bytes above ASCII mean that the server speaks UTF-8; anything that is neither stands for itself.
QString decodeFolderName(const QByteArray& wire);
QByteArray encodeFolderName(const QString& name);

// "text" in quotes; absent when it holds what only a literal can carry (CR, LF, NUL, 8-bit).
std::optional<QByteArray> imapQuoted(const QByteArray& text);

// "17-Jul-1996 02:44:25 -0700" (RFC 9051 date-time).
std::optional<UtcTime> parseInternalDate(const QByteArray& text);

// What a server says, for the log: printable, one line, at most `longest` characters.
QString cleanServerText(const QByteArray& text, int longest);

} // namespace aiva
