// The part of World that makes the cheap half of orders: state, times, items, money.
#include "app/sandbox/world/cast.h"
#include "app/sandbox/world/world.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace aiva::sandbox {
namespace {

struct Weight {
    OrderState state;
    unsigned perMille;
};
using S = OrderState;
constexpr std::array kFirstDay{Weight{S::Unfulfilled, 760},  Weight{S::PaymentPending, 50}, Weight{S::Authorized, 30},
                               Weight{S::PartiallyPaid, 10}, Weight{S::OnHold, 20},         Weight{S::Scheduled, 10},
                               Weight{S::InProgress, 40},    Weight{S::Cancelled, 20},      Weight{S::Voided, 8},
                               Weight{S::Digital, 12},       Weight{S::LabelPrinted, 40}};
constexpr std::array kFirstDays{
    Weight{S::Unfulfilled, 140},   Weight{S::LabelPrinted, 130}, Weight{S::InTransit, 480}, Weight{S::Partial, 60},
    Weight{S::OutForDelivery, 60}, Weight{S::OnHold, 15},        Weight{S::Cancelled, 30},  Weight{S::Digital, 15},
    Weight{S::ReadyForPickup, 20}, Weight{S::Delivered, 50}};
constexpr std::array kFirstWeeks{Weight{S::InTransit, 200},        Weight{S::OutForDelivery, 60},
                                 Weight{S::Delayed, 45},           Weight{S::Delivered, 560},
                                 Weight{S::Partial, 40},           Weight{S::Cancelled, 30},
                                 Weight{S::AttemptedDelivery, 20}, Weight{S::Refunded, 15},
                                 Weight{S::PartiallyRefunded, 15}, Weight{S::Digital, 15}};
constexpr std::array kLater{Weight{S::Delivered, 850}, Weight{S::PartiallyRefunded, 45},
                            Weight{S::Refunded, 35},   Weight{S::Cancelled, 35},
                            Weight{S::Voided, 6},      Weight{S::Expired, 5},
                            Weight{S::Delayed, 4},     Weight{S::Digital, 20}};

template <typename Table>
OrderState drawFrom(const Table& table, Random& random) {
    auto at = random.below(1000);
    for (const Weight& weight : table) {
        if (at < weight.perMille) return weight.state;
        at -= weight.perMille;
    }
    return table[0].state;
}

OrderState drawState(double ageDays, Random& random) {
    if (ageDays < 1) return drawFrom(kFirstDay, random);
    if (ageDays < 4) return drawFrom(kFirstDays, random);
    if (ageDays < 14) return drawFrom(kFirstWeeks, random);
    return drawFrom(kLater, random);
}

// Times that follow from the state, none in the future.
void setTimes(OrderCore& core, UtcTime now, Random& random) {
    const auto later = [&](UtcTime from, qint64 lowHours, qint64 highHours) {
        const UtcTime wanted = from.plusSeconds(random.between(lowHours * 3600, highHours * 3600));
        const qint64 left = std::max<qint64>(1, now.msSince(from) / 1000);
        return wanted < now ? wanted : from.plusSeconds(1 + left * random.between(40, 95) / 100);
    };
    const StateWords words = wordsOf(core.state);
    const bool delivered = words.display == "DELIVERED";
    if (!words.display.empty()) core.shippedAt = later(core.createdAt, 8, 46);
    if (!words.display.empty() && !delivered) {
        const qint64 minutes = core.state == S::Delayed ? random.between(3 * 1440, 6 * 1440)
                               : core.story == 0        ? 300
                                                        : random.between(40, 1300);
        core.eventAt = std::max(core.shippedAt.plusSeconds(2), now.plusSeconds(-minutes * 60));
    }
    if (delivered) core.deliveredAt = later(core.shippedAt, 40, 130);
    if (core.state == S::Refunded || core.state == S::PartiallyRefunded)
        core.endedAt = later(core.deliveredAt, 30, 300);
    if (core.state == S::Cancelled || core.state == S::Voided) core.endedAt = later(core.createdAt, 1, 20);
    core.updatedAt =
        std::max({core.createdAt.plusSeconds(random.between(2, 90)), core.shippedAt.plusSeconds(3),
                  core.eventAt.plusSeconds(1), core.deliveredAt.plusSeconds(3), core.endedAt.plusSeconds(2)});
    if (core.updatedAt > now) core.updatedAt = now;
}

void setStoryLines(OrderCore& core, const char* items, const Catalogue& catalogue) {
    std::string_view text = items;
    while (!text.empty()) {
        const auto comma = text.find(',');
        const std::string_view entry = text.substr(0, comma);
        text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
        const auto star = entry.find('*');
        int quantity = 1;
        if (star != std::string_view::npos)
            std::from_chars(entry.data() + star + 1, entry.data() + entry.size(), quantity);
        if (entry.starts_with("ALL")) {
            for (int i = 0; i < quantity; ++i)
                core.lines.push_back(
                    {static_cast<std::int16_t>(static_cast<std::size_t>(i) * 7 % catalogue.variantCount()),
                     static_cast<std::uint16_t>(1 + i % 3), 0});
        } else {
            core.lines.push_back({static_cast<std::int16_t>(catalogue.flatOf(entry.substr(0, star))),
                                  static_cast<std::uint16_t>(quantity), 0});
        }
    }
    for (CoreLine& line : core.lines)
        if (line.flat >= 0) line.unitMinor = catalogue.priceMinor(static_cast<std::size_t>(line.flat));
}

// The threshold cases keep their side of the line in every currency.
qint64 exactMinor(qint64 cents, int digits) {
    if (digits == 0) return cents / 100 + (cents % 100 > 0 && cents % 100 <= 50 ? 1 : 0);
    return digits == 3 ? cents * 10 : cents;
}

void forceTotal(OrderCore& core, qint64 total) {
    qint64 sum = 0;
    for (const CoreLine& line : core.lines)
        sum += line.unitMinor * line.quantity;
    if (sum > total) {
        core.lines.clear();
        sum = 0;
    }
    if (sum < total) core.lines.push_back({-1, 1, total - sum});
}

qint64 discounted(qint64 unit, unsigned percent) {
    return unit - unit * percent / 100;
}

} // namespace

OrderCore World::orderCore(std::int64_t index) const {
    const auto story = m_storyAt.empty() ? m_storyAt.end() : m_storyAt.find(index);
    OrderCore core = story == m_storyAt.end() ? plainCore(index) : storyCore(index, story->second);
    core.customer = ownerNow(core.customer);
    if (const auto touch = touched(Kind::Order, index)) {
        core.revision = touch->revision;
        if (core.state == S::Unfulfilled || core.state == S::InProgress || core.state == S::OnHold) {
            core.state = S::InTransit;
            core.shippedAt = touch->at;
            core.eventAt = touch->at;
        }
        core.updatedAt = std::max(core.updatedAt, touch->at);
    }
    return core;
}

OrderCore World::plainCore(std::int64_t index) const {
    Random random = Random::of(m_seed, Purpose::OrderDetail, static_cast<std::uint64_t>(index));
    OrderCore core;
    core.index = index;
    core.customer = m_owner[static_cast<std::size_t>(index)];
    core.createdAt = slotTime(index);
    core.state = drawState(static_cast<double>(m_now.msSince(core.createdAt)) / 86'400'000.0, random);
    setTimes(core, m_now, random);
    const auto count = 1 + random.below(4) * random.below(3) / 2 + (random.percent(34) ? 1 : 0); // two on average
    core.lines.reserve(count);
    for (std::uint64_t i = 0; i < count; ++i) {
        const double u = random.unit();
        const auto flat = static_cast<std::size_t>(u * std::sqrt(u) * static_cast<double>(m_catalogue.variantCount()));
        core.lines.push_back({static_cast<std::int16_t>(flat),
                              static_cast<std::uint16_t>(random.percent(85) ? 1 : random.between(2, 4)),
                              m_catalogue.priceMinor(flat)});
    }
    if (random.percent(2)) core.lines.push_back({-1, 1, m_catalogue.fromCents(2500)});
    if (random.percent(18)) core.discountPercent = static_cast<std::uint8_t>(random.between(1, 4) * 5);
    if (random.percent(7)) core.parcels = static_cast<std::uint8_t>(random.between(2, 3));
    const char* country = core.customer < 0 ? "US" : regions()[regionOfCustomer(core.customer)].countryCode;
    core.carrier = carrierFor(country, random);
    setMoney(core, country);
    return core;
}

OrderCore World::storyCore(std::int64_t index, std::size_t story) const {
    const StoryOrder& told = storyOrders()[story];
    Random random = Random::of(m_seed, Purpose::OrderDetail, static_cast<std::uint64_t>(index));
    OrderCore core;
    core.index = index;
    core.customer = told.member;
    core.story = static_cast<std::int32_t>(story);
    core.createdAt = m_now.plusSeconds(-told.ageMinutes * 60LL - random.between(60, 1500));
    core.state = told.state;
    core.carrier = told.carrier;
    core.parcels = static_cast<std::uint8_t>(told.parcels);
    setTimes(core, m_now, random);
    setStoryLines(core, told.items, m_catalogue);
    if (told.totalCents > 0) {
        forceTotal(core, exactMinor(told.totalCents, currency().minorDigits()));
        setMoney(core, nullptr);
    } else {
        setMoney(core, told.member < 0 ? "FR" : cast()[static_cast<std::size_t>(told.member)].country);
    }
    return core;
}

// country nullptr: no shipping, no tax, the total is the sum of the lines.
void World::setMoney(OrderCore& core, const char* country) const {
    for (const CoreLine& line : core.lines) {
        const qint64 unit = discounted(line.unitMinor, core.discountPercent);
        core.subtotal += unit * line.quantity;
        core.discount += (line.unitMinor - unit) * line.quantity;
    }
    if (country) {
        const bool domestic = std::string_view(country) == "US";
        if (core.state != S::Digital && core.subtotal < m_catalogue.fromCents(7500))
            core.shipping = m_catalogue.fromCents(domestic ? 795 : 1495);
        if (domestic && core.index % 2 == 0) core.tax = core.subtotal * 725 / 10'000;
    }
    core.total = core.subtotal + core.shipping + core.tax;
    if (core.state == S::Refunded || core.state == S::Cancelled) core.refunded = core.total;
    if (core.state == S::PartiallyRefunded)
        core.refunded = discounted(core.lines.front().unitMinor, core.discountPercent);
}

} // namespace aiva::sandbox
