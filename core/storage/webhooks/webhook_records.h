// What applying webhooks needs of the cached records of one store beyond writing them: how new they are, what a shop's
// webhooks leave unsaid, and how they go. Used by core/webhook inside its transactions, beside RecordWriter.
#pragma once

#include "core/base/result.h"
#include "core/domain/ids.h"
#include "core/ports/webhook_port.h"
#include "core/storage/database/database.h"
#include "core/storage/privacy/erasure_marks.h"
#include "core/storage/records/record_remover.h"

#include <memory>
#include <optional>

namespace aiva {

class WebhookRecords {
public:
    static Result<std::unique_ptr<WebhookRecords>> create(Database& writer, StoreId store);
    ~WebhookRecords();

    // Absent when the cache does not have it.
    Result<std::optional<UtcTime>> updatedAt(const RecordName& name);
    // Of an order: when it was made.
    Result<std::optional<UtcTime>> orderedAt(const RecordName& name);
    // Takes over what the cache knows of parcels that are as they were, and of a product's page.
    Result<void> complete(OrderRecord& order);
    Result<void> complete(ProductRecord& product);

    // Forgets a record with all that belongs to it; what a customer had follows the one they were merged into. False:
    // it was not there.
    Result<bool> remove(const RecordName& name, const std::optional<RecordName>& mergedInto = std::nullopt);
    Result<void> bury(const RecordName& name, UtcTime at);
    // When the shop told that it deleted this record; absent when it did not, or has it again.
    Result<std::optional<UtcTime>> buriedAt(const RecordName& name);
    Result<void> unbury(const RecordName& name);
    // A customer who was erased (P2): not even their id is written down again.
    Result<bool> isErased(const RecordName& name);

private:
    explicit WebhookRecords(StoreId store) : m_store(store) {}

    StoreId m_store;
    std::unique_ptr<RecordRemover> m_remover;
    std::unique_ptr<ErasureMarks> m_erased;
    std::string m_scope;
    Statement m_customer;
    Statement m_order;
    Statement m_product;
    Statement m_parcels;
    Statement m_bury;
    Statement m_buriedAt;
    Statement m_unbury;
};

} // namespace aiva
