#include "core/sync/api_health_keeper.h"

#include "core/base/log.h"
#include "core/storage/database/in_transaction.h"
#include "core/sync/retry.h"

#include <QPointer>

namespace aiva {

class ApiHealthKeeper::Listener final : public ApiListener {
public:
    Listener(ApiHealthKeeper* keeper, StoreId store) : m_keeper(keeper), m_store(store) {}

    void exchanged(qint64 ms, const std::optional<Error>& error) override {
        if (m_keeper) m_keeper->noteExchange(m_store, ms, error);
    }
    void heldBack(qint64 ms) override {
        if (m_keeper) m_keeper->lately(m_store).heldBackMs += ms;
    }

private:
    QPointer<ApiHealthKeeper> m_keeper;
    StoreId m_store;
};

ApiHealthKeeper::ApiHealthKeeper(Database& writer, const Clock& clock, int writeAfterMs)
    : m_writer(writer), m_clock(clock) {
    m_timer.setSingleShot(true);
    m_timer.setInterval(writeAfterMs);
    connect(&m_timer, &QTimer::timeout, this, &ApiHealthKeeper::write);
}

ApiHealthKeeper::~ApiHealthKeeper() {
    write();
}

void ApiHealthKeeper::watch(StorePort& port, StoreId store) {
    port.setApiListener(std::make_shared<Listener>(this, store));
}

ApiHealth& ApiHealthKeeper::lately(StoreId store) {
    if (!m_timer.isActive()) m_timer.start();
    return m_lately[store];
}

void ApiHealthKeeper::noteExchange(StoreId store, qint64 ms, const std::optional<Error>& error) {
    ApiHealth& health = lately(store);
    if (!error) {
        ++health.answered;
        health.answeredMs += ms;
        health.answeredAt = m_clock.now();
        return;
    }
    if (error->kind == ErrorKind::RateLimited) {
        ++health.limited;
        return;
    }
    const bool isRefusal = error->kind == ErrorKind::Auth || error->kind == ErrorKind::Refused ||
                           error->kind == ErrorKind::NotFound || error->kind == ErrorKind::Conflict;
    ++(isUnreachable(*error) ? health.unreachable : isRefusal ? health.refused : health.failed);
    health.failedAt = m_clock.now();
    health.error = errorWords(*error);
}

// Counts are no reason to stop anything: a writer that is busy or a full disk makes them wait.
void ApiHealthKeeper::write() {
    if (m_lately.empty()) return;
    if (const auto done = writeAll(); !done) {
        qCWarning(logSync, "API health not written: %s", qUtf8Printable(errorWords(done.error())));
        m_timer.start();
        return;
    }
    m_lately.clear();
    m_timer.stop();
    Q_EMIT written();
}

Result<void> ApiHealthKeeper::writeAll() {
    if (!m_rows) {
        AIVA_TRY(m_rows, ApiHealthRepository::create(m_writer));
    }
    const UtcTime now = m_clock.now();
    return inTransaction(m_writer, [&]() -> Result<void> {
        for (const auto& [store, health] : m_lately)
            AIVA_CHECK(m_rows->add(store, now, health));
        return {};
    });
}

} // namespace aiva
