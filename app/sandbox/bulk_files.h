// Bulk-operation files on disk, without a server: what an import benchmark reads. The same bytes a bulk operation of
// the sandbox serves for the project's own bulk documents.
#pragma once

#include "app/sandbox/sandbox_options.h"

#include <QString>

namespace aiva {

struct BulkFileCounts {
    qint64 customers = 0;
    qint64 orders = 0;
    qint64 items = 0;
    qint64 products = 0;
    qint64 variants = 0;
    qint64 bytes = 0; // of the three files
};

// PATH.customers.jsonl, PATH.orders.jsonl, PATH.products.jsonl, and PATH, which is their concatenation in that order.
Result<BulkFileCounts> writeBulkFiles(const SandboxOptions& options, const QString& path);

} // namespace aiva
