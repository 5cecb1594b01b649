#include "core/readmodel/inbox_query.h"

#include "core/readmodel/inbox_walks.h"

namespace aiva {

class InboxQuery::Private {
public:
    std::unique_ptr<InboxWalks> newest;
    std::unique_ptr<InboxWalks> oldest;
    Statement row;
    Statement severalStores;
    Statement counts;
    Statement readyCounts;

    Result<bool> hasSeveralStores();
    Result<std::optional<InboxRow>> read(ConversationId id, bool namesStores);
};

static constexpr std::string_view kRow = R"sql(
SELECT c.id, c.customer_name, c.customer_email, c.subject, c.snippet, c.last_message_at, c.message_count,
       c.unread_count, c.customer_spoke_last, c.has_draft, c.precedence, c.status, c.store_id, s.name,
       c.mailbox_id, c.assignee_slot, a.name, a.is_me, CASE WHEN b.is_me THEN '' ELSE b.name END,
       (SELECT o.state FROM outbox o WHERE o.conversation_id = c.id ORDER BY o.id DESC LIMIT 1),
       c.answer_state, c.intent
FROM conversations c LEFT JOIN stores s ON s.id = c.store_id
LEFT JOIN team_agents a ON a.mailbox_id = c.mailbox_id AND a.slot = c.assignee_slot
LEFT JOIN team_agents b ON b.mailbox_id = c.mailbox_id AND b.slot = c.claim_slot
WHERE c.id = ?1)sql";

static constexpr std::string_view kSeveralStores = R"sql(
SELECT EXISTS (SELECT 1 FROM stores WHERE id > (SELECT min(id) FROM stores)))sql";

InboxQuery::InboxQuery(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

InboxQuery::~InboxQuery() = default;

Result<std::unique_ptr<InboxQuery>> InboxQuery::create(Database& reader) {
    auto priv = std::make_unique<Private>();
    AIVA_TRY(priv->newest, InboxWalks::create(reader, InboxSort::Newest));
    AIVA_TRY(priv->oldest, InboxWalks::create(reader, InboxSort::Oldest));
    AIVA_TRY(priv->row, reader.prepare(kRow));
    AIVA_TRY(priv->severalStores, reader.prepare(kSeveralStores));
    AIVA_TRY(priv->counts, reader.prepare("SELECT inbox_facet, is_vip, conversations FROM inbox_counts"));
    AIVA_TRY(priv->readyCounts, reader.prepare("SELECT coalesce(sum(conversations), 0) FROM ready_counts "
                                               "WHERE inbox_facet IN (2, 3)"));
    return std::unique_ptr<InboxQuery>(new InboxQuery(std::move(priv)));
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
    read.answerState = row.text(20);
    read.intent = intentFromWord(row.text(21));
    row.reset();
    return std::optional<InboxRow>(std::move(read));
}

Result<std::vector<InboxRow>> InboxQuery::page(const InboxFilter& filter, std::optional<InboxKey> after, int limit) {
    InboxWalks& walks = filter.sort == InboxSort::Newest ? *d->newest : *d->oldest;
    AIVA_TRY(const std::vector<InboxKey> keys, walks.page(filter, after, limit));
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
    AIVA_TRY(const bool hasReady, d->readyCounts.step());
    if (hasReady) counts[InboxView::ReadyToSend] = d->readyCounts.integer(0);
    d->readyCounts.reset();
    for (;;) {
        AIVA_TRY(const bool more, d->counts.step());
        if (!more) return counts;
        const auto facet = static_cast<int>(d->counts.integer(0));
        const bool isVip = d->counts.boolean(1);
        for (auto it = counts.begin(); it != counts.end(); ++it)
            if (it.key() != InboxView::ReadyToSend && isIn(it.key(), facet) && (isVip || it.key() != InboxView::Vip))
                *it += d->counts.integer(2);
    }
}

} // namespace aiva
