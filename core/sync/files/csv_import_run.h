// CsvImportRun: one import of customers and orders from files into a store of kind csv: columns recognised, rows read
// and written slice by slice on the core thread, between which other work gets its turn. Idempotent: importing again
// changes what the file changed. A dry run reads and counts alike and leaves nothing behind. Gone when done.
#pragma once

#include "core/base/clock.h"
#include "core/storage/database/database.h"
#include "core/sync/files/csv_import_values.h"
#include "core/sync/sync_pace.h"

#include <QObject>

#include <deque>
#include <memory>

namespace aiva {

class CsvImportWriter;
class CsvRowReader;
class RecordFile;
class RecordFilePort;

class CsvImportRun : public QObject {
    Q_OBJECT
public:
    CsvImportRun(RecordFilePort& port, Database& writer, const Clock& clock, CsvImportRequest request,
                 SyncPace pace = {});
    ~CsvImportRun() override; // the open slice is undone, what was committed stays

    void start();
    // Ends after the current slice; what was written stays.
    void cancel() { m_isCancelled = true; }

Q_SIGNALS:
    void progressed(const aiva::CsvImportProgress& progress);
    void finished(const aiva::CsvImportOutcome& outcome); // once

private:
    struct OpenFile {
        Resource resource;
        std::unique_ptr<RecordFile> file;
        CsvColumns columns;
    };
    void step();
    void writeOn();
    Result<void> open();
    Result<void> openFile(Resource resource, const QString& path, std::vector<OpenFile>& files);
    Result<void> troubleIn(Resource resource, const Error& error);
    Result<void> checkChoices(const std::vector<OpenFile>& files) const;
    Result<Currency> currencyFor(const std::vector<OpenFile>& files);
    Result<Currency> currencyOfOrders(const CsvColumns& columns);
    Result<bool> readSlice(CsvRowReader& reader);
    void matchConversations();
    void noteFile(const CsvRowReader& reader);
    void finish(SyncStatus status, const std::optional<Error>& error);

    RecordFilePort& m_port;
    Database& m_database;
    const Clock& m_clock;
    const CsvImportRequest m_request;
    const SyncPace m_pace;
    std::unique_ptr<CsvImportWriter> m_books;
    std::deque<std::unique_ptr<CsvRowReader>> m_readers; // the one in front is being read
    std::vector<CsvFileReport> m_reports;
    std::optional<Resource> m_errorFile;
    std::optional<CsvField> m_missing;
    int m_batch = 0;
    qint64 m_startedMs = 0;
    bool m_isCancelled = false;
};

} // namespace aiva
