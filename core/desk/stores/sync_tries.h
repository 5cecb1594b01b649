// SyncTries: what is known of each store's tries: failures as its history tells them, the last try of this process, the
// last comparison. Says what is due. Used by SyncDispatcher on the core thread; starts nothing.
#pragma once

#include "core/base/clock.h"
#include "core/desk/stores/sync_schedule.h"
#include "core/sync/reconcile/reconcile_report.h"
#include "core/sync/sync_progress.h"

#include <map>
#include <optional>

namespace aiva {

class SyncTries {
public:
    // All references outlive it.
    SyncTries(Database& writer, SyncRepository& jobs, const Clock& clock)
        : m_writer(writer), m_jobs(jobs), m_clock(clock) {}

    void noteTry(StoreId store) { m_lastTry[store] = m_clock.now(); }
    // Counts as a failure until noteEnd() says how it ended: one that cannot even begin leaves no job behind.
    void noteHistoryTry(StoreId store);
    void noteEnd(const SyncOutcome& outcome);
    void noteComparison(const ReconcileReport& report);
    // Another process syncs the store: how that ends is read from its history. A try noted for nothing is none.
    void forget(StoreId store);
    // What nobody sat waiting for makes a comparison give way only so often: each begins at its start again.
    bool mayInterruptComparison(StoreId store) const;

    const SyncFailures& failures(StoreId store);
    SyncStanding standing(const StoreRow& store);
    // What asks for a sync by itself (a webhook, a waiting reply) leaves the store alone: it was parted from, or it
    // failed and its next try has its time (S7).
    bool rests(const StoreRow& store);
    // Older orders whose reading failed are to be tried again now.
    bool isHistoryDue(StoreId store);
    // They failed after every retry.
    bool isHistoryGivenUp(StoreId store);
    bool isComparisonDue(const StoreRow& store);

private:
    struct Comparison {
        UtcTime at;
        ComparisonEnd end = ComparisonEnd::Whole;
    };
    SyncFailures& historyFailures(StoreId store);
    const std::optional<Comparison>& lastComparison(StoreId store);

    Database& m_writer;
    SyncRepository& m_jobs;
    const Clock& m_clock;
    std::map<StoreId, UtcTime> m_lastTry;
    std::map<StoreId, SyncFailures> m_failures; // as the history says
    std::map<StoreId, SyncFailures> m_historyFailures;
    std::map<StoreId, std::optional<Comparison>> m_comparisons;
    std::map<StoreId, int> m_interruptions; // of comparisons, since one came to its end
};

} // namespace aiva
