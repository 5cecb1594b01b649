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
        double spent = 0; // in all, net of what was given back
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
    double m_spent = 0;
    qint64 m_filledAt;
};

} // namespace aiva::sandbox
