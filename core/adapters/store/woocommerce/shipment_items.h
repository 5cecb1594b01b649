// Parcels as the common plug-ins leave them in an order's meta_data, since WooCommerce itself knows none: Advanced
// Shipment Tracking and WooCommerce Shipment Tracking (_wc_shipment_tracking_items), AfterShip, YITH, and single
// fields. Tolerant: what cannot be read is no parcel. Pure.
#pragma once

#include "core/adapters/store/woocommerce/woo_json.h"

#include <vector>

namespace aiva {

// One fulfillment a parcel. `order` has its id, name and times.
std::vector<FulfillmentRecord> wooShipments(JsonArray metaData, const OrderRecord& order);

// "usps" → "USPS", "dhl-parcel-nl" → "DHL Parcel NL"; what is no slug stays as it is.
std::string carrierName(const std::string& slug);

} // namespace aiva
