#include "core/desk/stores/sync_schedule.h"

#include "core/sync/retry.h"

#include <algorithm>
#include <array>

namespace aiva {
namespace {

constexpr qint64 kMinute = 60'000;
constexpr qint64 kDay = 1'440 * kMinute;
constexpr std::array<qint64, mostRetries> kRetries{5 * kMinute, 15 * kMinute, 60 * kMinute};
constexpr qint64 kAfterBroken = 360 * kMinute;
constexpr qint64 kKnock = kMinute; // costs one request, and the network may be back any time

struct Interval {
    const char* word;
    qint64 ms;
};
constexpr std::array<Interval, 5> kIntervals{
    {{"realtime", kMinute}, {"15min", 15 * kMinute}, {"hourly", 60 * kMinute}, {"6h", 360 * kMinute}, {"daily", kDay}}};

// Stores of one workspace start up to a tenth of the interval apart.
qint64 staggerMs(StoreId store, qint64 interval) {
    return store.value() * 7'919'000 % std::max<qint64>(1, interval / 10);
}

std::optional<UtcTime> ifPast(std::optional<UtcTime> time, UtcTime now) {
    return time && *time <= now ? time : std::nullopt;
}

std::optional<UtcTime> newestPast(std::optional<UtcTime> one, std::optional<UtcTime> other, UtcTime now) {
    return std::max(ifPast(one, now), ifPast(other, now)); // absent is the smallest
}

} // namespace

std::optional<qint64> scheduleIntervalMs(const QString& schedule) {
    for (const Interval& interval : kIntervals)
        if (schedule == QLatin1String(interval.word)) return interval.ms;
    return std::nullopt;
}

std::optional<qint64> retryAfterMs(int failures) {
    if (failures < 1 || failures > static_cast<int>(kRetries.size())) return std::nullopt;
    return kRetries.at(static_cast<size_t>(failures - 1));
}

template <typename Counts>
static SyncFailures failuresAmong(const std::vector<SyncJobRow>& jobs, Counts counts) {
    SyncFailures failures;
    for (const SyncJobRow& job : jobs) {
        if (!counts(job)) continue;
        if (job.status == SyncStatus::Completed || job.status == SyncStatus::CompletedWithErrors) break;
        if (job.status != SyncStatus::Failed) continue;
        const auto error = errorFromWords(job.error);
        const bool unreachable = error && isUnreachable(*error);
        if (!failures.any()) {
            failures.lastAt = job.finishedAt.value_or(job.startedAt);
            failures.kind = job.kind;
            failures.isUnreachable = unreachable;
        }
        if (!unreachable)
            ++failures.inARow;
        else if (failures.inARow == 0 && job.trigger != SyncTrigger::User)
            ++failures.cutOff;
        if (job.trigger == SyncTrigger::User) break;
    }
    return failures;
}

SyncFailures failuresOf(const std::vector<SyncJobRow>& jobs) {
    return failuresAmong(jobs, [](const SyncJobRow& job) { return job.kind != SyncKind::History; });
}

SyncFailures historyFailuresOf(const std::vector<SyncJobRow>& jobs) {
    return failuresAmong(jobs, [](const SyncJobRow& job) { return job.kind == SyncKind::History; });
}

std::optional<UtcTime> historyRetryAt(const SyncFailures& failures, UtcTime now) {
    if (!failures.any()) return std::nullopt;
    const auto wait = failures.isUnreachable ? retryAfterMs(std::clamp(failures.cutOff, 1, mostRetries))
                                             : retryAfterMs(failures.inARow);
    if (!wait) return std::nullopt;
    const auto last = ifPast(failures.lastAt, now);
    return last ? last->plusMs(*wait) : now;
}

// A network that lets a question through and breaks off what follows would else fail a job a minute.
static UtcTime nextKnockAt(const SyncFailures& failures, UtcTime knockAt, UtcTime now) {
    const auto wait = retryAfterMs(std::min(failures.cutOff - 1, mostRetries));
    const auto failedAt = ifPast(failures.lastAt, now);
    return wait && failedAt ? std::max(knockAt, failedAt->plusMs(*wait)) : knockAt;
}

static SyncStanding standingAfterFailure(const SyncFailures& failures, std::optional<UtcTime> lastTry, UtcTime now) {
    const auto last = newestPast(failures.lastAt, lastTry, now);
    const auto after = [&](qint64 ms) { return last ? last->plusMs(ms) : now; };
    if (failures.isUnreachable) return {SyncStanding::State::Unreachable, 0, nextKnockAt(failures, after(kKnock), now)};
    const auto wait = retryAfterMs(failures.inARow);
    if (!wait) return {SyncStanding::State::Stopped, 0, std::nullopt};
    return {SyncStanding::State::Retrying, mostRetries + 1 - failures.inARow, after(*wait)};
}

SyncStanding standingOf(const StoreRow& store, const SyncFailures& failures, std::optional<UtcTime> lastTry,
                        UtcTime now) {
    if (store.status == StoreStatus::Disconnected) return {SyncStanding::State::Disconnected, 0, std::nullopt};
    // Files that could not be imported are nothing to be asked for again: somebody chooses them.
    if (store.kind == StoreKind::Csv) return {SyncStanding::State::ByHand, 0, std::nullopt};
    if (failures.any()) return standingAfterFailure(failures, lastTry, now);
    const auto interval = scheduleIntervalMs(store.schedule);
    if (!interval) return {SyncStanding::State::ByHand, 0, std::nullopt};
    const auto last = newestPast(store.lastSyncAt, lastTry, now);
    if (!last) return {SyncStanding::State::OnSchedule, 0, UtcTime(0)};
    return {SyncStanding::State::OnSchedule, 0, last->plusMs(*interval + staggerMs(store.id, *interval))};
}

std::optional<UtcTime> nextComparisonAt(const StoreRow& store, std::optional<UtcTime> last, UtcTime now,
                                        ComparisonEnd end) {
    const auto interval = scheduleIntervalMs(store.schedule);
    if (!interval || store.status != StoreStatus::Connected || !store.lastSyncAt) return std::nullopt;
    const bool isBroken = end == ComparisonEnd::Broken && ifPast(last, now);
    const qint64 wait = isBroken ? kAfterBroken : *interval <= kMinute ? kDay : 7 * kDay;
    // What has just been read whole needs no comparison: the first is due a full wait after the store came.
    const auto from = isBroken ? last : newestPast(last, store.createdAt, now);
    return from ? from->plusMs(wait + staggerMs(store.id, wait)) : now;
}

} // namespace aiva
