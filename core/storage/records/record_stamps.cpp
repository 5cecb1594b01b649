#include "core/storage/records/record_stamps.h"

namespace aiva {

static constexpr std::string_view kCustomerStamp =
    "SELECT created_at, updated_at FROM customers WHERE store_id = ?1 AND external_id = ?2";
static constexpr std::string_view kOrderStamp =
    "SELECT created_at, updated_at FROM orders WHERE store_id = ?1 AND external_id = ?2";

Result<std::unique_ptr<RecordStamps>> RecordStamps::create(Database& database, StoreId store) {
    std::unique_ptr<RecordStamps> made(new RecordStamps(store));
    AIVA_TRY(made->m_customer, database.prepare(kCustomerStamp));
    AIVA_TRY(made->m_order, database.prepare(kOrderStamp));
    return made;
}

Result<std::optional<RecordStamp>> RecordStamps::find(Resource resource, const std::string& externalId) {
    Statement& statement = resource == Resource::Orders ? m_order : m_customer;
    AIVA_TRY(const bool found, statement.bind(1, m_store).bindView(2, externalId).step());
    if (!found) return std::optional<RecordStamp>();
    std::optional<RecordStamp> stamp = RecordStamp{statement.time(0), statement.time(1)};
    statement.reset();
    return stamp;
}

} // namespace aiva
