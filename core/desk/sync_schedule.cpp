#include "core/desk/sync_schedule.h"

#include <algorithm>
#include <array>

namespace aiva {
namespace {

constexpr qint64 kMinute = 60'000;
constexpr std::array<qint64, 3> kRetries{5 * kMinute, 15 * kMinute, 60 * kMinute};

struct Interval {
    const char* word;
    qint64 ms;
};
constexpr std::array<Interval, 5> kIntervals{{{"realtime", kMinute},
                                              {"15min", 15 * kMinute},
                                              {"hourly", 60 * kMinute},
                                              {"6h", 360 * kMinute},
                                              {"daily", 1'440 * kMinute}}};

// Stores of one workspace start up to a tenth of the interval apart.
qint64 staggerMs(StoreId store, qint64 interval) {
    return store.value() * 7'919'000 % std::max<qint64>(1, interval / 10);
}

} // namespace

std::optional<qint64> scheduleIntervalMs(const QString& schedule) {
    for (const Interval& interval : kIntervals)
        if (schedule == QLatin1String(interval.word)) return interval.ms;
    return std::nullopt;
}

std::optional<UtcTime> nextSyncAt(const StoreRow& store, std::optional<UtcTime> lastTry) {
    const auto interval = scheduleIntervalMs(store.schedule);
    if (!interval || store.status == StoreStatus::Disconnected) return std::nullopt;
    const auto last = std::max(store.lastSyncAt, lastTry); // absent is the smallest
    if (!last) return UtcTime(0);
    return last->plusMs(*interval + staggerMs(store.id, *interval));
}

std::optional<qint64> retryAfterMs(int failures) {
    if (failures < 1 || failures > static_cast<int>(kRetries.size())) return std::nullopt;
    return kRetries.at(static_cast<size_t>(failures - 1));
}

} // namespace aiva
