#include "core/desk/stores/sync_tries.h"

#include "core/storage/stores/comparison_summary.h"

namespace aiva {
namespace {

// A day of realtime syncs leaves few jobs behind (those that brought nothing give way to the next), but not none.
constexpr int kJobsForHistory = 100;
constexpr int kMostInterruptions = 3;

} // namespace

void SyncTries::noteHistoryTry(StoreId store) {
    SyncFailures& failures = historyFailures(store);
    ++failures.inARow;
    failures.lastAt = m_clock.now();
}

void SyncTries::noteEnd(const SyncOutcome& outcome) {
    m_failures.erase(outcome.store);
    if (outcome.kind == SyncKind::History) m_historyFailures.erase(outcome.store);
}

void SyncTries::noteComparison(const ReconcileReport& report) {
    if (report.isCancelled) {
        ++m_interruptions[report.store];
        return;
    }
    m_interruptions.erase(report.store);
    const ComparisonEnd end = report.isComplete() ? ComparisonEnd::Whole : ComparisonEnd::Broken;
    m_comparisons[report.store] = Comparison{m_clock.now(), end};
}

void SyncTries::forget(StoreId store) {
    m_failures.erase(store);
    m_historyFailures.erase(store);
    m_comparisons.erase(store);
}

bool SyncTries::mayInterruptComparison(StoreId store) const {
    const auto interrupted = m_interruptions.find(store);
    return interrupted == m_interruptions.end() || interrupted->second < kMostInterruptions;
}

const SyncFailures& SyncTries::failures(StoreId store) {
    const auto known = m_failures.find(store);
    if (known != m_failures.end()) return known->second;
    const auto jobs = m_jobs.history(store, jobsForFailures);
    return m_failures[store] = jobs ? failuresOf(*jobs) : SyncFailures();
}

SyncFailures& SyncTries::historyFailures(StoreId store) {
    const auto known = m_historyFailures.find(store);
    if (known != m_historyFailures.end()) return known->second;
    const auto jobs = m_jobs.history(store, kJobsForHistory);
    return m_historyFailures[store] = jobs ? historyFailuresOf(*jobs) : SyncFailures();
}

SyncStanding SyncTries::standing(const StoreRow& store) {
    const auto tried = m_lastTry.find(store.id);
    const auto lastTry = tried == m_lastTry.end() ? std::nullopt : std::optional(tried->second);
    return standingOf(store, failures(store.id), lastTry, m_clock.now());
}

bool SyncTries::rests(const StoreRow& store) {
    const SyncStanding now = standing(store);
    switch (now.state) {
    case SyncStanding::State::Disconnected:
    case SyncStanding::State::Stopped:
        return true;
    case SyncStanding::State::Retrying:
    case SyncStanding::State::Unreachable:
        return now.nextAt && *now.nextAt > m_clock.now();
    case SyncStanding::State::OnSchedule:
    case SyncStanding::State::ByHand:
        break;
    }
    return false;
}

bool SyncTries::isHistoryDue(StoreId store) {
    const UtcTime now = m_clock.now();
    const auto at = historyRetryAt(historyFailures(store), now);
    return at && *at <= now;
}

bool SyncTries::isHistoryGivenUp(StoreId store) {
    const SyncFailures& failures = historyFailures(store);
    return failures.any() && !historyRetryAt(failures, m_clock.now());
}

bool SyncTries::isComparisonDue(const StoreRow& store) {
    const std::optional<Comparison>& last = lastComparison(store.id);
    const UtcTime now = m_clock.now();
    const auto at = nextComparisonAt(store, last ? std::optional(last->at) : std::nullopt, now,
                                     last ? last->end : ComparisonEnd::Whole);
    return at && *at <= now;
}

const std::optional<SyncTries::Comparison>& SyncTries::lastComparison(StoreId store) {
    const auto known = m_comparisons.find(store);
    if (known != m_comparisons.end()) return known->second;
    std::optional<Comparison>& last = m_comparisons[store];
    const auto kept = aiva::lastComparison(m_writer, store);
    if (kept && *kept)
        last = Comparison{(*kept)->at, (*kept)->isComplete ? ComparisonEnd::Whole : ComparisonEnd::Broken};
    return last;
}

} // namespace aiva
