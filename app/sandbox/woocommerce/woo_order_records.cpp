// The part of woo_records that writes orders and what hangs on them.
#include "app/sandbox/woocommerce/woo_members.h"
#include "app/sandbox/woocommerce/woo_records.h"

#include <algorithm>

namespace aiva::sandbox {
namespace {

constexpr std::int64_t kFirstWooRefund = 40'000'000;
constexpr std::int64_t kLinesPerOrder = 512;

// "Chloé Dubois" in the two fields a shop asks for.
std::pair<std::string, std::string> namesOf(const std::string& name) {
    const auto blank = name.rfind(' ');
    if (blank == std::string::npos) return {name, std::string()};
    return {name.substr(0, blank), name.substr(blank + 1)};
}

std::int64_t lineId(const WorldOrder& order, std::size_t line) {
    return order.core.index * kLinesPerOrder + static_cast<std::int64_t>(line) + 1;
}

// Product and variation a line is about, 0 when there is none.
struct LineIds {
    std::int64_t product = 0;
    std::int64_t variation = 0;
};

LineIds idsOfLine(const World& world, const WorldItem& item) {
    LineIds ids;
    const int product = world.catalogue().productIndex(item.productExternalId);
    if (product < 0) return ids;
    ids.product = wooProductId(product);
    const auto& variants = world.catalogue().products()[static_cast<std::size_t>(product)].variants;
    if (variants.size() < 2) return ids;
    for (std::size_t i = 0; i < variants.size(); ++i)
        if (variants[i].externalId == item.record.variantExternalId)
            ids.variation = ids.product + 1 + static_cast<std::int64_t>(i);
    return ids;
}

void writeLine(JsonText& out, const World& world, const WorldOrder& order, std::size_t at) {
    const WorldItem& item = order.items[at];
    const LineIds ids = idsOfLine(world, item);
    const bool hasVariant = !item.record.variantTitle.empty();
    WooMembers members(out);
    members.integer("id", lineId(order, at));
    members.text("name", hasVariant ? item.record.title + " - " + item.record.variantTitle : item.record.title);
    members.integer("product_id", ids.product);
    members.integer("variation_id", ids.variation);
    members.integer("quantity", item.record.quantity);
    members.money("subtotal", item.originalUnitPrice.times(item.record.quantity).value_or(item.originalUnitPrice));
    members.money("total", item.record.unitPrice.times(item.record.quantity).value_or(item.record.unitPrice));
    members.money("total_tax", Money(0, item.record.unitPrice.currency()));
    members.text("sku", item.record.sku);
    if (hasVariant)
        members.text("parent_name", item.record.title);
    else
        members.null("parent_name");
    members.key("meta_data").raw("[]");
}

// As Advanced Shipment Tracking keeps a parcel.
void writeParcel(JsonText& out, const FulfillmentRecord& shipment, const TrackingRecord& parcel, std::size_t at) {
    std::string slug = parcel.company;
    std::transform(slug.begin(), slug.end(), slug.begin(),
                   [](unsigned char c) { return c == ' ' ? '-' : static_cast<char>(std::tolower(c)); });
    WooMembers members(out);
    members.text("tracking_provider", slug);
    members.text("custom_tracking_provider", "");
    members.text("formatted_tracking_provider", parcel.company);
    members.text("custom_tracking_link", "");
    members.text("ast_tracking_link", parcel.url);
    members.text("tracking_number", parcel.number);
    members.text("date_shipped", std::to_string(shipment.createdAt.ms() / 1000));
    members.text("tracking_id", "t" + std::to_string(at));
}

void writeMeta(JsonText& out, const WorldOrder& order) {
    std::vector<std::pair<const FulfillmentRecord*, const TrackingRecord*>> parcels;
    for (const FulfillmentRecord& shipment : order.record.fulfillments)
        for (const TrackingRecord& parcel : shipment.tracking)
            parcels.emplace_back(&shipment, &parcel);
    out.raw("[{\"id\":1,\"key\":\"is_vat_exempt\",\"value\":\"no\"}");
    if (!parcels.empty()) {
        out.raw(",{\"id\":2,\"key\":\"_wc_shipment_tracking_items\",\"value\":");
        std::size_t at = 0;
        writeWooList(out, parcels, [&](const auto& one) { writeParcel(out, *one.first, *one.second, ++at); });
        out.raw('}');
    }
    out.raw(']');
}

void writeRefundOutlines(JsonText& out, const WorldOrder& order) {
    writeWooList(out, order.record.refunds, [&](const RefundRecord& refund) {
        WooMembers members(out);
        members.integer("id", kFirstWooRefund + order.core.index);
        members.text("reason", refund.note);
        members.money("total", Money(-refund.total.minor(), refund.total.currency()));
    });
}

bool isPaid(OrderState state) {
    return countsAsSpent(state) || state == OrderState::Cancelled;
}

void writeMoney(WooMembers& members, const WorldOrder& order) {
    const OrderCore& core = order.core;
    const Currency currency = order.record.currency;
    members.money("discount_total", order.totalDiscounts);
    members.money("discount_tax", Money(0, currency));
    members.money("shipping_total", Money(core.shipping, currency));
    members.money("shipping_tax", Money(0, currency));
    members.money("total", order.originalTotal);
    members.money("total_tax", Money(core.tax, currency));
    members.boolean("prices_include_tax", false);
}

void writePeople(JsonText& out, WooMembers& members, const WorldOrder& order) {
    const auto [first, last] = namesOf(order.address.name);
    members.integer("customer_id", order.core.customer < 0 ? 0 : wooCustomerId(order.core.customer));
    members.text("customer_note", order.record.note);
    Address billing = order.address;
    if (!order.record.phone.empty()) billing.phone = order.record.phone;
    if (members.wants("billing")) {
        members.key("billing");
        writeWooAddress(out, billing, first, last, &order.record.email);
    }
    if (members.wants("shipping")) {
        members.key("shipping");
        const bool isShipped = order.core.state != OrderState::Digital;
        writeWooAddress(out, isShipped ? order.address : Address(), isShipped ? first : "", isShipped ? last : "",
                        nullptr);
    }
}

} // namespace

void writeWooAddress(JsonText& out, const Address& address, const std::string& first, const std::string& last,
                     const std::string* email) {
    WooMembers members(out);
    members.text("first_name", first);
    members.text("last_name", last);
    members.text("company", address.company);
    members.text("address_1", address.street);
    members.text("address_2", "");
    members.text("city", address.city);
    members.text("state", address.provinceCode);
    members.text("postcode", address.zip);
    members.text("country", address.countryCode);
    if (email) members.text("email", *email);
    members.text("phone", address.phone);
}

std::string_view wooStatus(OrderState state) {
    switch (state) {
    case OrderState::PaymentPending:
    case OrderState::PartiallyPaid:
        return "pending";
    case OrderState::Authorized:
    case OrderState::OnHold:
        return "on-hold";
    case OrderState::Unfulfilled:
    case OrderState::Scheduled:
    case OrderState::InProgress:
        return "processing";
    case OrderState::Partial:
        return "partial-shipped"; // of the tracking plug-in
    case OrderState::Cancelled:
        return "cancelled";
    case OrderState::Refunded:
        return "refunded";
    case OrderState::Voided:
    case OrderState::Expired:
        return "failed";
    default:
        return "completed";
    }
}

void writeWooOrder(JsonText& out, const World& world, const WorldOrder& order, const WantedFields& wanted) {
    const OrderRecord& record = order.record;
    const OrderState state = order.core.state;
    const bool isOver = wooStatus(state) == "completed" || state == OrderState::Refunded;
    WooMembers members(out, &wanted);
    members.integer("id", wooOrderId(order.core.index));
    members.integer("parent_id", 0);
    members.text("number", record.name.substr(1));
    members.text("status", wooStatus(state));
    members.text("currency", record.currency.code());
    members.times("date_created", record.createdAt);
    members.times("date_modified", record.updatedAt);
    members.times("date_paid", isPaid(state) ? std::optional(record.createdAt.plusSeconds(30)) : std::nullopt);
    const UtcTime shipped = order.core.shippedAt.ms() > 0 ? order.core.shippedAt : record.createdAt.plusSeconds(60);
    members.times("date_completed", isOver ? std::optional(shipped) : std::nullopt);
    writeMoney(members, order);
    writePeople(out, members, order);
    members.text("payment_method", "stripe");
    if (members.wants("line_items")) {
        members.key("line_items").raw('[');
        for (std::size_t i = 0; i < order.items.size(); ++i) {
            if (i > 0) out.raw(',');
            writeLine(out, world, order, i);
        }
        out.raw(']');
    }
    if (members.wants("refunds")) {
        members.key("refunds");
        writeRefundOutlines(out, order);
    }
    if (members.wants("meta_data")) {
        members.key("meta_data");
        writeMeta(out, order);
    }
}

void writeWooRefunds(JsonText& out, const WorldOrder& order) {
    writeWooList(out, order.record.refunds, [&](const RefundRecord& refund) {
        WooMembers members(out);
        members.integer("id", kFirstWooRefund + order.core.index);
        members.times("date_created", refund.createdAt);
        members.money("amount", refund.total);
        members.text("reason", refund.note);
        members.key("line_items").raw('[');
        bool isFirst = true;
        for (std::size_t i = 0; i < order.items.size(); ++i) {
            const OrderItemRecord& item = order.items[i].record;
            if (item.currentQuantity == item.quantity) continue;
            if (!isFirst) out.raw(',');
            isFirst = false;
            WooMembers line(out);
            line.integer("id", kFirstWooRefund + lineId(order, i));
            line.integer("quantity", item.currentQuantity - item.quantity);
            line.key("meta_data").raw("[{\"id\":3,\"key\":\"_refunded_item_id\",\"value\":\"");
            out.integer(lineId(order, i));
            out.raw("\"}]");
        }
        out.raw(']');
    });
}

} // namespace aiva::sandbox
