// REST-shaped JSON → source records, the same that record_decoders make of GraphQL's. Used by the webhook decoder.
// Addresses are laid out plainly and what REST does not say stays empty: the record is read from the API as well.
#pragma once

#include "core/adapters/store/shopify/record_decoders.h"

namespace aiva {

Decoded<OrderRecord> decodeRestOrder(JsonObject object, const DecodeContext& context);
Decoded<ProductRecord> decodeRestProduct(JsonObject object, const DecodeContext& context);
Decoded<CustomerRecord> decodeRestCustomer(JsonObject object, const DecodeContext& context);
// Since 2025-01 webhooks leave out a customer's tags and totals.
bool isWholeRestCustomer(JsonObject object);

} // namespace aiva
