#include "core/base/clock.h"

#include <chrono>

namespace aiva {

UtcTime SystemClock::now() const {
    using namespace std::chrono;
    return UtcTime(duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count());
}

qint64 SystemClock::monotonicMs() const {
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

} // namespace aiva
