// JSON objects of WooCommerce's REST v3, as pages and webhooks carry them → source records. Pure. A record is refused
// only when it is unusable without what is missing.
#pragma once

#include "core/adapters/store/woocommerce/woo_json.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace aiva {

// What a record does not say of itself.
struct WooContext {
    Currency shopCurrency;
};

// Neither count nor money stands in REST v3: ordersCount is 0 and amountSpent has no currency until totals are put in.
WooDecoded<CustomerRecord> decodeWooCustomer(JsonObject object);

// Of REST v2, which still says what a customer bought: {"id","orders_count","total_spent"}.
struct WooTotals {
    std::string externalId;
    qint64 ordersCount = 0;
    Money spent;
};
std::optional<WooTotals> decodeWooTotals(JsonObject object, const WooContext& context);

// A cart that has not become an order, or an order in the bin, is none.
bool isWooOrder(JsonObject object);
WooDecoded<OrderRecord> decodeWooOrder(JsonObject object, const WooContext& context);

// Of /orders/{id}/refunds: when, why, and which items went back. Replaces what the order itself said of its refunds;
// one that cannot be read changes nothing.
void applyWooRefunds(JsonArray refunds, OrderRecord& order);

// `variations` of a variable product hold only ids: its variants come by decodeWooVariation.
WooDecoded<ProductRecord> decodeWooProduct(JsonObject object, const WooContext& context);
bool hasWooVariations(JsonObject object);
WooDecoded<VariantRecord> decodeWooVariation(JsonObject object, const WooContext& context);

} // namespace aiva
