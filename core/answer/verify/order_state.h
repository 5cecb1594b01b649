// What the facts say of an order's state, each as a plain yes or no. Read by the status check. Pure.
#pragma once

#include "core/answer/verify/fact_index.h"

namespace aiva {

struct OrderState {
    bool isKnown = false; // the facts say anything of its state
    bool isShipped = false;
    bool isPartlyShipped = false; // some of it, not all
    bool isDelivered = false;     // every parcel
    bool isPartlyDelivered = false;
    bool isOutForDelivery = false;
    bool isCancelled = false;
    bool isRefunded = false; // all of it
    bool isPartlyRefunded = false;
    bool isPaid = false;
    bool isPaymentOpen = false;
    bool isBeingPacked = false; // nothing has left yet, and nothing stops it
    bool isWaiting = false;     // on hold, scheduled
    FactList facts;             // what says so
};

OrderState stateOf(const FactIndex& index, const QString& order);

} // namespace aiva
