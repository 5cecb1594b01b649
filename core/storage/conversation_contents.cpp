#include "core/storage/conversation_contents.h"

#include <optional>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

struct DraftTexts {
    QString text;
    QString html;
    UtcTime updatedAt;
    bool isNote = false;
};

Result<std::optional<DraftTexts>> draftOf(Database& database, ConversationId conversation) {
    AIVA_TRY(Statement read, database.prepare("SELECT text, html, updated_at, kind = 'note' FROM drafts "
                                              "WHERE conversation_id = ?1"));
    AIVA_TRY(const bool found, read.bind(1, conversation).step());
    if (!found) return std::optional<DraftTexts>();
    return std::optional<DraftTexts>(DraftTexts{read.text(0), read.text(1), read.time(2), read.boolean(3)});
}

QString asHtml(const DraftTexts& draft) {
    return draft.html.isEmpty() ? "<p>"_L1 + draft.text.toHtmlEscaped() + "</p>"_L1 : draft.html;
}

} // namespace

Result<void> ConversationContents::moveAll(ConversationId into, ConversationId from) {
    AIVA_CHECK(joinDrafts(into, from));
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
                              "(SELECT profile_id, matched_by, match_detail, precedence, store_id FROM conversations "
                              "WHERE id = ?2) WHERE id = ?1 AND profile_id IS NULL AND matched_by = 'none'"),
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
             std::string_view("DELETE FROM drafts WHERE conversation_id = ?1"),
             std::string_view("DELETE FROM conversations WHERE id = ?1"),
         }) {
        AIVA_TRY(Statement statement, m_database.prepare(sql));
        AIVA_CHECK(statement.bind(1, from).run());
    }
    return {};
}

// Nothing typed is lost: two drafts become one, the newer first. One that holds a note stays a note: a person turns it
// into a reply, never we.
Result<void> ConversationContents::joinDrafts(ConversationId into, ConversationId from) {
    AIVA_TRY(const std::optional<DraftTexts> moved, draftOf(m_database, from));
    if (!moved) return {};
    AIVA_TRY(const std::optional<DraftTexts> own, draftOf(m_database, into));
    const bool movedIsNewer = !own || moved->updatedAt > own->updatedAt;
    if (movedIsNewer) {
        AIVA_TRY(Statement drop, m_database.prepare("DELETE FROM drafts WHERE conversation_id = ?1"));
        AIVA_CHECK(drop.bind(1, into).run());
        AIVA_TRY(Statement move, m_database.prepare("UPDATE drafts SET conversation_id = ?1 WHERE conversation_id = "
                                                    "?2"));
        AIVA_CHECK(move.bind(1, into).bind(2, from).run());
    }
    if (!own) return {};
    const DraftTexts& newer = movedIsNewer ? *moved : *own;
    const DraftTexts& older = movedIsNewer ? *own : *moved;
    const bool hasHtml = !newer.html.isEmpty() || !older.html.isEmpty();
    AIVA_TRY(Statement write, m_database.prepare("UPDATE drafts SET text = ?2, html = ?3, kind = CASE WHEN ?4 THEN "
                                                 "'note' ELSE kind END WHERE conversation_id = ?1"));
    write.bind(1, into).bind(2, QString(newer.text + "\n\n"_L1 + older.text));
    write.bind(3, hasHtml ? asHtml(newer) + asHtml(older) : QString());
    return write.bind(4, newer.isNote || older.isNote).run();
}

Result<void> ConversationContents::refresh(ConversationId conversation) {
    AIVA_CHECK(m_summary.refresh(conversation));
    AIVA_TRY(Statement mark, m_database.prepare("UPDATE conversations SET has_draft = EXISTS (SELECT 1 FROM drafts "
                                                "WHERE conversation_id = ?1) WHERE id = ?1"));
    return mark.bind(1, conversation).run();
}

} // namespace aiva
