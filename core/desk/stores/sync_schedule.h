// When a store syncs by itself (S3, S7): schedules, retries after failures, waiting for the network, comparisons. Pure;
// used by SyncDispatcher, and by the stores page to say what comes next.
#pragma once

#include "core/storage/stores/store_repository.h"
#include "core/storage/stores/sync_repository.h"

#include <optional>
#include <vector>

namespace aiva {

// "realtime", "15min", "hourly", "6h", "daily"; absent for "manual" and anything unknown.
std::optional<qint64> scheduleIntervalMs(const QString& schedule);

// How long after its n-th failure in a row (1 is the first) a job is tried again; absent: not by itself any more.
std::optional<qint64> retryAfterMs(int failures);
inline constexpr int mostRetries = 3;

// What the newest jobs of a store say about its failures.
struct SyncFailures {
    int inARow = 0;             // since something succeeded or a person started one; without those below
    bool isUnreachable = false; // the newest job did not even reach the network: that is no failure of the shop
    std::optional<UtcTime> lastAt;
    SyncKind kind = SyncKind::Incremental; // of the newest failed job: what is to be tried again

    bool any() const { return inARow > 0 || isUnreachable; }
};
// `jobs`: newest first. A running, cancelled or interrupted one says nothing.
SyncFailures failuresOf(const std::vector<SyncJobRow>& jobs);
inline constexpr int jobsForFailures = 12;

// How a store stands with its automatic syncs.
struct SyncStanding {
    enum class State {
        OnSchedule,
        ByHand,       // manual
        Retrying,     // failed; `retriesLeft` more by itself
        Stopped,      // failed after every retry: a person starts the next one
        Unreachable,  // knocks until the network is back
        Disconnected, // nothing until somebody reconnects it
    };
    State state = State::OnSchedule;
    int retriesLeft = 0;
    std::optional<UtcTime> nextAt; // of the next automatic try; in the past: due
};
// `lastTry`: of this process, also when it failed. Times later than `now` come from a clock that was wrong and are
// taken for unknown, so that setting it right never makes a store wait.
SyncStanding standingOf(const StoreRow& store, const SyncFailures& failures, std::optional<UtcTime> lastTry,
                        UtcTime now);

// When a store's cache is to be compared with the shop (S11): daily in realtime, weekly on other schedules; absent when
// it asks for none.
std::optional<UtcTime> nextComparisonAt(const StoreRow& store, std::optional<UtcTime> last, UtcTime now);

} // namespace aiva
