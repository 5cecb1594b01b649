// How long a sync waits between attempts and how much it does in one transaction. Production uses the defaults; tests
// shorten them.
#pragma once

#include <QtGlobal>

#include <atomic>
#include <memory>
#include <vector>

namespace aiva {

struct SyncPace {
    std::vector<qint64> retryMs{2'000, 4'000, 8'000}; // S7: waits before the second, third and fourth attempt
    double jitter = 0.25;     // each wait varies by this share, so that stores do not march in step
    qint64 pollFirstMs = 300; // of a bulk operation; doubles up to pollLongestMs
    qint64 pollLongestMs = 10'000;
    qint64 bulkBusyMs = 15'000;   // the shop runs too many bulk operations
    int bulkBusyTries = 4;        // then the records are paged
    qint64 batchMs = 1500;        // writing time of one bulk transaction
    qint64 windowBytes = 8 << 20; // of a bulk file kept in memory to join children with their parents
    size_t windowEntries = 8'192;
    // Commands waiting for the core thread: above zero, the current transaction ends early. May be absent.
    std::shared_ptr<const std::atomic<int>> waitingCommands;

    bool isHurried() const { return waitingCommands && waitingCommands->load(std::memory_order_relaxed) > 0; }
};

} // namespace aiva
