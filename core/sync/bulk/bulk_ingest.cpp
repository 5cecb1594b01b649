#include "core/sync/bulk/bulk_ingest.h"

#include <QElapsedTimer>

namespace aiva {
namespace {

// How long the writing thread waits for the reading one before it lets others run.
constexpr qint64 kPatienceMs = 20;

} // namespace

BulkIngest::BulkIngest(SyncWork& work, Resource resource, ResourceCheckpoint& state)
    : m_work(work), m_resource(resource), m_state(state) {}

BulkIngest::~BulkIngest() = default;

Result<void> BulkIngest::open() {
    AIVA_TRY(auto spool, SpoolReader::open(m_work.workspace, m_state.spool, m_state.offset));
    // Customers have no children to wait for.
    const qint64 window = m_resource == Resource::Customers ? 0 : m_work.pace.windowBytes;
    m_reader = std::make_unique<BulkReader>(std::move(spool), m_work.port.bulkDecoder(m_resource), m_resource,
                                            BulkAssembler(m_resource, window, m_work.pace.windowEntries),
                                            BulkAssembler::Place{m_state.offset, m_state.lines});
    return {};
}

Result<bool> BulkIngest::step() {
    auto batch = m_reader->next(kPatienceMs);
    if (!batch) return true;
    QElapsedTimer timer;
    timer.start();
    AIVA_CHECK(m_work.ledger.begin());
    bool isLast = false;
    while (batch) {
        AIVA_CHECK(write(*batch));
        isLast = batch->isLast;
        if (isLast || timer.elapsed() >= m_work.pace.batchMs || m_work.pace.isHurried()) break;
        batch = m_reader->next(0);
    }
    AIVA_CHECK(m_work.ledger.commit(m_resource, m_state));
    return !isLast;
}

Result<void> BulkIngest::write(BulkBatch& batch) {
    for (BulkEntry& entry : batch.entries)
        AIVA_CHECK(put(entry));
    if (batch.isLast) AIVA_CHECK(noteEnd(batch));
    m_state.offset = batch.resume.offset;
    m_state.lines = batch.resume.line;
    return {};
}

Result<void> BulkIngest::noteEnd(const BulkBatch& batch) {
    if (batch.error) return *batch.error;
    const qint64 missing = m_state.objectCount - batch.linesRead;
    if (missing > 0)
        AIVA_CHECK(fault(
            {toWord(m_resource).toStdString(), {}, "the file ended " + std::to_string(missing) + " records early"}));
    m_state.isIncomplete = batch.isCut || missing > 0;
    m_state.isRead = true;
    return {};
}

Result<void> BulkIngest::put(BulkEntry& entry) {
    SyncLedger& ledger = m_work.ledger;
    RecordWriter& records = ledger.records();
    if (const auto* order = std::get_if<OrderRecord>(&entry))
        return ledger.tally(m_resource, order->externalId, records.putOpen(*order));
    if (const auto* customer = std::get_if<CustomerRecord>(&entry))
        return ledger.tally(m_resource, customer->externalId, records.put(*customer));
    if (const auto* product = std::get_if<ProductRecord>(&entry))
        return ledger.tally(m_resource, product->externalId, records.putOpen(*product));
    if (const auto* child = std::get_if<FarChild>(&entry))
        return records.stageChild(m_resource, child->parentExternalId, child->externalId, child->position, child->line);
    return fault(std::get<RecordFault>(entry));
}

Result<void> BulkIngest::fault(const RecordFault& fault) {
    m_state.hasFaults = true;
    return m_work.ledger.addFault(m_resource, fault);
}

Result<void> BulkIngest::joinChildren() {
    const auto decoder = m_work.port.bulkDecoder(m_resource);
    const bool isWhole = !m_state.hasFaults && !m_state.isIncomplete && !m_state.isPartial;
    const auto suspects = isWhole ? RecordWriter::Suspects::Remove : RecordWriter::Suspects::Keep;
    AIVA_TRY(const auto joined, m_work.ledger.records().finishChildren(m_resource, *decoder, suspects));
    for (const RecordFault& late : joined.faults)
        AIVA_CHECK(m_work.ledger.addFault(m_resource, late));
    return {};
}

} // namespace aiva
