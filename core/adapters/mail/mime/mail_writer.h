// OutgoingMail → the bytes to send. Owned by the app; the outbox asks once, when it freezes a mail. Never sends, never
// reads a clock or makes up an id: the same mail gives the same bytes.
#pragma once

#include "core/ports/mail_writer_port.h"

namespace aiva {

class MailWriter final : public MailWriterPort {
public:
    Result<QByteArray> write(const OutgoingMail& mail) override;
};

} // namespace aiva
