#include "core/readmodel/merge_suggestions.h"

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

// Further apart in time, an equal subject is a coincidence ("Question").
constexpr qint64 kSameMatterDays = 60;

// The last column: one of another store, where an equal number is another order and an equal subject another matter.
#define AIVA_OTHERS                                                                                                    \
    "SELECT id, subject, base_subject, first_message_at, last_message_at, EXISTS (SELECT 1 FROM conversations s "      \
    "JOIN mailboxes own ON own.id = s.mailbox_id JOIN mailboxes other ON other.id = c.mailbox_id "                     \
    "WHERE s.id = ?1 AND own.store_id <> other.store_id) FROM conversations c "
constexpr std::string_view kOfProfile = AIVA_OTHERS R"sql(
WHERE profile_id = ?2 AND id <> ?1
    AND NOT EXISTS (SELECT 1 FROM conversations_apart WHERE one_id = ?1 AND other_id = c.id)
ORDER BY last_message_at DESC LIMIT 20)sql";

constexpr std::string_view kOfEmail = AIVA_OTHERS R"sql(
WHERE customer_email = ?2 AND id <> ?1 AND profile_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM conversations_apart WHERE one_id = ?1 AND other_id = c.id)
ORDER BY last_message_at DESC LIMIT 20)sql";

#undef AIVA_OTHERS

constexpr std::string_view kMoves = R"sql(
SELECT m.kind, m.from_id, m.to_id, m.made_at, ifnull(c.subject, m.undo ->> '$.row.subject')
FROM conversation_moves m LEFT JOIN conversations c ON c.id = CASE WHEN m.to_id = ?1 THEN m.from_id ELSE m.to_id END
WHERE (m.to_id = ?1 OR m.from_id = ?1) AND m.reverted_at IS NULL)sql";

} // namespace

struct MergeSuggestions::Self {
    ConversationId id;
    QString baseSubject;
    UtcTime first;
    UtcTime last;
    bool namesOrders = false;
};

Result<std::unique_ptr<MergeSuggestions>> MergeSuggestions::create(Database& reader) {
    std::unique_ptr<MergeSuggestions> made(new MergeSuggestions);
    AIVA_TRY(made->m_self, reader.prepare("SELECT base_subject, first_message_at, last_message_at, profile_id, "
                                          "customer_email FROM conversations WHERE id = ?1"));
    AIVA_TRY(made->m_ofProfile, reader.prepare(kOfProfile));
    AIVA_TRY(made->m_ofEmail, reader.prepare(kOfEmail));
    AIVA_TRY(made->m_sharedOrder,
             reader.prepare("SELECT a.name FROM conversation_orders a JOIN conversation_orders b ON b.name = a.name "
                            "AND b.conversation_id = ?2 WHERE a.conversation_id = ?1 LIMIT 1"));
    AIVA_TRY(made->m_anyOrder, reader.prepare("SELECT 1 FROM conversation_orders WHERE conversation_id = ?1 LIMIT 1"));
    AIVA_TRY(made->m_moves, reader.prepare(kMoves));
    return made;
}

Result<std::optional<MergeSuggestion>> MergeSuggestions::forConversation(ConversationId id) {
    AIVA_TRY(const bool found, m_self.bind(1, id).step());
    if (!found) return std::optional<MergeSuggestion>();
    Self self{id, m_self.text(0), m_self.time(1), m_self.time(2), false};
    const std::optional<qint64> profile = m_self.isNull(3) ? std::nullopt : std::optional(m_self.integer(3));
    const QString email = m_self.text(4);
    m_self.reset();
    AIVA_TRY(self.namesOrders, namesOrders(id));
    if (profile) return among(m_ofProfile.bind(1, id).bind(2, *profile), self);
    if (!email.isEmpty()) return among(m_ofEmail.bind(1, id).bind(2, email), self);
    return std::optional<MergeSuggestion>();
}

Result<std::vector<MergeSuggestion>> MergeSuggestions::othersOfCustomer(ConversationId id) {
    std::vector<MergeSuggestion> all;
    AIVA_TRY(const bool found, m_self.bind(1, id).step());
    if (!found) return all;
    const std::optional<qint64> profile = m_self.isNull(3) ? std::nullopt : std::optional(m_self.integer(3));
    const QString email = m_self.text(4);
    m_self.reset();
    if (!profile && email.isEmpty()) return all;
    Statement& candidates = profile ? m_ofProfile.bind(1, id).bind(2, *profile) : m_ofEmail.bind(1, id).bind(2, email);
    for (;;) {
        AIVA_TRY(const bool more, candidates.step());
        if (!more) return all;
        all.push_back({candidates.id<ConversationId>(0), candidates.text(1), candidates.time(4), {}, {}});
    }
}

Result<std::optional<MergeSuggestion>> MergeSuggestions::among(Statement& candidates, const Self& self) {
    std::optional<MergeSuggestion> found;
    for (;;) {
        AIVA_TRY(const bool more, candidates.step());
        if (!more) break;
        MergeSuggestion suggestion{candidates.id<ConversationId>(0), candidates.text(1), candidates.time(4), {}, {}};
        const QString base = candidates.text(2);
        const bool near = candidates.time(4).plusDays(kSameMatterDays) >= self.first &&
                          candidates.time(3) <= self.last.plusDays(kSameMatterDays);
        if (!near || candidates.boolean(5)) continue;
        AIVA_TRY(suggestion.order, sharedOrder(self.id, suggestion.other));
        suggestion.reason =
            suggestion.order.isEmpty() ? MergeSuggestion::Reason::SameSubject : MergeSuggestion::Reason::SameOrder;
        if (suggestion.order.isEmpty()) {
            if (base.isEmpty() || base != self.baseSubject) continue;
            AIVA_TRY(const bool otherNamesOrders, namesOrders(suggestion.other));
            if (self.namesOrders && otherNamesOrders) continue; // and not the same: two matters
        }
        // An order in common says more than a subject, whatever is newer.
        const bool better = !found || (found->order.isEmpty() && !suggestion.order.isEmpty());
        if (better) found = suggestion;
    }
    return found;
}

Result<QString> MergeSuggestions::sharedOrder(ConversationId one, ConversationId other) {
    AIVA_TRY(const bool found, m_sharedOrder.bind(1, one).bind(2, other).step());
    const QString name = found ? m_sharedOrder.text(0) : QString();
    m_sharedOrder.reset();
    return name;
}

Result<bool> MergeSuggestions::namesOrders(ConversationId id) {
    AIVA_TRY(const bool found, m_anyOrder.bind(1, id).step());
    m_anyOrder.reset();
    return found;
}

Result<std::vector<ConversationMoveView>> MergeSuggestions::movesOf(ConversationId id) {
    using Kind = ConversationMoveView::Kind;
    std::vector<ConversationMoveView> moves;
    m_moves.bind(1, id);
    for (;;) {
        AIVA_TRY(const bool more, m_moves.step());
        if (!more) break;
        const bool isSplit = m_moves.view(0) == "split";
        const bool isSource = m_moves.id<ConversationId>(1) == id;
        const Kind kind = !isSplit ? Kind::MergedHere : isSource ? Kind::SplitOff : Kind::SplitFrom;
        moves.push_back({kind, m_moves.text(4), m_moves.time(3)});
    }
    std::sort(moves.begin(), moves.end(),
              [](const ConversationMoveView& a, const ConversationMoveView& b) { return a.at < b.at; });
    return moves;
}

} // namespace aiva
