// The whole invented shop, made on demand from a seed: any customer or order by its index, any order's cheap part for
// sorting. Built by the server and by the file writers. Reading is safe from many threads; touch() changes records as a
// shop's day does and is safe beside reading.
#pragma once

#include "app/sandbox/sandbox_options.h"
#include "app/sandbox/world/catalogue.h"
#include "app/sandbox/world/order_core.h"
#include "app/sandbox/world/people.h"
#include "core/domain/shop/source_records.h"

#include <atomic>
#include <cstdint>
#include <optional>
#include <shared_mutex>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace aiva::sandbox {

struct WorldCustomer {
    std::int64_t index = 0;
    CustomerRecord record;
    Address address; // empty country: none
    std::int64_t lastOrder = -1;
};

struct WorldItem {
    OrderItemRecord record;
    std::string vendor;
    std::string productExternalId; // empty for custom lines
    Money originalUnitPrice;
};

// record.items stays empty: items live in `items`.
struct WorldOrder {
    OrderCore core;
    OrderRecord record;
    Address address;
    std::vector<WorldItem> items;
    Money originalTotal;
    Money totalDiscounts;
    bool test = false;

    // The record with its items, as an adapter should decode it.
    OrderRecord complete() const;
};

class World {
public:
    explicit World(const SandboxOptions& options);

    std::int64_t customerCount() const { return m_customers; }
    std::int64_t orderCount() const { return m_orders; }
    UtcTime now() const { return m_now; }
    std::uint64_t seed() const { return m_seed; }
    Currency currency() const { return m_catalogue.currency(); }
    const Catalogue& catalogue() const { return m_catalogue; }
    ProductRecord product(std::size_t index) const;
    UtcTime productUpdatedAt(std::size_t index) const;

    WorldCustomer customer(std::int64_t index) const;
    // Without building the rest.
    UtcTime customerUpdatedAt(std::int64_t index) const;
    OrderCore orderCore(std::int64_t index) const;
    WorldOrder order(std::int64_t index) const;
    WorldOrder order(const OrderCore& core) const;
    std::string orderName(std::int64_t index) const;
    // Oldest first.
    std::span<const std::uint32_t> ordersOf(std::int64_t customer) const;
    // Order of a position in storyOrders(), absent when the world is too small for it.
    std::optional<std::int64_t> storyOrder(std::size_t story) const;

    std::string customerGid(std::int64_t index) const;
    std::string orderGid(std::int64_t index) const;
    // -1 when it is none of ours.
    std::int64_t customerIndex(std::string_view gid) const;
    std::int64_t orderIndex(std::string_view gid) const;

    enum class Kind { Customer, Order, Product };
    void touch(Kind kind, std::int64_t index, UtcTime at);
    // As a shop's staff does: gone from every list and look-up. Orders of a deleted customer become guests'.
    void remove(Kind kind, std::int64_t index);
    bool isGone(Kind kind, std::int64_t index) const;
    // `from` is gone and its orders are `into`'s, without any order looking changed.
    void mergeCustomers(std::int64_t from, std::int64_t into, UtcTime at);
    // Grows with each change; caches of sorted lists compare it.
    std::uint64_t generation() const { return m_generation.load(); }

private:
    struct Touch {
        UtcTime at;
        int revision = 0;
    };
    using Touches = std::unordered_map<std::int64_t, Touch>;

    void placeStories();
    void assignOwners();
    UtcTime slotTime(std::int64_t index) const;
    OrderCore plainCore(std::int64_t index) const;
    OrderCore storyCore(std::int64_t index, std::size_t story) const;
    void setMoney(OrderCore& core, const char* country) const;
    std::size_t regionOfCustomer(std::int64_t customer) const;
    Person personOf(std::int64_t index) const;
    Address addressOf(std::int64_t index, const Person& person) const;
    UtcTime customerCreatedAt(std::int64_t index) const;
    std::int32_t ownerNow(std::int32_t customer) const;
    std::optional<Touch> touched(Kind kind, std::int64_t index) const;
    void addBuyer(WorldOrder& order, Random& random) const;
    void addAmounts(WorldOrder& order) const;
    void addItems(WorldOrder& order) const;
    void addShipments(WorldOrder& order) const;
    void addRefunds(WorldOrder& order) const;

    std::uint64_t m_seed;
    UtcTime m_now; // whole seconds
    std::int64_t m_customers;
    std::int64_t m_orders;
    double m_spanMs;
    Catalogue m_catalogue;
    std::int64_t m_firstNumber = 1001;
    std::int64_t m_pinnedOrder = -1;  // shows kPinnedNumber …
    std::int64_t m_swappedOrder = -1; // … whose own number goes here
    std::unordered_map<std::int64_t, std::size_t> m_storyAt;
    std::vector<std::int64_t> m_storyOrder;
    std::vector<std::int32_t> m_owner;
    std::vector<std::uint32_t> m_byCustomer;
    std::vector<std::uint32_t> m_firstOfCustomer; // one more than customers
    mutable std::shared_mutex m_mutex;
    Touches m_touches[3];
    std::unordered_set<std::int64_t> m_gone[3];
    std::unordered_map<std::int32_t, std::int32_t> m_heirs; // of merged customers; -1: of deleted ones
    std::atomic<std::uint64_t> m_generation = 0;
};

} // namespace aiva::sandbox
