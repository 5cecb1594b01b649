#include "core/answer/facts/subject_order.h"

#include <algorithm>

namespace aiva {

// A delivery or a cancellation is asked about while it is fresh; a parcel without news is asked about for longer.
static constexpr int kFreshDays = 14;
static constexpr int kParcelDays = 60;

static bool isYoungerThan(UtcTime time, int days, UtcTime now) {
    return time.plusDays(days) > now;
}

static bool canBeMeant(const OrderView& order, UtcTime now) {
    if (order.cancelledAt) return isYoungerThan(*order.cancelledAt, kFreshDays, now);
    if (order.fulfillmentStatus.compare(QLatin1String("fulfilled"), Qt::CaseInsensitive) != 0) return true;
    if (order.tracking.empty()) return isYoungerThan(order.createdAt, kParcelDays, now);
    return std::any_of(order.tracking.begin(), order.tracking.end(), [&](const TrackingView& parcel) {
        return parcel.deliveredAt ? isYoungerThan(*parcel.deliveredAt, kFreshDays, now)
                                  : isYoungerThan(parcel.lastEventAt, kParcelDays, now);
    });
}

static bool isNamed(const OrderView& order, const QStringList& names) {
    return names.contains(order.name, Qt::CaseInsensitive);
}

const OrderView* subjectOrderOf(const AnswerSources& sources) {
    if (!sources.customer) return nullptr;
    const std::vector<OrderView>& orders = sources.customer->orders;
    const QStringList& names = sources.namedOrders;
    if (names.isEmpty() && orders.size() == 1) return &orders.front();
    const OrderView* only = nullptr;
    for (const OrderView& order : orders) {
        if (names.isEmpty() ? !canBeMeant(order, sources.readAt) : !isNamed(order, names)) continue;
        if (only != nullptr) return nullptr;
        only = &order;
    }
    // A second name is another order, or somebody else's: then it is not clear.
    return names.size() > 1 ? nullptr : only;
}

const OrderView* referenceOrderOf(const AnswerSources& sources) {
    if (!sources.customer || sources.customer->orders.empty()) return nullptr;
    const std::vector<OrderView>& orders = sources.customer->orders;
    const auto named = std::find_if(orders.begin(), orders.end(),
                                    [&](const OrderView& order) { return isNamed(order, sources.namedOrders); });
    return named == orders.end() ? &orders.front() : &*named;
}

} // namespace aiva
