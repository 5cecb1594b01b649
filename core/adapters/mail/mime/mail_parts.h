// Walks the parts of one parsed mail: what is read first, what it looks like as HTML, what is attached. Used only by
// the decoder.
#pragma once

#include "core/base/result.h"
#include "core/domain/mail/message_record.h"

#include <gmime/gmime.h>

namespace aiva {

struct MailBody {
    QString text;
    QString html; // as the mail has it: hostile until sanitised; empty when no part is HTML
    std::vector<AttachmentRecord> attachments;
};

// Invalid when parts are nested deeper than `deepest`.
Result<MailBody> collectMailBody(GMimeMessage* message, int deepest);

} // namespace aiva
