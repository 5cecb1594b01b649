#include "core/readmodel/inbox_query.h"

#include <algorithm>
#include <limits>

namespace aiva {

class InboxQuery::Private {
public:
    // Prepared once for each order.
    struct Order {
        Statement all;
        Statement byFacet;
        Statement vip;
        // Narrowed to a store, to somebody, to nobody.
        Statement byStore;
        Statement byAssignee;
        Statement unassigned;
        Statement vipNarrowed;
    };
    Order newest;
    Order oldest;
    Statement row;
    Statement severalStores;
    Statement counts;

    Result<void> prepareNarrowed(Database& reader);
    Result<void> collectNarrowed(Order& order, const InboxFilter& filter, InboxKey from, int limit,
                                 std::vector<InboxKey>& keys);
    Result<void> collect(Statement& statement, std::vector<InboxKey>& keys);
    Result<bool> hasSeveralStores();
    Result<std::optional<InboxRow>> read(ConversationId id, bool namesStores);
};

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

static constexpr std::string_view kRow = R"sql(
SELECT c.id, c.customer_name, c.customer_email, c.subject, c.snippet, c.last_message_at, c.message_count,
       c.unread_count, c.customer_spoke_last, c.has_draft, c.precedence, c.status, c.store_id, s.name,
       c.mailbox_id, c.assignee_slot, a.name, a.is_me, CASE WHEN b.is_me THEN '' ELSE b.name END,
       (SELECT o.state FROM outbox o WHERE o.conversation_id = c.id ORDER BY o.id DESC LIMIT 1)
FROM conversations c LEFT JOIN stores s ON s.id = c.store_id
LEFT JOIN team_agents a ON a.mailbox_id = c.mailbox_id AND a.slot = c.assignee_slot
LEFT JOIN team_agents b ON b.mailbox_id = c.mailbox_id AND b.slot = c.claim_slot
WHERE c.id = ?1)sql";

static constexpr std::string_view kSeveralStores = R"sql(
SELECT EXISTS (SELECT 1 FROM stores WHERE id > (SELECT min(id) FROM stores)))sql";

// conversations.inbox_facet: status + customer spoke last + unread.
enum Facet { Unread = 1, CustomerSpokeLast = 2, Open = 0, Waiting = 4, Done = 8, FacetEnd = 12 };

static bool isIn(InboxView view, int facet) {
    const int status = facet & (Waiting | Done);
    switch (view) {
    case InboxView::NeedsMe:
        return status == Open && (facet & CustomerSpokeLast);
    case InboxView::Waiting:
        return status == Waiting || (status == Open && !(facet & CustomerSpokeLast));
    case InboxView::Vip:
        return status != Done;
    case InboxView::All:
        return true;
    case InboxView::ReadyToSend:
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

InboxQuery::InboxQuery(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

InboxQuery::~InboxQuery() = default;

Result<std::unique_ptr<InboxQuery>> InboxQuery::create(Database& reader) {
    auto priv = std::make_unique<Private>();
    AIVA_TRY(priv->newest.all, reader.prepare(kNewestAll));
    AIVA_TRY(priv->newest.byFacet, reader.prepare(kNewestByFacet));
    AIVA_TRY(priv->newest.vip, reader.prepare(kNewestVip));
    AIVA_TRY(priv->oldest.all, reader.prepare(kOldestAll));
    AIVA_TRY(priv->oldest.byFacet, reader.prepare(kOldestByFacet));
    AIVA_TRY(priv->oldest.vip, reader.prepare(kOldestVip));
    AIVA_CHECK(priv->prepareNarrowed(reader));
    AIVA_TRY(priv->row, reader.prepare(kRow));
    AIVA_TRY(priv->severalStores, reader.prepare(kSeveralStores));
    AIVA_TRY(priv->counts, reader.prepare("SELECT inbox_facet, is_vip, conversations FROM inbox_counts"));
    return std::unique_ptr<InboxQuery>(new InboxQuery(std::move(priv)));
}

Result<void> InboxQuery::Private::prepareNarrowed(Database& reader) {
    AIVA_TRY(newest.byStore, reader.prepare(kNewestByStore));
    AIVA_TRY(newest.byAssignee, reader.prepare(kNewestByAssignee));
    AIVA_TRY(newest.unassigned, reader.prepare(kNewestUnassigned));
    AIVA_TRY(newest.vipNarrowed, reader.prepare(kNewestVipNarrowed));
    AIVA_TRY(oldest.byStore, reader.prepare(kOldestByStore));
    AIVA_TRY(oldest.byAssignee, reader.prepare(kOldestByAssignee));
    AIVA_TRY(oldest.unassigned, reader.prepare(kOldestUnassigned));
    AIVA_TRY(oldest.vipNarrowed, reader.prepare(kOldestVipNarrowed));
    return {};
}

// One walk for each facet and each slot asked for, along the index that narrows most.
Result<void> InboxQuery::Private::collectNarrowed(Order& order, const InboxFilter& filter, InboxKey from, int limit,
                                                  std::vector<InboxKey>& keys) {
    const StoreId store = filter.store.value_or(StoreId());
    std::vector<InboxAssignee> who{{MailboxId(), -1}};
    if (filter.assignees) who = filter.assignees->empty() ? std::vector<InboxAssignee>{{}} : *filter.assignees;
    for (const InboxAssignee& assignee : who) {
        Statement* walk = &order.unassigned;
        if (filter.view == InboxView::Vip)
            walk = &order.vipNarrowed;
        else if (assignee.slot > 0)
            walk = &order.byAssignee;
        else if (store.isValid())
            walk = &order.byStore;
        for (int facet = 0; facet < FacetEnd; ++facet) {
            if (!passes(filter, facet)) continue;
            walk->bind(1, from.at).bind(2, from.id).bind(3, limit).bind(4, facet);
            AIVA_CHECK(collect(walk->bind(5, store).bind(6, assignee.slot).bind(7, assignee.mailbox), keys));
        }
    }
    return {};
}

Result<void> InboxQuery::Private::collect(Statement& statement, std::vector<InboxKey>& keys) {
    for (;;) {
        AIVA_TRY(const bool more, statement.step());
        if (!more) return {};
        keys.push_back({statement.time(0), statement.id<ConversationId>(1)});
    }
}

Result<bool> InboxQuery::Private::hasSeveralStores() {
    AIVA_TRY(const bool found, severalStores.step());
    const bool several = found && severalStores.boolean(0);
    severalStores.reset();
    return several;
}

static void readTeam(Statement& row, InboxRow& read) {
    if (!row.isNull(14)) read.mailbox = row.id<MailboxId>(14);
    read.assigneeSlot = static_cast<int>(row.integer(15));
    read.assigneeName = row.text(16);
    read.isMine = row.boolean(17);
    read.answering = row.text(18);
    switch (fromWord<OutboxState>(row.text(19)).value_or(OutboxState::Sent)) {
    case OutboxState::Waiting:
    case OutboxState::Sending:
        read.outgoing = Outgoing::OnItsWay;
        break;
    case OutboxState::Unknown:
    case OutboxState::Held:
    case OutboxState::Failed:
        read.outgoing = Outgoing::NeedsYou;
        break;
    case OutboxState::Filing:
    case OutboxState::Sent:
    case OutboxState::Cancelled:
        break;
    }
}

Result<std::optional<InboxRow>> InboxQuery::Private::read(ConversationId id, bool namesStores) {
    AIVA_TRY(const bool found, row.bind(1, id).step());
    if (!found) return std::optional<InboxRow>();
    InboxRow read;
    read.id = row.id<ConversationId>(0);
    read.fromEmail = row.text(2);
    read.fromName = row.view(1).empty() ? read.fromEmail : row.text(1);
    read.subject = row.text(3);
    read.snippet = row.text(4);
    read.lastMessageAt = row.time(5);
    read.messageCount = static_cast<int>(row.integer(6));
    read.unreadCount = static_cast<int>(row.integer(7));
    read.customerSpokeLast = row.boolean(8);
    read.hasDraft = row.boolean(9);
    read.precedence = fromWord<Precedence>(row.text(10)).value_or(Precedence::Prospect);
    read.status = fromWord<ConversationStatus>(row.text(11)).value_or(ConversationStatus::Open);
    if (!row.isNull(12)) read.storeId = row.id<StoreId>(12);
    if (namesStores) read.storeName = row.text(13);
    readTeam(row, read);
    row.reset();
    return std::optional<InboxRow>(std::move(read));
}

Result<std::vector<InboxRow>> InboxQuery::page(const InboxFilter& filter, std::optional<InboxKey> after, int limit) {
    const bool isNewest = filter.sort == InboxSort::Newest;
    Private::Order& order = isNewest ? d->newest : d->oldest;
    const qint64 edge = isNewest ? std::numeric_limits<qint64>::max() : std::numeric_limits<qint64>::min();
    const InboxKey from = after.value_or(InboxKey{UtcTime(edge), ConversationId(edge)});

    std::vector<InboxKey> keys;
    const bool isWhole = filter.view == InboxView::All && !filter.unreadOnly && !filter.customerSpokeLastOnly;
    if (filter.narrows()) {
        AIVA_CHECK(d->collectNarrowed(order, filter, from, limit, keys));
    } else if (isWhole) {
        AIVA_CHECK(d->collect(order.all.bind(1, from.at).bind(2, from.id).bind(3, limit), keys));
    } else {
        Statement& statement = filter.view == InboxView::Vip ? order.vip : order.byFacet;
        for (int facet = 0; facet < FacetEnd; ++facet) {
            if (!passes(filter, facet)) continue;
            AIVA_CHECK(d->collect(statement.bind(1, from.at).bind(2, from.id).bind(3, limit).bind(4, facet), keys));
        }
    }
    if (filter.narrows() || !isWhole)
        std::sort(keys.begin(), keys.end(), [isNewest](const InboxKey& a, const InboxKey& b) {
            const auto one = std::pair(a.at, a.id);
            const auto other = std::pair(b.at, b.id);
            return isNewest ? one > other : one < other;
        });
    keys.resize(std::min(keys.size(), static_cast<size_t>(std::max(limit, 0))));

    AIVA_TRY(const bool namesStores, d->hasSeveralStores());
    std::vector<InboxRow> rows;
    rows.reserve(keys.size());
    for (const InboxKey& key : keys) {
        AIVA_TRY(auto row, d->read(key.id, namesStores));
        if (row) rows.push_back(*std::move(row));
    }
    return rows;
}

Result<std::optional<InboxRow>> InboxQuery::row(ConversationId id) {
    AIVA_TRY(const bool namesStores, d->hasSeveralStores());
    return d->read(id, namesStores);
}

Result<QMap<InboxView, qint64>> InboxQuery::counts() {
    QMap<InboxView, qint64> counts;
    for (const InboxView view : {InboxView::NeedsMe, InboxView::ReadyToSend, InboxView::Waiting, InboxView::Vip,
                                 InboxView::LateShipments, InboxView::Snoozed, InboxView::All})
        counts.insert(view, 0);
    for (;;) {
        AIVA_TRY(const bool more, d->counts.step());
        if (!more) return counts;
        const auto facet = static_cast<int>(d->counts.integer(0));
        const bool isVip = d->counts.boolean(1);
        for (auto it = counts.begin(); it != counts.end(); ++it)
            if (isIn(it.key(), facet) && (isVip || it.key() != InboxView::Vip)) *it += d->counts.integer(2);
    }
}

} // namespace aiva
