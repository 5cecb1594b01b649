// CsvRowReader: turns one file's rows into records for the writer, an order's rows put together, each record once. A
// part of CsvImportRun.
#pragma once

#include "core/ports/record_file_port.h"
#include "core/sync/files/csv_import_writer.h"
#include "core/sync/files/csv_key_set.h"
#include "core/sync/files/csv_records.h"
#include "core/sync/files/csv_refund_rows.h"

namespace aiva {

class CsvRowReader {
public:
    CsvRowReader(Resource resource, std::unique_ptr<RecordFile> file, CsvColumns columns,
                 const CsvConventions& conventions, const Currency& currency);

    // Reads a row; false when the file is at its end and everything was handed over.
    Result<bool> read(CsvImportWriter& writer);

    Resource resource() const { return m_resource; }
    const RecordFile& file() const { return *m_file; }
    // Whether the first rows have times without a zone.
    bool hasTimesWithoutZone() const { return m_hasTimesWithoutZone; }

private:
    CsvReading reading() const { return {m_columns, m_conventions, m_currency}; }
    Result<void> takeCustomer(CsvImportWriter& writer);
    Result<void> takeOrderRow(CsvImportWriter& writer);
    Result<void> beginOrder(CsvImportWriter& writer, const std::string& key);
    Result<void> continueOrder(CsvImportWriter& writer);
    Result<void> takeRefundRow(CsvImportWriter& writer, const std::string& key);
    Result<void> refuseRow(CsvImportWriter& writer, const QString& cause);
    Result<void> handOver(CsvImportWriter& writer);
    Result<void> refuseOrder(CsvImportWriter& writer, const QString& cause);
    bool hasRowItems() const;
    void lookAtTimes();

    const Resource m_resource;
    std::unique_ptr<RecordFile> m_file;
    const CsvColumns m_columns;
    const CsvConventions m_conventions;
    const Currency m_currency;
    FileRow m_row;
    CsvKeySet m_seen;
    CsvKeySet m_seenIds; // of orders, where a column says some
    int m_timesToLookAt = 100;
    bool m_hasTimesWithoutZone = false;

    std::string m_key; // the order whose rows are being read; empty: none
    qint64 m_firstLine = 0;
    std::optional<OrderRecord> m_order; // absent: it was refused, its other rows are passed over
    RefundedSum m_refunded = RefundedSum::Unsaid;
};

} // namespace aiva
