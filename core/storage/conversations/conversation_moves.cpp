#include "core/storage/conversations/conversation_moves.h"

#include "core/domain/mail/quoted_text.h"
#include "core/domain/shop/order_names.h"
#include "core/storage/conversations/message_rows.h"

#include <QSet>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

// What a merge needs to be taken back. ?1 gone, ?2 into, ?3 when.
constexpr std::string_view kRecordMerge = R"sql(
INSERT INTO conversation_moves (kind, from_id, to_id, made_at, undo)
SELECT 'merge', ?1, ?2, ?3, json_object(
    'row', json((SELECT json_object(
        'subject', subject, 'base_subject', base_subject, 'store_id', store_id, 'status', status,
        'customer_email', customer_email, 'customer_name', customer_name, 'profile_id', profile_id,
        'matched_by', matched_by, 'match_detail', match_detail, 'precedence', precedence, 'mailbox_id', mailbox_id,
        'assignee_slot', assignee_slot, 'shared_party', shared_party, 'intent', intent) FROM conversations WHERE id = ?1)),
    'into', json((SELECT json_object(
        'status', status, 'profile_id', profile_id, 'matched_by', matched_by, 'match_detail', match_detail,
        'precedence', precedence, 'store_id', store_id, 'mailbox_id', mailbox_id, 'assignee_slot', assignee_slot)
        FROM conversations WHERE id = ?2)),
    'newest', (SELECT max(id) FROM messages WHERE conversation_id IN (?1, ?2)),
    'messages', json((SELECT json_group_array(id) FROM messages WHERE conversation_id = ?1)),
    'references', json((SELECT json_group_array(message_id) FROM message_references WHERE conversation_id = ?1)),
    'intoReferences', json((SELECT json_group_array(message_id) FROM message_references WHERE conversation_id = ?2)),
    'notes', json((SELECT json_group_array(id) FROM notes WHERE conversation_id = ?1)),
    'outbox', json((SELECT json_group_array(id) FROM outbox WHERE conversation_id = ?1)),
    'outcomes', json((SELECT json_group_array(id) FROM draft_outcomes WHERE conversation_id = ?1)),
    'requests', json((SELECT json_group_array(id) FROM model_requests WHERE conversation_id = ?1)),
    'corrections', json((SELECT json_group_array(id) FROM match_corrections WHERE conversation_id = ?1)),
    'versions', json((SELECT json_group_array(id) FROM draft_versions WHERE conversation_id = ?1)),
    'files', json((SELECT json_group_array(id) FROM draft_attachments WHERE conversation_id = ?1)),
    'movesTo', json((SELECT json_group_array(id) FROM conversation_moves WHERE to_id = ?1)),
    'movesFrom', json((SELECT json_group_array(id) FROM conversation_moves WHERE from_id = ?1)),
    'apart', json((SELECT json_group_array(other_id) FROM conversations_apart WHERE one_id = ?1)),
    'intoApart', json((SELECT json_group_array(other_id) FROM conversations_apart WHERE one_id = ?2)),
    'anchor', json((SELECT json_object('folder_id', folder_id, 'uid', uid, 'mod_seq', mod_seq, 'wanted', wanted)
        FROM team_anchors WHERE conversation_id = ?1)),
    'noteDrafts', json((SELECT json_group_array(json_object('of', conversation_id, 'text', text, 'cursor', cursor,
        'updated_at', updated_at)) FROM note_drafts WHERE conversation_id IN (?1, ?2))),
    'drafts', json((SELECT json_group_array(json_object('of', conversation_id, 'text', text, 'html', html,
        'cursor', cursor, 'updated_at', updated_at, 'kind', kind, 'mailbox_id', mailbox_id, 'recipients', recipients,
        'subject', subject, 'basis', basis, 'quote', quote, 'begun_at', begun_at))
        FROM drafts WHERE conversation_id IN (?1, ?2))))
)sql";

} // namespace

Result<void> ConversationMoves::run(std::string_view sql, qint64 one) {
    AIVA_TRY(Statement statement, m_database.prepare(sql));
    return statement.bind(1, one).run();
}

Result<void> ConversationMoves::run(std::string_view sql, qint64 one, qint64 two) {
    AIVA_TRY(Statement statement, m_database.prepare(sql));
    return statement.bind(1, one).bind(2, two).run();
}

Result<void> ConversationMoves::checkSameCustomer(ConversationId one, ConversationId other) {
    if (one == other) return Error{ErrorKind::Invalid, u"a conversation cannot be merged with itself"_s};
    AIVA_TRY(Statement compare,
             m_database.prepare("SELECT (a.profile_id IS NOT NULL AND a.profile_id = b.profile_id) "
                                "OR ((a.profile_id IS NULL OR b.profile_id IS NULL) "
                                "AND ((a.customer_email <> '' AND a.customer_email = b.customer_email) "
                                "OR (a.shared_party <> '' AND a.shared_party = b.shared_party))) "
                                "FROM conversations a, conversations b WHERE a.id = ?1 AND b.id = ?2"));
    AIVA_TRY(const bool found, compare.bind(1, one).bind(2, other).step());
    if (!found) return Error{ErrorKind::NotFound, u"no such conversation"_s};
    if (!compare.boolean(0)) return Error{ErrorKind::Refused, u"the conversations are with two customers"_s};
    return {};
}

Result<ConversationId> ConversationMoves::merge(ConversationId into, ConversationId from, UtcTime at) {
    AIVA_CHECK(checkSameCustomer(into, from));
    AIVA_TRY(Statement record, m_database.prepare(kRecordMerge));
    AIVA_CHECK(record.bind(1, from).bind(2, into).bind(3, at).run());
    const qint64 move = m_database.lastInsertId();
    AIVA_CHECK(m_contents.moveAll(into, from));
    // Moving renamed what earlier moves call the conversation, and this one with them.
    AIVA_CHECK(run("UPDATE conversation_moves SET from_id = ?2 WHERE id = ?1", move, from.value()));
    AIVA_CHECK(run("UPDATE conversation_moves SET undo = json_set(undo, '$.joinedDraft', "
                   "(SELECT text FROM drafts WHERE conversation_id = to_id), '$.joinedNote', "
                   "(SELECT text FROM note_drafts WHERE conversation_id = to_id)) WHERE id = ?1",
                   move));
    return into;
}

Result<ConversationId> ConversationMoves::split(ConversationId conversation, MessageId firstOfNew, UtcTime at) {
    AIVA_TRY(
        Statement parts,
        m_database.prepare("SELECT count(*), (SELECT count(*) FROM messages m, messages f WHERE f.id = ?2 "
                           "AND f.conversation_id = ?1 AND m.conversation_id = ?1 "
                           "AND (m.sent_at, m.id) >= (f.sent_at, f.id)) FROM messages WHERE conversation_id = ?1"));
    AIVA_TRY(const bool counted, parts.bind(1, conversation).bind(2, firstOfNew).step());
    if (!counted || parts.integer(1) == 0) return Error{ErrorKind::NotFound, u"no such message in the conversation"_s};
    if (parts.integer(0) == parts.integer(1))
        return Error{ErrorKind::Invalid, u"nothing would stay in the conversation"_s};
    parts.reset();

    AIVA_TRY(const ConversationId made, makeTwin(conversation));
    AIVA_CHECK(moveFrom(conversation, made, firstOfNew));
    AIVA_CHECK(keepApart(conversation, made));
    AIVA_TRY(Statement record,
             m_database.prepare("INSERT INTO conversation_moves (kind, from_id, to_id, undo, made_at) "
                                "VALUES ('split', ?1, ?2, '{}', ?3)"));
    AIVA_CHECK(record.bind(1, conversation).bind(2, made).bind(3, at).run());
    for (const ConversationId half : {conversation, made}) {
        AIVA_CHECK(indexOrders(half));
        AIVA_CHECK(m_contents.refresh(half));
    }
    return made;
}

// An empty conversation with the same customer and state.
Result<ConversationId> ConversationMoves::makeTwin(ConversationId conversation) {
    AIVA_CHECK(run("INSERT INTO conversations (id, subject, base_subject, store_id, status, customer_email, "
                   "customer_name, profile_id, matched_by, match_detail, precedence, snippet, message_count, "
                   "unread_count, first_message_at, last_message_at, customer_spoke_last, mailbox_id, assignee_slot, "
                   "shared_party) "
                   "SELECT (SELECT max((SELECT max(id) FROM conversations), "
                   "ifnull((SELECT max(from_id) FROM conversation_moves), 0), "
                   "ifnull((SELECT id FROM last_ids WHERE name = 'conversations'), 0)) + 1), "
                   "subject, base_subject, store_id, "
                   "status, customer_email, customer_name, profile_id, matched_by, match_detail, precedence, '', 0, 0, "
                   "first_message_at, last_message_at, 0, mailbox_id, assignee_slot, shared_party "
                   "FROM conversations WHERE id = ?1",
                   conversation.value()));
    return ConversationId(m_database.lastInsertId());
}

// What was said and written from that message on; the draft goes with the message it answers, the newest.
Result<void> ConversationMoves::moveFrom(ConversationId conversation, ConversationId made, MessageId firstOfNew) {
    AIVA_TRY(Statement messages,
             m_database.prepare("UPDATE messages SET conversation_id = ?2 WHERE conversation_id = ?1 AND "
                                "(sent_at, id) >= (SELECT sent_at, id FROM messages WHERE id = ?3)"));
    AIVA_CHECK(messages.bind(1, conversation).bind(2, made).bind(3, firstOfNew).run());
    for (const std::string_view sql : {
             std::string_view("UPDATE notes SET conversation_id = ?2 WHERE conversation_id = ?1 AND written_at >= "
                              "(SELECT min(sent_at) FROM messages WHERE conversation_id = ?2)"),
             std::string_view("UPDATE outbox SET conversation_id = ?2 WHERE conversation_id = ?1 AND (queued_at >= "
                              "(SELECT min(sent_at) FROM messages WHERE conversation_id = ?2) OR message_id IN "
                              "(SELECT message_id FROM messages WHERE conversation_id = ?2))"),
             std::string_view("UPDATE draft_outcomes SET conversation_id = ?2 WHERE conversation_id = ?1 AND at >= "
                              "(SELECT min(sent_at) FROM messages WHERE conversation_id = ?2)"),
             std::string_view("UPDATE model_requests SET conversation_id = ?2 WHERE conversation_id = ?1 AND at >= "
                              "(SELECT min(sent_at) FROM messages WHERE conversation_id = ?2)"),
             std::string_view("INSERT OR IGNORE INTO message_references (message_id, conversation_id) "
                              "SELECT in_reply_to, ?2 FROM messages WHERE conversation_id = ?2 AND in_reply_to <> '' "
                              "AND ?1 <> ?2"),
             std::string_view("UPDATE drafts SET conversation_id = ?2 WHERE conversation_id = ?1"),
             std::string_view("UPDATE note_drafts SET conversation_id = ?2 WHERE conversation_id = ?1"),
             std::string_view("UPDATE draft_versions SET conversation_id = ?2 WHERE conversation_id = ?1"),
             std::string_view("UPDATE draft_attachments SET conversation_id = ?2 WHERE conversation_id = ?1"),
             std::string_view("UPDATE team_anchors SET conversation_id = ?2 WHERE conversation_id = ?1 AND EXISTS "
                              "(SELECT 1 FROM mail_locations l JOIN messages m ON m.id = l.message_id "
                              "WHERE l.folder_id = team_anchors.folder_id AND l.uid = team_anchors.uid "
                              "AND m.conversation_id = ?2)"),
         })
        AIVA_CHECK(run(sql, conversation.value(), made.value()));
    return {};
}

Result<void> ConversationMoves::keepApart(ConversationId one, ConversationId other) {
    if (one == other) return Error{ErrorKind::Invalid, u"a conversation cannot be kept apart from itself"_s};
    AIVA_CHECK(run("INSERT OR IGNORE INTO conversations_apart (one_id, other_id) VALUES (?1, ?2)", one.value(),
                   other.value()));
    return run("INSERT OR IGNORE INTO conversations_apart (one_id, other_id) VALUES (?1, ?2)", other.value(),
               one.value());
}

Result<void> ConversationMoves::indexOrders(ConversationId conversation) {
    AIVA_CHECK(run("DELETE FROM conversation_orders WHERE conversation_id = ?1", conversation.value()));
    QSet<QString> names;
    AIVA_TRY(Statement messages, m_database.prepare("SELECT subject, text, folded FROM messages "
                                                    "WHERE conversation_id = ?1 AND direction = 'in'"));
    messages.bind(1, conversation);
    for (;;) {
        AIVA_TRY(const bool more, messages.step());
        if (!more) break;
        for (const QString& name : orderNamesSaid(messages.text(0), messages.text(1), foldedFromJson(messages.view(2))))
            names.insert(name);
    }
    AIVA_TRY(Statement insert, m_database.prepare("INSERT OR IGNORE INTO conversation_orders (conversation_id, name) "
                                                  "VALUES (?1, ?2)"));
    for (const QString& name : names)
        AIVA_CHECK(insert.bind(1, conversation).bind(2, name).run());
    return {};
}

} // namespace aiva
