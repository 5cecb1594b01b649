// The order among rest_records.
#include "core/adapters/store/shopify/rest_fields.h"
#include "core/adapters/store/shopify/rest_records.h"

#include <algorithm>

namespace aiva {
namespace {

// {shop_money:{amount}}; absent when there is none.
std::optional<Money> restShopMoney(JsonReader& reader, std::string_view key, Currency currency, std::string& problem) {
    const auto bag = reader.object(key);
    const auto money = bag ? JsonReader(*bag, problem).object("shop_money") : std::nullopt;
    if (!money) return std::nullopt;
    return JsonReader(*money, problem).decimal("amount", currency);
}

Money refundedIn(JsonObject refund, Currency currency, std::string& problem) {
    Money total(0, currency);
    const auto transactions = JsonReader(refund, problem).array("transactions");
    if (!transactions) return total;
    for (const JsonElement element : *transactions) {
        const auto object = asObject(element);
        if (!object) continue;
        JsonReader reader(*object, problem);
        const bool isPaidBack = reader.text("kind") == "refund" && reader.text("status") == "success";
        if (isPaidBack) total = total.plus(reader.decimal("amount", currency)).value_or(total);
    }
    return total;
}

OrderItemRecord restItem(JsonObject object, Currency currency, std::string& problem) {
    OrderItemRecord item;
    item.externalId = restGid(object, "LineItem");
    JsonReader reader(object, problem);
    if (item.externalId.empty()) reader.complain("line_items", "an item without an id");
    item.title = reader.text("title");
    item.variantTitle = reader.text("variant_title");
    item.sku = reader.text("sku");
    item.quantity = reader.integer("quantity").value_or(0);
    item.currentQuantity = reader.integer("current_quantity").value_or(item.quantity);
    item.variantExternalId = restGidOf(object, "variant_id", "ProductVariant");
    item.unitPrice = reader.decimal("price", currency);
    const Money discount = reader.decimal("total_discount", currency);
    if (item.quantity > 0 && !discount.isZero())
        if (const auto share = discount.dividedBy(item.quantity))
            item.unitPrice = item.unitPrice.minus(*share).value_or(item.unitPrice);
    return item;
}

std::string displayStatusOf(const std::string& shipment, const std::string& status) {
    if (!shipment.empty()) return restWord(shipment);
    if (status == "success") return "FULFILLED";
    return status == "cancelled" ? "CANCELED" : std::string();
}

FulfillmentRecord restFulfillment(JsonObject object, const OrderRecord& order, std::string& problem) {
    FulfillmentRecord fulfillment;
    fulfillment.externalId = restGid(object, "Fulfillment");
    JsonReader reader(object, problem);
    if (fulfillment.externalId.empty()) reader.complain("fulfillments", "one without an id");
    fulfillment.name = reader.text("name");
    const std::string status = reader.text("status");
    fulfillment.status = restWord(status);
    fulfillment.displayStatus = displayStatusOf(reader.text("shipment_status"), status);
    fulfillment.createdAt = reader.time("created_at").value_or(order.createdAt);
    fulfillment.updatedAt = reader.time("updated_at").value_or(order.updatedAt);
    const std::string company = reader.text("tracking_company");
    const auto numbers = reader.texts("tracking_numbers");
    const auto urls = reader.texts("tracking_urls");
    for (size_t i = 0; i < std::max(numbers.size(), urls.size()); ++i)
        fulfillment.tracking.push_back(
            {company, i < numbers.size() ? numbers[i] : std::string(), i < urls.size() ? urls[i] : std::string()});
    return fulfillment;
}

void readRestLists(JsonReader& reader, OrderRecord& order, std::string& problem) {
    const auto each = [&reader](std::string_view key, auto take) {
        if (const auto list = reader.array(key))
            for (const JsonElement element : *list)
                if (const auto object = asObject(element)) take(*object);
    };
    each("fulfillments", [&](JsonObject one) { order.fulfillments.push_back(restFulfillment(one, order, problem)); });
    each("line_items", [&](JsonObject one) { order.items.push_back(restItem(one, order.currency, problem)); });
    each("refunds", [&](JsonObject one) {
        RefundRecord refund;
        refund.externalId = restGid(one, "Refund");
        JsonReader fields(one, problem);
        if (refund.externalId.empty()) fields.complain("refunds", "one without an id");
        refund.createdAt = fields.time("created_at").value_or(order.updatedAt);
        refund.note = fields.text("note");
        refund.total = refundedIn(one, order.currency, problem);
        order.refunded = order.refunded.plus(refund.total).value_or(order.refunded);
        order.refunds.push_back(std::move(refund));
    });
}

std::string fulfillmentStatusOf(const std::string& word) {
    if (word.empty()) return "UNFULFILLED";
    return word == "partial" ? "PARTIALLY_FULFILLED" : restWord(word);
}

void readRestMoney(JsonReader& reader, OrderRecord& order, std::string& problem) {
    if (!reader.find("current_total_price")) reader.complain("current_total_price", "missing");
    order.total = reader.decimal("current_total_price", order.currency);
    order.subtotal = reader.decimal("current_subtotal_price", order.currency);
    order.tax = reader.decimal("current_total_tax", order.currency);
    order.discounts = reader.decimal("current_total_discounts", order.currency);
    const auto shipping = restShopMoney(reader, "current_shipping_price_set", order.currency, problem);
    order.shipping = shipping ? *shipping
                              : restShopMoney(reader, "total_shipping_price_set", order.currency, problem)
                                    .value_or(Money(0, order.currency));
    order.refunded = Money(0, order.currency);
}

void readRestFacts(JsonReader& reader, OrderRecord& order) {
    order.name = reader.text("name");
    order.email = reader.text("email");
    if (order.email.empty()) order.email = reader.text("contact_email");
    order.phone = reader.text("phone");
    order.note = reader.text("note");
    order.tags = restTags(reader.text("tags"));
    order.financialStatus = restWord(reader.text("financial_status"));
    order.fulfillmentStatus = fulfillmentStatusOf(reader.text("fulfillment_status"));
    order.cancelReason = restWord(reader.text("cancel_reason"));
    order.statusPageUrl = reader.text("order_status_url");
    order.createdAt = reader.requiredTime("created_at");
    order.updatedAt = reader.requiredTime("updated_at");
    order.processedAt = reader.time("processed_at");
    order.cancelledAt = reader.time("cancelled_at");
    order.closedAt = reader.time("closed_at");
}

} // namespace

Decoded<OrderRecord> decodeRestOrder(JsonObject object, const DecodeContext& context) {
    std::string problem;
    JsonReader reader(object, problem);
    OrderRecord order;
    order.externalId = restGid(object, "Order");
    if (order.externalId.empty()) reader.complain("id", "missing");
    order.currency = Currency::parse(reader.text("currency")).value_or(context.shopCurrency);
    if (!order.currency.isValid()) reader.complain("currency", "missing");
    readRestFacts(reader, order);
    readRestMoney(reader, order, problem);
    order.customerExternalId = restGidOf(object, "customer", "Customer");
    order.shippingAddressText = restAddress(reader.object("shipping_address"));
    readRestLists(reader, order, problem);
    if (!problem.empty()) return RecordFault{"orders", order.externalId, problem};
    return order;
}

} // namespace aiva
