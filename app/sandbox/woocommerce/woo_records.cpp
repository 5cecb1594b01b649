#include "app/sandbox/woocommerce/woo_records.h"

#include "app/sandbox/woocommerce/woo_members.h"

#include <algorithm>

namespace aiva::sandbox {
namespace {

constexpr std::int64_t kFirstWooCustomer = 100;
constexpr std::int64_t kFirstWooOrder = 5'000;
constexpr std::int64_t kFirstWooProduct = 20'000;
constexpr std::int64_t kProductStep = 100;
constexpr std::int64_t kFirstWooRefund = 40'000'000;
constexpr std::int64_t kLinesPerOrder = 512;

std::int64_t indexWithin(std::int64_t id, std::int64_t first, std::int64_t count) {
    const std::int64_t index = id - first;
    return index >= 0 && index < count ? index : -1;
}

std::int64_t productCount(const World& world) {
    return static_cast<std::int64_t>(world.catalogue().products().size());
}

void writeAddress(JsonText& out, const Address& address, const std::string& first, const std::string& last,
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
        writeAddress(out, billing, first, last, &order.record.email);
    }
    if (members.wants("shipping")) {
        members.key("shipping");
        const bool isShipped = order.core.state != OrderState::Digital;
        writeAddress(out, isShipped ? order.address : Address(), isShipped ? first : "", isShipped ? last : "",
                     nullptr);
    }
}

void writeNames(JsonText& out, WooMembers& members, std::string_view key, const std::vector<std::string>& names) {
    if (!members.wants(key)) return;
    writeWooList(members.key(key), names, [&](const std::string& name) {
        WooMembers one(out);
        one.text("name", name);
    });
}

void writeStock(WooMembers& members, const VariantRecord& variant) {
    members.text("sku", variant.sku);
    members.text("global_unique_id", variant.barcode);
    members.money("price", variant.price);
    members.boolean("manage_stock", variant.inventoryQuantity.has_value());
    if (variant.inventoryQuantity)
        members.integer("stock_quantity", *variant.inventoryQuantity);
    else
        members.null("stock_quantity");
}

} // namespace

std::int64_t wooCustomerId(std::int64_t index) {
    return kFirstWooCustomer + index;
}
std::int64_t wooOrderId(std::int64_t index) {
    return kFirstWooOrder + index;
}
std::int64_t wooProductId(std::int64_t index) {
    return kFirstWooProduct + index * kProductStep;
}
std::int64_t wooCustomerIndex(const World& world, std::int64_t id) {
    return indexWithin(id, kFirstWooCustomer, world.customerCount());
}
std::int64_t wooOrderIndex(const World& world, std::int64_t id) {
    return indexWithin(id, kFirstWooOrder, world.orderCount());
}
std::int64_t wooProductIndex(const World& world, std::int64_t id) {
    if (id < kFirstWooProduct || (id - kFirstWooProduct) % kProductStep != 0) return -1;
    return indexWithin((id - kFirstWooProduct) / kProductStep, 0, productCount(world));
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

void writeWooCustomer(JsonText& out, const WorldCustomer& customer, CustomerVersion version,
                      const WantedFields& wanted) {
    const CustomerRecord& record = customer.record;
    Address address = customer.address;
    if (!record.phone.empty()) address.phone = record.phone;
    WooMembers members(out, &wanted);
    members.integer("id", wooCustomerId(customer.index));
    members.times("date_created", record.createdAt);
    members.times("date_modified", record.updatedAt);
    members.text("email", record.email);
    members.text("first_name", record.firstName);
    members.text("last_name", record.lastName);
    const bool isWholesale = std::find(record.tags.begin(), record.tags.end(), "wholesale") != record.tags.end();
    members.text("role", isWholesale ? "wholesale_customer" : "customer");
    members.text("username", record.email.substr(0, record.email.find('@')));
    if (members.wants("billing")) {
        members.key("billing");
        writeAddress(out, address, record.firstName, record.lastName, &record.email);
    }
    if (members.wants("shipping")) {
        members.key("shipping");
        writeAddress(out, customer.address, record.firstName, record.lastName, nullptr);
    }
    members.boolean("is_paying_customer", record.ordersCount > 0);
    if (version == CustomerVersion::V2) {
        members.integer("orders_count", record.ordersCount);
        members.money("total_spent", record.amountSpent);
    }
    if (members.wants("meta_data")) members.key("meta_data").raw("[]");
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

void writeWooProduct(JsonText& out, const World& world, std::int64_t index, const WantedFields& wanted) {
    const ProductRecord product = world.product(static_cast<std::size_t>(index));
    const bool isVariable = product.variants.size() > 1;
    WooMembers members(out, &wanted);
    members.integer("id", wooProductId(index));
    members.text("name", product.title);
    members.text("slug", product.handle);
    members.text("permalink", "https://acme-outdoor.example/product/" + product.handle + "/");
    members.times("date_created", product.createdAt);
    members.times("date_modified", product.updatedAt);
    members.text("type", isVariable ? "variable" : "simple");
    members.text("status", product.status == "ACTIVE" ? "publish" : product.status == "ARCHIVED" ? "private" : "draft");
    if (isVariable) {
        members.text("sku", "");
        members.money("price", product.variants.front().price);
        members.null("stock_quantity");
    } else {
        writeStock(members, product.variants.front());
    }
    writeNames(out, members, "categories", {product.productType});
    writeNames(out, members, "tags", product.tags);
    writeNames(out, members, "brands", {product.vendor});
    if (!members.wants("variations")) return;
    members.key("variations").raw('[');
    for (std::size_t i = 0; isVariable && i < product.variants.size(); ++i) {
        if (i > 0) out.raw(',');
        out.integer(wooProductId(index) + 1 + static_cast<std::int64_t>(i));
    }
    out.raw(']');
}

void writeWooVariations(JsonText& out, const World& world, std::int64_t index, std::size_t from, std::size_t count) {
    const ProductRecord product = world.product(static_cast<std::size_t>(index));
    out.raw('[');
    for (std::size_t i = from; i < std::min(product.variants.size(), from + count); ++i) {
        if (i > from) out.raw(',');
        const VariantRecord& variant = product.variants[i];
        WooMembers members(out);
        members.integer("id", wooProductId(index) + 1 + static_cast<std::int64_t>(i));
        members.times("date_modified", variant.updatedAt);
        writeStock(members, variant);
        members.key("attributes").raw("[{\"id\":1,\"name\":\"Option\",\"option\":");
        out.text(variant.title);
        out.raw("}]");
    }
    out.raw(']');
}

} // namespace aiva::sandbox
