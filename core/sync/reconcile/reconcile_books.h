// The writing half of a comparison: records read again go into the cache, confirmed removals out of it, and the report
// says so. Owned by ReconcileRun, used by its parts on the core thread; never asks the shop anything.
#pragma once

#include "core/storage/records/record_comparison.h"
#include "core/storage/records/record_remover.h"
#include "core/storage/records/record_writer.h"
#include "core/sync/reconcile/reconcile_report.h"

#include <map>
#include <memory>
#include <string>

namespace aiva {

class ReconcileBooks {
public:
    static Result<std::unique_ptr<ReconcileBooks>> create(Database& writer, StoreId store);

    RecordComparison& comparison() { return *m_comparison; }
    ReconcileReport& report() { return m_report; }
    ResourceComparison& of(Resource resource) { return m_report.resources[resource]; }
    void complain(Resource resource, const std::string& externalId, const QString& cause);

    // One transaction. Answers how many rows changed; records that could not be written are problems.
    Result<qint64> put(Resource resource, const RecordPage& page);
    // One transaction. `ids`: the shop's word is that it has none of them.
    Result<void> remove(Resource resource, const std::vector<std::string>& ids);
    // Orders whose customer had vanished, read again. Where every order of a removed customer names one other now, the
    // shop has merged them: the person's addresses and conversations follow. Then the orders are written.
    Result<void> repair(const RecordPage& orders, const std::map<std::string, std::string>& formerCustomers);

private:
    explicit ReconcileBooks(Database& writer) : m_writer(writer) {}
    Result<void> followMerges(const RecordPage& orders, const std::map<std::string, std::string>& formerCustomers);
    template <typename Record>
    Result<qint64> putAll(Resource resource, const std::vector<Record>& records);

    Database& m_writer;
    std::unique_ptr<RecordComparison> m_comparison;
    std::unique_ptr<RecordWriter> m_records;
    std::unique_ptr<RecordRemover> m_remover;
    ReconcileReport m_report;
    std::map<std::string, ProfileId> m_removedCustomers;
};

} // namespace aiva
