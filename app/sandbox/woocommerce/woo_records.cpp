#include "app/sandbox/woocommerce/woo_records.h"

#include "app/sandbox/woocommerce/woo_members.h"

#include <algorithm>

namespace aiva::sandbox {
namespace {

constexpr std::int64_t kFirstWooCustomer = 100;
constexpr std::int64_t kFirstWooOrder = 5'000;
constexpr std::int64_t kFirstWooProduct = 20'000;
constexpr std::int64_t kProductStep = 100;

std::int64_t indexWithin(std::int64_t id, std::int64_t first, std::int64_t count) {
    const std::int64_t index = id - first;
    return index >= 0 && index < count ? index : -1;
}

std::int64_t productCount(const World& world) {
    return static_cast<std::int64_t>(world.catalogue().products().size());
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
        writeWooAddress(out, address, record.firstName, record.lastName, &record.email);
    }
    if (members.wants("shipping")) {
        members.key("shipping");
        writeWooAddress(out, customer.address, record.firstName, record.lastName, nullptr);
    }
    members.boolean("is_paying_customer", record.ordersCount > 0);
    if (version == CustomerVersion::V2) {
        members.integer("orders_count", record.ordersCount);
        members.money("total_spent", record.amountSpent);
    }
    if (members.wants("meta_data")) members.key("meta_data").raw("[]");
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
