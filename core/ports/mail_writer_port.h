// The door to the MIME library for what goes out.
#pragma once

#include "core/base/result.h"
#include "core/domain/mail/outgoing_mail.h"

namespace aiva {

class MailWriterPort {
public:
    virtual ~MailWriterPort();
    // The bytes to send, CRLF, lines ≤ 998 bytes, Bcc left out. Invalid when an address or a header would break out of
    // its line. Pure; any thread.
    virtual Result<QByteArray> write(const OutgoingMail& mail) = 0;
};

} // namespace aiva
