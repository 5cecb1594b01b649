// BulkResourceRun: reads one resource through the shop's bulk operation: start, poll, download into the spool, ingest,
// join late children. Each step is checkpointed, so a killed run goes on with the same operation and the same file.
// Used by StoreSyncRun for big shops; ends with UsePaged when the shop cannot give a whole file.
#pragma once

#include "core/sync/bulk/bulk_ingest.h"
#include "core/sync/resource_run.h"

#include <memory>

namespace aiva {

class BulkResourceRun final : public ResourceRun {
    Q_OBJECT
public:
    BulkResourceRun(SyncWork& work, Resource resource, ResourceCheckpoint state, QObject* parent);
    ~BulkResourceRun() override;
    void start() override;
    QString pendingOperation() const override;

private:
    using Phase = ResourceCheckpoint::Phase;
    enum Stage { Preparing = 1, Downloading, Ingesting, Joining };

    void submit();
    void takeSubmitted(const Result<BulkStatus>& status);
    void submitAgain();
    void poll();
    void takeStatus(const Result<BulkStatus>& status);
    void takeEnded(const BulkStatus& status);
    void beginDownload(const BulkStatus& status);
    Result<std::unique_ptr<SpoolWriter>> openSpool();
    void download();
    void takeDownloaded(const Result<qint64>& size);
    void retryDownload(const Error& error);
    Result<void> beginFile();
    void beginIngest();
    void fetchAnew(const Error& error);
    void ingest();
    void finish();
    void usePaged();

    Result<void> save(Phase phase);
    void announce(Stage stage, qint64 done, qint64 total);
    void after(qint64 ms, void (BulkResourceRun::*step)());

    bool m_isResumed = false; // of an operation an earlier run asked for
    qint64 m_pollMs;
    int m_busyTries = 0;
    QString m_url; // signed: only here
    std::shared_ptr<SpoolWriter> m_spool;
    qint64 m_sizeBefore = 0; // of the spool when the current attempt began
    size_t m_downloadTries = 0;
    int m_freshUrls = 0;
    std::unique_ptr<BulkIngest> m_ingest;
};

} // namespace aiva
