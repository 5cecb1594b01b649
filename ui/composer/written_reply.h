// What is written, as the whole reply that leaves: one's own words, the signature, the quote below them, the files and
// the images that stand in the text. Changes nothing.
#pragma once

#include "core/base/result.h"
#include "core/domain/reply/reply_request.h"
#include "core/domain/reply/reply_text.h"
#include "ui/composer/draft_documents.h"
#include "ui/composer/recipients_bar.h"

namespace aiva {

struct ComposerSources;

struct WrittenReply {
    const ConversationView& view;
    const MailboxView& from;
    const Writing& writing;
    const RecipientsBar::Content& address;
};
// Without a time: the undo window. Fails where an attachment cannot be read.
Result<ReplyRequest> replyRequest(const WrittenReply& written, const ComposerSources& sources);

// The mail that is answered, as it will stand below the reply.
QString quoteOf(const ConversationView& view, const QuotedMail& mail);
// About what a mail server will be given.
qint64 sentBytes(const Writing& writing);
// An image stands in the text whose bytes are not attached: taken away, or never read.
bool lacksImage(const Writing& writing);

} // namespace aiva
