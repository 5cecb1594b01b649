#include "core/adapters/store/shopify/rate_pacer.h"

#include <algorithm>
#include <cmath>

namespace aiva {
namespace {

constexpr qint64 kLeastThrottledMs = 1000;
// A bucket that would fill more slowly is asked again rather than believed.
constexpr qint64 kMostWaitMs = 60'000;

} // namespace

double RatePacer::expected(const QString& shape) const {
    return m_costs.value(shape, 0);
}

double RatePacer::availableNow() const {
    const double restored = static_cast<double>(m_clock.monotonicMs() - m_knownAtMs) / 1000.0 * m_restorePerSecond;
    return std::min(m_maximum, m_available + restored);
}

qint64 RatePacer::delayBeforeMs(const QString& shape) const {
    if (m_restorePerSecond <= 0) return 0;
    // A cost above the bucket's size would never fit; then the shop itself has to say so.
    const double missing = std::min(expected(shape), m_maximum) - availableNow();
    if (missing <= 0) return 0;
    const double ms = std::ceil(missing / m_restorePerSecond * 1000.0);
    return static_cast<qint64>(std::min(ms, static_cast<double>(kMostWaitMs)));
}

void RatePacer::leaving(const QString& shape) {
    if (m_restorePerSecond <= 0) return;
    m_available = availableNow() - expected(shape);
    m_knownAtMs = m_clock.monotonicMs();
}

void RatePacer::learn(const QString& shape, const QueryCost& cost) {
    if (cost.requested > 0) m_costs.insert(shape, cost.requested);
    if (cost.restorePerSecond <= 0) return;
    m_available = cost.available;
    m_maximum = cost.maximum;
    m_restorePerSecond = cost.restorePerSecond;
    m_knownAtMs = m_clock.monotonicMs();
}

qint64 RatePacer::throttledDelayMs(const QueryCost& cost) {
    if (cost.restorePerSecond <= 0) return kLeastThrottledMs;
    const double seconds = (cost.requested - cost.available) / cost.restorePerSecond;
    const double ms = std::ceil(std::clamp(seconds, 0.0, 3600.0) * 1000.0);
    return std::clamp(static_cast<qint64>(ms), kLeastThrottledMs, kMostWaitMs);
}

} // namespace aiva
