// JSON objects of the documents in resources/graphql → source records. The paged and the bulk path share them, so both
// leave the same cache. A record is refused only when it is unusable without what is missing.
#pragma once

#include "core/adapters/store/json/json_document.h"
#include "core/domain/shop/source_records.h"

#include <string>
#include <variant>

namespace aiva {

// What a record does not say of itself.
struct DecodeContext {
    Currency shopCurrency;
};

template <typename Record>
using Decoded = std::variant<Record, RecordFault>;

// Set by the paged path: after which child the next page of children begins; empty when all are here.
struct ChildCursor {
    std::string after;
};

Decoded<CustomerRecord> decodeCustomer(JsonObject object, const DecodeContext& context);
Decoded<OrderRecord> decodeOrder(JsonObject object, const DecodeContext& context, ChildCursor& items);
Decoded<OrderItemRecord> decodeOrderItem(JsonObject object, const DecodeContext& context);
Decoded<ProductRecord> decodeProduct(JsonObject object, const DecodeContext& context, ChildCursor& variants);
Decoded<VariantRecord> decodeVariant(JsonObject object, const DecodeContext& context);

// Appends the children of one connection {nodes, pageInfo} whose ids are not there yet. False, with `problem` set, when
// one of them cannot be read.
bool appendItems(JsonObject connection, const DecodeContext& context, std::vector<OrderItemRecord>& items,
                 ChildCursor& next, std::string& problem);
bool appendVariants(JsonObject connection, const DecodeContext& context, std::vector<VariantRecord>& variants,
                    ChildCursor& next, std::string& problem);

// endCursor when the connection has a next page, else empty.
std::string nextCursor(JsonObject connection);
// The lines of {formatted: […]}.
std::string addressText(std::optional<JsonObject> address);

} // namespace aiva
