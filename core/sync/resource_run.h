// ResourceRun: the sync of one resource as part of a StoreSyncRun, paged or bulk. It asks the shop, writes through the
// ledger and ends exactly once, unless it is deleted first; then nothing more happens and its place is kept.
#pragma once

#include "core/sync/retry.h"
#include "core/sync/sync_ledger.h"

#include <QObject>

namespace aiva {

// What the parts of one run share; all outlive them.
struct SyncWork {
    const Workspace& workspace;
    StorePort& port;
    SyncLedger& ledger;
    const SyncPace& pace;
    ContactListener contact;
};

class ResourceRun : public QObject {
    Q_OBJECT
public:
    ResourceRun(SyncWork& work, Resource resource, ResourceCheckpoint state, QObject* parent);
    ~ResourceRun() override;

    virtual void start() = 0;
    // The operation the shop is working on for us, if any; to be cancelled there when the run is cancelled.
    virtual QString pendingOperation() const { return {}; }

    enum class End {
        Complete,
        Incomplete, // what came is written, but the source did not give everything
        UsePaged,   // bulk did not work out; the records must be paged
        Failed,
    };

Q_SIGNALS:
    void advanced(int batch, int batches, qint64 done, qint64 total); // 0: not known
    void committed();                                                 // a batch is in the cache
    void ended(aiva::ResourceRun::End end, const aiva::Error& error); // error: only with Failed

protected:
    void end(End end, const Error& error = {}) { Q_EMIT ended(end, error); }
    void fail(const Error& error);
    // Raises the watermark, marks the resource done and commits the open transaction.
    Result<void> commitDone(End end);

    template <typename T>
    void ask(std::function<Future<T>()> question, std::function<void(const Result<T>&)> then) {
        askPatiently<T>(this, m_work.pace, m_work.contact, std::move(question), std::move(then));
    }

    SyncWork& m_work;
    const Resource m_resource;
    ResourceCheckpoint m_state;
};

} // namespace aiva
