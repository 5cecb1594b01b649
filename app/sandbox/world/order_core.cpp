#include "app/sandbox/world/order_core.h"

#include <array>

namespace aiva::sandbox {
namespace {

// In the order of OrderState.
constexpr std::array<StateWords, 21> kWords{{
    {"PAID", "UNFULFILLED", ""},
    {"PENDING", "UNFULFILLED", ""},
    {"AUTHORIZED", "UNFULFILLED", ""},
    {"PARTIALLY_PAID", "UNFULFILLED", ""},
    {"PAID", "ON_HOLD", ""},
    {"PAID", "SCHEDULED", ""},
    {"PAID", "IN_PROGRESS", ""},
    {"PAID", "PARTIALLY_FULFILLED", "IN_TRANSIT"},
    {"PAID", "FULFILLED", "LABEL_PRINTED"},
    {"PAID", "FULFILLED", "IN_TRANSIT"},
    {"PAID", "FULFILLED", "OUT_FOR_DELIVERY"},
    {"PAID", "FULFILLED", "DELAYED"},
    {"PAID", "FULFILLED", "ATTEMPTED_DELIVERY"},
    {"PAID", "FULFILLED", "READY_FOR_PICKUP"},
    {"PAID", "FULFILLED", "DELIVERED"},
    {"PARTIALLY_REFUNDED", "FULFILLED", "DELIVERED"},
    {"REFUNDED", "FULFILLED", "DELIVERED"},
    {"REFUNDED", "UNFULFILLED", ""},
    {"VOIDED", "UNFULFILLED", ""},
    {"EXPIRED", "UNFULFILLED", ""},
    {"PAID", "FULFILLMENT_NOT_REQUIRED", ""},
}};
static_assert(kWords.size() == static_cast<std::size_t>(OrderState::Digital) + 1);

} // namespace

StateWords wordsOf(OrderState state) {
    return kWords[static_cast<std::size_t>(state)];
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
