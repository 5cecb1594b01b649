#include "app/sandbox/world/world.h"

#include "app/sandbox/world/cast.h"
#include "core/base/clock.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <mutex>
#include <numeric>

namespace aiva::sandbox {
namespace {

constexpr double kDayMs = 86'400'000.0;
constexpr double kGrowth = 1.2; // above 1: more orders lately than long ago
constexpr int kPinnedNumber = 1042;
// Beyond 2^53, as real ids are.
constexpr std::uint64_t kFirstCustomerId = 706'405'506'930'370'084ULL;
constexpr std::uint64_t kFirstOrderId = 820'982'911'946'154'508ULL;
constexpr std::uint64_t kCustomerStep = 1'081;
constexpr std::uint64_t kOrderStep = 2'113;
constexpr std::string_view kCustomerPrefix = "gid://shopify/Customer/";
constexpr std::string_view kOrderPrefix = "gid://shopify/Order/";

double spanOf(const SandboxOptions& options) {
    if (options.days > 0) return options.days * kDayMs;
    if (options.orders > 5000) return 1095 * kDayMs;
    return std::clamp(options.orders * 2.0, 30.0, 400.0) * kDayMs;
}

UtcTime wholeSecond(const SandboxOptions& options) {
    const UtcTime now = options.now ? *options.now : SystemClock().now();
    return UtcTime(now.ms() / 1000 * 1000);
}

Currency currencyOf(const SandboxOptions& options) {
    return Currency::parse(options.currency.toStdString()).value_or(*Currency::parse("USD"));
}

std::int64_t indexIn(std::string_view gid, std::string_view prefix, std::uint64_t first, std::uint64_t step,
                     std::int64_t count) {
    if (!gid.starts_with(prefix)) return -1;
    gid.remove_prefix(prefix.size());
    std::uint64_t id = 0;
    const auto [end, error] = std::from_chars(gid.data(), gid.data() + gid.size(), id);
    if (error != std::errc() || end != gid.data() + gid.size() || id < first || (id - first) % step != 0) return -1;
    const auto index = static_cast<std::int64_t>((id - first) / step);
    return index < count ? index : -1;
}

} // namespace

World::World(const SandboxOptions& options)
    : m_seed(options.seed)
    , m_now(wholeSecond(options))
    , m_customers(options.customers)
    , m_orders(options.orders)
    , m_spanMs(spanOf(options))
    , m_catalogue(options.seed, m_now, currencyOf(options)) {
    placeStories();
    assignOwners();
}

void World::placeStories() {
    const auto stories = storyOrders();
    m_storyOrder.assign(stories.size(), -1);
    const auto members = std::min<std::int64_t>(CastSize, std::max<std::int64_t>(1, m_customers / 4));
    for (std::size_t i = 0; i < stories.size(); ++i) {
        const StoryOrder& story = stories[i];
        if (m_customers == 0 || story.member >= members) continue;
        if (static_cast<std::int64_t>(m_storyAt.size()) >= std::max<std::int64_t>(1, m_orders / 2)) break;
        if (m_orders == 0) break;
        const double age = std::min(1.0, story.ageMinutes * 60'000.0 / m_spanMs);
        auto slot =
            m_orders - 1 - static_cast<std::int64_t>(static_cast<double>(m_orders) * std::pow(age, 1 / kGrowth));
        slot = std::clamp<std::int64_t>(slot, 0, m_orders - 1);
        while (m_storyAt.contains(slot))
            slot = slot == 0 ? m_orders - 1 : slot - 1;
        m_storyAt.emplace(slot, i);
        m_storyOrder[i] = slot;
        if (story.pinnedNumber == kPinnedNumber) m_pinnedOrder = slot;
    }
    if (m_pinnedOrder < 0) return;
    if (kPinnedNumber - m_pinnedOrder >= 1) {
        m_firstNumber = kPinnedNumber - m_pinnedOrder;
    } else {
        m_swappedOrder = kPinnedNumber - m_firstNumber;
    }
}

void World::assignOwners() {
    const auto members = std::min<std::int64_t>(CastSize, std::max<std::int64_t>(1, m_customers / 4));
    const std::int64_t others = m_customers - members;
    // One in six never bought anything.
    const auto buyers = static_cast<double>(std::max<std::int64_t>(1, others * 5 / 6));
    const std::int64_t stride = others > 0 && std::gcd<std::int64_t>(7919, others) == 1 ? 7919 : 1;
    m_owner.resize(static_cast<std::size_t>(m_orders), -1);
    m_firstOfCustomer.assign(static_cast<std::size_t>(m_customers) + 1, 0);
    for (std::int64_t i = 0; i < m_orders; ++i) {
        auto& owner = m_owner[static_cast<std::size_t>(i)];
        Random random = Random::of(m_seed, Purpose::Owner, static_cast<std::uint64_t>(i));
        const auto story = m_storyAt.find(i);
        if (story != m_storyAt.end()) {
            owner = storyOrders()[story->second].member;
        } else if (others > 0 && !random.percent(6)) {
            const double u = random.unit();
            const auto rank = static_cast<std::int64_t>(u * u * buyers);
            owner = static_cast<std::int32_t>(members + rank * stride % others);
        }
        if (owner >= 0) ++m_firstOfCustomer[static_cast<std::size_t>(owner) + 1];
    }
    std::partial_sum(m_firstOfCustomer.begin(), m_firstOfCustomer.end(), m_firstOfCustomer.begin());
    m_byCustomer.resize(m_firstOfCustomer.back());
    std::vector<std::uint32_t> next(m_firstOfCustomer.begin(), m_firstOfCustomer.end() - 1);
    for (std::size_t i = 0; i < m_owner.size(); ++i)
        if (m_owner[i] >= 0) m_byCustomer[next[static_cast<std::size_t>(m_owner[i])]++] = static_cast<std::uint32_t>(i);
}

UtcTime World::slotTime(std::int64_t index) const {
    Random random = Random::of(m_seed, Purpose::OrderCore, static_cast<std::uint64_t>(index));
    const double newest = static_cast<double>(m_orders - 1 - index) + 0.15 + random.unit() * 0.7;
    const double age = m_spanMs * std::pow(newest / static_cast<double>(m_orders), kGrowth);
    return UtcTime((m_now.ms() - std::max<qint64>(30'000, static_cast<qint64>(age))) / 1000 * 1000);
}

std::span<const std::uint32_t> World::ordersOf(std::int64_t customer) const {
    const auto at = static_cast<std::size_t>(customer);
    return std::span(m_byCustomer).subspan(m_firstOfCustomer[at], m_firstOfCustomer[at + 1] - m_firstOfCustomer[at]);
}

std::optional<std::int64_t> World::storyOrder(std::size_t story) const {
    return m_storyOrder[story] < 0 ? std::nullopt : std::optional(m_storyOrder[story]);
}

std::string World::orderName(std::int64_t index) const {
    std::int64_t number = m_firstNumber + index;
    if (index == m_pinnedOrder)
        number = kPinnedNumber;
    else if (index == m_swappedOrder)
        number = m_firstNumber + m_pinnedOrder;
    std::string digits = std::to_string(number);
    while (digits.size() < 4)
        digits.insert(digits.begin(), '0');
    return "#" + digits;
}

std::string World::customerGid(std::int64_t index) const {
    return std::string(kCustomerPrefix) +
           std::to_string(kFirstCustomerId + static_cast<std::uint64_t>(index) * kCustomerStep);
}

std::string World::orderGid(std::int64_t index) const {
    return std::string(kOrderPrefix) + std::to_string(kFirstOrderId + static_cast<std::uint64_t>(index) * kOrderStep);
}

std::int64_t World::customerIndex(std::string_view gid) const {
    return indexIn(gid, kCustomerPrefix, kFirstCustomerId, kCustomerStep, m_customers);
}

std::int64_t World::orderIndex(std::string_view gid) const {
    return indexIn(gid, kOrderPrefix, kFirstOrderId, kOrderStep, m_orders);
}

void World::touch(Kind kind, std::int64_t index, UtcTime at) {
    const std::unique_lock lock(m_mutex);
    Touch& touch = m_touches[static_cast<std::size_t>(kind)][index];
    touch.at = UtcTime(at.ms() / 1000 * 1000);
    ++touch.revision;
    m_generation.fetch_add(1);
}

void World::remove(Kind kind, std::int64_t index) {
    const std::unique_lock lock(m_mutex);
    m_gone[static_cast<std::size_t>(kind)].insert(index);
    if (kind == Kind::Customer) m_heirs.emplace(static_cast<std::int32_t>(index), -1);
    m_generation.fetch_add(1);
}

bool World::isGone(Kind kind, std::int64_t index) const {
    if (m_generation.load() == 0) return false; // the usual case stays free of locks
    const std::shared_lock lock(m_mutex);
    return m_gone[static_cast<std::size_t>(kind)].contains(index);
}

void World::mergeCustomers(std::int64_t from, std::int64_t into, UtcTime at) {
    {
        const std::unique_lock lock(m_mutex);
        m_heirs[static_cast<std::int32_t>(from)] = static_cast<std::int32_t>(into);
    }
    remove(Kind::Customer, from);
    touch(Kind::Customer, into, at);
}

std::int32_t World::ownerNow(std::int32_t customer) const {
    if (m_generation.load() == 0) return customer;
    const std::shared_lock lock(m_mutex);
    for (auto heir = m_heirs.find(customer); heir != m_heirs.end(); heir = m_heirs.find(customer))
        customer = heir->second;
    return customer;
}

std::optional<World::Touch> World::touched(Kind kind, std::int64_t index) const {
    if (m_generation.load() == 0) return std::nullopt; // the usual case stays free of locks
    const std::shared_lock lock(m_mutex);
    const Touches& touches = m_touches[static_cast<std::size_t>(kind)];
    const auto found = touches.find(index);
    return found == touches.end() ? std::nullopt : std::optional(found->second);
}

UtcTime World::productUpdatedAt(std::size_t index) const {
    const auto touch = touched(Kind::Product, static_cast<std::int64_t>(index));
    return touch ? touch->at : m_catalogue.products()[index].updatedAt;
}

ProductRecord World::product(std::size_t index) const {
    ProductRecord product = m_catalogue.products()[index];
    if (const auto touch = touched(Kind::Product, static_cast<std::int64_t>(index))) {
        product.updatedAt = touch->at;
        for (VariantRecord& variant : product.variants) {
            variant.updatedAt = touch->at;
            variant.inventoryQuantity = variant.inventoryQuantity.value_or(0) + 24 * touch->revision; // a delivery came
        }
    }
    return product;
}

} // namespace aiva::sandbox
