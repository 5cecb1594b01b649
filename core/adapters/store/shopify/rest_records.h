// REST-shaped JSON → source records, the same that record_decoders make of GraphQL's. Used by the webhook decoder.
// Addresses are laid out plainly and what REST does not say stays empty: the record is read from the API as well.
#pragma once

#include "core/adapters/store/shopify/record_decoders.h"

#include <string>
#include <string_view>

namespace aiva {

// "gid://shopify/Order/1042" of admin_graphql_api_id, else of id; empty when there is neither.
std::string restGid(JsonObject object, std::string_view type);
// The same of a field that holds a number, a gid or an object with either.
std::string restGidOf(JsonObject object, std::string_view key, std::string_view type);
bool hasKey(JsonObject object, std::string_view key);

Decoded<OrderRecord> decodeRestOrder(JsonObject object, const DecodeContext& context);
Decoded<ProductRecord> decodeRestProduct(JsonObject object, const DecodeContext& context);
Decoded<CustomerRecord> decodeRestCustomer(JsonObject object, const DecodeContext& context);
// Since 2025-01 webhooks leave out a customer's tags and totals.
bool isWholeRestCustomer(JsonObject object);

} // namespace aiva
