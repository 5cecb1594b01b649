#include "core/storage/records/record_counts.h"

#include "core/base/log.h"

namespace aiva {

static constexpr std::string_view kUpdateCounts = R"sql(
UPDATE store_counts SET customers = customers + ?2, orders = orders + ?3, products = products + ?4
WHERE store_id = ?1)sql";

Result<std::unique_ptr<RecordCounts>> RecordCounts::create(Database& writer, StoreId store) {
    std::unique_ptr<RecordCounts> made(new RecordCounts(writer, store));
    AIVA_TRY(made->m_update, writer.prepare(kUpdateCounts));
    writer.addListener(*made);
    return made;
}

RecordCounts::~RecordCounts() {
    m_database.removeListener(*this);
    // The transaction may outlive its writer.
    if (const auto written = beforeCommit(); !written)
        qCWarning(logStorage) << "store counts were not written:" << written.error().detail;
}

Result<void> RecordCounts::add(Resource resource) {
    switch (resource) {
    case Resource::Customers:
        ++m_customers;
        break;
    case Resource::Orders:
        ++m_orders;
        break;
    case Resource::Products:
        ++m_products;
        break;
    }
    // Outside a transaction there is no commit to wait for.
    if (!m_database.isInTransaction()) return beforeCommit();
    return {};
}

Result<void> RecordCounts::beforeCommit() {
    if (m_customers + m_orders + m_products == 0) return {};
    AIVA_CHECK(m_update.bind(1, m_store).bind(2, m_customers).bind(3, m_orders).bind(4, m_products).run());
    afterRollback();
    return {};
}

void RecordCounts::afterRollback() {
    m_customers = m_orders = m_products = 0;
}

} // namespace aiva
