// ApiHealthKeeper: counts what the ports of stores tell of their exchanges, and writes it down every few seconds while
// there is any (S6). Lives on the ports' thread; ports may outlive it.
#pragma once

#include "core/base/clock.h"
#include "core/ports/store_port.h"
#include "core/storage/stores/api_health.h"

#include <QObject>
#include <QTimer>

#include <map>

namespace aiva {

class ApiHealthKeeper : public QObject {
    Q_OBJECT
public:
    // `writer` outlives it.
    ApiHealthKeeper(Database& writer, const Clock& clock, int writeAfterMs = 10'000);
    ~ApiHealthKeeper() override; // writes what is left

    void watch(StorePort& port, StoreId store);
    // What cannot be written now is kept for the next time.
    void write();

Q_SIGNALS:
    void written();

private:
    class Listener;
    ApiHealth& lately(StoreId store);
    void noteExchange(StoreId store, qint64 ms, const std::optional<Error>& error);
    Result<void> writeAll();

    Database& m_writer;
    const Clock& m_clock;
    std::unique_ptr<ApiHealthRepository> m_rows; // prepared at the first write
    std::map<StoreId, ApiHealth> m_lately;
    QTimer m_timer;
};

} // namespace aiva
