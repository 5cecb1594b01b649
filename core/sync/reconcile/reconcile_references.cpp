#include "core/sync/reconcile/reconcile_references.h"

#include <algorithm>
#include <set>

namespace aiva {
namespace {

constexpr size_t kReferencesAtOnce = 100;
constexpr size_t kMostReferences = 2'000; // old ones that stay broken are not asked for without end

std::vector<std::string> nextOf(const std::vector<std::string>& ids, size_t& at) {
    const size_t end = std::min(at + kReferencesAtOnce, ids.size());
    std::vector<std::string> batch(ids.begin() + static_cast<std::ptrdiff_t>(at),
                                   ids.begin() + static_cast<std::ptrdiff_t>(end));
    at = end;
    return batch;
}

} // namespace

ReconcileReferences::ReconcileReferences(ReconcileWork& work, QObject* parent) : QObject(parent), m_work(work) {}

// How many are broken; notes which.
Result<qint64> ReconcileReferences::collect() {
    std::string last;
    qint64 broken = 0;
    m_former.clear();
    for (;;) {
        AIVA_TRY(const auto found, m_work.books.comparison().brokenReferences(last));
        broken += static_cast<qint64>(found.size());
        for (const RecordComparison::Reference& reference : found)
            if (m_former.size() < kMostReferences) m_former.emplace(reference.order, reference.customer);
        if (found.size() < RecordComparison::chunk) return broken;
        last = found.back().order;
    }
}

void ReconcileReferences::start() {
    const auto broken = collect();
    if (!broken) {
        Q_EMIT ended(broken.error());
        return;
    }
    m_work.books.report().brokenReferences = *broken;
    std::set<std::string> customers;
    for (const auto& [order, customer] : m_former) {
        m_orders.push_back(order);
        customers.insert(customer);
    }
    m_customers.assign(customers.begin(), customers.end());
    askCustomers();
}

void ReconcileReferences::askCustomers() {
    if (m_next >= m_customers.size()) {
        m_next = 0;
        return askOrders();
    }
    const std::vector<std::string> batch = nextOf(m_customers, m_next);
    askPatiently<RecordPage>(
        this, m_work.pace, m_work.contact, [this, batch] { return m_work.port.lookup(Resource::Customers, batch); },
        [this](const Result<RecordPage>& page) {
            const auto rows = page ? m_work.books.put(Resource::Customers, *page) : page.error();
            if (!rows) {
                Q_EMIT ended(rows.error());
                return;
            }
            if (*rows > 0) Q_EMIT changed();
            askCustomers();
        });
}

void ReconcileReferences::askOrders() {
    if (m_next >= m_orders.size()) return finish();
    const std::vector<std::string> batch = nextOf(m_orders, m_next);
    askPatiently<RecordPage>(
        this, m_work.pace, m_work.contact, [this, batch] { return m_work.port.lookup(Resource::Orders, batch); },
        [this](const Result<RecordPage>& page) { takeOrders(page); });
}

// An order the shop does not show may only be older than it shows: it stays.
void ReconcileReferences::takeOrders(const Result<RecordPage>& page) {
    if (!page) {
        Q_EMIT ended(page.error());
        return;
    }
    m_found.orders.insert(m_found.orders.end(), page->orders.begin(), page->orders.end());
    m_found.faults.insert(m_found.faults.end(), page->faults.begin(), page->faults.end());
    askOrders();
}

void ReconcileReferences::finish() {
    const auto repaired = m_work.books.repair(m_found, m_former);
    const auto left = collect();
    if (!repaired || !left) {
        Q_EMIT ended(!repaired ? repaired.error() : left.error());
        return;
    }
    if (!m_found.orders.empty()) Q_EMIT changed();
    ReconcileReport& report = m_work.books.report();
    report.repairedReferences = report.brokenReferences - *left;
    Q_EMIT ended(std::nullopt);
}

} // namespace aiva
