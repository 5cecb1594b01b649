#include "core/domain/shop/anonymous_order.h"

namespace aiva {

void makeAnonymous(OrderRecord& order) {
    for (std::string* const field : {&order.customerExternalId, &order.email, &order.phone, &order.note,
                                     &order.statusPageUrl, &order.shippingAddressText})
        field->clear();
    order.tags.clear();
    // A parcel's number leads to an address, the carrier's name does not.
    for (FulfillmentRecord& fulfillment : order.fulfillments)
        for (TrackingRecord& parcel : fulfillment.tracking) {
            parcel.number.clear();
            parcel.url.clear();
        }
    for (RefundRecord& refund : order.refunds)
        refund.note.clear();
}

} // namespace aiva
