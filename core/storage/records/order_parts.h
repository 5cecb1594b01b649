// OrderParts: what an order has besides its items: fulfillments with their parcels, and refunds. They have no identity
// of their own that anything else refers to, so a change of any of them writes all anew. A part of RecordWriter; runs
// inside the caller's transaction.
#pragma once

#include "core/domain/shop/source_records.h"
#include "core/storage/database/database.h"

#include <memory>

namespace aiva {

class OrderParts {
public:
    static Result<std::unique_ptr<OrderParts>> create(Database& writer);

    // For an order that has none yet.
    Result<void> insert(qint64 order, const OrderRecord& record);
    Result<void> replace(qint64 order, const OrderRecord& record);

private:
    Statement m_insertFulfillment;
    Statement m_insertTracking;
    Statement m_insertRefund;
    Statement m_deleteFulfillments;
    Statement m_deleteTrackings;
    Statement m_deleteRefunds;
};

} // namespace aiva
