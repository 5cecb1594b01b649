#include "core/answer/verify/order_state.h"

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

// "Partially fulfilled", "PARTIALLY_FULFILLED": one form.
QString statusWord(const QString& value) {
    QString word = value.toUpper().simplified();
    word.replace(u' ', u'_').replace(u'-', u'_');
    return word;
}

bool isOneOf(const QString& word, const char16_t* words) {
    return QString::fromUtf16(words).split(u' ').contains(word);
}

void addFinancial(OrderState& state, const QString& word) {
    state.isPaid = isOneOf(word, u"PAID PARTIALLY_REFUNDED COMPLETED PROCESSING");
    state.isRefunded = word == "REFUNDED"_L1;
    state.isPartlyRefunded = word == "PARTIALLY_REFUNDED"_L1;
    state.isPaymentOpen = isOneOf(word, u"PENDING AUTHORIZED PARTIALLY_PAID ON_HOLD UNPAID");
    state.isCancelled = state.isCancelled || isOneOf(word, u"VOIDED CANCELLED CANCELED");
}

void addFulfillment(OrderState& state, const QString& word) {
    state.isShipped =
        state.isShipped || isOneOf(word, u"FULFILLED SHIPPED IN_TRANSIT OUT_FOR_DELIVERY DELIVERED COMPLETED");
    state.isPartlyShipped = isOneOf(word, u"PARTIAL PARTIALLY_FULFILLED PARTIALLY_SHIPPED");
    state.isDelivered = state.isDelivered || word == "DELIVERED"_L1;
    state.isOutForDelivery = word == "OUT_FOR_DELIVERY"_L1;
    state.isCancelled = state.isCancelled || isOneOf(word, u"CANCELLED CANCELED");
    state.isWaiting = isOneOf(word, u"ON_HOLD SCHEDULED");
    state.isBeingPacked =
        isOneOf(word, u"UNFULFILLED IN_PROGRESS OPEN PENDING_FULFILLMENT PROCESSING SCHEDULED PARTIAL "
                      u"PARTIALLY_FULFILLED NONE NULL");
}

int highestParcel(const FactList& facts) {
    int most = 0;
    for (const Fact* fact : facts)
        most = std::max(most, fact->parcel);
    return most;
}

} // namespace

OrderState stateOf(const FactIndex& index, const QString& order) {
    OrderState state;
    if (order.isEmpty()) return state;
    int shipped = 0;
    int delivered = 0;
    for (const Fact* fact : index.ofOrder(order, {FactKind::FinancialStatus, FactKind::FulfillmentStatus,
                                                  FactKind::ShippedAt, FactKind::DeliveredAt, FactKind::CancelledAt})) {
        if (fact->order.isEmpty()) continue;
        state.isKnown = true;
        state.facts.push_back(fact);
        if (fact->kind == FactKind::FinancialStatus) addFinancial(state, statusWord(fact->value));
        if (fact->kind == FactKind::FulfillmentStatus) addFulfillment(state, statusWord(fact->value));
        shipped += fact->kind == FactKind::ShippedAt ? 1 : 0;
        delivered += fact->kind == FactKind::DeliveredAt ? 1 : 0;
        state.isCancelled = state.isCancelled || fact->kind == FactKind::CancelledAt;
    }
    const int parcels = std::max(
        {1, shipped,
         highestParcel(index.ofOrder(order, {FactKind::TrackingNumber, FactKind::Carrier, FactKind::TrackingUrl}))});
    state.isPartlyDelivered = delivered > 0 && (delivered < parcels || state.isPartlyShipped);
    state.isDelivered = state.isDelivered || (delivered >= parcels && !state.isPartlyShipped);
    if (!state.isPartlyShipped) state.isShipped = state.isShipped || shipped > 0 || state.isDelivered;
    state.isBeingPacked = state.isBeingPacked && !state.isShipped && !state.isCancelled;
    return state;
}

} // namespace aiva
