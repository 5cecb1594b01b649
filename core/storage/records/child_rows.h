// ChildRows: the ordered children of one root record (items of an order, variants of a product), brought in step with
// the cache row by row: what is the same is not touched. A part of RecordWriter.
#pragma once

#include "core/domain/shop/source_records.h"
#include "core/storage/database/database.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace aiva {

enum class ParentState { Fresh, Known }; // Fresh: it has no cached children yet

template <typename Record>
class ChildRows {
public:
    static Result<std::unique_ptr<ChildRows>> create(Database& writer);

    // Writes `records` at positions 0, 1, 2 …; answers whether a row changed. Cached children that are not among them
    // are named in `absent` and left alone.
    Result<bool> write(qint64 parent, const std::vector<Record>& records, ParentState state,
                       std::vector<std::string>& absent);

    // One that came after its parent, and whether it takes its place at the end (else it keeps the one it has).
    struct Late {
        Record record;
        bool goesToEnd = false;
    };
    // Brings late children in; those that are new or go to the end follow, in the order given, behind the others.
    Result<void> attach(qint64 parent, const std::vector<Late>& late);

    // Answers whether it was there.
    Result<bool> remove(qint64 parent, std::string_view externalId);

private:
    struct Place;

    explicit ChildRows(Database& writer) : m_database(writer) {}
    Result<void> put(Statement& statement, qint64 parent, qint64 position, const Record& record);
    Result<bool> reconcile(qint64 parent, const std::vector<Record>& records, std::vector<std::string>& absent);
    Result<std::vector<Place>> places(qint64 parent, const std::vector<Late>& late, qint64& end);

    Database& m_database;
    Statement m_select;
    Statement m_insert;
    Statement m_update;
    Statement m_remove;
    std::vector<signed char> m_states; // of each record while reconciling
};

extern template class ChildRows<OrderItemRecord>;
extern template class ChildRows<VariantRecord>;

} // namespace aiva
