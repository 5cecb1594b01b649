#include "core/storage/conversation_threads.h"

#include "core/domain/email_address.h"
#include "core/domain/mail_subject.h"
#include "core/domain/order_names.h"

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
    AIVA_TRY(m_partyOf, m_database.prepare("SELECT customer_email, profile_id FROM conversations WHERE id = ?1"));
    AIVA_TRY(m_recentOfEmail,
             m_database.prepare("SELECT id, subject, base_subject, last_message_at, first_message_at "
                                "FROM conversations WHERE customer_email = ?1 ORDER BY last_message_at DESC LIMIT 20"));
    AIVA_TRY(m_addReference,
             m_database.prepare("INSERT OR IGNORE INTO message_references (message_id, conversation_id) "
                                "VALUES (?1, ?2)"));
    AIVA_TRY(m_draftOf,
             m_database.prepare("SELECT text, html, cursor, updated_at FROM drafts WHERE conversation_id = ?1"));
    AIVA_TRY(m_putDraft, m_database.prepare("INSERT OR REPLACE INTO drafts (conversation_id, text, html, cursor, "
                                            "updated_at) VALUES (?1, ?2, ?3, ?4, ?5)"));
    return {};
}

Result<std::vector<ConversationId>> ConversationThreads::find(const MessageRecord& message,
                                                              const ConversationParty& party) {
    AIVA_TRY(std::vector<ConversationId> found, linked(message, party));
    if (!found.empty()) return found;
    AIVA_TRY(const std::optional<ConversationId> one, similar(message, party));
    if (one) found.push_back(*one);
    return found;
}

Result<std::vector<ConversationId>> ConversationThreads::linked(const MessageRecord& message,
                                                                const ConversationParty& party) {
    std::vector<ConversationId> candidates;
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

    std::vector<ConversationId> same;
    for (const ConversationId id : candidates) {
        AIVA_TRY(const bool exists, m_partyOf.bind(1, id).step());
        if (!exists) continue;
        const bool sameAddress = !party.email.isEmpty() && m_partyOf.text(0) == party.email;
        const bool samePerson = party.profile && !m_partyOf.isNull(1) && m_partyOf.id<ProfileId>(1) == *party.profile;
        m_partyOf.reset();
        if (sameAddress || samePerson) same.push_back(id);
    }
    return same;
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
        const bool sameSubject = !base.isEmpty() && m_recentOfEmail.text(2) == base;
        const bool sameOrder = !orders.isEmpty() && shareName(orders, orderNamesIn(m_recentOfEmail.text(1)));
        if (!sameSubject && !sameOrder) continue;
        found = m_recentOfEmail.id<ConversationId>(0);
        break;
    }
    m_recentOfEmail.reset();
    return found;
}

Result<void> ConversationThreads::join(ConversationId target, const std::vector<ConversationId>& others) {
    for (const ConversationId other : others)
        if (other != target) AIVA_CHECK(joinOne(target, other));
    return {};
}

Result<void> ConversationThreads::joinOne(ConversationId target, ConversationId other) {
    AIVA_CHECK(joinDraft(target, other));
    for (const std::string_view sql : {
             std::string_view("UPDATE messages SET conversation_id = ?1 WHERE conversation_id = ?2"),
             std::string_view(
                 "UPDATE OR IGNORE message_references SET conversation_id = ?1 WHERE conversation_id = ?2"),
             std::string_view("UPDATE match_corrections SET conversation_id = ?1 WHERE conversation_id = ?2"),
             std::string_view(
                 "UPDATE conversations SET (profile_id, matched_by, match_detail, store_id) = "
                 "(SELECT profile_id, matched_by, match_detail, store_id FROM conversations WHERE id = ?2) "
                 "WHERE id = ?1 AND profile_id IS NULL AND matched_by = 'none'"),
         }) {
        AIVA_TRY(Statement statement, m_database.prepare(sql));
        AIVA_CHECK(statement.bind(1, target).bind(2, other).run());
    }
    for (const std::string_view sql : {
             std::string_view("DELETE FROM message_references WHERE conversation_id = ?1"),
             std::string_view("DELETE FROM drafts WHERE conversation_id = ?1"),
             std::string_view("DELETE FROM conversations WHERE id = ?1"),
         }) {
        AIVA_TRY(Statement statement, m_database.prepare(sql));
        AIVA_CHECK(statement.bind(1, other).run());
    }
    return {};
}

// Nothing typed is lost: two drafts become one, the newer first.
Result<void> ConversationThreads::joinDraft(ConversationId target, ConversationId other) {
    struct Draft {
        QString text, html;
        qint64 cursor = 0;
        UtcTime updatedAt;
    };
    std::optional<Draft> drafts[2];
    const ConversationId ids[2] = {target, other};
    for (int i = 0; i < 2; ++i) {
        AIVA_TRY(const bool exists, m_draftOf.bind(1, ids[i]).step());
        if (exists) drafts[i] = Draft{m_draftOf.text(0), m_draftOf.text(1), m_draftOf.integer(2), m_draftOf.time(3)};
        m_draftOf.reset();
    }
    if (!drafts[1]) return {};
    Draft kept = *drafts[1];
    if (drafts[0]) {
        const bool otherIsNewer = drafts[1]->updatedAt > drafts[0]->updatedAt;
        kept = otherIsNewer ? *drafts[1] : *drafts[0];
        const Draft& older = otherIsNewer ? *drafts[0] : *drafts[1];
        kept.text += "\n\n"_L1 + older.text;
        if (!kept.html.isEmpty() || !older.html.isEmpty()) {
            const auto asHtml = [](const Draft& draft) {
                return draft.html.isEmpty() ? "<p>"_L1 + draft.text.toHtmlEscaped() + "</p>"_L1 : draft.html;
            };
            kept.html = asHtml(kept) + asHtml(older);
        }
    }
    m_putDraft.bind(1, target).bind(2, kept.text).bind(3, kept.html).bind(4, kept.cursor).bind(5, kept.updatedAt);
    return m_putDraft.run();
}

Result<void> ConversationThreads::remember(ConversationId conversation, const MessageRecord& message) {
    for (const QString& id : namedIds(message))
        AIVA_CHECK(m_addReference.bind(1, id).bind(2, conversation).run());
    return {};
}

} // namespace aiva
