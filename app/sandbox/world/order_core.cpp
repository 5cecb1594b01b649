#include "app/sandbox/world/order_core.h"

namespace aiva::sandbox {

StateWords wordsOf(OrderState state) {
    switch (state) {
    case OrderState::Unfulfilled:
        return {"PAID", "UNFULFILLED", ""};
    case OrderState::PaymentPending:
        return {"PENDING", "UNFULFILLED", ""};
    case OrderState::Authorized:
        return {"AUTHORIZED", "UNFULFILLED", ""};
    case OrderState::PartiallyPaid:
        return {"PARTIALLY_PAID", "UNFULFILLED", ""};
    case OrderState::OnHold:
        return {"PAID", "ON_HOLD", ""};
    case OrderState::Scheduled:
        return {"PAID", "SCHEDULED", ""};
    case OrderState::InProgress:
        return {"PAID", "IN_PROGRESS", ""};
    case OrderState::Partial:
        return {"PAID", "PARTIALLY_FULFILLED", "IN_TRANSIT"};
    case OrderState::LabelPrinted:
        return {"PAID", "FULFILLED", "LABEL_PRINTED"};
    case OrderState::InTransit:
        return {"PAID", "FULFILLED", "IN_TRANSIT"};
    case OrderState::OutForDelivery:
        return {"PAID", "FULFILLED", "OUT_FOR_DELIVERY"};
    case OrderState::Delayed:
        return {"PAID", "FULFILLED", "DELAYED"};
    case OrderState::AttemptedDelivery:
        return {"PAID", "FULFILLED", "ATTEMPTED_DELIVERY"};
    case OrderState::ReadyForPickup:
        return {"PAID", "FULFILLED", "READY_FOR_PICKUP"};
    case OrderState::Delivered:
        return {"PAID", "FULFILLED", "DELIVERED"};
    case OrderState::PartiallyRefunded:
        return {"PARTIALLY_REFUNDED", "FULFILLED", "DELIVERED"};
    case OrderState::Refunded:
        return {"REFUNDED", "FULFILLED", "DELIVERED"};
    case OrderState::Cancelled:
        return {"REFUNDED", "UNFULFILLED", ""};
    case OrderState::Voided:
        return {"VOIDED", "UNFULFILLED", ""};
    case OrderState::Expired:
        return {"EXPIRED", "UNFULFILLED", ""};
    case OrderState::Digital:
        return {"PAID", "FULFILLMENT_NOT_REQUIRED", ""};
    }
    return {"PAID", "UNFULFILLED", ""};
}

bool countsAsSpent(OrderState state) {
    switch (state) {
    case OrderState::PaymentPending:
    case OrderState::Authorized:
    case OrderState::PartiallyPaid:
    case OrderState::Cancelled:
    case OrderState::Voided:
    case OrderState::Expired:
        return false;
    default:
        return true;
    }
}

} // namespace aiva::sandbox
