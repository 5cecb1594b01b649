#include "core/storage/replies/draft_rows.h"

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr std::string_view readReply = R"sql(
SELECT text, html, cursor, updated_at, kind, mailbox_id, recipients, subject, basis, quote, begun_at, facts
FROM drafts WHERE conversation_id = ?1)sql";

constexpr std::string_view writeReply = R"sql(
INSERT OR REPLACE INTO drafts (conversation_id, text, html, cursor, updated_at, kind, mailbox_id, recipients, subject,
                               basis, quote, begun_at, facts)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13))sql";

constexpr std::string_view addAttachmentRow = R"sql(
INSERT INTO draft_attachments (conversation_id, position, name, mime_type, content_id, size, content)
VALUES (?1, (SELECT coalesce(max(position), -1) + 1 FROM draft_attachments WHERE conversation_id = ?1), ?2, ?3, ?4, ?5,
        ?6))sql";

} // namespace

Result<void> DraftRows::prepare() {
    AIVA_TRY(m_reply, m_database.prepare(readReply));
    AIVA_TRY(m_putReply, m_database.prepare(writeReply));
    AIVA_TRY(m_note, m_database.prepare("SELECT text, cursor, updated_at FROM note_drafts WHERE conversation_id = ?1"));
    AIVA_TRY(m_putNote, m_database.prepare("INSERT OR REPLACE INTO note_drafts (conversation_id, text, cursor, "
                                           "updated_at) VALUES (?1, ?2, ?3, ?4)"));
    AIVA_TRY(m_newestVersion, m_database.prepare("SELECT text, saved_at FROM draft_versions WHERE conversation_id = ?1 "
                                                 "ORDER BY id DESC LIMIT 1"));
    return {};
}

Result<std::optional<StoredReply>> DraftRows::reply(ConversationId conversation) {
    AIVA_TRY(const bool found, m_reply.bind(1, conversation).step());
    if (!found) return std::optional<StoredReply>();
    std::optional<StoredReply> stored = StoredReply();
    Draft& draft = stored->draft;
    draft.conversation = conversation;
    draft.text = m_reply.text(0);
    draft.html = m_reply.text(1);
    draft.cursor = static_cast<int>(m_reply.integer(2));
    draft.updatedAt = m_reply.time(3);
    draft.kind = fromWord<DraftKind>(m_reply.text(4)).value_or(DraftKind::Reply);
    if (!m_reply.isNull(5)) draft.mailbox = m_reply.id<MailboxId>(5);
    draft.recipients = draftRecipientsFromJson(m_reply.text(6));
    draft.subject = m_reply.text(7);
    draft.basis = draftBasisFromJson(m_reply.text(8));
    draft.quote = m_reply.view(9) == "left_out" ? QuoteUse::LeftOut : QuoteUse::Below;
    stored->begunAt = m_reply.time(10);
    draft.facts = orderFactsFromJson(m_reply.text(11));
    m_reply.reset();
    return stored;
}

Result<void> DraftRows::putReply(const Draft& draft, UtcTime begunAt) {
    m_putReply.bind(1, draft.conversation).bind(2, draft.text).bind(3, draft.html).bind(4, draft.cursor);
    m_putReply.bind(5, draft.updatedAt).bind(6, toWord(draft.kind));
    if (draft.mailbox)
        m_putReply.bind(7, *draft.mailbox);
    else
        m_putReply.bindNull(7);
    m_putReply.bind(8, draft.recipients ? toJson(*draft.recipients) : u""_s).bind(9, draft.subject);
    m_putReply.bind(10, draft.basis ? toJson(*draft.basis) : u""_s);
    m_putReply.bindView(11, draft.quote == QuoteUse::Below ? "below" : "left_out").bind(12, begunAt);
    m_putReply.bind(13, toJson(draft.facts));
    return m_putReply.run();
}

Result<void> DraftRows::removeReply(ConversationId conversation) {
    AIVA_TRY(Statement remove, m_database.prepare("DELETE FROM drafts WHERE conversation_id = ?1"));
    return remove.bind(1, conversation).run();
}

Result<std::optional<Draft>> DraftRows::note(ConversationId conversation) {
    AIVA_TRY(const bool found, m_note.bind(1, conversation).step());
    if (!found) return std::optional<Draft>();
    Draft draft;
    draft.conversation = conversation;
    draft.kind = DraftKind::Note;
    draft.text = m_note.text(0);
    draft.cursor = static_cast<int>(m_note.integer(1));
    draft.updatedAt = m_note.time(2);
    m_note.reset();
    return std::optional<Draft>(std::move(draft));
}

Result<void> DraftRows::putNote(const Draft& draft) {
    m_putNote.bind(1, draft.conversation).bind(2, draft.text).bind(3, draft.cursor).bind(4, draft.updatedAt);
    return m_putNote.run();
}

Result<void> DraftRows::removeNote(ConversationId conversation) {
    AIVA_TRY(Statement remove, m_database.prepare("DELETE FROM note_drafts WHERE conversation_id = ?1"));
    return remove.bind(1, conversation).run();
}

Result<std::optional<StoredVersion>> DraftRows::newestVersion(ConversationId conversation) {
    AIVA_TRY(const bool found, m_newestVersion.bind(1, conversation).step());
    if (!found) return std::optional<StoredVersion>();
    StoredVersion version{m_newestVersion.text(0), m_newestVersion.time(1)};
    m_newestVersion.reset();
    return std::optional<StoredVersion>(std::move(version));
}

Result<void> DraftRows::addVersion(const Draft& draft, int kept) {
    AIVA_TRY(Statement insert, m_database.prepare("INSERT INTO draft_versions (conversation_id, text, html, saved_at) "
                                                  "VALUES (?1, ?2, ?3, ?4)"));
    insert.bind(1, draft.conversation).bind(2, draft.text).bind(3, draft.html).bind(4, draft.updatedAt);
    AIVA_CHECK(insert.run());
    AIVA_TRY(Statement prune, m_database.prepare("DELETE FROM draft_versions WHERE conversation_id = ?1 AND id <= "
                                                 "(SELECT id FROM draft_versions WHERE conversation_id = ?1 "
                                                 "ORDER BY id DESC LIMIT 1 OFFSET ?2)"));
    return prune.bind(1, draft.conversation).bind(2, kept).run();
}

Result<qint64> DraftRows::attachedBytes(ConversationId conversation) {
    AIVA_TRY(Statement total, m_database.prepare("SELECT coalesce(sum(size), 0) FROM draft_attachments "
                                                 "WHERE conversation_id = ?1"));
    AIVA_TRY(const bool found, total.bind(1, conversation).step());
    return found ? total.integer(0) : 0;
}

Result<DraftAttachmentId> DraftRows::addAttachment(ConversationId conversation, const AttachmentRecord& attachment) {
    AIVA_TRY(Statement insert, m_database.prepare(addAttachmentRow));
    insert.bind(1, conversation).bind(2, attachment.name).bind(3, attachment.mimeType).bind(4, attachment.contentId);
    insert.bind(5, static_cast<qint64>(attachment.content.size())).bind(6, attachment.content);
    AIVA_CHECK(insert.run());
    return DraftAttachmentId(m_database.lastInsertId());
}

Result<std::optional<ConversationId>> DraftRows::takeAttachment(DraftAttachmentId id) {
    AIVA_TRY(Statement remove, m_database.prepare("DELETE FROM draft_attachments WHERE id = ?1 "
                                                  "RETURNING conversation_id"));
    AIVA_TRY(const bool found, remove.bind(1, id).step());
    if (!found) return std::optional<ConversationId>();
    const auto conversation = remove.id<ConversationId>(0);
    AIVA_TRY(const bool more, remove.step()); // a RETURNING statement writes when it has run to its end
    Q_UNUSED(more)
    return std::optional<ConversationId>(conversation);
}

Result<void> DraftRows::removeAttachments(ConversationId conversation) {
    AIVA_TRY(Statement remove, m_database.prepare("DELETE FROM draft_attachments WHERE conversation_id = ?1"));
    return remove.bind(1, conversation).run();
}

Result<std::vector<AttachmentRecord>> DraftRows::attachments(ConversationId conversation) {
    AIVA_TRY(Statement row, m_database.prepare("SELECT name, mime_type, content_id, content FROM draft_attachments "
                                               "WHERE conversation_id = ?1 ORDER BY position"));
    row.bind(1, conversation);
    std::vector<AttachmentRecord> attachments;
    for (;;) {
        AIVA_TRY(const bool more, row.step());
        if (!more) return attachments;
        const QString contentId = row.text(2);
        attachments.push_back({row.text(0), row.text(1), contentId, !contentId.isEmpty(), row.blob(3)});
    }
}

} // namespace aiva
