// ReconcileReferences: the last part of a comparison: orders that name a customer nobody has are read again, and so are
// those customers. Tells a merged customer from an erased one. Used by ReconcileRun; ends exactly once, unless it is
// deleted first.
#pragma once

#include "core/sync/reconcile/reconcile_resource.h"

#include <map>

namespace aiva {

class ReconcileReferences : public QObject {
    Q_OBJECT
public:
    ReconcileReferences(ReconcileWork& work, QObject* parent);
    void start();

Q_SIGNALS:
    void changed();
    void ended(const std::optional<aiva::Error>& error);

private:
    Result<qint64> collect();
    void askCustomers();
    void askOrders();
    void takeOrders(const Result<RecordPage>& page);
    void finish();

    ReconcileWork& m_work;
    std::map<std::string, std::string> m_former; // customer by order
    std::vector<std::string> m_customers;
    std::vector<std::string> m_orders;
    RecordPage m_found;
    size_t m_next = 0;
};

} // namespace aiva
