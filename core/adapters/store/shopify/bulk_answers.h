// What the bulk documents answer, as the port's values. Pure.
#pragma once

#include "core/adapters/store/shopify/graphql_client.h"
#include "core/ports/store_port.h"

namespace aiva {

Result<BulkStatus> readBulkStarted(const GraphQlAnswer& answer);
Result<BulkStatus> readBulkStatus(const GraphQlAnswer& answer);
Result<bool> readBulkCancelled(const GraphQlAnswer& answer);

} // namespace aiva
