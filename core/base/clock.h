// The one source of "now". Injected by reference; tests use ManualClock.
#pragma once

#include "core/base/utc_time.h"

namespace aiva {

class Clock {
public:
    virtual ~Clock() = default;
    // Wall clock, UTC.
    virtual UtcTime now() const = 0;
    // Milliseconds that only grow, for durations and time-outs.
    virtual qint64 monotonicMs() const = 0;
};

class SystemClock final : public Clock {
public:
    UtcTime now() const override;
    qint64 monotonicMs() const override;
};

class ManualClock final : public Clock {
public:
    explicit ManualClock(UtcTime start) : m_now(start) {}
    UtcTime now() const override { return m_now; }
    qint64 monotonicMs() const override { return m_monotonic; }
    void advanceMs(qint64 ms) {
        m_now = m_now.plusMs(ms);
        m_monotonic += ms;
    }

private:
    UtcTime m_now;
    qint64 m_monotonic = 0;
};

} // namespace aiva
