// The cheap part of an order: times, owner, state, items and money as integers, no text. Sorting, filtering and a
// customer's totals need only this, so half a million orders cost a fraction of a second. world/orders adds the text.
#pragma once

#include "app/sandbox/world/carriers.h"
#include "core/base/utc_time.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace aiva::sandbox {

enum class OrderState : std::uint8_t {
    Unfulfilled,
    PaymentPending,
    Authorized,
    PartiallyPaid,
    OnHold,
    Scheduled,
    InProgress,
    Partial,
    LabelPrinted,
    InTransit,
    OutForDelivery,
    Delayed,
    AttemptedDelivery,
    ReadyForPickup,
    Delivered,
    PartiallyRefunded,
    Refunded,
    Cancelled,
    Voided,
    Expired,
    Digital
};

// The source's words for a state.
struct StateWords {
    std::string_view financial;
    std::string_view fulfillment;
    std::string_view display; // of the shipment; empty: nothing shipped
};
StateWords wordsOf(OrderState state);
// Whether the money counts as spent (amountSpent).
bool countsAsSpent(OrderState state);

struct CoreLine {
    std::int16_t flat = -1; // position in the catalogue; -1: a custom line
    std::uint16_t quantity = 1;
    qint64 unitMinor = 0; // before discount
};

struct OrderCore {
    std::int64_t index = 0;
    std::int32_t customer = -1; // -1: guest
    std::int32_t story = -1;    // position in storyOrders(), -1: none
    OrderState state = OrderState::Unfulfilled;
    Carrier carrier = Carrier::Usps;
    std::uint8_t parcels = 1;
    std::uint8_t discountPercent = 0;
    std::vector<CoreLine> lines;
    qint64 subtotal = 0; // after discount
    qint64 discount = 0;
    qint64 shipping = 0;
    qint64 tax = 0;
    qint64 total = 0; // as ordered
    qint64 refunded = 0;
    UtcTime createdAt;
    UtcTime shippedAt;   // 0: not
    UtcTime eventAt;     // last scan of a parcel on its way; 0: none
    UtcTime deliveredAt; // 0: not
    UtcTime endedAt;     // refund or cancellation; 0: none
    UtcTime updatedAt;
    int revision = 0; // times touched

    qint64 currentTotal() const { return total - refunded; }
};

} // namespace aiva::sandbox
