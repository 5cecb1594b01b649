#include "core/outbox/draft_snapshot.h"

#include "core/domain/html/html_sanitizer.h"
#include "core/domain/mail/quoted_text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

QString recipientsText(const OutgoingMail& mail) {
    return toJson(DraftRecipients{mail.to, mail.cc, mail.bcc});
}

QJsonObject draftJson(const Draft& draft) {
    QJsonObject json{{u"text"_s, draft.text},       {u"html"_s, draft.html},
                     {u"cursor"_s, draft.cursor},   {u"kind"_s, toWord(draft.kind)},
                     {u"subject"_s, draft.subject}, {u"quote_left_out"_s, draft.quote == QuoteUse::LeftOut}};
    if (draft.mailbox) json.insert(u"mailbox"_s, QString::number(draft.mailbox->value()));
    if (draft.recipients) json.insert(u"recipients"_s, toJson(*draft.recipients));
    return json;
}

Draft draftFrom(const QJsonObject& json) {
    Draft draft;
    draft.text = json["text"_L1].toString();
    draft.html = json["html"_L1].toString();
    draft.cursor = json["cursor"_L1].toInt();
    draft.kind = fromWord<DraftKind>(json["kind"_L1].toString()).value_or(DraftKind::Reply);
    draft.subject = json["subject"_L1].toString();
    draft.quote = json["quote_left_out"_L1].toBool() ? QuoteUse::LeftOut : QuoteUse::Below;
    if (json.contains("mailbox"_L1)) draft.mailbox = MailboxId(json["mailbox"_L1].toString().toLongLong());
    if (json.contains("recipients"_L1)) draft.recipients = draftRecipientsFromJson(json["recipients"_L1].toString());
    return draft;
}

QJsonArray attachmentsJson(const std::vector<AttachmentRecord>& attachments) {
    QJsonArray array;
    for (const AttachmentRecord& one : attachments)
        array.append(QJsonObject{{u"name"_s, one.name},
                                 {u"type"_s, one.mimeType},
                                 {u"cid"_s, one.contentId},
                                 {u"inline"_s, one.isInline},
                                 {u"content"_s, QString::fromLatin1(one.content.toBase64())}});
    return array;
}

std::vector<AttachmentRecord> attachmentsFrom(const QJsonArray& array) {
    std::vector<AttachmentRecord> attachments;
    for (const QJsonValue& one : array)
        attachments.push_back({one["name"_L1].toString(), one["type"_L1].toString(), one["cid"_L1].toString(),
                               one["inline"_L1].toBool(),
                               QByteArray::fromBase64(one["content"_L1].toString().toLatin1())});
    return attachments;
}

QJsonObject mailJson(const OutgoingMail& mail) {
    return {{u"id"_s, mail.messageId},
            {u"from_name"_s, mail.from.name},
            {u"from"_s, mail.from.email},
            {u"recipients"_s, recipientsText(mail)},
            {u"date"_s, QString::number(mail.date.ms())},
            {u"subject"_s, mail.subject},
            {u"in_reply_to"_s, mail.inReplyTo},
            {u"references"_s, QJsonArray::fromStringList(mail.references)},
            {u"text"_s, mail.text},
            {u"html"_s, mail.html},
            {u"automatic"_s, mail.origin == MailOrigin::AutoReply},
            {u"attachments"_s, attachmentsJson(mail.attachments)}};
}

std::optional<OutgoingMail> mailFrom(const QJsonObject& json) {
    OutgoingMail mail;
    mail.messageId = json["id"_L1].toString();
    if (mail.messageId.isEmpty()) return std::nullopt;
    mail.from = {json["from_name"_L1].toString(), json["from"_L1].toString()};
    const DraftRecipients recipients =
        draftRecipientsFromJson(json["recipients"_L1].toString()).value_or(DraftRecipients());
    mail.to = recipients.to;
    mail.cc = recipients.cc;
    mail.bcc = recipients.bcc;
    mail.date = UtcTime(json["date"_L1].toString().toLongLong());
    mail.subject = json["subject"_L1].toString();
    mail.inReplyTo = json["in_reply_to"_L1].toString();
    const QJsonArray references = json["references"_L1].toArray();
    for (const QJsonValue& id : references)
        mail.references.append(id.toString());
    mail.text = json["text"_L1].toString();
    mail.html = json["html"_L1].toString();
    mail.origin = json["automatic"_L1].toBool() ? MailOrigin::AutoReply : MailOrigin::Person;
    mail.attachments = attachmentsFrom(json["attachments"_L1].toArray());
    return mail;
}

} // namespace

QString toJson(const DraftSnapshot& snapshot) {
    QJsonObject json{{u"mail"_s, mailJson(snapshot.mail)}};
    if (snapshot.draft) json.insert(u"draft"_s, draftJson(*snapshot.draft));
    return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

std::optional<DraftSnapshot> draftSnapshotFromJson(const QString& json) {
    const QJsonObject object = QJsonDocument::fromJson(json.toUtf8()).object();
    std::optional<OutgoingMail> mail = mailFrom(object["mail"_L1].toObject());
    if (!mail) return std::nullopt;
    DraftSnapshot snapshot;
    snapshot.mail = *std::move(mail);
    if (object.contains("draft"_L1)) snapshot.draft = draftFrom(object["draft"_L1].toObject());
    return snapshot;
}

Draft draftOf(const DraftSnapshot& snapshot, ConversationId conversation, UtcTime at) {
    Draft draft;
    if (snapshot.draft) {
        draft = *snapshot.draft;
    } else {
        // Nobody wrote it in the composer: the mail as it was, with its quote in the text.
        draft.text = snapshot.mail.text;
        draft.html = snapshot.mail.html;
        draft.subject = snapshot.mail.subject;
        draft.recipients = DraftRecipients{snapshot.mail.to, snapshot.mail.cc, snapshot.mail.bcc};
        draft.quote = QuoteUse::LeftOut;
    }
    draft.conversation = conversation;
    draft.updatedAt = at;
    // Its facts have to be read again: that is why it came back, often enough.
    draft.basis.reset();
    return draft;
}

MessageRecord sentMessageOf(const DraftSnapshot& snapshot, qint64 rawSize) {
    const OutgoingMail& mail = snapshot.mail;
    MessageRecord message;
    message.messageId = mail.messageId;
    message.inReplyTo = mail.inReplyTo;
    message.references = mail.references;
    message.from = mail.from;
    message.to = mail.to;
    message.cc = mail.cc;
    message.date = mail.date;
    message.subject = mail.subject;
    message.text = mail.text;
    if (!mail.html.isEmpty()) message.safeHtml = sanitizeHtml(mail.html);
    message.folded = foldedRanges(mail.text);
    message.attachments = mail.attachments;
    message.isAutomated = mail.origin == MailOrigin::AutoReply;
    message.rawSize = rawSize;
    return message;
}

} // namespace aiva
