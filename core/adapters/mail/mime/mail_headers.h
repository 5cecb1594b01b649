// The header fields of one parsed mail, decoded to UTF-8 values. Used only by the decoder.
#pragma once

#include "core/domain/mail/message_record.h"

#include <gmime/gmime.h>

namespace aiva {

// Fills ids, addresses, date, subject and isAutomated. `fileTime` stands in when the mail has no usable date.
void readMailHeaders(GMimeMessage* message, UtcTime fileTime, MessageRecord& record);

// Message ids in the order written, without brackets; at most 100 (the first and the newest).
QStringList messageIdsIn(const char* header);

QString fromMailUtf8(const char* text);

} // namespace aiva
