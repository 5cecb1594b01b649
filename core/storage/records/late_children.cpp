#include "core/storage/records/late_children.h"

#include "core/ports/store_port.h"

#include <algorithm>
#include <type_traits>

namespace aiva {

template <typename Record>
void LateChildren<Record>::addFault(const std::string& externalId, std::string cause) {
    m_result.faults.push_back({toWord(m_resource).toStdString(), externalId, std::move(cause)});
}

template <typename Record>
Result<void> LateChildren<Record>::decode(const ChildStage::Line& line, BulkDecoder& decoder) {
    auto decoded = decoder.decode(line.text);
    if (auto* fault = std::get_if<RecordFault>(&decoded)) {
        m_result.faults.push_back(std::move(*fault));
        return {};
    }
    auto& record = std::get<BulkRecord>(decoded);
    if constexpr (std::is_same_v<Record, OrderItemRecord>) {
        if (auto* child = std::get_if<BulkOrderItem>(&record)) m_late.push_back({std::move(child->item), false});
    } else {
        if (auto* child = std::get_if<BulkVariant>(&record)) m_late.push_back({std::move(child->variant), false});
    }
    return {};
}

template <typename Record>
Result<std::optional<qint64>> LateChildren<Record>::parentId() {
    AIVA_TRY(const bool found, m_findParent.bind(1, m_store).bindView(2, m_parent).step());
    if (!found) return std::optional<qint64>();
    const qint64 id = m_findParent.integer(0);
    m_findParent.reset();
    return std::optional<qint64>(id);
}

// A suspect that came late lost its place to those its parent came with; one that did not come at all is gone.
template <typename Record>
Result<void> LateChildren<Record>::settle(qint64 parent, RecordWriter::Suspects suspects) {
    AIVA_TRY(const std::vector<std::string> suspected, m_stage.takeSuspects(m_resource, parent));
    for (const std::string& externalId : suspected) {
        const auto came = std::find_if(m_late.begin(), m_late.end(),
                                       [&](const Late& late) { return late.record.externalId == externalId; });
        if (came != m_late.end()) {
            came->goesToEnd = true;
        } else if (suspects == RecordWriter::Suspects::Remove) {
            AIVA_TRY(const bool removed, m_rows.remove(parent, externalId));
            m_result.removedChildren += removed;
        }
    }
    return {};
}

template <typename Record>
Result<void> LateChildren<Record>::flush(RecordWriter::Suspects suspects) {
    if (m_late.empty()) return {};
    AIVA_TRY(const std::optional<qint64> parent, parentId());
    if (!parent) {
        for (const Late& late : m_late)
            addFault(late.record.externalId, "the record it belongs to never came");
        m_late.clear();
        return {};
    }
    AIVA_TRY(const bool isStale, m_stage.isStale(m_resource, *parent));
    if (!isStale) {
        AIVA_CHECK(settle(*parent, suspects));
        AIVA_CHECK(m_rows.attach(*parent, m_late));
        m_result.lateChildren += static_cast<qint64>(m_late.size());
    }
    m_late.clear();
    return {};
}

template <typename Record>
Result<void> LateChildren<Record>::removeSuspects() {
    ChildStage::Suspect suspect;
    for (;;) {
        AIVA_TRY(const bool more, m_stage.nextSuspect(m_resource, suspect));
        if (!more) return {};
        AIVA_TRY(const bool removed, m_rows.remove(suspect.parent, suspect.externalId));
        m_result.removedChildren += removed;
    }
}

template <typename Record>
Result<RecordWriter::FinishResult> LateChildren<Record>::join(BulkDecoder& decoder, RecordWriter::Suspects suspects) {
    m_stage.rewind();
    ChildStage::Line line;
    for (;;) {
        AIVA_TRY(const bool more, m_stage.nextLine(m_resource, line));
        if (!more) break;
        if (line.parentExternalId != m_parent) {
            AIVA_CHECK(flush(suspects));
            m_parent = line.parentExternalId;
        }
        AIVA_CHECK(decode(line, decoder));
    }
    AIVA_CHECK(flush(suspects));
    if (suspects == RecordWriter::Suspects::Remove) AIVA_CHECK(removeSuspects());
    AIVA_CHECK(m_stage.clear(m_resource));
    return std::move(m_result);
}

template class LateChildren<OrderItemRecord>;
template class LateChildren<VariantRecord>;

} // namespace aiva
