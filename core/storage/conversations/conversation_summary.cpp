#include "core/storage/conversations/conversation_summary.h"

#include "core/domain/mail/mail_subject.h"
#include "core/domain/mail/quoted_text.h"

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kSnippetLength = 200;

} // namespace

QString snippetOf(const QString& unfolded) {
    // Whitespace first shortens only what is shown, so look at a little more than that.
    QString snippet = unfolded.left(kSnippetLength * 4).simplified().left(kSnippetLength);
    if (!snippet.isEmpty() && snippet.back().isHighSurrogate()) snippet.chop(1);
    return snippet;
}

Result<std::unique_ptr<ConversationSummary>> ConversationSummary::create(Database& database) {
    std::unique_ptr<ConversationSummary> summary(new ConversationSummary(database));
    AIVA_CHECK(summary->prepare());
    return summary;
}

Result<void> ConversationSummary::prepare() {
    AIVA_TRY(
        m_start,
        // An id a merge freed is wanted back when the merge is undone.
        m_database.prepare("INSERT INTO conversations (id, subject, base_subject, store_id, status, customer_email, "
                           "customer_name, profile_id, matched_by, match_detail, precedence, snippet, "
                           "message_count, unread_count, first_message_at, last_message_at, customer_spoke_last, "
                           "shared_party) "
                           "VALUES (max(ifnull((SELECT max(id) FROM conversations), 0), "
                           "ifnull((SELECT max(from_id) FROM conversation_moves), 0), "
                           "ifnull((SELECT id FROM last_ids WHERE name = 'conversations'), 0)) + 1, "
                           "?1, ?2, ?3, 'open', ?4, ?5, ?6, ?7, ?8, ?9, '', 0, 0, ?10, ?10, 0, ?11)"));
    AIVA_TRY(m_state,
             m_database.prepare("SELECT message_count, last_message_at, customer_spoke_last, first_message_at, "
                                "unread_count, customer_name FROM conversations WHERE id = ?1"));
    // The right-hand sides see the row as it was. ?2 at, ?3 snippet, ?4 unread, ?5 inbound, ?6 automated.
    AIVA_TRY(m_add, m_database.prepare(
                        "UPDATE conversations SET "
                        "message_count = message_count + 1, "
                        "unread_count = unread_count + ?4, "
                        "first_message_at = min(first_message_at, ?2), "
                        "last_message_at = max(last_message_at, ?2), "
                        "last_inbound_at = CASE WHEN ?5 AND ?2 > ifnull(last_inbound_at, ?2 - 1) THEN ?2 "
                        "ELSE last_inbound_at END, "
                        "snippet = CASE WHEN message_count = 0 OR ?2 >= last_message_at THEN ?3 ELSE snippet END, "
                        "customer_spoke_last = CASE WHEN ?6 OR (message_count > 0 AND ?2 < last_message_at) "
                        "THEN customer_spoke_last ELSE ?5 END, "
                        "status = CASE WHEN ?6 OR (message_count > 0 AND ?2 < last_message_at) THEN status "
                        "WHEN ?5 THEN 'open' WHEN status = 'open' THEN 'waiting' ELSE status END "
                        "WHERE id = ?1"));
    AIVA_TRY(m_rename, m_database.prepare("UPDATE conversations SET subject = ?2, base_subject = ?3, "
                                          "customer_name = ?4 WHERE id = ?1"));
    AIVA_TRY(m_readAll, m_database.prepare("UPDATE messages SET unread = 0 WHERE conversation_id = ?1 AND unread = 1 "
                                           "AND sent_at <= ?2"));
    // What a mailbox is for says which store better than where the person bought last; and where somebody else bought
    // says nothing.
    AIVA_TRY(m_setMatch,
             m_database.prepare("UPDATE conversations SET profile_id = ?2, matched_by = ?3, match_detail = ?4, "
                                "precedence = ?5, store_id = coalesce((SELECT m.store_id FROM mailboxes m "
                                "WHERE m.id = conversations.mailbox_id), ?6, CASE WHEN profile_id IS ?2 THEN store_id "
                                "END) WHERE id = ?1"));
    return {};
}

Result<ConversationId> ConversationSummary::start(const SummaryInput& first, const ConversationParty& party,
                                                  const SenderMatch& match) {
    m_start.bind(1, first.subject).bind(2, baseSubject(first.subject));
    m_start.bind(3, match.store ? std::optional<qint64>(match.store->value()) : std::nullopt);
    m_start.bind(11, party.sharedParty).bind(4, party.email).bind(5, first.customerName);
    m_start.bind(6, match.profile ? std::optional<qint64>(match.profile->value()) : std::nullopt);
    m_start.bind(7, toWord(match.by)).bind(8, match.detail).bind(9, toWord(match.precedence)).bind(10, first.at);
    AIVA_CHECK(m_start.run());
    return ConversationId(m_database.lastInsertId());
}

Result<MailUnread> ConversationSummary::unreadOnArrival(ConversationId conversation, const SummaryInput& message) {
    if (message.direction == MailDirection::Outbound) return MailUnread::No;
    AIVA_TRY(const bool found, m_state.bind(1, conversation).step());
    if (!found) return MailUnread::Yes;
    const bool answeredSince =
        m_state.integer(0) > 0 && m_state.time(1) > message.at && !m_state.boolean(2) && m_state.integer(4) == 0;
    m_state.reset();
    return answeredSince ? MailUnread::No : MailUnread::Yes;
}

Result<void> ConversationSummary::add(ConversationId conversation, const SummaryInput& message, MailUnread unread) {
    AIVA_TRY(const bool found, m_state.bind(1, conversation).step());
    if (!found) return Error{ErrorKind::NotFound, u"no such conversation"_s};
    const bool isEmpty = m_state.integer(0) == 0;
    const bool isOldest = !isEmpty && message.at < m_state.time(3);
    const bool isNewest = isEmpty || message.at >= m_state.time(1);
    const bool hasUnread = m_state.integer(4) > 0;
    const QString name = m_state.text(5);
    m_state.reset();

    const bool inbound = message.direction == MailDirection::Inbound;
    m_add.bind(1, conversation).bind(2, message.at).bind(3, message.snippet).bind(4, unread == MailUnread::Yes);
    AIVA_CHECK(m_add.bind(5, inbound).bind(6, message.automated).run());
    if (isOldest) {
        const QString customerName = name.isEmpty() ? message.customerName : name;
        m_rename.bind(1, conversation).bind(2, message.subject).bind(3, baseSubject(message.subject));
        AIVA_CHECK(m_rename.bind(4, customerName).run());
    }
    if (inbound || !isNewest || !hasUnread || message.automated) return {};
    AIVA_CHECK(m_readAll.bind(1, conversation).bind(2, message.at).run());
    AIVA_TRY(Statement none, m_database.prepare("UPDATE conversations SET unread_count = 0 WHERE id = ?1"));
    return none.bind(1, conversation).run();
}

Result<void> ConversationSummary::setMatch(ConversationId conversation, const SenderMatch& match) {
    m_setMatch.bind(1, conversation);
    m_setMatch.bind(2, match.profile ? std::optional<qint64>(match.profile->value()) : std::nullopt);
    m_setMatch.bind(3, toWord(match.by)).bind(4, match.detail).bind(5, toWord(match.precedence));
    m_setMatch.bind(6, match.store ? std::optional<qint64>(match.store->value()) : std::nullopt);
    return m_setMatch.run();
}

Result<void> ConversationSummary::refresh(ConversationId conversation) {
    AIVA_TRY(Statement counts,
             m_database.prepare("UPDATE conversations SET (message_count, unread_count, first_message_at, "
                                "last_message_at, last_inbound_at) = (SELECT count(*), sum(unread), min(sent_at), "
                                "max(sent_at), max(CASE WHEN direction = 'in' THEN sent_at END) FROM messages "
                                "WHERE conversation_id = ?1) WHERE id = ?1"));
    AIVA_CHECK(counts.bind(1, conversation).run());
    AIVA_TRY(Statement newest, m_database.prepare("SELECT text, folded FROM messages WHERE conversation_id = ?1 "
                                                  "ORDER BY sent_at DESC, id DESC LIMIT 1"));
    AIVA_TRY(const bool found, newest.bind(1, conversation).step());
    if (!found) return {};
    const QString snippet = snippetOf(unfoldedText(newest.text(0), foldedFromJson(newest.view(1))));
    AIVA_TRY(Statement rest,
             m_database.prepare("UPDATE conversations SET snippet = ?2, customer_spoke_last = ifnull((SELECT direction "
                                "= 'in' FROM messages WHERE conversation_id = ?1 AND automated = 0 "
                                "ORDER BY sent_at DESC, id DESC LIMIT 1), 0) WHERE id = ?1"));
    AIVA_CHECK(rest.bind(1, conversation).bind(2, snippet).run());
    AIVA_TRY(Statement oldest, m_database.prepare("SELECT subject FROM messages WHERE conversation_id = ?1 "
                                                  "ORDER BY sent_at, id LIMIT 1"));
    AIVA_TRY(const bool hasOldest, oldest.bind(1, conversation).step());
    if (!hasOldest) return {};
    const QString subject = oldest.text(0);
    AIVA_TRY(Statement rename,
             m_database.prepare("UPDATE conversations SET subject = ?2, base_subject = ?3 WHERE id = ?1"));
    return rename.bind(1, conversation).bind(2, subject).bind(3, baseSubject(subject)).run();
}

} // namespace aiva
