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
    int cutOff = 0;             // newest jobs in a row the network broke off, of those nobody asked for
    std::optional<UtcTime> lastAt;
    SyncKind kind = SyncKind::Incremental; // of the newest failed job: what is to be tried again

    bool any() const { return inARow > 0 || isUnreachable; }
};
// `jobs`: newest first. A running, cancelled or interrupted one says nothing, nor does one of the history: older orders
// that cannot be read stand in the way of no newer ones.
SyncFailures failuresOf(const std::vector<SyncJobRow>& jobs);
// The same of the history alone.
SyncFailures historyFailuresOf(const std::vector<SyncJobRow>& jobs);
// When the history is to be tried again; in the past: now. Absent: not by itself, or there is no need.
std::optional<UtcTime> historyRetryAt(const SyncFailures& failures, UtcTime now);
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

enum class ComparisonEnd { Whole, Broken }; // Broken: it failed, or saw too little to prove anything

// When a store's cache is to be compared with the shop (S11): daily in realtime, weekly on other schedules, some hours
// after one that broke off; absent when it asks for none.
std::optional<UtcTime> nextComparisonAt(const StoreRow& store, std::optional<UtcTime> last, UtcTime now,
                                        ComparisonEnd end = ComparisonEnd::Whole);

} // namespace aiva
