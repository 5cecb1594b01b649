// What Shopify means by a status, by `errors` and by userErrors. Pure. Messages are read to classify and never kept:
// they can quote values. Only codes, scope names and request ids reach an Error.
#pragma once

#include "core/adapters/store/json/json_document.h"
#include "core/adapters/store/shopify/rate_pacer.h"
#include "core/base/result.h"

#include <string>
#include <vector>

namespace aiva {

struct ApiFault {
    enum class Kind { Throttled, TooCostly, AccessDenied, Unauthorized, ServerFailure, Other };
    Kind kind = Kind::Other;
    std::string code;              // [A-Za-z_]+ or empty
    std::string scopes;            // named by an access fault: "read_orders"
    std::vector<std::string> path; // of a partial failure: orders, nodes, 3, customer
};

// `errors` is a list, one object, or a bare string.
std::vector<ApiFault> readFaults(JsonElement root);
QueryCost readCost(JsonElement root);

Error faultError(const ApiFault& fault);
// For any status but 2xx.
Error statusError(int status, const QString& requestId);
// The first of userErrors as an Error; nothing when the list is empty.
std::optional<Error> userError(JsonObject payload);

} // namespace aiva
