#include "core/webhook/reread_run.h"

#include "core/base/log.h"
#include "core/domain/shop/order_history.h"

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

// A change often comes as two or three deliveries: they are answered by one question.
constexpr int kGatherMs = 150;
constexpr qint64 kFirstAskMs = 5'000;
constexpr qint64 kLongestAskMs = 15 * 60'000;
constexpr int kDiskWaitMs = 5'000; // then 10, 20, 40 seconds
// A record the shop keeps refusing is left to the next sync.
constexpr int kTries = 6;
// So many wishes are answered sooner by asking for all that changed.
constexpr qint64 kMostWaiting = 250;

// Nobody could be asked: the way there, or this machine's keychain. It says nothing of a record.
bool mayPass(const Error& error) {
    return error.kind == ErrorKind::Network || error.kind == ErrorKind::Timeout ||
           error.kind == ErrorKind::RateLimited || error.kind == ErrorKind::Storage ||
           error.cause == ErrorCause::NoSecretService;
}

// The shop's own word that it knows us no more (C8). That it is frozen, or said something nobody understands, is none.
bool saysWeAreOut(const Error& error) {
    return error.kind == ErrorKind::Auth || error.kind == ErrorKind::NotFound ||
           error.cause == ErrorCause::TokenRefused || error.cause == ErrorCause::ScopeMissing ||
           error.cause == ErrorCause::ShopNotFound;
}

// True: a row changed.
template <typename Record>
Result<bool> putAll(RecordWriter& writer, const std::vector<Record>& records) {
    bool isChanged = false;
    for (const Record& record : records) {
        AIVA_TRY(const WriteOutcome outcome, writer.put(record));
        isChanged = isChanged || outcome == WriteOutcome::Created || outcome == WriteOutcome::Updated;
    }
    return isChanged;
}

} // namespace

RereadRun::RereadRun(Database& writer, WebhookBooks& books, WebhookRereads& rereads, StorePortMaker makePort,
                     const Clock& clock)
    : m_database(writer), m_books(books), m_rereads(rereads), m_makePort(std::move(makePort)), m_clock(clock) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &RereadRun::next);
}

RereadRun::~RereadRun() {
    for (const auto& [store, port] : m_ports)
        port->cancelAll();
}

Result<std::unique_ptr<RereadRun>> RereadRun::create(Database& writer, WebhookBooks& books, WebhookRereads& rereads,
                                                     StorePortMaker makePort, const Clock& clock) {
    std::unique_ptr<RereadRun> made(new RereadRun(writer, books, rereads, std::move(makePort), clock));
    AIVA_TRY(made->m_audit, AuditRepository::create(writer));
    return made;
}

void RereadRun::wake() {
    if (m_isAsking) return;
    m_isIdle = false;
    if (!m_timer.isActive() || m_timer.remainingTime() > kGatherMs) m_timer.start(kGatherMs);
}

void RereadRun::next() {
    const auto due = m_rereads.due(m_clock.now());
    if (!due) return settle(due.error());
    if (!*due) return rest();
    m_isIdle = false;
    begin(**due);
}

// Until the next one that waits is due.
void RereadRun::rest() {
    m_ports.clear(); // the next may be a day away, and secrets may change
    const auto at = m_rereads.nextAt();
    // No wait is longer, but by a clock that was ahead when it began.
    const UtcTime latest = m_clock.now().plusMs(kLongestAskMs);
    if (at && *at && **at > latest) return settle(m_rereads.hasten(m_clock.now(), latest));
    if (at && *at)
        m_timer.start(static_cast<int>(std::clamp<qint64>((*at)->msSince(m_clock.now()), 100, kLongestAskMs)));
    if (!std::exchange(m_isIdle, true)) Q_EMIT idle();
}

void RereadRun::begin(const Reread& reread) {
    const auto books = m_books.of(reread.store);
    if (!books) return settle(books.error());
    // Nobody to ask: the next connect syncs it all.
    if (!*books || (*books)->store.status == StoreStatus::Disconnected) return settle(m_rereads.finish(reread));
    const auto waiting = m_rereads.waiting(reread.store);
    if (waiting && *waiting > kMostWaiting) return leaveToSync(reread.store);
    if (!m_ports.contains(reread.store)) {
        auto port = m_makePort((*books)->store);
        if (!port) return takeRefusal(reread, port.error());
        m_ports[reread.store] = *std::move(port);
    }
    m_isAsking = true;
    m_askedAt = m_clock.now();
    StorePort& port = *m_ports.at(reread.store);
    if (reread.resource)
        askRecord(reread, port);
    else
        askShop(reread, port);
}

void RereadRun::askRecord(const Reread& reread, StorePort& port) {
    whenDone(port.lookup(*reread.resource, {reread.externalId.toStdString()}), this,
             [this, reread](const Result<RecordPage>& page) { takeRecord(reread, page); });
}

void RereadRun::askShop(const Reread& reread, StorePort& port) {
    whenDone(port.shop(), this, [this, reread](const Result<ShopFacts>& facts) { takeShop(reread, facts); });
}

void RereadRun::takeRecord(const Reread& reread, const Result<RecordPage>& page) {
    m_isAsking = false;
    if (!page) return takeRefusal(reread, page.error());
    if (page->customers.empty() && page->orders.empty() && page->products.empty() && page->gone.empty())
        return takeRefusal(reread, Error{ErrorKind::Invalid, u"the shop did not say what became of a record"_s});
    const auto written = write(reread, *page);
    if (!written) return settle(written.error());
    if (*written) Q_EMIT changed(*written);
    settle({});
}

Result<WebhookChanges> RereadRun::write(const Reread& reread, const RecordPage& page) {
    AIVA_TRY(StoreBooks* const books, m_books.of(reread.store));
    if (!books) return WebhookChanges();
    const RecordName name{*reread.resource, reread.externalId.toStdString()};
    const bool isGone = std::find(page.gone.begin(), page.gone.end(), name.externalId) != page.gone.end();
    AIVA_TRY(const auto transaction, Transaction::begin(m_database));
    // Deleted since it was asked about: what the shop said before is void, and it is asked once more.
    AIVA_TRY(const auto buriedAt, books->known->buriedAt(name));
    // A time to come is of a clock that was ahead, and was before this question.
    if (!isGone && buriedAt && *buriedAt >= m_askedAt && *buriedAt <= m_clock.now()) {
        AIVA_CHECK(m_rereads.postpone(reread, m_clock.now().plusMs(kFirstAskMs)));
        AIVA_CHECK(transaction->commit());
        return WebhookChanges();
    }
    AIVA_TRY(const bool hasCustomers, putAll(*books->writer, page.customers));
    AIVA_TRY(const bool hasOrders, putAll(*books->writer, page.orders));
    AIVA_TRY(const bool hasProducts, putAll(*books->writer, page.products));
    bool isChanged = hasCustomers || hasOrders || hasProducts;
    if (isGone) {
        AIVA_TRY(const bool isHere, buriedAt ? Result<bool>(false) : isHidden(*books, name));
        AIVA_TRY(const bool wasThere, isHere ? Result<bool>(false) : books->known->remove(name));
        isChanged = isChanged || wasThere;
    } else {
        AIVA_CHECK(books->known->unbury(name));
    }
    AIVA_CHECK(m_rereads.finish(reread));
    AIVA_CHECK(transaction->commit());
    return isChanged ? WebhookChange::Records | WebhookChange::People : WebhookChanges();
}

// Older than what the shop shows us: it has the order all the same, and so does whoever looks into the cache.
Result<bool> RereadRun::isHidden(const StoreBooks& books, const RecordName& name) {
    if (name.resource != Resource::Orders || !books.store.historyLimited) return false;
    AIVA_TRY(const auto orderedAt, books.known->orderedAt(name));
    return orderedAt && mayBeHidden(*orderedAt, m_clock.now());
}

void RereadRun::takeShop(const Reread& reread, const Result<ShopFacts>& facts) {
    m_isAsking = false;
    if (!facts) return takeRefusal(reread, facts.error());
    settle(m_rereads.finish(reread)); // it was an old story: we are still in
}

void RereadRun::takeRefusal(const Reread& reread, const Error& error) {
    if (error.cause == ErrorCause::NotSupported && reread.resource) return leaveToSync(reread.store);
    const bool isOver = !mayPass(error);
    if (!reread.resource && isOver && saysWeAreOut(error)) {
        const auto disconnected = disconnect(reread.store, error);
        if (!disconnected) return settle(disconnected);
        Q_EMIT storesChanged();
        Q_EMIT parted(reread.store);
        return settle(m_rereads.finish(reread));
    }
    // Whether we are out is asked until the shop says it.
    if (isOver && reread.resource && reread.attempts + 1 >= kTries) return settle(m_rereads.finish(reread));
    const UtcTime until = m_clock.now().plusMs(std::min(kFirstAskMs << std::min(reread.attempts, 10), kLongestAskMs));
    const auto postponed = m_rereads.postpone(reread, until);
    settle(postponed && !isOver ? m_rereads.postponeAll(reread.store, until) : postponed);
}

void RereadRun::leaveToSync(StoreId store) {
    const auto left = m_rereads.leaveToSync(store);
    if (left) Q_EMIT syncWanted(store);
    settle(left);
}

Result<void> RereadRun::disconnect(StoreId store, const Error& error) {
    AIVA_TRY(const auto transaction, Transaction::begin(m_database));
    AIVA_CHECK(m_books.stores().setStatus(store, StoreStatus::Disconnected, errorWords(error)));
    const AuditNote note{m_clock.now(), AuditActor::Aiva, u"store_uninstalled"_s, store, std::nullopt, u"{}"_s};
    AIVA_TRY([[maybe_unused]] const AuditId id, m_audit->append(note));
    return transaction->commit();
}

void RereadRun::settle(const Result<void>& done) {
    if (done) {
        m_troubles = 0;
        m_timer.start(0);
        Q_EMIT answered();
        return;
    }
    qCWarning(logSync, "a record could not be read again: %s", qUtf8Printable(errorWords(done.error())));
    m_timer.start(kDiskWaitMs << std::min(m_troubles++, 3));
    Q_EMIT failed(done.error());
}

} // namespace aiva
