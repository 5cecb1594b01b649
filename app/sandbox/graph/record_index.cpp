#include "app/sandbox/graph/record_index.h"

#include <QByteArray>

#include <algorithm>
#include <charconv>

namespace aiva::sandbox {
namespace {

constexpr std::size_t kKeptLists = 12;

std::optional<RecordIndex::Entry> entryOf(const std::string& cursor) {
    const QByteArray plain = QByteArray::fromBase64(QByteArray::fromStdString(cursor));
    const auto colon = plain.indexOf(':');
    if (colon <= 0) return std::nullopt;
    bool keyFine = false;
    bool indexFine = false;
    const RecordIndex::Entry entry{plain.left(colon).toLongLong(&keyFine), plain.mid(colon + 1).toLongLong(&indexFine)};
    return keyFine && indexFine ? std::optional(entry) : std::nullopt;
}

} // namespace

std::string RecordIndex::cursorOf(const Entry& entry) {
    return QByteArray::fromStdString(std::to_string(entry.key) + ":" + std::to_string(entry.index))
        .toBase64()
        .toStdString();
}

std::int64_t RecordIndex::count(World::Kind kind) const {
    switch (kind) {
    case World::Kind::Customer:
        return m_world.customerCount();
    case World::Kind::Order:
        return m_world.orderCount();
    case World::Kind::Product:
        return static_cast<std::int64_t>(m_world.catalogue().products().size());
    }
    return 0;
}

std::int64_t RecordIndex::keyOf(World::Kind kind, std::int64_t index, const std::string& sortKey) const {
    const bool updated = sortKey == "UPDATED_AT";
    const bool created = sortKey == "CREATED_AT" || sortKey == "PROCESSED_AT";
    if (!updated && !created) return index;
    switch (kind) {
    case World::Kind::Order: {
        const OrderCore core = m_world.orderCore(index);
        return updated ? core.updatedAt.ms() : core.createdAt.ms();
    }
    case World::Kind::Customer:
        return m_world.customerUpdatedAt(index).ms();
    case World::Kind::Product:
        return m_world.productUpdatedAt(static_cast<std::size_t>(index)).ms();
    }
    return index;
}

bool RecordIndex::matches(World::Kind kind, std::int64_t index, const SearchFilter& filter) const {
    const auto term = [&](const SearchTerm& wanted) {
        const bool fits = kind == World::Kind::Order      ? matchesOrder(m_world, index, wanted)
                          : kind == World::Kind::Customer ? matchesCustomer(m_world, index, wanted)
                                                          : matchesProduct(m_world, index, wanted);
        return fits;
    };
    return std::any_of(filter.begin(), filter.end(),
                       [&](const auto& group) { return std::all_of(group.begin(), group.end(), term); });
}

std::shared_ptr<const RecordIndex::List> RecordIndex::list(World::Kind kind, const std::string& query,
                                                           const std::string& sortKey) {
    const std::lock_guard lock(m_mutex);
    const std::string name = std::to_string(static_cast<int>(kind)) + "|" + sortKey + "|" + query;
    const std::uint64_t generation = m_world.generation();
    std::erase_if(m_cache, [&](const Cached& cached) { return cached.generation != generation; });
    for (const Cached& cached : m_cache)
        if (cached.name == name) return cached.list;
    const SearchFilter filter = parseSearch(query);
    auto made = std::make_shared<List>();
    for (std::int64_t i = 0; i < count(kind); ++i)
        if (!m_world.isGone(kind, i) && (query.empty() || matches(kind, i, filter)))
            made->push_back({keyOf(kind, i, sortKey), i});
    std::sort(made->begin(), made->end());
    if (m_cache.size() >= kKeptLists) m_cache.erase(m_cache.begin());
    m_cache.push_back({name, generation, made});
    return made;
}

std::optional<RecordIndex::Page> RecordIndex::page(World::Kind kind, const FieldArguments& arguments) {
    const auto sorted = list(kind, arguments.query, arguments.sortKey);
    // Positions in reading order; `at` turns one into an entry.
    const auto size = static_cast<std::int64_t>(sorted->size());
    const auto at = [&](std::int64_t position) -> const Entry& {
        return (*sorted)[static_cast<std::size_t>(arguments.reverse ? size - 1 - position : position)];
    };
    // The position of the first entry behind the cursor (or at it, when `inclusive`).
    const auto locate = [&](const Entry& cursor, bool inclusive) {
        const auto low = std::lower_bound(sorted->begin(), sorted->end(), cursor) - sorted->begin();
        const auto high = std::upper_bound(sorted->begin(), sorted->end(), cursor) - sorted->begin();
        if (arguments.reverse) return static_cast<std::int64_t>(size - (inclusive ? high : low));
        return static_cast<std::int64_t>(inclusive ? low : high);
    };
    std::int64_t begin = 0;
    std::int64_t end = size;
    if (!arguments.after.empty()) {
        const auto cursor = entryOf(arguments.after);
        if (!cursor) return std::nullopt;
        begin = locate(*cursor, false);
    }
    if (!arguments.before.empty()) {
        const auto cursor = entryOf(arguments.before);
        if (!cursor) return std::nullopt;
        end = locate(*cursor, true);
    }
    if (arguments.first)
        end = std::min(end, begin + *arguments.first);
    else if (arguments.last)
        begin = std::max(begin, end - *arguments.last);
    Page result;
    result.hasNext = end < size;
    result.hasPrevious = begin > 0;
    for (std::int64_t i = begin; i < end; ++i)
        result.entries.push_back(at(i));
    return result;
}

} // namespace aiva::sandbox
