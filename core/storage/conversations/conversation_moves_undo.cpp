#include "core/storage/conversations/conversation_moves.h"

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

// ?1 the move, whose from_id is free again. A person who is one with another since is found by the address again.
constexpr std::string_view kRestoreRow = R"sql(
INSERT INTO conversations (id, subject, base_subject, store_id, status, customer_email, customer_name, profile_id,
    matched_by, match_detail, precedence, snippet, message_count, unread_count, first_message_at, last_message_at,
    customer_spoke_last, mailbox_id, assignee_slot, shared_party, intent)
SELECT from_id, undo ->> '$.row.subject', undo ->> '$.row.base_subject', undo ->> '$.row.store_id',
    undo ->> '$.row.status', undo ->> '$.row.customer_email', undo ->> '$.row.customer_name',
    (SELECT id FROM profiles WHERE id = undo ->> '$.row.profile_id'),
    CASE WHEN undo ->> '$.row.profile_id' IS NULL OR EXISTS (SELECT 1 FROM profiles
        WHERE id = undo ->> '$.row.profile_id') THEN undo ->> '$.row.matched_by' ELSE 'none' END,
    undo ->> '$.row.match_detail',
    undo ->> '$.row.precedence', '', 0, 0, 0, 0, 0, undo ->> '$.row.mailbox_id', undo ->> '$.row.assignee_slot',
    undo ->> '$.row.shared_party', ifnull(undo ->> '$.row.intent', '')
FROM conversation_moves WHERE id = ?1)sql";

// What the merge changed of the other row goes back, unless somebody or some mail has changed it since.
constexpr std::string_view kRestoreStatus = R"sql(
UPDATE conversations SET status = m.undo ->> '$.into.status'
FROM conversation_moves m WHERE m.id = ?1 AND conversations.id = m.to_id AND NOT EXISTS
    (SELECT 1 FROM messages n WHERE n.conversation_id = m.to_id AND n.id > m.undo ->> '$.newest'))sql";

constexpr std::string_view kRestoreMatch = R"sql(
UPDATE conversations SET profile_id = NULL, matched_by = 'none', match_detail = '',
    precedence = m.undo ->> '$.into.precedence', store_id = m.undo ->> '$.into.store_id'
FROM conversation_moves m WHERE m.id = ?1 AND conversations.id = m.to_id
    AND m.undo ->> '$.into.profile_id' IS NULL AND m.undo ->> '$.into.matched_by' = 'none'
    AND conversations.profile_id IS m.undo ->> '$.row.profile_id'
    AND conversations.matched_by = m.undo ->> '$.row.matched_by')sql";

// What both halves say of their people is as old as the merge.
constexpr std::string_view kMatchBothAgain = R"sql(
INSERT OR IGNORE INTO profiles_changed
SELECT profile_id FROM conversations WHERE id IN (?1, ?2) AND profile_id IS NOT NULL
UNION SELECT e.profile_id FROM conversations c JOIN profile_emails e ON e.email = c.customer_email
WHERE c.id IN (?1, ?2))sql";

constexpr std::string_view kRestoreAssignee = R"sql(
UPDATE conversations SET assignee_slot = 0
FROM conversation_moves m WHERE m.id = ?1 AND conversations.id = m.to_id AND m.undo ->> '$.into.assignee_slot' = 0
    AND conversations.assignee_slot = m.undo ->> '$.row.assignee_slot')sql";

// Mail that came since and answers one that went back, or an answer to it.
constexpr std::string_view kMoveAnswers = R"sql(
UPDATE messages SET conversation_id = (SELECT from_id FROM conversation_moves WHERE id = ?1)
WHERE conversation_id = (SELECT to_id FROM conversation_moves WHERE id = ?1)
    AND id > (SELECT undo ->> '$.newest' FROM conversation_moves WHERE id = ?1)
    AND in_reply_to IN (SELECT message_id FROM messages
        WHERE conversation_id = (SELECT from_id FROM conversation_moves WHERE id = ?1)))sql";

// The drafts as they were, unless the joined one was sent or thrown away since; what was typed since stays where it is.
constexpr std::string_view kRestoreDrafts = R"sql(
INSERT OR IGNORE INTO drafts (conversation_id, text, html, cursor, updated_at, kind, mailbox_id, recipients, subject,
    basis, quote, begun_at)
SELECT d.value ->> '$.of', d.value ->> '$.text', d.value ->> '$.html', d.value ->> '$.cursor',
    d.value ->> '$.updated_at', d.value ->> '$.kind', d.value ->> '$.mailbox_id', d.value ->> '$.recipients',
    d.value ->> '$.subject', d.value ->> '$.basis', d.value ->> '$.quote', d.value ->> '$.begun_at'
FROM conversation_moves m, json_each(m.undo, '$.drafts') d WHERE m.id = ?1)sql";

constexpr std::string_view kDropJoinedDraft = R"sql(
DELETE FROM drafts WHERE conversation_id = (SELECT to_id FROM conversation_moves WHERE id = ?1)
    AND text = (SELECT undo ->> '$.joinedDraft' FROM conversation_moves WHERE id = ?1))sql";

constexpr std::string_view kRestoreNotes = R"sql(
INSERT OR IGNORE INTO note_drafts (conversation_id, text, cursor, updated_at)
SELECT d.value ->> '$.of', d.value ->> '$.text', d.value ->> '$.cursor', d.value ->> '$.updated_at'
FROM conversation_moves m, json_each(m.undo, '$.noteDrafts') d WHERE m.id = ?1)sql";

constexpr std::string_view kDropJoinedNote = R"sql(
DELETE FROM note_drafts WHERE conversation_id = (SELECT to_id FROM conversation_moves WHERE id = ?1)
    AND text = (SELECT undo ->> '$.joinedNote' FROM conversation_moves WHERE id = ?1))sql";

} // namespace

Result<bool> ConversationMoves::revert(ConversationId conversation, UtcTime at) {
    AIVA_TRY(Statement newest,
             m_database.prepare("SELECT id, kind, from_id, to_id FROM conversation_moves WHERE reverted_at IS NULL "
                                "AND (to_id = ?1 OR from_id = ?1) ORDER BY id DESC LIMIT 1"));
    AIVA_TRY(const bool found, newest.bind(1, conversation).step());
    if (!found) return false;
    const qint64 move = newest.integer(0);
    const bool isMerge = newest.view(1) == "merge";
    const auto from = newest.id<ConversationId>(2);
    const auto into = newest.id<ConversationId>(3);
    newest.reset();
    AIVA_TRY(Statement later, m_database.prepare("SELECT 1 FROM conversation_moves WHERE reverted_at IS NULL "
                                                 "AND id > ?1 AND (to_id IN (?2, ?3) OR from_id IN (?2, ?3)) LIMIT 1"));
    AIVA_TRY(const bool moved, later.bind(1, move).bind(2, from).bind(3, into).step());
    if (moved) return Error{ErrorKind::Conflict, u"a later merge or split has to be taken back first"_s};
    later.reset();
    if (isMerge)
        AIVA_CHECK(revertMerge(move, into, from));
    else
        AIVA_CHECK(m_contents.moveAll(from, into));
    AIVA_TRY(Statement mark, m_database.prepare("UPDATE conversation_moves SET reverted_at = ?2 WHERE id = ?1"));
    AIVA_CHECK(mark.bind(1, move).bind(2, at).run());
    return true;
}

Result<void> ConversationMoves::revertMerge(qint64 move, ConversationId into, ConversationId from) {
    AIVA_CHECK(run(kRestoreRow, move));
    AIVA_CHECK(moveBack(move));
    AIVA_CHECK(moveBackAnswers(move));
    AIVA_CHECK(restoreDrafts(move));
    for (const std::string_view sql : {kRestoreStatus, kRestoreMatch, kRestoreAssignee})
        AIVA_CHECK(run(sql, move));
    AIVA_CHECK(run(kMatchBothAgain, into.value(), from.value()));
    for (const ConversationId half : {into, from}) {
        AIVA_CHECK(indexOrders(half));
        AIVA_CHECK(m_contents.refresh(half));
    }
    return {};
}

Result<void> ConversationMoves::moveBack(qint64 move) {
    for (const std::string_view sql : {
             std::string_view("UPDATE messages SET conversation_id = m.from_id FROM conversation_moves m "
                              "WHERE m.id = ?1 AND messages.conversation_id = m.to_id AND messages.id IN "
                              "(SELECT value FROM json_each(m.undo, '$.messages'))"),
             std::string_view("UPDATE notes SET conversation_id = m.from_id FROM conversation_moves m "
                              "WHERE m.id = ?1 AND notes.conversation_id = m.to_id AND notes.id IN "
                              "(SELECT value FROM json_each(m.undo, '$.notes'))"),
             std::string_view("UPDATE outbox SET conversation_id = m.from_id FROM conversation_moves m "
                              "WHERE m.id = ?1 AND outbox.conversation_id = m.to_id AND outbox.id IN "
                              "(SELECT value FROM json_each(m.undo, '$.outbox'))"),
             std::string_view("UPDATE draft_outcomes SET conversation_id = m.from_id FROM conversation_moves m "
                              "WHERE m.id = ?1 AND draft_outcomes.conversation_id = m.to_id AND draft_outcomes.id IN "
                              "(SELECT value FROM json_each(m.undo, '$.outcomes'))"),
             std::string_view("UPDATE model_requests SET conversation_id = m.from_id FROM conversation_moves m "
                              "WHERE m.id = ?1 AND model_requests.conversation_id = m.to_id AND model_requests.id IN "
                              "(SELECT value FROM json_each(m.undo, '$.requests'))"),
             std::string_view("UPDATE match_corrections SET conversation_id = m.from_id FROM conversation_moves m "
                              "WHERE m.id = ?1 AND match_corrections.conversation_id = m.to_id AND "
                              "match_corrections.id IN (SELECT value FROM json_each(m.undo, '$.corrections'))"),
             std::string_view("UPDATE draft_versions SET conversation_id = m.from_id FROM conversation_moves m "
                              "WHERE m.id = ?1 AND draft_versions.conversation_id = m.to_id AND "
                              "draft_versions.id IN (SELECT value FROM json_each(m.undo, '$.versions'))"),
             std::string_view("UPDATE draft_attachments SET conversation_id = m.from_id FROM conversation_moves m "
                              "WHERE m.id = ?1 AND draft_attachments.conversation_id = m.to_id AND "
                              "draft_attachments.id IN (SELECT value FROM json_each(m.undo, '$.files'))"),
             std::string_view("DELETE FROM message_references WHERE (message_id, conversation_id) IN "
                              "(SELECT r.value, m.to_id FROM conversation_moves m, json_each(m.undo, '$.references') r "
                              "WHERE m.id = ?1 AND r.value NOT IN "
                              "(SELECT value FROM json_each(m.undo, '$.intoReferences')))"),
             std::string_view("INSERT OR IGNORE INTO message_references (message_id, conversation_id) "
                              "SELECT r.value, m.from_id FROM conversation_moves m, json_each(m.undo, '$.references') "
                              "r WHERE m.id = ?1"),
             std::string_view("UPDATE conversation_moves SET to_id = m.from_id FROM conversation_moves m "
                              "WHERE m.id = ?1 AND conversation_moves.id IN "
                              "(SELECT value FROM json_each(m.undo, '$.movesTo'))"),
             std::string_view("UPDATE conversation_moves SET from_id = m.from_id FROM conversation_moves m "
                              "WHERE m.id = ?1 AND conversation_moves.id IN "
                              "(SELECT value FROM json_each(m.undo, '$.movesFrom'))"),
             std::string_view("DELETE FROM conversations_apart WHERE (one_id, other_id) IN "
                              "(SELECT m.to_id, a.value FROM conversation_moves m, json_each(m.undo, '$.apart') a "
                              "WHERE m.id = ?1 AND a.value NOT IN (SELECT value FROM json_each(m.undo, '$.intoApart')) "
                              "UNION ALL SELECT a.value, m.to_id FROM conversation_moves m, json_each(m.undo, "
                              "'$.apart') a WHERE m.id = ?1 AND a.value NOT IN "
                              "(SELECT value FROM json_each(m.undo, '$.intoApart')))"),
             std::string_view("INSERT OR IGNORE INTO conversations_apart (one_id, other_id) "
                              "SELECT m.from_id, c.id FROM conversation_moves m, json_each(m.undo, '$.apart') a "
                              "JOIN conversations c ON c.id = a.value WHERE m.id = ?1 "
                              "UNION ALL SELECT c.id, m.from_id FROM conversation_moves m, "
                              "json_each(m.undo, '$.apart') a JOIN conversations c ON c.id = a.value WHERE m.id = ?1"),
             // The anchor that moved along, or one the other's stood in the way of: what it carries is then not known.
             std::string_view("DELETE FROM team_anchors WHERE (conversation_id, folder_id, uid) IN "
                              "(SELECT to_id, undo ->> '$.anchor.folder_id', undo ->> '$.anchor.uid' "
                              "FROM conversation_moves WHERE id = ?1)"),
             std::string_view("INSERT OR IGNORE INTO team_anchors (conversation_id, folder_id, uid, mod_seq, wanted) "
                              "SELECT m.from_id, f.id, m.undo ->> '$.anchor.uid', 0, m.undo ->> '$.anchor.wanted' "
                              "FROM conversation_moves m JOIN mail_folders f ON f.id = m.undo ->> '$.anchor.folder_id' "
                              "WHERE m.id = ?1"),
         })
        AIVA_CHECK(run(sql, move));
    return {};
}

Result<void> ConversationMoves::moveBackAnswers(qint64 move) {
    do
        AIVA_CHECK(run(kMoveAnswers, move));
    while (m_database.changes() > 0);
    return {};
}

Result<void> ConversationMoves::restoreDrafts(qint64 move) {
    AIVA_TRY(Statement state,
             m_database.prepare("SELECT undo ->> '$.joinedDraft' IS NULL OR EXISTS (SELECT 1 FROM drafts "
                                "WHERE conversation_id = to_id), undo ->> '$.joinedNote' IS NULL OR EXISTS "
                                "(SELECT 1 FROM note_drafts WHERE conversation_id = to_id) "
                                "FROM conversation_moves WHERE id = ?1"));
    AIVA_TRY(const bool found, state.bind(1, move).step());
    const bool replyStands = found && state.boolean(0);
    const bool noteStands = found && state.boolean(1);
    state.reset();
    if (replyStands) {
        AIVA_CHECK(run(kDropJoinedDraft, move));
        AIVA_CHECK(run(kRestoreDrafts, move));
    }
    if (!noteStands) return {};
    AIVA_CHECK(run(kDropJoinedNote, move));
    return run(kRestoreNotes, move);
}

} // namespace aiva
