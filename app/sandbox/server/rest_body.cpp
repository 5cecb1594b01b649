#include "app/sandbox/server/rest_body.h"

#include "app/sandbox/graph/json_text.h"

#include <algorithm>

namespace aiva::sandbox {
namespace {

// One object's members with their commas.
class RestMembers {
public:
    explicit RestMembers(JsonText& out) : m_out(out) { m_out.raw('{'); }
    ~RestMembers() { m_out.raw('}'); }
    RestMembers(const RestMembers&) = delete;
    RestMembers& operator=(const RestMembers&) = delete;

    JsonText& key(std::string_view name) {
        if (m_any) m_out.raw(',');
        m_any = true;
        m_out.text(name);
        m_out.raw(':');
        return m_out;
    }
    void text(std::string_view name, std::string_view value) { key(name).textOrNull(value); }
    void money(std::string_view name, Money value) { key(name).price(value); }
    void time(std::string_view name, const std::optional<UtcTime>& value) { key(name).timeOrNull(value); }
    void number(std::string_view name, std::int64_t value) { key(name).integer(value); }
    // id and admin_graphql_api_id.
    void ids(const std::string& gid) {
        key("id").raw(std::string_view(gid).substr(gid.rfind('/') + 1));
        key("admin_graphql_api_id").text(gid);
    }

private:
    JsonText& m_out;
    bool m_any = false;
};

template <typename List, typename Write>
void restList(JsonText& out, const List& list, Write write) {
    out.raw('[');
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (i > 0) out.raw(',');
        write(list[i]);
    }
    out.raw(']');
}

std::string lowered(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

std::string joinedTags(const std::vector<std::string>& tags) {
    std::string text;
    for (const std::string& tag : tags)
        text += (text.empty() ? "" : ", ") + tag;
    return text;
}

// REST knows fewer words than the API.
std::string restFulfillmentStatus(const std::string& status) {
    if (status == "FULFILLED") return "fulfilled";
    return status == "PARTIALLY_FULFILLED" ? "partial" : std::string();
}

void writeRestAddress(JsonText& out, const Address& address) {
    if (address.country.empty()) return out.null();
    RestMembers members(out);
    members.text("name", address.name);
    members.text("company", address.company);
    members.text("address1", address.street);
    members.text("address2", {});
    members.text("city", address.city);
    members.text("province", address.province);
    members.text("province_code", address.provinceCode);
    members.text("zip", address.zip);
    members.text("country", address.country);
    members.text("country_code", address.countryCode);
    members.text("phone", address.phone);
}

void writeRestItem(JsonText& out, const WorldItem& item) {
    RestMembers members(out);
    const OrderItemRecord& record = item.record;
    members.ids(record.externalId);
    members.text("title", record.title);
    members.text("variant_title", record.variantTitle);
    members.text("sku", record.sku);
    members.number("quantity", record.quantity);
    members.number("current_quantity", record.currentQuantity);
    const std::string& variant = record.variantExternalId;
    if (variant.empty())
        members.key("variant_id").null();
    else
        members.key("variant_id").raw(std::string_view(variant).substr(variant.rfind('/') + 1));
    members.money("price", item.originalUnitPrice);
    const auto less = item.originalUnitPrice.minus(record.unitPrice);
    const auto discount = less ? less->times(record.quantity) : Result<Money>(less.error());
    members.money("total_discount", discount.value_or(Money(0, record.unitPrice.currency())));
}

void writeRestFulfillment(JsonText& out, const FulfillmentRecord& record) {
    RestMembers members(out);
    members.ids(record.externalId);
    members.text("name", record.name);
    members.text("status", lowered(record.status));
    members.text("shipment_status",
                 record.displayStatus == "FULFILLED" ? std::string() : lowered(record.displayStatus));
    members.time("created_at", record.createdAt);
    members.time("updated_at", record.updatedAt);
    members.text("tracking_company", record.tracking.empty() ? std::string() : record.tracking.front().company);
    restList(members.key("tracking_numbers"), record.tracking,
             [&](const TrackingRecord& tracking) { out.text(tracking.number); });
    restList(members.key("tracking_urls"), record.tracking,
             [&](const TrackingRecord& tracking) { out.text(tracking.url); });
}

void writeRestRefund(JsonText& out, const RefundRecord& record) {
    RestMembers members(out);
    members.ids(record.externalId);
    members.time("created_at", record.createdAt);
    members.text("note", record.note);
    members.key("transactions").raw('[');
    {
        RestMembers transaction(out);
        transaction.text("kind", "refund");
        transaction.text("status", "success");
        transaction.money("amount", record.total);
    }
    out.raw(']');
}

void writeRestOrder(JsonText& out, const WorldOrder& order) {
    RestMembers members(out);
    const OrderRecord& r = order.record;
    members.ids(r.externalId);
    members.text("name", r.name);
    members.text("email", r.email);
    members.text("phone", r.phone);
    members.text("note", r.note);
    members.key("tags").text(joinedTags(r.tags));
    members.text("currency", r.currency.code());
    members.text("financial_status", lowered(r.financialStatus));
    members.text("fulfillment_status", restFulfillmentStatus(r.fulfillmentStatus));
    members.text("cancel_reason", lowered(r.cancelReason));
    members.text("order_status_url", r.statusPageUrl);
    members.time("created_at", r.createdAt);
    members.time("updated_at", r.updatedAt);
    members.time("processed_at", r.processedAt);
    members.time("cancelled_at", r.cancelledAt);
    members.time("closed_at", r.closedAt);
    members.money("current_total_price", r.total);
    members.money("current_subtotal_price", r.subtotal);
    members.money("current_total_tax", r.tax);
    members.money("current_total_discounts", r.discounts);
    members.key("total_shipping_price_set").raw("{\"shop_money\":{\"amount\":");
    out.price(r.shipping);
    out.raw("}}");
    if (r.customerExternalId.empty()) {
        members.key("customer").null();
    } else {
        members.key("customer");
        RestMembers(out).ids(r.customerExternalId);
    }
    writeRestAddress(members.key("shipping_address"), order.address);
    restList(members.key("line_items"), order.items, [&](const WorldItem& item) { writeRestItem(out, item); });
    restList(members.key("fulfillments"), r.fulfillments,
             [&](const FulfillmentRecord& one) { writeRestFulfillment(out, one); });
    restList(members.key("refunds"), r.refunds, [&](const RefundRecord& one) { writeRestRefund(out, one); });
}

// As since 2025-01: without tags and totals.
void writeRestCustomer(JsonText& out, const WorldCustomer& customer) {
    RestMembers members(out);
    const CustomerRecord& r = customer.record;
    members.ids(r.externalId);
    members.time("created_at", r.createdAt);
    members.time("updated_at", r.updatedAt);
    members.text("first_name", r.firstName);
    members.text("last_name", r.lastName);
    members.text("email", r.email);
    members.text("phone", r.phone);
    members.text("note", r.note);
    members.text("state", lowered(r.state));
    writeRestAddress(members.key("default_address"), customer.address);
}

void writeRestProduct(JsonText& out, const ProductRecord& record) {
    RestMembers members(out);
    members.ids(record.externalId);
    members.text("title", record.title);
    members.text("handle", record.handle);
    members.text("status", lowered(record.status));
    members.text("vendor", record.vendor);
    members.text("product_type", record.productType);
    members.key("tags").text(joinedTags(record.tags));
    members.time("created_at", record.createdAt);
    members.time("updated_at", record.updatedAt);
    restList(members.key("variants"), record.variants, [&](const VariantRecord& variant) {
        RestMembers own(out);
        own.ids(variant.externalId);
        own.text("title", variant.title);
        own.text("sku", variant.sku);
        own.text("barcode", variant.barcode);
        own.money("price", variant.price);
        own.number("inventory_quantity", variant.inventoryQuantity.value_or(0));
        own.time("updated_at", variant.updatedAt);
    });
}

} // namespace

std::string restBody(const World& world, World::Kind kind, std::int64_t index) {
    JsonText out;
    switch (kind) {
    case World::Kind::Customer:
        writeRestCustomer(out, world.customer(index));
        break;
    case World::Kind::Order:
        writeRestOrder(out, world.order(index));
        break;
    case World::Kind::Product:
        writeRestProduct(out, world.product(static_cast<std::size_t>(index)));
        break;
    }
    return std::move(out.string());
}

} // namespace aiva::sandbox
