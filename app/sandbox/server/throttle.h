// The shop's leaky bucket: points refill with time, a query takes what it asks for and gets back what it did not use.
#pragma once

#include "core/base/clock.h"

#include <mutex>

namespace aiva::sandbox {

class Throttle {
public:
    Throttle(double bucket, double restorePerSecond, const Clock& clock);

    struct State {
        double maximum = 0;
        double available = 0;
        double restoreRate = 0;
    };
    // False when there are too few points; nothing is taken then.
    bool take(double points);
    void giveBack(double points);
    State state();

private:
    void refill();

    const double m_bucket;
    const double m_restore;
    const Clock& m_clock;
    std::mutex m_mutex;
    double m_available;
    qint64 m_filledAt;
};

} // namespace aiva::sandbox
