#include "core/sync/reconcile/reconcile_books.h"

#include <set>

using namespace Qt::StringLiterals;

namespace aiva {
namespace {

constexpr size_t kProblemsKept = 200;

}

Result<std::unique_ptr<ReconcileBooks>> ReconcileBooks::create(Database& writer, StoreId store) {
    std::unique_ptr<ReconcileBooks> books(new ReconcileBooks(writer));
    books->m_report.store = store;
    AIVA_TRY(books->m_comparison, RecordComparison::create(writer, store));
    AIVA_TRY(books->m_records, RecordWriter::create(writer, store));
    AIVA_TRY(books->m_remover, RecordRemover::create(writer, store));
    return books;
}

void ReconcileBooks::complain(Resource resource, const std::string& externalId, const QString& cause) {
    if (m_report.problems.size() < kProblemsKept)
        m_report.problems.push_back({toWord(resource).toStdString(), externalId, cause.toStdString()});
}

template <typename Record>
Result<qint64> ReconcileBooks::putAll(Resource resource, const std::vector<Record>& records) {
    qint64 changed = 0;
    for (const Record& record : records) {
        const auto outcome = m_records->put(record);
        if (!outcome && outcome.error().kind != ErrorKind::Invalid) return outcome.error();
        if (!outcome)
            complain(resource, record.externalId, outcome.error().detail);
        else if (*outcome == WriteOutcome::Created || *outcome == WriteOutcome::Updated)
            ++changed;
    }
    return changed;
}

Result<qint64> ReconcileBooks::put(Resource resource, const RecordPage& page) {
    AIVA_TRY(const auto transaction, Transaction::begin(m_writer));
    AIVA_TRY(const qint64 customers, putAll(resource, page.customers));
    AIVA_TRY(const qint64 orders, putAll(resource, page.orders));
    AIVA_TRY(const qint64 products, putAll(resource, page.products));
    AIVA_CHECK(transaction->commit());
    for (const RecordFault& fault : page.faults)
        complain(resource, fault.externalId, QString::fromStdString(fault.cause));
    return customers + orders + products;
}

Result<void> ReconcileBooks::remove(Resource resource, const std::vector<std::string>& ids) {
    QStringList removed;
    std::map<std::string, ProfileId> customers;
    AIVA_TRY(const auto transaction, Transaction::begin(m_writer));
    for (const std::string& id : ids) {
        AIVA_TRY(const auto gone, m_remover->remove(resource, id));
        if (!gone) continue;
        removed << QString::fromStdString(id);
        if (resource == Resource::Customers) customers.emplace(id, gone->profile);
    }
    AIVA_CHECK(transaction->commit());
    of(resource).removed << removed;
    m_removedCustomers.merge(customers);
    return {};
}

Result<void> ReconcileBooks::repair(const RecordPage& orders,
                                    const std::map<std::string, std::string>& formerCustomers) {
    // First: an order that changes hands leaves a person behind that nothing holds any more.
    AIVA_CHECK(followMerges(orders, formerCustomers));
    AIVA_TRY([[maybe_unused]] const qint64 rows, put(Resource::Orders, orders));
    return {};
}

Result<void> ReconcileBooks::followMerges(const RecordPage& orders,
                                          const std::map<std::string, std::string>& formerCustomers) {
    std::map<std::string, std::set<std::string>> heirs; // of a removed customer: whom its orders name now
    for (const OrderRecord& order : orders.orders) {
        const auto former = formerCustomers.find(order.externalId);
        if (former != formerCustomers.end() && m_removedCustomers.contains(former->second))
            heirs[former->second].insert(order.customerExternalId);
    }
    std::vector<ReconcileReport::Merge> merged;
    AIVA_TRY(const auto transaction, Transaction::begin(m_writer));
    for (const auto& [from, names] : heirs) {
        // Nobody any more: the shop erased the person instead.
        if (names.size() != 1 || names.begin()->empty() || *names.begin() == from) continue;
        AIVA_CHECK(m_remover->follow(m_removedCustomers.at(from), *names.begin()));
        merged.push_back({QString::fromStdString(from), QString::fromStdString(*names.begin())});
    }
    AIVA_CHECK(transaction->commit());
    m_report.merged = std::move(merged);
    return {};
}

} // namespace aiva
