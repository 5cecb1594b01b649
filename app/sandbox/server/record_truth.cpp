#include "app/sandbox/server/record_truth.h"

#include <QJsonArray>

#include <algorithm>

namespace aiva::sandbox {
namespace {

// Writes members of one object with their commas.
class Members {
public:
    explicit Members(JsonText& out) : m_out(out) { m_out.raw('{'); }
    ~Members() { m_out.raw('}'); }
    Members(const Members&) = delete;
    Members& operator=(const Members&) = delete;

    JsonText& key(std::string_view name) {
        if (m_any) m_out.raw(',');
        m_any = true;
        m_out.text(name);
        m_out.raw(':');
        return m_out;
    }
    void text(std::string_view name, std::string_view value) { key(name).text(value); }
    void money(std::string_view name, Money value) { key(name).price(value); }
    void time(std::string_view name, UtcTime value) { key(name).time(value); }
    void time(std::string_view name, const std::optional<UtcTime>& value) { key(name).timeOrNull(value); }

private:
    JsonText& m_out;
    bool m_any = false;
};

template <typename List, typename Write>
void writeList(JsonText& out, const List& list, Write write) {
    out.raw('[');
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (i > 0) out.raw(',');
        write(list[i]);
    }
    out.raw(']');
}

void writeCustomer(JsonText& out, const CustomerRecord& record) {
    Members members(out);
    members.text("externalId", record.externalId);
    members.text("displayName", record.displayName);
    members.text("firstName", record.firstName);
    members.text("lastName", record.lastName);
    members.text("email", record.email);
    members.text("phone", record.phone);
    members.text("note", record.note);
    members.text("locale", record.locale);
    members.text("state", record.state);
    members.key("tags").texts(record.tags);
    members.text("addressText", record.addressText);
    members.key("ordersCount").integer(record.ordersCount);
    members.money("amountSpent", record.amountSpent);
    members.text("currency", record.amountSpent.currency().code());
    members.time("createdAt", record.createdAt);
    members.time("updatedAt", record.updatedAt);
}

void writeItem(JsonText& out, const OrderItemRecord& item) {
    Members members(out);
    members.text("externalId", item.externalId);
    members.text("title", item.title);
    members.text("variantTitle", item.variantTitle);
    members.text("sku", item.sku);
    members.text("variantExternalId", item.variantExternalId);
    members.key("quantity").integer(item.quantity);
    members.key("currentQuantity").integer(item.currentQuantity);
    members.money("unitPrice", item.unitPrice);
}

void writeFulfillment(JsonText& out, const FulfillmentRecord& record) {
    Members members(out);
    members.text("externalId", record.externalId);
    members.text("name", record.name);
    members.text("status", record.status);
    members.text("displayStatus", record.displayStatus);
    members.time("createdAt", record.createdAt);
    members.time("updatedAt", record.updatedAt);
    members.time("inTransitAt", record.inTransitAt);
    members.time("deliveredAt", record.deliveredAt);
    members.time("estimatedDeliveryAt", record.estimatedDeliveryAt);
    writeList(members.key("tracking"), record.tracking, [&](const TrackingRecord& tracking) {
        Members parcel(out);
        parcel.text("company", tracking.company);
        parcel.text("number", tracking.number);
        parcel.text("url", tracking.url);
    });
}

void writeOrder(JsonText& out, const OrderRecord& record) {
    Members members(out);
    members.text("externalId", record.externalId);
    members.text("name", record.name);
    members.text("customerExternalId", record.customerExternalId);
    members.text("email", record.email);
    members.text("phone", record.phone);
    members.text("note", record.note);
    members.text("financialStatus", record.financialStatus);
    members.text("fulfillmentStatus", record.fulfillmentStatus);
    members.text("cancelReason", record.cancelReason);
    members.text("statusPageUrl", record.statusPageUrl);
    members.text("shippingAddressText", record.shippingAddressText);
    members.key("tags").texts(record.tags);
    members.text("currency", record.currency.code());
    members.money("total", record.total);
    members.money("subtotal", record.subtotal);
    members.money("tax", record.tax);
    members.money("discounts", record.discounts);
    members.money("shipping", record.shipping);
    members.money("refunded", record.refunded);
    members.time("createdAt", record.createdAt);
    members.time("updatedAt", record.updatedAt);
    members.time("processedAt", record.processedAt);
    members.time("cancelledAt", record.cancelledAt);
    members.time("closedAt", record.closedAt);
    writeList(members.key("items"), record.items, [&](const OrderItemRecord& item) { writeItem(out, item); });
    writeList(members.key("fulfillments"), record.fulfillments,
              [&](const FulfillmentRecord& fulfillment) { writeFulfillment(out, fulfillment); });
    writeList(members.key("refunds"), record.refunds, [&](const RefundRecord& refund) {
        Members members2(out);
        members2.text("externalId", refund.externalId);
        members2.time("createdAt", refund.createdAt);
        members2.money("total", refund.total);
        members2.text("note", refund.note);
    });
}

void writeProduct(JsonText& out, const ProductRecord& record) {
    Members members(out);
    members.text("externalId", record.externalId);
    members.text("title", record.title);
    members.text("handle", record.handle);
    members.text("status", record.status);
    members.text("vendor", record.vendor);
    members.text("productType", record.productType);
    members.key("tags").texts(record.tags);
    members.text("onlineStoreUrl", record.onlineStoreUrl);
    members.time("createdAt", record.createdAt);
    members.time("updatedAt", record.updatedAt);
    writeList(members.key("variants"), record.variants, [&](const VariantRecord& variant) {
        Members own(out);
        own.text("externalId", variant.externalId);
        own.text("title", variant.title);
        own.text("sku", variant.sku);
        own.text("barcode", variant.barcode);
        own.money("price", variant.price);
        own.key("inventoryQuantity").integer(variant.inventoryQuantity.value_or(0));
        own.time("updatedAt", variant.updatedAt);
    });
}

std::int64_t findRecord(const World& world, World::Kind kind, const std::string& name) {
    const SearchTerm term{kind == World::Kind::Order      ? "name"
                          : kind == World::Kind::Customer ? "email"
                                                          : "handle",
                          SearchTerm::Order::Equal, name, false};
    switch (kind) {
    case World::Kind::Order: {
        if (name.starts_with("gid:")) return world.orderIndex(name);
        for (std::int64_t i = 0; i < world.orderCount(); ++i)
            if (matchesOrder(world, i, term)) return i;
        return -1;
    }
    case World::Kind::Customer: {
        if (name.starts_with("gid:")) return world.customerIndex(name);
        for (std::int64_t i = 0; i < world.customerCount(); ++i)
            if (matchesCustomer(world, i, term)) return i;
        return -1;
    }
    case World::Kind::Product:
        return world.catalogue().productIndex(name);
    }
    return -1;
}

} // namespace

std::string truthOf(const GraphContext& context, RecordIndex& index, World::Kind kind, const std::string& query) {
    const World& world = context.world;
    JsonText out;
    out.raw("{\"records\":");
    const auto sorted = index.list(kind, query, "ID");
    writeList(out, *sorted, [&](const RecordIndex::Entry& entry) {
        if (kind == World::Kind::Customer)
            writeCustomer(out, world.customer(entry.index).record);
        else if (kind == World::Kind::Order)
            writeOrder(out, world.order(entry.index).complete());
        else
            writeProduct(out, world.product(static_cast<std::size_t>(entry.index)));
    });
    out.raw('}');
    return std::move(out.string());
}

std::string recordId(const World& world, World::Kind kind, std::int64_t index) {
    switch (kind) {
    case World::Kind::Customer:
        return world.customerGid(index);
    case World::Kind::Order:
        return world.orderGid(index);
    case World::Kind::Product:
        return world.catalogue().products()[static_cast<std::size_t>(index)].externalId;
    }
    return {};
}

std::vector<std::int64_t> chooseRecords(const World& world, World::Kind kind, const QJsonValue& wanted) {
    std::vector<std::int64_t> chosen;
    if (wanted.isDouble()) {
        const std::int64_t size = kind == World::Kind::Customer ? world.customerCount()
                                  : kind == World::Kind::Order
                                      ? world.orderCount()
                                      : static_cast<std::int64_t>(world.catalogue().products().size());
        for (std::int64_t i = 0; i < std::min<std::int64_t>(size, wanted.toInt()); ++i)
            chosen.push_back(kind == World::Kind::Customer ? i : size - 1 - i);
        return chosen;
    }
    const QJsonArray names = wanted.toArray();
    for (const QJsonValue& name : names)
        if (const auto index = findRecord(world, kind, name.toString().toStdString());
            index >= 0 && !world.isGone(kind, index))
            chosen.push_back(index);
    return chosen;
}

} // namespace aiva::sandbox
