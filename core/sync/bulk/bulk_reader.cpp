#include "core/sync/bulk/bulk_reader.h"

#include <chrono>

namespace aiva {
namespace {

// A batch is what the writing thread does without looking up: a few milliseconds.
constexpr size_t kBatchEntries = 256;
constexpr size_t kQueuedBatches = 6;
// A batch ends after this many lines even when nothing has left the window yet.
constexpr qint64 kBatchLines = 8'192;

} // namespace

BulkReader::BulkReader(std::unique_ptr<SpoolReader> spool, std::unique_ptr<BulkDecoder> decoder, Resource resource,
                       BulkAssembler assembler, BulkAssembler::Place start)
    : m_spool(std::move(spool))
    , m_decoder(std::move(decoder))
    , m_resource(resource)
    , m_assembler(std::move(assembler))
    , m_place(start)
    , m_thread([this] { read(); }) {}

BulkReader::~BulkReader() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopped = true;
    }
    m_changed.notify_all();
    m_thread.join();
}

std::optional<BulkBatch> BulkReader::next(qint64 waitMs) {
    std::unique_lock lock(m_mutex);
    if (!m_changed.wait_for(lock, std::chrono::milliseconds(waitMs), [this] { return !m_queue.empty(); }))
        return std::nullopt;
    std::optional<BulkBatch> batch(std::move(m_queue.front()));
    m_queue.pop_front();
    lock.unlock();
    m_changed.notify_all();
    return batch;
}

void BulkReader::read() {
    for (bool more = true; more;) {
        BulkBatch batch;
        batch.entries.reserve(kBatchEntries);
        more = readBatch(batch);
        batch.isLast = !more;
        batch.isCut = m_isCut;
        batch.resume = m_assembler.resumePlace(m_place);
        batch.linesRead = m_place.line;
        if (!handOver(std::move(batch))) return;
    }
}

bool BulkReader::readBatch(BulkBatch& batch) {
    for (qint64 lines = 0; lines < kBatchLines && batch.entries.size() < kBatchEntries; ++lines) {
        SpoolReader::Line line;
        const auto more = m_spool->next(line);
        if (!more) {
            batch.error = more.error();
            return false;
        }
        if (!*more) {
            m_assembler.takeRest(batch.entries, kBatchEntries);
            return !m_assembler.isEmpty();
        }
        m_isCut = false; // only the last line's word counts
        if (line.isTorn)
            addTornLine(line);
        else if (!line.text.empty())
            m_assembler.add(m_decoder->decode(line.text), line.text, m_place.offset, m_place.line);
        m_place = {line.nextOffset, m_place.line + 1};
        m_assembler.takeBeyondWindow(batch.entries);
    }
    return true;
}

// The last line without a newline may still be whole; else the file was cut. A line beyond the reader's limit is
// skipped by it.
void BulkReader::addTornLine(const SpoolReader::Line& line) {
    auto decoded = line.text.empty() ? RecordFault{toWord(m_resource).toStdString(), {}, "the record is too long"}
                                     : m_decoder->decode(line.text);
    if (auto* fault = std::get_if<RecordFault>(&decoded); fault && !line.text.empty()) {
        fault->cause = "the file ends in the middle of this record";
        m_isCut = true;
    }
    m_assembler.add(std::move(decoded), line.text, m_place.offset, m_place.line);
}

bool BulkReader::handOver(BulkBatch&& batch) {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_stopped || m_queue.size() < kQueuedBatches; });
    if (m_stopped) return false;
    m_queue.push_back(std::move(batch));
    lock.unlock();
    m_changed.notify_all();
    return true;
}

} // namespace aiva
