// BulkIngest: writes a spooled bulk file into the cache, one transaction a step, each with the place to resume at.
// Used by BulkResourceRun on the core thread; between steps the thread is free for commands.
#pragma once

#include "core/sync/bulk/bulk_reader.h"
#include "core/sync/resource_run.h"

namespace aiva {

class BulkIngest {
public:
    // `state` is the checkpoint to go on from and to keep up to date.
    BulkIngest(SyncWork& work, Resource resource, ResourceCheckpoint& state);
    ~BulkIngest();

    // Opens the spool at state.offset and starts reading ahead.
    Result<void> open();
    // One transaction of what has been read. False when the file has ended.
    Result<bool> step();
    // Attaches late children, in the transaction that the caller opened and commits. Children the cache holds and a
    // whole, faultless file does not are removed.
    Result<void> joinChildren();

private:
    Result<void> write(BulkBatch& batch);
    Result<void> put(BulkEntry& entry);
    Result<void> fault(const RecordFault& fault);
    Result<void> noteEnd(const BulkBatch& batch);

    SyncWork& m_work;
    const Resource m_resource;
    ResourceCheckpoint& m_state;
    std::unique_ptr<BulkReader> m_reader;
};

} // namespace aiva
