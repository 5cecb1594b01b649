// Bytes of one mail → MessageRecord, through the guard, on any thread with a few megabytes of stack. Called by the
// adapters that receive mail; never touches the network, a file or the database.
#pragma once

#include "core/adapters/mail/mime/raw_mail_guard.h"
#include "core/base/result.h"
#include "core/domain/mail/message_record.h"

#include <QByteArray>

namespace aiva {

// Stack a thread that calls decodeMail should have: what the guard lets through needs far less, but a future bug of
// the MIME library should meet room first.
constexpr unsigned kMailDecoderStackBytes = 16U * 1024 * 1024;

// `fileTime` dates a mail that has no date of its own. Invalid with the guard's cause when the mail is refused.
Result<MessageRecord> decodeMail(const QByteArray& raw, UtcTime fileTime, const MailLimits& limits = {});

} // namespace aiva
