// One store in one workspace in front of one fake shop, and a sync of it run to its end.
#pragma once

#include "core/sync/store_sync_run.h"
#include "tests/support/fake_store_port.h"
#include "tests/support/temporary_workspace.h"

#include <QSignalSpy>

#include <memory>
#include <vector>

namespace aiva::test {

inline SyncPace quickPace() {
    SyncPace pace;
    pace.retryMs = {1, 2, 4};
    pace.pollFirstMs = 1;
    pace.pollLongestMs = 2;
    pace.bulkBusyMs = 1;
    pace.batchMs = 5;
    return pace;
}

// The system's, moved at will.
class TravelClock final : public Clock {
public:
    UtcTime now() const override { return m_system.now().plusMs(m_by); }
    qint64 monotonicMs() const override { return m_system.monotonicMs(); }
    void moveMs(qint64 ms) { m_by += ms; }

private:
    SystemClock m_system;
    qint64 m_by = 0;
};

class SyncFixture {
public:
    explicit SyncFixture(FakeShop shop) : port(std::move(shop)), store(workspace.addStore()) {}

    SyncRequest request(SyncKind kind, SyncRequest::Transport transport = SyncRequest::Transport::ByCount) const {
        SyncRequest request;
        request.store = store;
        request.kind = kind;
        request.transport = transport;
        request.pace = pace;
        return request;
    }

    std::unique_ptr<StoreSyncRun> newRun(const SyncRequest& request) {
        return std::make_unique<StoreSyncRun>(workspace.workspace(), workspace.writer(), port, clock, request);
    }

    // Failed with Internal when it does not end within a minute.
    SyncOutcome sync(const SyncRequest& request) {
        const auto run = newRun(request);
        QSignalSpy finished(run.get(), &StoreSyncRun::finished);
        progress.clear();
        QObject::connect(run.get(), &StoreSyncRun::progressed, run.get(),
                         [this](const SyncProgress& step) { progress.push_back(step); });
        run->start();
        if (finished.isEmpty()) finished.wait(60'000);
        if (finished.size() != 1) {
            SyncOutcome none;
            none.status = SyncStatus::Failed;
            none.error = Error{ErrorKind::Internal, QStringLiteral("finished %1 times").arg(finished.size())};
            return none;
        }
        return finished.front().front().value<SyncOutcome>();
    }
    SyncOutcome sync(SyncKind kind, SyncRequest::Transport transport = SyncRequest::Transport::ByCount) {
        return sync(request(kind, transport));
    }

    std::vector<SyncJobRow> history() {
        auto jobs = SyncRepository::create(workspace.writer());
        return jobs ? (*jobs)->history(store, 50).value_or({}) : std::vector<SyncJobRow>();
    }

    TemporaryWorkspace workspace;
    FakeStorePort port;
    TravelClock clock;
    SyncPace pace = quickPace();
    StoreId store;
    std::vector<SyncProgress> progress;
};

} // namespace aiva::test
