#include "app/sandbox/server/throttle.h"

#include <algorithm>

namespace aiva::sandbox {

Throttle::Throttle(double bucket, double restorePerSecond, const Clock& clock)
    : m_bucket(bucket)
    , m_restore(restorePerSecond)
    , m_clock(clock)
    , m_available(bucket)
    , m_filledAt(clock.monotonicMs()) {}

void Throttle::refill() {
    const qint64 now = m_clock.monotonicMs();
    m_available = std::min(m_bucket, m_available + m_restore * static_cast<double>(now - m_filledAt) / 1000);
    m_filledAt = now;
}

bool Throttle::take(double points) {
    const std::lock_guard lock(m_mutex);
    refill();
    if (m_available < points) return false;
    m_available -= points;
    m_spent += points;
    return true;
}

void Throttle::giveBack(double points) {
    const std::lock_guard lock(m_mutex);
    m_available = std::min(m_bucket, m_available + std::max(0.0, points));
    m_spent -= std::max(0.0, points);
}

Throttle::State Throttle::state() {
    const std::lock_guard lock(m_mutex);
    refill();
    return {m_bucket, m_available, m_restore, m_spent};
}

} // namespace aiva::sandbox
