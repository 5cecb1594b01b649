// Writes a shop's records into the cache: created, updated, unchanged and stale told apart, profiles assigned, children
// replaced. Used by sync on the write connection; the caller owns the transaction, so rows and checkpoint commit as
// one.
#pragma once

#include "core/base/result.h"
#include "core/domain/ids.h"
#include "core/domain/names.h"
#include "core/domain/shop/source_records.h"
#include "core/storage/database/database.h"

#include <memory>

namespace aiva {

enum class WriteOutcome {
    Created,
    Updated,
    Unchanged, // same content: no row touched
    Stale,     // the cache holds a newer updated_at: ignored (S2)
};

class RecordWriter {
public:
    static Result<std::unique_ptr<RecordWriter>> create(Database& writer, StoreId store);
    ~RecordWriter();

    // Whole aggregates: items, fulfillments, refunds, variants absent from the record are removed.
    Result<WriteOutcome> put(const CustomerRecord& record);
    Result<WriteOutcome> put(const OrderRecord& record);
    Result<WriteOutcome> put(const ProductRecord& record);

    // Bulk files: a root whose children may still come. Children given are written; cached children it came without
    // become suspects, which finishChildren() removes unless they arrived late.
    Result<WriteOutcome> putOpen(const OrderRecord& record);
    Result<WriteOutcome> putOpen(const ProductRecord& record);
    // A child whose parent is no longer (or not yet) at hand; `line` is kept for finishChildren. `position` orders such
    // children among themselves; they follow those their parent came with.
    Result<void> stageChild(Resource resource, const std::string& parentExternalId, const std::string& externalId,
                            qint64 position, std::string_view line);

    // A file begins: what one that was never finished left waiting belongs to other times.
    Result<void> forgetChildren(Resource resource);

    struct FinishResult {
        qint64 lateChildren = 0;
        qint64 removedChildren = 0;
        std::vector<RecordFault> faults; // children whose parent never came
    };
    // Remove: cached children the file did not name go. Keep: a file with holes proves nothing, they stay.
    enum class Suspects { Remove, Keep };
    // Decodes staged lines with `decoder`, attaches them, removes what proved stale. Idempotent until committed.
    Result<FinishResult> finishChildren(Resource resource, class BulkDecoder& decoder,
                                        Suspects suspects = Suspects::Remove);

private:
    class Private;
    explicit RecordWriter(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
