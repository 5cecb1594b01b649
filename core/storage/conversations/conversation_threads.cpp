#include "core/storage/conversations/conversation_threads.h"

#include "core/domain/email_address.h"
#include "core/domain/mail/mail_subject.h"
#include "core/domain/mail/message_ids.h"
#include "core/domain/shop/order_names.h"

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

// A mail without references continues a conversation at most so much older.
constexpr qint64 kSameMatterDays = 30;

QStringList namedIds(const MessageRecord& message) {
    QStringList ids = message.references;
    if (!message.inReplyTo.isEmpty() && !ids.contains(message.inReplyTo)) ids << message.inReplyTo;
    ids.removeAll(message.messageId); // some programs name the mail itself
    return ids;
}

// A form or a list writes for many people from one address; only ids can tell them apart.
bool speaksForOthers(const MessageRecord& message) {
    if (message.isAutomated) return true;
    const QString from = normalizedEmail(message.from.email);
    return std::any_of(message.replyTo.begin(), message.replyTo.end(),
                       [&](const MailAddress& address) { return normalizedEmail(address.email) != from; });
}

bool shareName(const QStringList& one, const QStringList& other) {
    return std::any_of(one.begin(), one.end(), [&](const QString& name) { return other.contains(name); });
}

} // namespace

Result<std::unique_ptr<ConversationThreads>> ConversationThreads::create(Database& database) {
    std::unique_ptr<ConversationThreads> threads(new ConversationThreads(database));
    AIVA_CHECK(threads->prepare());
    return threads;
}

Result<void> ConversationThreads::prepare() {
    AIVA_TRY(m_byMessageId, m_database.prepare("SELECT conversation_id FROM messages WHERE message_id = ?1 "
                                               "UNION ALL "
                                               "SELECT conversation_id FROM message_references WHERE message_id = ?1"));
    AIVA_TRY(m_partyOf,
             m_database.prepare("SELECT customer_email, profile_id, shared_party FROM conversations WHERE id = ?1"));
    AIVA_TRY(m_recentOfEmail,
             m_database.prepare("SELECT id, subject, base_subject, last_message_at, first_message_at "
                                "FROM conversations WHERE customer_email = ?1 ORDER BY last_message_at DESC LIMIT 20"));
    AIVA_TRY(m_recentOfShared,
             m_database.prepare("SELECT id FROM conversations WHERE shared_party = ?1 AND shared_party <> '' "
                                "ORDER BY last_message_at DESC LIMIT 20"));
    AIVA_TRY(m_addReference,
             m_database.prepare("INSERT OR IGNORE INTO message_references (message_id, conversation_id) "
                                "VALUES (?1, ?2)"));
    AIVA_TRY(m_addOrder, m_database.prepare("INSERT OR IGNORE INTO conversation_orders (conversation_id, name) "
                                            "VALUES (?1, ?2)"));
    AIVA_TRY(m_addToken, m_database.prepare("INSERT OR IGNORE INTO message_tokens (token, message_id) "
                                            "VALUES (?1, ?2)"));
    AIVA_TRY(m_withToken, m_database.prepare("SELECT m.conversation_id FROM message_tokens t JOIN messages m "
                                             "ON m.id = t.message_id WHERE t.token = ?1 ORDER BY t.message_id DESC"));
    AIVA_TRY(m_apart, m_database.prepare("SELECT 1 FROM conversations_apart WHERE one_id = ?1 AND other_id = ?2"));
    AIVA_TRY(m_storeOf, m_database.prepare("SELECT m.store_id FROM conversations c JOIN mailboxes m "
                                           "ON m.id = c.mailbox_id WHERE c.id = ?1 AND m.store_id IS NOT NULL"));
    AIVA_TRY(m_holds, m_database.prepare("SELECT conversation_id FROM messages WHERE message_id = ?1"));
    return {};
}

Result<std::vector<ConversationId>> ConversationThreads::find(const MessageRecord& message,
                                                              const ConversationParty& party) {
    AIVA_TRY(std::vector<ConversationId> found, linked(message, party));
    if (found.empty()) {
        AIVA_TRY(found, byToken(message, party));
    }
    if (!found.empty()) return found;
    AIVA_TRY(const std::optional<ConversationId> one,
             party.sharedParty.isEmpty() ? similar(message, party) : sameOrder(party));
    if (one) found.push_back(*one);
    return found;
}

Result<ConversationThreads::Candidates> ConversationThreads::linked(const MessageRecord& message,
                                                                    const ConversationParty& party) {
    Candidates candidates;
    QStringList ids = namedIds(message);
    ids << message.messageId; // children that came before their parent named it
    for (const QString& id : std::as_const(ids)) {
        m_byMessageId.bind(1, id);
        for (;;) {
            AIVA_TRY(const bool more, m_byMessageId.step());
            if (!more) break;
            candidates.push_back(m_byMessageId.id<ConversationId>(0));
        }
    }
    std::sort(candidates.begin(), candidates.end());
    candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());

    AIVA_TRY(const Candidates same, ofParty(candidates, party));
    return notKeptApart(same, message);
}

// A token alone proves nothing, whoever was once on copy has seen it: the conversation must be this party's.
Result<ConversationThreads::Candidates> ConversationThreads::byToken(const MessageRecord& message,
                                                                     const ConversationParty& party) {
    const QStringList ids = namedIds(message);
    for (auto id = ids.crbegin(); id != ids.crend(); ++id) {
        const QString token = conversationTokenIn(*id);
        if (token.isEmpty()) continue;
        Candidates holders;
        m_withToken.bind(1, token);
        for (;;) {
            AIVA_TRY(const bool more, m_withToken.step());
            if (!more) break;
            holders.push_back(m_withToken.id<ConversationId>(0));
        }
        AIVA_TRY(const Candidates same, ofParty(holders, party));
        if (!same.empty()) return Candidates{same.front()};
    }
    return Candidates();
}

Result<ConversationThreads::Candidates> ConversationThreads::ofParty(const Candidates& candidates,
                                                                     const ConversationParty& party) {
    Candidates same;
    for (const ConversationId id : candidates) {
        AIVA_TRY(const bool exists, m_partyOf.bind(1, id).step());
        if (!exists) continue;
        const bool sameAddress = !party.email.isEmpty() && m_partyOf.text(0) == party.email;
        const bool samePerson = party.profile && !m_partyOf.isNull(1) && m_partyOf.id<ProfileId>(1) == *party.profile;
        const bool sameOrder = !party.sharedParty.isEmpty() && m_partyOf.text(2) == party.sharedParty;
        m_partyOf.reset();
        if (sameAddress || samePerson || sameOrder) same.push_back(id);
    }
    return same;
}

Result<bool> ConversationThreads::areApart(ConversationId one, ConversationId other) {
    AIVA_TRY(const bool apart, m_apart.bind(1, one).bind(2, other).step());
    m_apart.reset();
    return apart;
}

// What a person keeps apart stays so, whatever a mail names: it goes to the side it is nearest to.
Result<ConversationThreads::Candidates> ConversationThreads::notKeptApart(const Candidates& candidates,
                                                                          const MessageRecord& message) {
    if (candidates.size() < 2) return candidates;
    AIVA_TRY(const ConversationId first, nearest(candidates, message));
    Candidates kept{first};
    for (const ConversationId id : candidates) {
        bool joins = id != first;
        for (size_t i = 0; joins && i < kept.size(); ++i) {
            AIVA_TRY(const bool apart, areApart(id, kept[i]));
            joins = !apart;
        }
        if (joins) kept.push_back(id);
    }
    std::sort(kept.begin(), kept.end());
    return kept;
}

// The conversation that holds the mail's parent, or the closest of its ancestors that is here; else the oldest.
Result<ConversationId> ConversationThreads::nearest(const Candidates& candidates, const MessageRecord& message) {
    QStringList ids = message.references;
    if (!message.inReplyTo.isEmpty()) ids << message.inReplyTo;
    for (auto id = ids.crbegin(); id != ids.crend(); ++id) {
        AIVA_TRY(const bool held, m_holds.bind(1, *id).step());
        if (!held) continue;
        const auto conversation = m_holds.id<ConversationId>(0);
        m_holds.reset();
        if (std::find(candidates.begin(), candidates.end(), conversation) != candidates.end()) return conversation;
    }
    return candidates.front();
}

Result<std::optional<ConversationId>> ConversationThreads::similar(const MessageRecord& message,
                                                                   const ConversationParty& party) {
    if (party.email.isEmpty() || speaksForOthers(message)) return std::optional<ConversationId>();
    const QString base = baseSubject(message.subject);
    const QStringList orders = orderNamesIn(message.subject);
    if (base.isEmpty() && orders.isEmpty()) return std::optional<ConversationId>();
    std::optional<ConversationId> found;
    m_recentOfEmail.bind(1, party.email);
    for (;;) {
        AIVA_TRY(const bool more, m_recentOfEmail.step());
        if (!more) break;
        const bool near = m_recentOfEmail.time(3).plusDays(kSameMatterDays) >= message.date &&
                          m_recentOfEmail.time(4) <= message.date.plusDays(kSameMatterDays);
        if (!near) continue;
        const QStringList otherOrders = orderNamesIn(m_recentOfEmail.text(1));
        const bool bothNameOrders = !orders.isEmpty() && !otherOrders.isEmpty();
        const bool sameSubject = !bothNameOrders && !base.isEmpty() && m_recentOfEmail.text(2) == base;
        if (!sameSubject && !shareName(orders, otherOrders)) continue;
        AIVA_TRY(const bool elsewhere, isOfAnotherStore(m_recentOfEmail.id<ConversationId>(0), party));
        if (elsewhere) continue;
        found = m_recentOfEmail.id<ConversationId>(0);
        break;
    }
    m_recentOfEmail.reset();
    return found;
}

Result<std::optional<ConversationId>> ConversationThreads::sameOrder(const ConversationParty& party) {
    std::optional<ConversationId> found;
    m_recentOfShared.bind(1, party.sharedParty);
    while (!found) {
        AIVA_TRY(const bool more, m_recentOfShared.step());
        if (!more) break;
        const auto id = m_recentOfShared.id<ConversationId>(0);
        AIVA_TRY(const bool elsewhere, isOfAnotherStore(id, party));
        if (!elsewhere) found = id;
    }
    m_recentOfShared.reset();
    return found;
}

// Stores count alike and people write alike to each: an equal subject or number says nothing across them, and what is
// joined is answered by one of them, with what that one knows.
Result<bool> ConversationThreads::isOfAnotherStore(ConversationId conversation, const ConversationParty& party) {
    if (!party.store) return false;
    AIVA_TRY(const bool found, m_storeOf.bind(1, conversation).step());
    const bool isOther = found && m_storeOf.id<StoreId>(0) != *party.store;
    m_storeOf.reset();
    return isOther;
}

Result<void> ConversationThreads::remember(ConversationId conversation, MessageId id, const MessageRecord& message,
                                           MailDirection direction) {
    for (const QString& named : namedIds(message))
        AIVA_CHECK(m_addReference.bind(1, named).bind(2, conversation).run());
    if (direction == MailDirection::Outbound) {
        const QString token = conversationTokenIn(message.messageId);
        return token.isEmpty() ? Result<void>() : m_addToken.bind(1, token).bind(2, id).run();
    }
    for (const QString& name : orderNamesSaid(message.subject, message.text, message.folded))
        AIVA_CHECK(m_addOrder.bind(1, conversation).bind(2, name).run());
    return {};
}

} // namespace aiva
