// What is kept of the last comparison of a store's cache with its shop (S11): written by sync, shown on the stores
// page.
#pragma once

#include "core/base/result.h"
#include "core/base/utc_time.h"
#include "core/domain/ids.h"
#include "core/storage/database/database.h"

#include <optional>

namespace aiva {

struct ComparisonSummary {
    UtcTime at;
    qint64 missing = 0;  // were at the source and not here
    qint64 outdated = 0; // had changed without our knowing
    qint64 removed = 0;  // were here and not at the source
    qint64 merged = 0;
    qint64 brokenReferences = 0; // that could not be repaired
    qint64 problems = 0;
    bool isComplete = false;

    bool operator==(const ComparisonSummary&) const = default;
};

Result<void> keepComparison(Database& writer, StoreId store, const ComparisonSummary& summary);
// Absent: never compared.
Result<std::optional<ComparisonSummary>> lastComparison(Database& database, StoreId store);

} // namespace aiva
