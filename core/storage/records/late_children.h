// LateChildren: the end of a bulk file. Joins staged lines with their parents and settles what is suspected to be gone.
// A part of RecordWriter, in the caller's transaction.
#pragma once

#include "core/storage/records/child_rows.h"
#include "core/storage/records/child_stage.h"
#include "core/storage/records/record_writer.h"

namespace aiva {

class BulkDecoder;

template <typename Record>
class LateChildren {
public:
    // `findParent`: the parent's row id by store (?1) and external id (?2).
    LateChildren(StoreId store, Resource resource, ChildStage& stage, ChildRows<Record>& rows, Statement& findParent)
        : m_store(store), m_resource(resource), m_stage(stage), m_rows(rows), m_findParent(findParent) {}

    Result<RecordWriter::FinishResult> join(BulkDecoder& decoder, RecordWriter::Suspects suspects);

private:
    using Late = typename ChildRows<Record>::Late;

    Result<void> decode(const ChildStage::Line& line, BulkDecoder& decoder);
    Result<void> flush(RecordWriter::Suspects suspects);
    Result<void> settle(qint64 parent, RecordWriter::Suspects suspects);
    Result<void> removeSuspects();
    Result<std::optional<qint64>> parentId();
    void addFault(const std::string& externalId, std::string cause);

    const StoreId m_store;
    const Resource m_resource;
    ChildStage& m_stage;
    ChildRows<Record>& m_rows;
    Statement& m_findParent;
    std::string m_parent; // whose children are being gathered
    std::vector<Late> m_late;
    RecordWriter::FinishResult m_result;
};

extern template class LateChildren<OrderItemRecord>;
extern template class LateChildren<VariantRecord>;

} // namespace aiva
