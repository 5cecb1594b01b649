// The part of World that turns the cheap half of an order into everything a shop says of it.
#include "app/sandbox/world/cast.h"
#include "app/sandbox/world/world.h"

#include <algorithm>
#include <array>

namespace aiva::sandbox {
namespace {

constexpr std::array<const char*, 8> kOrderTags{"gift",         "express",  "newsletter10", "pre_order",
                                                "local_pickup", "fraud_ok", "exchange",     "marketplace"};
constexpr std::array<const char*, 9> kOrderNotes{"Please leave with the neighbour at no. 14.",
                                                 "Gift, no invoice in the parcel please.",
                                                 "Ring twice, the bell is quiet.",
                                                 "Bitte nicht knicken.",
                                                 "Merci de livrer avant vendredi.",
                                                 "Kérem, hívjanak kézbesítés előtt!",
                                                 "置き配をお願いします。",
                                                 "Deixar na portaria.",
                                                 "Залиште, будь ласка, у відділенні."};
constexpr std::array<const char*, 5> kRefundNotes{"Wrong size, returned unworn", "Damaged in transit",
                                                  "Customer changed their mind", "Price adjustment",
                                                  "Lost parcel, carrier claim opened"};

constexpr std::uint64_t kFirstItemId = 866'550'311'766'439'020ULL;
constexpr std::uint64_t kFirstShipmentId = 255'858'046'000'000'003ULL;
constexpr std::uint64_t kFirstRefundId = 509'562'969'000'000'007ULL;

std::string gid(std::string_view type, std::uint64_t first, std::int64_t order, std::uint64_t child) {
    return "gid://shopify/" + std::string(type) + "/" +
           std::to_string(first + static_cast<std::uint64_t>(order) * 512 + child);
}

std::string hexToken(Random& random) {
    std::string token;
    for (int i = 0; i < 32; ++i)
        token += "0123456789abcdef"[random.below(16)];
    return token;
}

std::optional<UtcTime> when(UtcTime time) {
    return time.ms() > 0 ? std::optional(time) : std::nullopt;
}

} // namespace

OrderRecord WorldOrder::complete() const {
    OrderRecord whole = record;
    for (const WorldItem& item : items)
        whole.items.push_back(item.record);
    return whole;
}

WorldOrder World::order(std::int64_t index) const {
    return order(orderCore(index));
}

WorldOrder World::order(const OrderCore& core) const {
    WorldOrder result;
    result.core = core;
    Random random = Random::of(m_seed, Purpose::OrderDetail, static_cast<std::uint64_t>(core.index) + (1ULL << 40));
    OrderRecord& record = result.record;
    record.externalId = orderGid(core.index);
    record.name = orderName(core.index);
    addBuyer(result, random);
    const StateWords words = wordsOf(core.state);
    record.financialStatus = words.financial;
    record.fulfillmentStatus = words.fulfillment;
    if (core.state == OrderState::Cancelled) record.cancelReason = random.percent(70) ? "CUSTOMER" : "INVENTORY";
    if (core.state == OrderState::Voided) record.cancelReason = "DECLINED";
    record.statusPageUrl = "https://acme-outdoor.example/orders/" + hexToken(random);
    if (random.percent(12)) record.tags.emplace_back(random.pick(kOrderTags));
    if (random.percent(6)) record.note = random.pick(kOrderNotes);
    if (core.story >= 0) record.note = storyOrders()[static_cast<std::size_t>(core.story)].note;
    if (core.revision > 0) record.note = "Checked by the warehouse (" + std::to_string(core.revision) + ")";
    record.createdAt = core.createdAt;
    record.updatedAt = core.updatedAt;
    record.processedAt = core.createdAt;
    const bool cancelled = core.state == OrderState::Cancelled || core.state == OrderState::Voided;
    if (cancelled) record.cancelledAt = core.endedAt;
    if (cancelled || core.deliveredAt.ms() > 0) record.closedAt = std::max(core.endedAt, core.deliveredAt);
    addAmounts(result);
    addItems(result);
    addShipments(result);
    addRefunds(result);
    return result;
}

void World::addBuyer(WorldOrder& order, Random& random) const {
    const OrderCore& core = order.core;
    OrderRecord& record = order.record;
    if (core.customer >= 0) {
        const Person person = personOf(core.customer);
        record.customerExternalId = customerGid(core.customer);
        record.email = person.email;
        // People type their address anew, with the capitals of the day.
        if (!record.email.empty() && random.percent(2))
            record.email[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(record.email[0])));
        if (record.email.empty() || random.percent(20)) record.phone = person.phone;
        order.address = addressOf(core.customer, person);
    } else {
        Person guest = makePerson(static_cast<std::uint64_t>(core.index), random);
        guest.email.insert(guest.email.find('@'), "g"); // never the address of a customer
        if (core.story >= 0)
            guest = {"Chloé", "Dubois", "Chloé Dubois", "chloe.dubois@example.org", "", regionOf("FR")};
        record.email = core.story < 0 && random.percent(8) ? "" : guest.email;
        record.phone = record.email.empty() ? guest.phone : "";
        order.address = makeAddress(regions()[guest.region], guest.displayName, random);
    }
    if (core.state != OrderState::Digital) record.shippingAddressText = order.address.text();
}

void World::addAmounts(WorldOrder& order) const {
    const OrderCore& core = order.core;
    const Currency money = currency();
    const bool nothingLeft = core.refunded == core.total;
    OrderRecord& record = order.record;
    record.currency = money;
    record.total = Money(core.currentTotal(), money);
    record.subtotal = Money(nothingLeft ? 0 : core.subtotal - core.refunded, money);
    record.tax = Money(nothingLeft ? 0 : core.tax, money);
    record.discounts = Money(nothingLeft ? 0 : core.discount, money);
    record.shipping = Money(nothingLeft ? 0 : core.shipping, money);
    record.refunded = Money(core.state == OrderState::Voided ? 0 : core.refunded, money);
    order.originalTotal = Money(core.total, money);
    order.totalDiscounts = Money(core.discount, money);
}

void World::addItems(WorldOrder& order) const {
    const OrderCore& core = order.core;
    const bool allBack = core.state == OrderState::Cancelled || core.state == OrderState::Refunded;
    order.items.reserve(core.lines.size());
    for (std::size_t i = 0; i < core.lines.size(); ++i) {
        const CoreLine& line = core.lines[i];
        WorldItem item;
        item.record.externalId = gid("LineItem", kFirstItemId, core.index, i);
        if (line.flat >= 0) {
            const auto flat = static_cast<std::size_t>(line.flat);
            const ProductRecord& product = m_catalogue.productOf(flat);
            const VariantRecord& variant = m_catalogue.variant(flat);
            item.record.title = product.title;
            if (variant.title != "Default Title") item.record.variantTitle = variant.title;
            item.record.sku = variant.sku;
            item.record.variantExternalId = variant.externalId;
            item.vendor = product.vendor;
            item.productExternalId = product.externalId;
        } else {
            item.record.title = core.index % 3 == 0   ? "Engraving"
                                : core.index % 3 == 1 ? "Made-to-measure alteration"
                                                      : "Workshop service";
        }
        item.record.quantity = line.quantity;
        item.record.currentQuantity = allBack ? 0 : line.quantity;
        if (core.state == OrderState::PartiallyRefunded && i == 0) --item.record.currentQuantity;
        item.originalUnitPrice = Money(line.unitMinor, currency());
        item.record.unitPrice = Money(line.unitMinor - line.unitMinor * core.discountPercent / 100, currency());
        order.items.push_back(std::move(item));
    }
}

void World::addShipments(WorldOrder& order) const {
    const OrderCore& core = order.core;
    const StateWords words = wordsOf(core.state);
    if (core.shippedAt.ms() == 0 || words.display.empty()) return;
    Random random = Random::of(m_seed, Purpose::Tracking, static_cast<std::uint64_t>(core.index));
    FulfillmentRecord shipment;
    shipment.externalId = gid("Fulfillment", kFirstShipmentId, core.index, 0);
    shipment.name = order.record.name + "-F1";
    shipment.status = "SUCCESS";
    shipment.displayStatus = words.display;
    shipment.createdAt = core.shippedAt;
    shipment.updatedAt = std::max({core.shippedAt.plusSeconds(2), core.eventAt, core.deliveredAt});
    const bool moving = words.display != "LABEL_PRINTED" && words.display != "READY_FOR_PICKUP";
    if (moving) shipment.inTransitAt = std::min(m_now, core.shippedAt.plusSeconds(random.between(3, 12) * 3600));
    shipment.deliveredAt = when(core.deliveredAt);
    if (!shipment.deliveredAt && moving) {
        shipment.estimatedDeliveryAt = core.shippedAt.plusDays(random.between(4, 7));
        if (core.state != OrderState::Delayed)
            shipment.estimatedDeliveryAt = std::max(*shipment.estimatedDeliveryAt, m_now.plusDays(1));
    }
    for (int i = 0; i < core.parcels; ++i)
        shipment.tracking.push_back(makeTracking(core.carrier, random));
    // The number of the picture everybody knows, with the check digit it should have.
    if (core.index == m_pinnedOrder && core.carrier == Carrier::Usps && core.story >= 0) {
        shipment.tracking[0].number = "9400111899223197428497";
        shipment.tracking[0].url = trackingUrl(Carrier::Usps, shipment.tracking[0].number);
    }
    if (core.state != OrderState::Partial && core.parcels > 1 && core.index % 2 == 0) {
        FulfillmentRecord second = shipment; // each parcel a fulfillment of its own
        second.externalId = gid("Fulfillment", kFirstShipmentId, core.index, 1);
        second.name = order.record.name + "-F2";
        second.tracking.assign(shipment.tracking.begin() + 1, shipment.tracking.end());
        shipment.tracking.resize(1);
        order.record.fulfillments.push_back(std::move(shipment));
        order.record.fulfillments.push_back(std::move(second));
        return;
    }
    order.record.fulfillments.push_back(std::move(shipment));
}

void World::addRefunds(WorldOrder& order) const {
    const OrderCore& core = order.core;
    if (core.refunded == 0 || core.state == OrderState::Voided) return;
    Random random = Random::of(m_seed, Purpose::OrderDetail, static_cast<std::uint64_t>(core.index) + (2ULL << 40));
    RefundRecord refund;
    refund.externalId = gid("Refund", kFirstRefundId, core.index, 0);
    refund.createdAt = core.endedAt;
    refund.total = Money(core.refunded, currency());
    if (core.state != OrderState::Cancelled) refund.note = random.pick(kRefundNotes);
    order.record.refunds.push_back(std::move(refund));
}

} // namespace aiva::sandbox
