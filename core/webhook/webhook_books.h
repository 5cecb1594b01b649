// The writers of each store that webhooks change, made when first needed and kept. Owned by WebhookStation, used by its
// parts on the core thread inside their transactions.
#pragma once

#include "core/base/result.h"
#include "core/storage/records/record_writer.h"
#include "core/storage/stores/store_repository.h"
#include "core/storage/webhooks/webhook_records.h"

#include <map>
#include <memory>
#include <optional>

namespace aiva {

struct StoreBooks {
    StoreRow store; // as it is now
    Currency currency;
    std::unique_ptr<RecordWriter> writer;
    std::unique_ptr<WebhookRecords> known;
};

class WebhookBooks {
public:
    static Result<std::unique_ptr<WebhookBooks>> create(Database& writer);

    // Null when there is no such store. Valid until the next call.
    Result<StoreBooks*> of(StoreKind kind, const QString& domain);
    Result<StoreBooks*> of(StoreId id);
    StoreRepository& stores() { return *m_stores; }

private:
    explicit WebhookBooks(Database& writer) : m_database(writer) {}
    Result<StoreBooks*> open(const StoreRow& row);

    Database& m_database;
    std::unique_ptr<StoreRepository> m_stores;
    std::map<StoreId, StoreBooks> m_books;
};

} // namespace aiva
