#include "core/readmodel/inbox_walks.h"

#include <algorithm>
#include <limits>

namespace aiva {

static constexpr std::string_view kNewestAll = R"sql(
SELECT last_message_at, id FROM conversations WHERE (last_message_at, id) < (?1, ?2)
ORDER BY last_message_at DESC, id DESC LIMIT ?3)sql";
static constexpr std::string_view kOldestAll = R"sql(
SELECT last_message_at, id FROM conversations WHERE (last_message_at, id) > (?1, ?2)
ORDER BY last_message_at, id LIMIT ?3)sql";
static constexpr std::string_view kNewestByFacet = R"sql(
SELECT last_message_at, id FROM conversations WHERE inbox_facet = ?4 AND (last_message_at, id) < (?1, ?2)
ORDER BY last_message_at DESC, id DESC LIMIT ?3)sql";
static constexpr std::string_view kOldestByFacet = R"sql(
SELECT last_message_at, id FROM conversations WHERE inbox_facet = ?4 AND (last_message_at, id) > (?1, ?2)
ORDER BY last_message_at, id LIMIT ?3)sql";
static constexpr std::string_view kNewestVip = R"sql(
SELECT last_message_at, id FROM conversations
WHERE precedence = 'VIP' AND inbox_facet = ?4 AND (last_message_at, id) < (?1, ?2)
ORDER BY last_message_at DESC, id DESC LIMIT ?3)sql";
static constexpr std::string_view kOldestVip = R"sql(
SELECT last_message_at, id FROM conversations
WHERE precedence = 'VIP' AND inbox_facet = ?4 AND (last_message_at, id) > (?1, ?2)
ORDER BY last_message_at, id LIMIT ?3)sql";
static constexpr std::string_view kNewestReady = R"sql(
SELECT last_message_at, id FROM conversations
WHERE answer_state = 'ready' AND inbox_facet = ?4 AND (last_message_at, id) < (?1, ?2)
ORDER BY last_message_at DESC, id DESC LIMIT ?3)sql";
static constexpr std::string_view kOldestReady = R"sql(
SELECT last_message_at, id FROM conversations
WHERE answer_state = 'ready' AND inbox_facet = ?4 AND (last_message_at, id) > (?1, ?2)
ORDER BY last_message_at, id LIMIT ?3)sql";

// ?5 the store or 0, ?6 the slot (-1: whoever), ?7 its mailbox or 0.
static constexpr std::string_view kNewestByStore = R"sql(
SELECT last_message_at, id FROM conversations
WHERE store_id = ?5 AND inbox_facet = ?4 AND (last_message_at, id) < (?1, ?2) AND (?6 < 0 OR assignee_slot = ?6)
    AND ?7 = 0
ORDER BY last_message_at DESC, id DESC LIMIT ?3)sql";
static constexpr std::string_view kOldestByStore = R"sql(
SELECT last_message_at, id FROM conversations
WHERE store_id = ?5 AND inbox_facet = ?4 AND (last_message_at, id) > (?1, ?2) AND (?6 < 0 OR assignee_slot = ?6)
    AND ?7 = 0
ORDER BY last_message_at, id LIMIT ?3)sql";
static constexpr std::string_view kNewestByAssignee = R"sql(
SELECT last_message_at, id FROM conversations
WHERE assignee_slot = ?6 AND assignee_slot > 0 AND inbox_facet = ?4 AND (last_message_at, id) < (?1, ?2)
    AND mailbox_id = ?7 AND (?5 = 0 OR store_id = ?5)
ORDER BY last_message_at DESC, id DESC LIMIT ?3)sql";
static constexpr std::string_view kOldestByAssignee = R"sql(
SELECT last_message_at, id FROM conversations
WHERE assignee_slot = ?6 AND assignee_slot > 0 AND inbox_facet = ?4 AND (last_message_at, id) > (?1, ?2)
    AND mailbox_id = ?7 AND (?5 = 0 OR store_id = ?5)
ORDER BY last_message_at, id LIMIT ?3)sql";
// Most conversations are nobody's: the walk along the facet skips few.
static constexpr std::string_view kNewestUnassigned = R"sql(
SELECT last_message_at, id FROM conversations
WHERE inbox_facet = ?4 AND (last_message_at, id) < (?1, ?2) AND assignee_slot = 0 AND ?5 = 0 AND ?6 = 0 AND ?7 = 0
ORDER BY last_message_at DESC, id DESC LIMIT ?3)sql";
static constexpr std::string_view kOldestUnassigned = R"sql(
SELECT last_message_at, id FROM conversations
WHERE inbox_facet = ?4 AND (last_message_at, id) > (?1, ?2) AND assignee_slot = 0 AND ?5 = 0 AND ?6 = 0 AND ?7 = 0
ORDER BY last_message_at, id LIMIT ?3)sql";
static constexpr std::string_view kNewestVipNarrowed = R"sql(
SELECT last_message_at, id FROM conversations
WHERE precedence = 'VIP' AND inbox_facet = ?4 AND (last_message_at, id) < (?1, ?2)
    AND (?5 = 0 OR store_id = ?5) AND (?6 < 0 OR assignee_slot = ?6) AND (?7 = 0 OR mailbox_id = ?7)
ORDER BY last_message_at DESC, id DESC LIMIT ?3)sql";
static constexpr std::string_view kOldestVipNarrowed = R"sql(
SELECT last_message_at, id FROM conversations
WHERE precedence = 'VIP' AND inbox_facet = ?4 AND (last_message_at, id) > (?1, ?2)
    AND (?5 = 0 OR store_id = ?5) AND (?6 < 0 OR assignee_slot = ?6) AND (?7 = 0 OR mailbox_id = ?7)
ORDER BY last_message_at, id LIMIT ?3)sql";
static constexpr std::string_view kNewestReadyNarrowed = R"sql(
SELECT last_message_at, id FROM conversations
WHERE answer_state = 'ready' AND inbox_facet = ?4 AND (last_message_at, id) < (?1, ?2)
    AND (?5 = 0 OR store_id = ?5) AND (?6 < 0 OR assignee_slot = ?6) AND (?7 = 0 OR mailbox_id = ?7)
ORDER BY last_message_at DESC, id DESC LIMIT ?3)sql";
static constexpr std::string_view kOldestReadyNarrowed = R"sql(
SELECT last_message_at, id FROM conversations
WHERE answer_state = 'ready' AND inbox_facet = ?4 AND (last_message_at, id) > (?1, ?2)
    AND (?5 = 0 OR store_id = ?5) AND (?6 < 0 OR assignee_slot = ?6) AND (?7 = 0 OR mailbox_id = ?7)
ORDER BY last_message_at, id LIMIT ?3)sql";

// conversations.inbox_facet: status + customer spoke last + unread.
enum Facet { Unread = 1, CustomerSpokeLast = 2, Open = 0, Waiting = 4, Done = 8, FacetEnd = 12 };

bool isIn(InboxView view, int facet) {
    const int status = facet & (Waiting | Done);
    switch (view) {
    case InboxView::NeedsMe:
    case InboxView::ReadyToSend: // of those with a ready answer
        return status == Open && (facet & CustomerSpokeLast);
    case InboxView::Waiting:
        return status == Waiting || (status == Open && !(facet & CustomerSpokeLast));
    case InboxView::Vip:
        return status != Done;
    case InboxView::All:
        return true;
    case InboxView::LateShipments:
    case InboxView::Snoozed:
        return false;
    }
    return false;
}

static bool passes(const InboxFilter& filter, int facet) {
    if (filter.unreadOnly && !(facet & Unread)) return false;
    if (filter.customerSpokeLastOnly && !(facet & CustomerSpokeLast)) return false;
    return isIn(filter.view, facet);
}

Result<std::unique_ptr<InboxWalks>> InboxWalks::create(Database& reader, InboxSort sort) {
    const bool isNewest = sort == InboxSort::Newest;
    std::unique_ptr<InboxWalks> made(new InboxWalks(sort));
    AIVA_TRY(made->m_all, reader.prepare(isNewest ? kNewestAll : kOldestAll));
    AIVA_TRY(made->m_byFacet, reader.prepare(isNewest ? kNewestByFacet : kOldestByFacet));
    AIVA_TRY(made->m_vip, reader.prepare(isNewest ? kNewestVip : kOldestVip));
    AIVA_TRY(made->m_ready, reader.prepare(isNewest ? kNewestReady : kOldestReady));
    AIVA_TRY(made->m_byStore, reader.prepare(isNewest ? kNewestByStore : kOldestByStore));
    AIVA_TRY(made->m_byAssignee, reader.prepare(isNewest ? kNewestByAssignee : kOldestByAssignee));
    AIVA_TRY(made->m_unassigned, reader.prepare(isNewest ? kNewestUnassigned : kOldestUnassigned));
    AIVA_TRY(made->m_vipNarrowed, reader.prepare(isNewest ? kNewestVipNarrowed : kOldestVipNarrowed));
    AIVA_TRY(made->m_readyNarrowed, reader.prepare(isNewest ? kNewestReadyNarrowed : kOldestReadyNarrowed));
    return made;
}

Result<std::vector<InboxKey>> InboxWalks::page(const InboxFilter& filter, std::optional<InboxKey> after, int limit) {
    const bool isNewest = m_sort == InboxSort::Newest;
    const qint64 edge = isNewest ? std::numeric_limits<qint64>::max() : std::numeric_limits<qint64>::min();
    const InboxKey from = after.value_or(InboxKey{UtcTime(edge), ConversationId(edge)});
    std::vector<InboxKey> keys;
    const bool isWhole = filter.view == InboxView::All && !filter.unreadOnly && !filter.customerSpokeLastOnly;
    if (filter.narrows())
        AIVA_CHECK(collectNarrowed(filter, from, limit, keys));
    else if (isWhole)
        AIVA_CHECK(collect(m_all.bind(1, from.at).bind(2, from.id).bind(3, limit), keys));
    else
        AIVA_CHECK(collectFacets(filter, from, limit, keys));
    std::sort(keys.begin(), keys.end(), [isNewest](const InboxKey& a, const InboxKey& b) {
        const auto one = std::pair(a.at, a.id);
        const auto other = std::pair(b.at, b.id);
        return isNewest ? one > other : one < other;
    });
    keys.resize(std::min(keys.size(), static_cast<size_t>(std::max(limit, 0))));
    return keys;
}

Result<void> InboxWalks::collectFacets(const InboxFilter& filter, InboxKey from, int limit,
                                       std::vector<InboxKey>& keys) {
    Statement* walk = &m_byFacet;
    if (filter.view == InboxView::Vip)
        walk = &m_vip;
    else if (filter.view == InboxView::ReadyToSend)
        walk = &m_ready;
    for (int facet = 0; facet < FacetEnd; ++facet) {
        if (!passes(filter, facet)) continue;
        AIVA_CHECK(collect(walk->bind(1, from.at).bind(2, from.id).bind(3, limit).bind(4, facet), keys));
    }
    return {};
}

// One walk for each facet and each slot asked for, along the index that narrows most.
Result<void> InboxWalks::collectNarrowed(const InboxFilter& filter, InboxKey from, int limit,
                                         std::vector<InboxKey>& keys) {
    const StoreId store = filter.store.value_or(StoreId());
    std::vector<InboxAssignee> who{{MailboxId(), -1}};
    if (filter.assignees) who = filter.assignees->empty() ? std::vector<InboxAssignee>{{}} : *filter.assignees;
    for (const InboxAssignee& assignee : who) {
        Statement* walk = &m_unassigned;
        if (filter.view == InboxView::Vip)
            walk = &m_vipNarrowed;
        else if (filter.view == InboxView::ReadyToSend)
            walk = &m_readyNarrowed;
        else if (assignee.slot > 0)
            walk = &m_byAssignee;
        else if (store.isValid())
            walk = &m_byStore;
        for (int facet = 0; facet < FacetEnd; ++facet) {
            if (!passes(filter, facet)) continue;
            walk->bind(1, from.at).bind(2, from.id).bind(3, limit).bind(4, facet);
            AIVA_CHECK(collect(walk->bind(5, store).bind(6, assignee.slot).bind(7, assignee.mailbox), keys));
        }
    }
    return {};
}

Result<void> InboxWalks::collect(Statement& statement, std::vector<InboxKey>& keys) {
    for (;;) {
        AIVA_TRY(const bool more, statement.step());
        if (!more) return {};
        keys.push_back({statement.time(0), statement.id<ConversationId>(1)});
    }
}

} // namespace aiva
