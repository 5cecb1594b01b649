#include "core/sync/bulk/bulk_assembler.h"

#include <algorithm>

namespace aiva {
namespace {

template <typename... Fns>
struct Overloaded : Fns... {
    using Fns::operator()...;
};
template <typename... Fns>
Overloaded(Fns...) -> Overloaded<Fns...>;

bool append(BulkEntry& root, OrderItemRecord&& item) {
    auto* order = std::get_if<OrderRecord>(&root);
    if (order) order->items.push_back(std::move(item));
    return order != nullptr;
}

bool append(BulkEntry& root, VariantRecord&& variant) {
    auto* product = std::get_if<ProductRecord>(&root);
    if (product) product->variants.push_back(std::move(variant));
    return product != nullptr;
}

const std::string* rootId(const BulkEntry& entry) {
    if (const auto* order = std::get_if<OrderRecord>(&entry)) return &order->externalId;
    if (const auto* product = std::get_if<ProductRecord>(&entry)) return &product->externalId;
    return nullptr;
}

} // namespace

BulkAssembler::BulkAssembler(Resource resource, qint64 windowBytes, size_t windowEntries)
    : m_resource(resource), m_windowBytes(windowBytes), m_windowEntries(windowEntries) {}

void BulkAssembler::add(std::variant<BulkRecord, RecordFault>&& decoded, std::string_view line, qint64 offset,
                        qint64 lineNumber) {
    const Place place{offset, lineNumber};
    const auto bytes = static_cast<qint64>(line.size());
    if (auto* fault = std::get_if<RecordFault>(&decoded)) return hold(std::move(*fault), bytes, place);
    std::visit(Overloaded{
                   [](std::monostate) {},
                   // Customers have no children and nothing to wait for, yet keep their place among the faults.
                   [&](CustomerRecord& customer) { hold(std::move(customer), bytes, place); },
                   [&](OrderRecord& order) { addRoot(std::move(order), bytes, place); },
                   [&](ProductRecord& product) { addRoot(std::move(product), bytes, place); },
                   [&](BulkOrderItem& child) {
                       addChild(std::move(child.parentExternalId), std::move(child.item), line, place);
                   },
                   [&](BulkVariant& child) {
                       addChild(std::move(child.parentExternalId), std::move(child.variant), line, place);
                   },
               },
               std::get<BulkRecord>(decoded));
}

void BulkAssembler::hold(BulkEntry&& entry, qint64 bytes, Place place) {
    m_bytes += bytes;
    m_window.push_back({std::move(entry), place, bytes});
}

template <typename Record>
void BulkAssembler::addRoot(Record&& record, qint64 bytes, Place place) {
    const quint64 number = m_first + m_window.size();
    m_lastRootId = record.externalId;
    m_lastRoot = number;
    m_roots.insert_or_assign(record.externalId, number);
    hold(std::move(record), bytes, place);
}

BulkAssembler::Held* BulkAssembler::root(const std::string& externalId) {
    // Nearly always the child of the root just read.
    if (externalId == m_lastRootId && m_lastRoot >= m_first && !m_roots.empty()) return &at(m_lastRoot);
    const auto found = m_roots.find(externalId);
    return found == m_roots.end() ? nullptr : &at(found->second);
}

template <typename Child>
void BulkAssembler::addChild(std::string&& parent, Child&& child, std::string_view line, Place place) {
    const auto bytes = static_cast<qint64>(line.size());
    if (Held* held = root(parent)) {
        if (!append(held->entry, std::move(child))) return;
        held->bytes += bytes;
        m_bytes += bytes;
        return;
    }
    hold(FarChild{std::move(parent), std::move(child.externalId), place.line, std::string(line)}, bytes, place);
}

void BulkAssembler::takeBeyondWindow(std::vector<BulkEntry>& ready) {
    while (!m_window.empty() && (m_bytes > m_windowBytes || m_window.size() > m_windowEntries))
        releaseFront(ready);
}

void BulkAssembler::takeRest(std::vector<BulkEntry>& ready, size_t limit) {
    while (!m_window.empty() && ready.size() < limit)
        releaseFront(ready);
}

void BulkAssembler::releaseFront(std::vector<BulkEntry>& ready) {
    Held& front = m_window.front();
    if (const std::string* id = rootId(front.entry)) {
        // A root that came twice is indexed by its later line.
        const auto found = m_roots.find(*id);
        if (found != m_roots.end() && found->second == m_first) m_roots.erase(found);
    }
    m_bytes -= front.bytes;
    ready.push_back(std::move(front.entry));
    m_window.pop_front();
    ++m_first;
}

BulkAssembler::Place BulkAssembler::resumePlace(Place next) const {
    return m_window.empty() ? next : m_window.front().place;
}

} // namespace aiva
