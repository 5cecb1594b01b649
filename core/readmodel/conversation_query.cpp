#include "core/readmodel/conversation_query.h"

#include "core/domain/mail/address_json.h"
#include "core/readmodel/draft_reader.h"
#include "core/storage/conversations/message_rows.h"
#include "core/storage/mailboxes/sender_check_repository.h"
#include "core/storage/replies/draft_basis_reader.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace aiva {

using namespace Qt::StringLiterals;

class ConversationQuery::Private {
public:
    Statement conversation;
    Statement messages;
    Statement attachments;
    Statement notes;
    DraftReader drafts;
    Statement safeHtml;
    Statement senderCheck;
    Statement content;
    std::unique_ptr<DraftBasisReader> basis;
    std::unique_ptr<MergeSuggestions> suggestions;

    Result<void> fillMessages(ConversationView& view);
    Result<void> fillAttachments(MessageView& message);
    Result<void> fillNotes(ConversationView& view);
};

static constexpr std::string_view kConversation = R"sql(
SELECT id, subject, customer_email, status, mailbox_id, has_draft, assignee_slot,
       claim_slot
FROM conversations WHERE id = ?1)sql";

static constexpr std::string_view kMessages = R"sql(
SELECT m.id, m.message_id, direction, from_name, from_email, recipients, m.sent_at, m.subject, folded, automated,
       unread, has_html, m.text, s.verdict, s.spf, s.dkim, s.dmarc, s.aligned_domain, s.warnings,
       direction = 'out' AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.message_id = m.message_id)
FROM messages m LEFT JOIN sender_checks s ON s.message_id = m.id
WHERE conversation_id = ?1 ORDER BY m.sent_at, m.id)sql";

static constexpr std::string_view kAttachments = R"sql(
SELECT id, name, mime_type, size, is_inline, content_id FROM attachments WHERE message_id = ?1 ORDER BY position)sql";

static constexpr std::string_view kNotes = R"sql(
SELECT id, author, text, written_at FROM notes WHERE conversation_id = ?1 ORDER BY written_at, id)sql";

ConversationQuery::ConversationQuery(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

ConversationQuery::~ConversationQuery() = default;

Result<std::unique_ptr<ConversationQuery>> ConversationQuery::create(Database& reader) {
    auto priv = std::make_unique<Private>();
    AIVA_TRY(priv->conversation, reader.prepare(kConversation));
    AIVA_TRY(priv->messages, reader.prepare(kMessages));
    AIVA_TRY(priv->attachments, reader.prepare(kAttachments));
    AIVA_TRY(priv->notes, reader.prepare(kNotes));
    AIVA_CHECK(priv->drafts.prepare(reader));
    AIVA_TRY(priv->senderCheck, reader.prepare("SELECT verdict, spf, dkim, dmarc, aligned_domain, warnings "
                                               "FROM sender_checks WHERE message_id = ?1"));
    AIVA_TRY(priv->safeHtml, reader.prepare("SELECT safe_html FROM messages WHERE id = ?1"));
    AIVA_TRY(priv->content, reader.prepare("SELECT content FROM attachment_contents WHERE attachment_id = ?1"));
    AIVA_TRY(priv->basis, DraftBasisReader::create(reader));
    AIVA_TRY(priv->suggestions, MergeSuggestions::create(reader));
    return std::unique_ptr<ConversationQuery>(new ConversationQuery(std::move(priv)));
}

static QJsonDocument jsonOf(std::string_view text) {
    return QJsonDocument::fromJson(QByteArray::fromRawData(text.data(), static_cast<qsizetype>(text.size())));
}

static MessageView messageFrom(const Statement& row) {
    MessageView message;
    message.id = row.id<MessageId>(0);
    message.messageId = row.text(1);
    message.isOutbound = row.view(2) == "out";
    message.from = {row.text(3), row.text(4)};
    const QJsonObject recipients = jsonOf(row.view(5)).object();
    message.to = addressesFrom(recipients["to"_L1]);
    message.cc = addressesFrom(recipients["cc"_L1]);
    message.replyTo = addressesFrom(recipients["replyTo"_L1]);
    message.sentAt = row.time(6);
    message.subject = row.text(7);
    message.folded = foldedFromJson(row.view(8));
    message.automated = row.boolean(9);
    message.unread = row.boolean(10);
    message.hasHtml = row.boolean(11);
    message.text = row.text(12);
    if (!row.isNull(13)) message.sender = senderCheckFrom(row, 13);
    message.sentElsewhere = row.boolean(19);
    return message;
}

Result<void> ConversationQuery::Private::fillMessages(ConversationView& view) {
    messages.bind(1, view.id);
    for (;;) {
        AIVA_TRY(const bool more, messages.step());
        if (!more) break;
        view.messages.push_back(messageFrom(messages));
    }
    for (MessageView& message : view.messages)
        AIVA_CHECK(fillAttachments(message));
    return {};
}

Result<void> ConversationQuery::Private::fillAttachments(MessageView& message) {
    attachments.bind(1, message.id);
    for (;;) {
        AIVA_TRY(const bool more, attachments.step());
        if (!more) return {};
        message.attachments.push_back({attachments.id<AttachmentId>(0), attachments.text(1), attachments.text(2),
                                       attachments.integer(3), attachments.boolean(4), attachments.text(5)});
    }
}

Result<void> ConversationQuery::Private::fillNotes(ConversationView& view) {
    notes.bind(1, view.id);
    for (;;) {
        AIVA_TRY(const bool more, notes.step());
        if (!more) return {};
        view.notes.push_back({notes.id<NoteId>(0), notes.text(1), notes.text(2), notes.time(3)});
    }
}

Result<std::optional<ConversationView>> ConversationQuery::conversation(ConversationId id) {
    AIVA_TRY(const bool found, d->conversation.bind(1, id).step());
    if (!found) return std::optional<ConversationView>();
    std::optional<ConversationView> view = ConversationView();
    view->id = id;
    view->subject = d->conversation.text(1);
    view->customerEmail = d->conversation.text(2);
    view->status = fromWord<ConversationStatus>(d->conversation.text(3)).value_or(ConversationStatus::Open);
    if (!d->conversation.isNull(4)) view->mailbox = d->conversation.id<MailboxId>(4);
    const bool hasDraft = d->conversation.boolean(5);
    view->assigneeSlot = static_cast<int>(d->conversation.integer(6));
    view->claimSlot = static_cast<int>(d->conversation.integer(7));
    d->conversation.reset();
    AIVA_CHECK(d->fillMessages(*view));
    AIVA_CHECK(d->fillNotes(*view));
    if (hasDraft) AIVA_CHECK(d->drafts.fill(*view));
    AIVA_TRY(view->suggestion, d->suggestions->forConversation(id));
    AIVA_TRY(view->moves, d->suggestions->movesOf(id));
    return view;
}

Result<DraftBasis> ConversationQuery::basis(ConversationId id) {
    return d->basis->basis(id);
}

Result<std::optional<SenderCheck>> ConversationQuery::senderCheck(MessageId id) {
    AIVA_TRY(const bool found, d->senderCheck.bind(1, id).step());
    if (!found) return std::optional<SenderCheck>();
    const SenderCheck check = senderCheckFrom(d->senderCheck, 0);
    d->senderCheck.reset();
    return std::optional<SenderCheck>(check);
}

Result<std::vector<MergeSuggestion>> ConversationQuery::othersOfCustomer(ConversationId id) {
    return d->suggestions->othersOfCustomer(id);
}

Result<QString> ConversationQuery::safeHtml(MessageId id) {
    AIVA_TRY(const bool found, d->safeHtml.bind(1, id).step());
    if (!found) return Error{ErrorKind::NotFound, u"there is no such message"_s};
    QString html = d->safeHtml.text(0);
    d->safeHtml.reset();
    return html;
}

Result<QByteArray> ConversationQuery::attachmentContent(AttachmentId id) {
    AIVA_TRY(const bool found, d->content.bind(1, id).step());
    if (!found) return Error{ErrorKind::NotFound, u"there is no such attachment"_s};
    QByteArray content = d->content.blob(0);
    d->content.reset();
    return content;
}

Result<QByteArray> ConversationQuery::draftAttachmentContent(DraftAttachmentId id) {
    return d->drafts.attachmentContent(id);
}

Result<std::vector<DraftVersionView>> ConversationQuery::draftVersions(ConversationId id) {
    return d->drafts.versions(id);
}

} // namespace aiva
