// Sorted, filtered lists of the world's records, as the root connections and counts need them. Keeps the last few
// lists, because a client walks one page after another; a touched record moves, as at a real shop. Thread-safe.
#pragma once

#include "app/sandbox/graph/schema.h"
#include "app/sandbox/graph/search_filter.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace aiva::sandbox {

class RecordIndex {
public:
    explicit RecordIndex(const World& world) : m_world(world) {}

    struct Entry {
        std::int64_t key = 0;
        std::int64_t index = 0;
        auto operator<=>(const Entry&) const = default;
    };
    using List = std::vector<Entry>; // ascending

    std::shared_ptr<const List> list(World::Kind kind, const std::string& query, const std::string& sortKey);

    struct Page {
        std::vector<Entry> entries;
        bool hasNext = false;
        bool hasPrevious = false;
    };
    // Absent when the cursor is not one of ours.
    std::optional<Page> page(World::Kind kind, const FieldArguments& arguments);
    static std::string cursorOf(const Entry& entry);

private:
    struct Cached {
        std::string name;
        std::uint64_t generation = 0;
        std::shared_ptr<const List> list;
    };

    std::int64_t count(World::Kind kind) const;
    std::int64_t keyOf(World::Kind kind, std::int64_t index, const std::string& sortKey) const;
    bool matches(World::Kind kind, std::int64_t index, const SearchFilter& filter) const;

    const World& m_world;
    std::mutex m_mutex;
    std::vector<Cached> m_cache;
};

// One record against one term; true when the term says nothing the shop understands.
bool matchesOrder(const World& world, std::int64_t index, const SearchTerm& term);
bool matchesCustomer(const World& world, std::int64_t index, const SearchTerm& term);
bool matchesProduct(const World& world, std::int64_t index, const SearchTerm& term);

} // namespace aiva::sandbox
