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
    };
    Order newest;
    Order oldest;
    Statement row;
    Statement severalStores;
    Statement counts;

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

static constexpr std::string_view kRow = R"sql(
SELECT c.id, c.customer_name, c.customer_email, c.subject, c.snippet, c.last_message_at, c.message_count,
       c.unread_count, c.customer_spoke_last, c.has_draft, c.precedence, c.status, c.store_id, s.name
FROM conversations c LEFT JOIN stores s ON s.id = c.store_id WHERE c.id = ?1)sql";

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
    AIVA_TRY(priv->row, reader.prepare(kRow));
    AIVA_TRY(priv->severalStores, reader.prepare(kSeveralStores));
    AIVA_TRY(priv->counts, reader.prepare("SELECT inbox_facet, is_vip, conversations FROM inbox_counts"));
    return std::unique_ptr<InboxQuery>(new InboxQuery(std::move(priv)));
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
    row.reset();
    return std::optional<InboxRow>(std::move(read));
}

Result<std::vector<InboxRow>> InboxQuery::page(const InboxFilter& filter, std::optional<InboxKey> after, int limit) {
    const bool isNewest = filter.sort == InboxSort::Newest;
    Private::Order& order = isNewest ? d->newest : d->oldest;
    const qint64 edge = isNewest ? std::numeric_limits<qint64>::max() : std::numeric_limits<qint64>::min();
    const InboxKey from = after.value_or(InboxKey{UtcTime(edge), ConversationId(edge)});

    std::vector<InboxKey> keys;
    if (filter.view == InboxView::All && !filter.unreadOnly && !filter.customerSpokeLastOnly) {
        AIVA_CHECK(d->collect(order.all.bind(1, from.at).bind(2, from.id).bind(3, limit), keys));
    } else {
        Statement& statement = filter.view == InboxView::Vip ? order.vip : order.byFacet;
        for (int facet = 0; facet < FacetEnd; ++facet) {
            if (!passes(filter, facet)) continue;
            AIVA_CHECK(d->collect(statement.bind(1, from.at).bind(2, from.id).bind(3, limit).bind(4, facet), keys));
        }
        std::sort(keys.begin(), keys.end(), [isNewest](const InboxKey& a, const InboxKey& b) {
            const auto one = std::pair(a.at, a.id);
            const auto other = std::pair(b.at, b.id);
            return isNewest ? one > other : one < other;
        });
    }
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
