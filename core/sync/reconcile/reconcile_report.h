// What a comparison of one store's cache with its shop found and did (S11). A value: printed by aivactl, kept with the
// store's settings, shown on the stores page.
#pragma once

#include "core/base/error.h"
#include "core/base/utc_time.h"
#include "core/domain/ids.h"
#include "core/domain/names.h"
#include "core/domain/shop/source_records.h"
#include "core/storage/stores/comparison_summary.h"

#include <QJsonObject>
#include <QMap>
#include <QStringList>

#include <optional>

namespace aiva {

struct ResourceComparison {
    std::optional<qint64> source; // as the shop counts; absent when it cannot say
    qint64 here = 0;              // in the cache before anything was done, of what the comparison covers
    QStringList missing;          // at the source and not here: read again
    QStringList outdated;         // changed at the source without our knowing: read again
    QStringList removed;          // the shop confirmed each to be gone
    bool isComplete = false;      // every page of the sweep came
};

struct ReconcileReport {
    struct Merge {
        QString from;
        QString into;
    };
    StoreId store;
    UtcTime at;
    qint64 durationMs = 0;
    QMap<Resource, ResourceComparison> resources;
    qint64 brokenReferences = 0; // orders that named a customer nobody has
    qint64 repairedReferences = 0;
    std::vector<Merge> merged; // customers the shop joined
    std::vector<RecordFault> problems;
    std::optional<Error> error; // what ended it early
    bool isCancelled = false;

    bool isComplete() const;
    qint64 changes() const; // rows read again or removed, references repaired

    // Lists of ids are cut at `idLimit` entries (their lengths stay).
    QJsonObject toJson(qsizetype idLimit) const;
};

// What is kept of it.
ComparisonSummary summaryOf(const ReconcileReport& report);

} // namespace aiva
