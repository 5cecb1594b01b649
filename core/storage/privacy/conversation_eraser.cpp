#include "core/storage/privacy/conversation_eraser.h"

#include "core/storage/privacy/person_eraser.h"

namespace aiva {

using namespace Qt::StringLiterals;

// Held and failed ones wait for a person, waiting ones for their time: they are simply taken back.
static constexpr std::string_view kIsLeaving = R"sql(
SELECT EXISTS (SELECT 1 FROM outbox WHERE conversation_id = ?1
    AND (state IN ('sending', 'unknown', 'filing') OR holds_claim = 1)))sql";

static constexpr std::string_view kLeaveOnServer = R"sql(
UPDATE mail_locations SET message_id = NULL, fault = 'erased', seen_wanted = NULL
WHERE message_id IN (SELECT id FROM messages WHERE conversation_id = ?1))sql";

static constexpr std::string_view kNeverAgain = R"sql(
INSERT INTO last_ids (name, id) VALUES ('conversations', ?1)
ON CONFLICT (name) DO UPDATE SET id = max(id, excluded.id))sql";

static constexpr std::string_view kCountAttachments = R"sql(
SELECT count(*) FROM attachments WHERE message_id IN (SELECT id FROM messages WHERE conversation_id = ?1))sql";

Result<std::unique_ptr<ConversationEraser>> ConversationEraser::create(Database& writer, ErasureMarks& marks) {
    return std::unique_ptr<ConversationEraser>(new ConversationEraser(writer, marks));
}

Result<qint64> ConversationEraser::run(std::string_view sql, ConversationId conversation) {
    AIVA_TRY(Statement statement, m_writer.prepare(sql));
    AIVA_CHECK(statement.bind(1, conversation).run());
    return static_cast<qint64>(m_writer.changes());
}

Result<void> ConversationEraser::checkNothingIsLeaving(ConversationId conversation) {
    AIVA_TRY(Statement leaving, m_writer.prepare(kIsLeaving));
    AIVA_TRY(const bool found, leaving.bind(1, conversation).step());
    if (!found || !leaving.boolean(0)) return {};
    return Error{ErrorKind::Conflict, u"a reply to this person is on its way; let the outbox finish it first"_s};
}

Result<void> ConversationEraser::markMessages(ConversationId conversation, UtcTime at) {
    AIVA_TRY(Statement ids, m_writer.prepare("SELECT message_id FROM messages WHERE conversation_id = ?1"));
    ids.bind(1, conversation);
    for (;;) {
        AIVA_TRY(const bool more, ids.step());
        if (!more) return {};
        AIVA_CHECK(m_marks.add(ErasedKind::Message, {}, ids.view(0), at));
    }
}

Result<void> ConversationEraser::erase(ConversationId conversation, UtcTime at, ErasureCounts& counts) {
    AIVA_CHECK(markMessages(conversation, at));
    AIVA_TRY(Statement attachments, m_writer.prepare(kCountAttachments));
    AIVA_TRY(const bool counted, attachments.bind(1, conversation).step());
    if (counted) counts.attachments += attachments.integer(0);
    attachments.reset();
    const struct {
        std::string_view sql;
        qint64* count;
    } steps[] = {
        {kNeverAgain, nullptr},
        {kLeaveOnServer, &counts.inMailboxes},
        {"DELETE FROM outbox WHERE conversation_id = ?1", &counts.outbox},
        {"DELETE FROM proposals WHERE conversation_id = ?1", &counts.proposals},
        {"DELETE FROM drafts WHERE conversation_id = ?1", &counts.drafts},
        {"DELETE FROM note_drafts WHERE conversation_id = ?1", &counts.drafts},
        {"DELETE FROM draft_versions WHERE conversation_id = ?1", &counts.drafts},
        {"DELETE FROM draft_attachments WHERE conversation_id = ?1", &counts.attachments},
        {"DELETE FROM notes WHERE conversation_id = ?1", &counts.notes},
        {"DELETE FROM match_corrections WHERE conversation_id = ?1", nullptr},
        {"DELETE FROM conversation_moves WHERE from_id = ?1 OR to_id = ?1", nullptr},
        {"DELETE FROM message_references WHERE conversation_id = ?1", nullptr},
        {"UPDATE draft_outcomes SET customer_email = '' WHERE conversation_id = ?1", nullptr},
        {"DELETE FROM messages WHERE conversation_id = ?1", &counts.messages},
        {"DELETE FROM conversations WHERE id = ?1", &counts.conversations},
    };
    for (const auto& step : steps) {
        AIVA_TRY(const qint64 rows, run(step.sql, conversation));
        if (step.count) *step.count += rows;
    }
    return {};
}

} // namespace aiva
