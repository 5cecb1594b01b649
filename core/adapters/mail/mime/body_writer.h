// The body of one outgoing mail as a MIME tree: text, alternative, related, mixed. Used only by MailWriter; any thread.
#pragma once

#include "core/adapters/mail/mime/gobject_ptr.h"
#include "core/base/result.h"
#include "core/domain/mail/outgoing_mail.h"

namespace aiva {

// From MIME-Version (Content-Type …) to the last byte, CRLF. Boundaries derive from the message id, so the same mail
// gives the same bytes. Invalid for a content id that does not fit its header.
Result<QByteArray> writeMailBody(const OutgoingMail& mail);

} // namespace aiva
