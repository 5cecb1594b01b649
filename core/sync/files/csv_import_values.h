// What a CSV import is asked for and what it says of itself. Values.
#pragma once

#include "core/base/error.h"
#include "core/domain/ids.h"
#include "core/domain/shop/source_records.h"
#include "core/sync/files/csv_columns.h"
#include "core/sync/files/csv_values.h"

#include <QMap>

namespace aiva {

struct CsvImportRequest {
    QString customersPath; // one of the two may be empty
    QString ordersPath;
    QString storeName;
    Currency currency; // where the files say none; invalid: the store's, else the first the orders name
    CsvConventions conventions;
    std::vector<CsvChoice> choices;
    enum class Mode { Import, DryRun } mode = Mode::Import;
};

struct CsvCounts {
    qint64 processed = 0; // records, not rows: an order of three items is one
    qint64 created = 0;
    qint64 updated = 0;
    qint64 unchanged = 0;
    qint64 failed = 0;

    bool operator==(const CsvCounts&) const = default;
};

struct CsvFileReport {
    Resource resource = Resource::Customers;
    QString path;
    QString encoding;
    char delimiter = ',';
    CsvFlavour flavour = CsvFlavour::Generic;
    QList<std::pair<QString, QString>> columns; // field word, column
    QStringList unused;                         // columns nobody reads
    bool leavesItemsOut = false;                // they are named, and no column says what they cost
    bool hasTimesWithoutZone = false;           // among the first rows; read in the conventions' zone
};

struct CsvImportProgress {
    Resource resource = Resource::Customers;
    int batch = 0;   // transactions of this file so far
    qint64 done = 0; // records
    qint64 bytesRead = 0;
    qint64 bytes = 0;
};

struct CsvImportOutcome {
    SyncJobId job; // invalid after a dry run, or when nothing could be begun
    StoreId store; // likewise for a store that would be new
    QString storeName;
    bool isNewStore = false;
    SyncStatus status = SyncStatus::Failed;
    QMap<Resource, CsvCounts> counts;
    std::vector<RecordFault> faults; // the first hundred; externalId is the line
    std::vector<CsvFileReport> files;
    std::optional<Error> error;
    std::optional<Resource> errorFile; // whose file the error is about; absent: none alone
    std::optional<CsvField> missing;   // with ErrorCause::ColumnMissing: what no column says
    qint64 durationMs = 0;
};

} // namespace aiva
