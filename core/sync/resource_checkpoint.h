// Where the sync of one resource stands: what a run writes in the transaction of the rows it covers, and reads back
// after it was killed (S9). A value; SyncLedger stores it.
#pragma once

#include "core/domain/names.h"
#include "core/ports/store_port.h"

#include <QJsonObject>

#include <optional>

namespace aiva {

struct ResourceCheckpoint {
    enum class Phase {
        Ready,        // the newest page is in; the rest has not begun
        Paged,        // `cursor` is the next page
        BulkRunning,  // the shop works on `operationId`
        BulkDownload, // its file is being fetched into `spool`
        BulkIngest,   // everything before `offset` of `spool` is in the cache
        Done,
    };
    Phase phase = Phase::Ready;
    SyncKind kind = SyncKind::Full;
    RecordQuery query;                // cursors and operations are good for this query only
    std::optional<UtcTime> watermark; // what the resource's watermark becomes when it is complete
    std::optional<qint64> total;      // as the shop counted
    UtcTime begunAt;                  // all that had changed by then is in the cache once the resource is complete
    UtcTime savedAt;

    QString cursor;
    int pages = 0;
    qint64 pageSize = 0; // of the first page, to estimate the number of pages

    QString operationId;
    int submissions = 0; // bulk operations asked for so far
    QString spool;       // name of the spool file; also kept when Done so that a left-over is removed
    qint64 offset = 0;
    qint64 lines = 0;          // before `offset`
    qint64 objectCount = 0;    // lines the shop says the file has
    bool isPartial = false;    // the file of an operation that did not finish
    bool hasFaults = false;    // some line could not be read
    bool isRead = false;       // every line of `spool` is in the cache, late children aside
    bool isIncomplete = false; // `spool` held less than the shop said

    bool isBulk() const {
        return phase == Phase::BulkRunning || phase == Phase::BulkDownload || phase == Phase::BulkIngest;
    }
    bool isUnderway() const { return phase == Phase::Paged || isBulk(); }

    QJsonObject toJson() const;
    // Also of one another version wrote; empty: none.
    static QString spoolOf(const QJsonObject& json);
    // Absent when it was not written by this version.
    static std::optional<ResourceCheckpoint> fromJson(Resource resource, const QJsonObject& json);
};

} // namespace aiva
