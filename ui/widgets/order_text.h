// What an order says to people: its status as dot and word, its items, parcels and tracking block as text. Pure; shared
// by the CRM panel and the order card. Everything comes from the OrderView, nothing is guessed.
#pragma once

#include "core/readmodel/customer_query.h"
#include "ui/widgets/status_dot.h"

#include <QLocale>
#include <QString>

#include <optional>

namespace aiva {

enum class OrderStanding { Unfulfilled, Partial, Fulfilled, Cancelled, Refunded };

// Cancelled and fully refunded stand above whatever was shipped before.
OrderStanding orderStanding(const OrderView& order);
QString orderStandingWord(OrderStanding standing);
DotLook orderStandingDot(OrderStanding standing);
// Cancelled and refunded are printed; the others are told by the dot and read aloud.
bool isStandingPrinted(OrderStanding standing);

// "2x Blue Widget"
QString itemText(const OrderItemView& item);
// "Large / Blue · 1 removed"; empty when there is neither.
QString itemDetail(const OrderItemView& item);
// "2x Blue Widget", "2x Blue Widget + 3 more"; empty when the order has no items.
QString itemsSummary(const OrderView& order);

// "USPS 9400…28490"; the number as it is when it is short; the carrier alone when there is none.
QString parcelText(const TrackingView& parcel);
// "USPS 9400 1118 9922 3197 4284 90": the whole number, digits in fours.
QString parcelFullText(const TrackingView& parcel);
// "In transit · 5 h ago", "Delivered · Feb 22"
QString parcelEvent(const TrackingView& parcel, UtcTime now, const QLocale& locale);
bool isDelivered(const TrackingView& parcel);

// When the last parcel arrived; absent unless every parcel of a fulfilled order did.
std::optional<UtcTime> deliveredAt(const OrderView& order);

// Ready for the composer. One line a parcel; the HTML is escaped and links only http and https addresses. Empty when
// the order has no parcel.
struct TrackingBlock {
    QString text;
    QString html;
    bool operator==(const TrackingBlock&) const = default;
};
TrackingBlock trackingBlock(const OrderView& order);

// The order's page in the shop's own admin; empty when the source has none (CSV) or the address is not a plain domain.
QString adminUrl(const OrderView& order, const StoreIdentity& store);

} // namespace aiva
