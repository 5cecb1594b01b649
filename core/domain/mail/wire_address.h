// E-mail addresses as they may go onto the wire: into a header, into MAIL and RCPT. Used by whatever sends. Pure.
#pragma once

#include <QString>

namespace aiva {

// The address with its domain in ASCII (IDNA) and nothing in it that could end a line, a path or a header field
// (RFC 5321 §4.1.2). Empty when mail cannot be sent to it. What stands before the '@' stays as it is: not ASCII, it
// needs SMTPUTF8 (RFC 6531).
QString wireAddress(const QString& address);

} // namespace aiva
