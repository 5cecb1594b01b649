// Keeps a copy of the shop's leaky bucket, so that a request leaves when there is room for it and not before (S6). Pure
// arithmetic on an injected clock; the waiting is done by GraphQlCall.
#pragma once

#include "core/base/clock.h"

#include <QHash>
#include <QString>

namespace aiva {

// extensions.cost of an answer, in points. Restore rate 0: the answer did not say.
struct QueryCost {
    double requested = 0;
    double available = 0;
    double maximum = 0;
    double restorePerSecond = 0;
};

class RatePacer {
public:
    explicit RatePacer(const Clock& clock) : m_clock(clock) {}

    // `shape` identifies requests of equal cost: document and page size.
    qint64 delayBeforeMs(const QString& shape) const;
    // A request leaves: its expected cost is taken from the bucket until the answer says more.
    void leaving(const QString& shape);
    void learn(const QString& shape, const QueryCost& cost);
    // For a refused request: until the bucket holds what was asked for, at least a second as Shopify advises.
    static qint64 throttledDelayMs(const QueryCost& cost);

private:
    double expected(const QString& shape) const;
    double availableNow() const;

    const Clock& m_clock;
    QHash<QString, double> m_costs;
    double m_available = 0;
    double m_maximum = 0;
    double m_restorePerSecond = 0; // 0: nothing known yet, nothing is held back
    qint64 m_knownAtMs = 0;
};

} // namespace aiva
