#include "core/storage/conversations/conversation_contents.h"

#include "core/storage/replies/draft_repository.h"

namespace aiva {
Result<void> ConversationContents::moveAll(ConversationId into, ConversationId from) {
    AIVA_TRY(const std::unique_ptr<DraftRepository> drafts, DraftRepository::create(m_database));
    AIVA_CHECK(drafts->join(into, from));
    AIVA_CHECK(moveRows(into, from));
    return refresh(into);
}

Result<void> ConversationContents::moveRows(ConversationId into, ConversationId from) {
    for (const std::string_view sql : {
             std::string_view("UPDATE messages SET conversation_id = ?1 WHERE conversation_id = ?2"),
             std::string_view(
                 "UPDATE OR IGNORE message_references SET conversation_id = ?1 WHERE conversation_id = ?2"),
             std::string_view("UPDATE OR IGNORE conversation_orders SET conversation_id = ?1 "
                              "WHERE conversation_id = ?2"),
             std::string_view("UPDATE match_corrections SET conversation_id = ?1 WHERE conversation_id = ?2"),
             std::string_view("UPDATE notes SET conversation_id = ?1 WHERE conversation_id = ?2"),
             std::string_view("UPDATE outbox SET conversation_id = ?1 WHERE conversation_id = ?2"),
             std::string_view("UPDATE draft_versions SET conversation_id = ?1 WHERE conversation_id = ?2"),
             std::string_view("UPDATE draft_attachments SET conversation_id = ?1 WHERE conversation_id = ?2"),
             std::string_view("UPDATE draft_outcomes SET conversation_id = ?1 WHERE conversation_id = ?2"),
             std::string_view("UPDATE model_requests SET conversation_id = ?1 WHERE conversation_id = ?2"),
             // An anchor of its own stays; the team settles what the other one carried.
             std::string_view("UPDATE OR IGNORE team_anchors SET conversation_id = ?1 WHERE conversation_id = ?2"),
             std::string_view("UPDATE OR IGNORE conversations_apart SET one_id = ?1 WHERE one_id = ?2 "
                              "AND other_id <> ?1"),
             std::string_view("UPDATE OR IGNORE conversations_apart SET other_id = ?1 WHERE other_id = ?2 "
                              "AND one_id <> ?1"),
             std::string_view("UPDATE conversation_moves SET to_id = ?1 WHERE to_id = ?2"),
             std::string_view("UPDATE conversation_moves SET from_id = ?1 WHERE from_id = ?2"),
             std::string_view("UPDATE conversations SET status = 'open' WHERE id = ?1 AND EXISTS "
                              "(SELECT 1 FROM conversations WHERE id = ?2 AND status = 'open')"),
             std::string_view("UPDATE conversations SET (profile_id, matched_by, match_detail, precedence, store_id) = "
                              "(SELECT o.profile_id, o.matched_by, o.match_detail, o.precedence, ifnull((SELECT "
                              "m.store_id FROM mailboxes m WHERE m.id = ifnull(conversations.mailbox_id, "
                              "o.mailbox_id)), o.store_id) FROM conversations o WHERE o.id = ?2) "
                              "WHERE id = ?1 AND profile_id IS NULL AND matched_by = 'none'"),
             std::string_view("UPDATE conversations SET (mailbox_id, assignee_slot) = "
                              "(SELECT ifnull(conversations.mailbox_id, o.mailbox_id), CASE "
                              "conversations.assignee_slot WHEN 0 THEN o.assignee_slot ELSE "
                              "conversations.assignee_slot END FROM conversations o WHERE o.id = ?2) WHERE id = ?1"),
         }) {
        AIVA_TRY(Statement statement, m_database.prepare(sql));
        AIVA_CHECK(statement.bind(1, into).bind(2, from).run());
    }
    for (const std::string_view sql : {
             std::string_view("DELETE FROM message_references WHERE conversation_id = ?1"),
             std::string_view("DELETE FROM conversations WHERE id = ?1"),
         }) {
        AIVA_TRY(Statement statement, m_database.prepare(sql));
        AIVA_CHECK(statement.bind(1, from).run());
    }
    return {};
}

Result<void> ConversationContents::refresh(ConversationId conversation) {
    AIVA_CHECK(m_summary.refresh(conversation));
    // What it answered and what its facts were read from may be elsewhere now.
    AIVA_TRY(Statement drop, m_database.prepare("DELETE FROM proposals WHERE conversation_id = ?1"));
    AIVA_CHECK(drop.bind(1, conversation).run());
    AIVA_TRY(Statement mark, m_database.prepare("UPDATE conversations SET has_draft = EXISTS (SELECT 1 FROM drafts "
                                                "WHERE conversation_id = ?1) OR EXISTS (SELECT 1 FROM note_drafts "
                                                "WHERE conversation_id = ?1) WHERE id = ?1"));
    return mark.bind(1, conversation).run();
}

} // namespace aiva
