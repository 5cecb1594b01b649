// Waits until all is laid out and painted that comes of what has just happened. New children are laid out over several
// rounds of events, of which a slow machine may not finish one in the time another takes for ten.
#pragma once

#include "tests/support/patience.h"

namespace aiva::test {

inline void settle() {
    QTest::qWait(60);
    for (int round = 0; round < 10; ++round) {
        QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
}

} // namespace aiva::test
