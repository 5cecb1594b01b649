#include "core/readmodel/draft_reader.h"

namespace aiva {

static constexpr std::string_view kReply = R"sql(
SELECT text, html, cursor, updated_at, kind, mailbox_id, recipients, subject, basis, quote, facts
FROM drafts WHERE conversation_id = ?1)sql";

static constexpr std::string_view kDraftAttachments = R"sql(
SELECT id, name, mime_type, content_id, size FROM draft_attachments WHERE conversation_id = ?1 ORDER BY position)sql";

static constexpr std::string_view kVersions = R"sql(
SELECT text, html, saved_at FROM draft_versions WHERE conversation_id = ?1 ORDER BY id DESC)sql";

Result<void> DraftReader::prepare(Database& reader) {
    AIVA_TRY(m_reply, reader.prepare(kReply));
    AIVA_TRY(m_note, reader.prepare("SELECT text, cursor, updated_at FROM note_drafts WHERE conversation_id = ?1"));
    AIVA_TRY(m_attachments, reader.prepare(kDraftAttachments));
    AIVA_TRY(m_versions, reader.prepare(kVersions));
    AIVA_TRY(m_content, reader.prepare("SELECT content FROM draft_attachments WHERE id = ?1"));
    return {};
}

Result<void> DraftReader::fill(ConversationView& view) {
    AIVA_CHECK(fillReply(view));
    AIVA_CHECK(fillNote(view));
    return view.draft ? fillAttachments(view) : Result<void>();
}

Result<void> DraftReader::fillReply(ConversationView& view) {
    AIVA_TRY(const bool found, m_reply.bind(1, view.id).step());
    if (!found) return {};
    Draft draft;
    draft.conversation = view.id;
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
    draft.facts = orderFactsFromJson(m_reply.text(10));
    m_reply.reset();
    view.draft = std::move(draft);
    return {};
}

Result<void> DraftReader::fillNote(ConversationView& view) {
    AIVA_TRY(const bool found, m_note.bind(1, view.id).step());
    if (!found) return {};
    Draft draft;
    draft.conversation = view.id;
    draft.kind = DraftKind::Note;
    draft.text = m_note.text(0);
    draft.cursor = static_cast<int>(m_note.integer(1));
    draft.updatedAt = m_note.time(2);
    m_note.reset();
    view.noteDraft = std::move(draft);
    return {};
}

Result<void> DraftReader::fillAttachments(ConversationView& view) {
    m_attachments.bind(1, view.id);
    for (;;) {
        AIVA_TRY(const bool more, m_attachments.step());
        if (!more) return {};
        view.draftAttachments.push_back({m_attachments.id<DraftAttachmentId>(0), m_attachments.text(1),
                                         m_attachments.text(2), m_attachments.text(3), m_attachments.integer(4)});
    }
}

Result<std::vector<DraftVersionView>> DraftReader::versions(ConversationId id) {
    m_versions.bind(1, id);
    std::vector<DraftVersionView> versions;
    for (;;) {
        AIVA_TRY(const bool more, m_versions.step());
        if (!more) return versions;
        versions.push_back({m_versions.text(0), m_versions.text(1), m_versions.time(2)});
    }
}

Result<QByteArray> DraftReader::attachmentContent(DraftAttachmentId id) {
    AIVA_TRY(const bool found, m_content.bind(1, id).step());
    if (!found) return Error{ErrorKind::NotFound, QStringLiteral("there is no such attachment")};
    QByteArray content = m_content.blob(0);
    m_content.reset();
    return content;
}

} // namespace aiva
