// What the fields of Shopify's REST-shaped JSON have in common: ids that may be numbers, words in small letters, tags
// in one text, addresses. Used by rest_records and the webhook decoder.
#pragma once

#include "core/adapters/store/shopify/record_decoders.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aiva {

// "gid://shopify/Order/1042" of admin_graphql_api_id, else of id; empty when there is neither.
std::string restGid(JsonObject object, std::string_view type);
// The same of a field that holds a number, a gid or an object with either.
std::string restGidOf(JsonObject object, std::string_view key, std::string_view type);
bool hasKey(JsonObject object, std::string_view key);

// "paid" as GraphQL spells it: "PAID".
std::string restWord(std::string word);
// "vip, wholesale"
std::vector<std::string> restTags(const std::string& text);
// Name, company, street, place, country: one line each.
std::string restAddress(std::optional<JsonObject> object);

} // namespace aiva
