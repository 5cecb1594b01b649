// Reads a file, or encodes an image, into what a draft can attach: on a thread of the pool, never on the window's.
#pragma once

#include "core/base/async.h"
#include "core/domain/mail/message_record.h"

#include <QImage>

namespace aiva {

inline constexpr qint64 largestAttachment = 25LL << 20; // bytes; servers take less still

// Invalid when it is no readable file, Refused/MailTooLarge beyond largestAttachment.
Future<AttachmentRecord> readAttachment(const QString& path);
// A PNG shown in the text.
Future<AttachmentRecord> inlineImage(const QImage& image, const QString& contentId);

} // namespace aiva
