#include "ui/composer/written_reply.h"

#include "core/domain/mail/attachment_rules.h"
#include "ui/composer/answered_mail.h"
#include "ui/composer/composer_sources.h"
#include "ui/composer/mail_html.h"

#include <QTextDocument>

#include <algorithm>

namespace aiva {

namespace {

ComposedReply wholeReply(const WrittenReply& written) {
    const QTextDocument& document = *written.writing.document;
    ReplyParts parts;
    parts.text = mailText(document);
    if (isFormatted(document)) parts.html = mailHtml(document);
    parts.signatureText = written.from.account.signatureText;
    parts.signatureHtml = written.from.account.signatureHtml;
    if (const auto quoted = quotedMail(written.view); quoted && written.writing.draft.quote == QuoteUse::Below) {
        parts.quoteText = quoteOf(written.view, *quoted);
        parts.quoteHtml = quoteHtml(*quoted, languageOf(written.view), QTimeZone::systemTimeZone());
    }
    return composedReply(parts);
}

Result<std::vector<AttachmentRecord>> attachmentsOf(const Writing& writing, const ComposerSources& sources) {
    std::vector<AttachmentRecord> attachments;
    const QSet<QString> shown = imagesIn(*writing.document);
    for (const DraftAttachmentView& file : writing.attachments) {
        const bool isInline = !file.contentId.isEmpty();
        if (isInline && !shown.contains(file.contentId)) continue; // taken out of the text again
        if (!sources.attachment) return Error{ErrorKind::Internal, QStringLiteral("attachments have no source")};
        AIVA_TRY(const QByteArray content, sources.attachment(file.id));
        attachments.push_back({file.name, file.mimeType, file.contentId, isInline, content});
    }
    return attachments;
}

} // namespace

Result<ReplyRequest> replyRequest(const WrittenReply& written, const ComposerSources& sources) {
    ReplyRequest reply;
    reply.conversation = written.view.id;
    reply.mailbox = written.from.account.id;
    reply.kind = written.writing.draft.kind;
    reply.to = written.address.recipients.to;
    reply.cc = written.address.recipients.cc;
    reply.bcc = written.address.recipients.bcc;
    reply.subject = written.address.subject;
    const ComposedReply whole = wholeReply(written);
    reply.text = whole.text;
    reply.html = whole.html;
    if (written.writing.draft.basis)
        reply.basis = *written.writing.draft.basis;
    else if (sources.basis)
        reply.basis = sources.basis(written.view.id).value_or(DraftBasis());
    AIVA_TRY(reply.attachments, attachmentsOf(written.writing, sources));
    return reply;
}

QString quoteOf(const ConversationView& view, const QuotedMail& mail) {
    return quoteText(mail, languageOf(view), QTimeZone::systemTimeZone());
}

qint64 sentBytes(const Writing& writing) {
    qint64 bytes = static_cast<qint64>(writing.document->characterCount()) * 2;
    for (const DraftAttachmentView& file : writing.attachments)
        bytes += attachedSize(file.size);
    return bytes;
}

bool lacksImage(const Writing& writing) {
    const QSet<QString> shown = imagesIn(*writing.document);
    return std::any_of(shown.begin(), shown.end(), [&](const QString& contentId) {
        return std::none_of(writing.attachments.begin(), writing.attachments.end(),
                            [&](const DraftAttachmentView& file) { return file.contentId == contentId; });
    });
}

} // namespace aiva
