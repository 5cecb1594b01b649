// BulkReader: reads a spooled bulk file on a thread of its own (unseal, split, decode, assemble) and hands finished
// records over in bounded batches, so that memory stays flat and the writing thread only writes. Used by BulkIngest.
#pragma once

#include "core/ports/store_port.h"
#include "core/storage/vault/spool.h"
#include "core/sync/bulk/bulk_assembler.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace aiva {

struct BulkBatch {
    std::vector<BulkEntry> entries;
    BulkAssembler::Place resume; // everything before it is in this batch or an earlier one
    qint64 linesRead = 0;        // from the start of the file
    bool isLast = false;
    bool isCut = false;         // last batch: the file ended within a record
    std::optional<Error> error; // last batch: the spool could not be read further
};

class BulkReader {
public:
    BulkReader(std::unique_ptr<SpoolReader> spool, std::unique_ptr<BulkDecoder> decoder, Resource resource,
               BulkAssembler assembler, BulkAssembler::Place start);
    ~BulkReader(); // stops and joins
    BulkReader(const BulkReader&) = delete;
    BulkReader& operator=(const BulkReader&) = delete;

    // The next batch in file order; absent when none came within `waitMs`.
    std::optional<BulkBatch> next(qint64 waitMs);

private:
    void read();
    bool readBatch(BulkBatch& batch);
    void addTornLine(const SpoolReader::Line& line);
    bool handOver(BulkBatch&& batch);

    std::unique_ptr<SpoolReader> m_spool;
    std::unique_ptr<BulkDecoder> m_decoder;
    const Resource m_resource;
    BulkAssembler m_assembler;
    BulkAssembler::Place m_place; // of the next line
    bool m_isCut = false;

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<BulkBatch> m_queue;
    bool m_stopped = false;
    std::thread m_thread; // last: it uses all of the above
};

} // namespace aiva
