#include "core/adapters/store/shopify/child_nodes.h"
#include "core/adapters/store/shopify/record_decoders.h"

#include <algorithm>

namespace aiva {
namespace {

// Codes are upper case in the API; kept as they come otherwise, because the lists grow.
std::string statusText(std::string status) {
    for (char& c : status)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return status;
}

Currency orderCurrency(JsonReader& reader, const DecodeContext& context) {
    const auto parsed = Currency::parse(reader.text("currencyCode"));
    const Currency currency = parsed.value_or(context.shopCurrency);
    if (!currency.isValid()) reader.complain("currencyCode", "missing");
    return currency;
}

void readMoney(JsonReader& reader, OrderRecord& order) {
    order.total = reader.shopMoney("currentTotalPriceSet", order.currency);
    order.subtotal = reader.shopMoney("currentSubtotalPriceSet", order.currency);
    order.tax = reader.shopMoney("currentTotalTaxSet", order.currency);
    order.discounts = reader.shopMoney("currentTotalDiscountsSet", order.currency);
    order.shipping = reader.shopMoney("currentShippingPriceSet", order.currency);
    order.refunded = reader.shopMoney("totalRefundedSet", order.currency);
}

TrackingRecord decodeTracking(JsonObject object, std::string& problem) {
    JsonReader reader(object, problem);
    TrackingRecord tracking;
    tracking.company = reader.text("company");
    tracking.number = reader.text("number");
    tracking.url = reader.text("url");
    return tracking;
}

FulfillmentRecord decodeFulfillment(JsonObject object, const OrderRecord& order, std::string& problem) {
    JsonReader reader(object, problem);
    FulfillmentRecord fulfillment;
    fulfillment.externalId = reader.requiredText("id");
    fulfillment.name = reader.text("name");
    fulfillment.status = statusText(reader.text("status"));
    fulfillment.displayStatus = statusText(reader.text("displayStatus"));
    fulfillment.createdAt = reader.time("createdAt").value_or(order.createdAt);
    fulfillment.updatedAt = reader.time("updatedAt").value_or(order.updatedAt);
    fulfillment.inTransitAt = reader.time("inTransitAt");
    fulfillment.deliveredAt = reader.time("deliveredAt");
    fulfillment.estimatedDeliveryAt = reader.time("estimatedDeliveryAt");
    if (const auto list = reader.array("trackingInfo"))
        for (const JsonElement element : *list)
            if (const auto tracking = asObject(element))
                fulfillment.tracking.push_back(decodeTracking(*tracking, problem));
    return fulfillment;
}

RefundRecord decodeRefund(JsonObject object, const OrderRecord& order, std::string& problem) {
    JsonReader reader(object, problem);
    RefundRecord refund;
    refund.externalId = reader.requiredText("id");
    // Null in the API for a refund that is not settled; the change that brought it is the best time known.
    refund.createdAt = reader.time("createdAt").value_or(order.updatedAt);
    refund.note = reader.text("note");
    refund.total = reader.shopMoney("totalRefundedSet", order.currency);
    return refund;
}

void readLists(JsonReader& reader, OrderRecord& order, std::string& problem) {
    if (const auto list = reader.array("fulfillments"))
        for (const JsonElement element : *list)
            if (const auto fulfillment = asObject(element))
                order.fulfillments.push_back(decodeFulfillment(*fulfillment, order, problem));
    if (const auto list = reader.array("refunds"))
        for (const JsonElement element : *list)
            if (const auto refund = asObject(element)) order.refunds.push_back(decodeRefund(*refund, order, problem));
}

void readFacts(JsonReader& reader, OrderRecord& order) {
    order.externalId = reader.requiredText("id");
    order.name = reader.text("name");
    order.email = reader.text("email");
    order.phone = reader.text("phone");
    order.note = reader.text("note");
    order.tags = reader.texts("tags");
}

void readStates(JsonReader& reader, OrderRecord& order) {
    order.financialStatus = statusText(reader.text("displayFinancialStatus"));
    order.fulfillmentStatus = statusText(reader.text("displayFulfillmentStatus"));
    order.cancelReason = statusText(reader.text("cancelReason"));
    order.statusPageUrl = reader.text("statusPageUrl");
    order.createdAt = reader.requiredTime("createdAt");
    order.updatedAt = reader.requiredTime("updatedAt");
    order.processedAt = reader.time("processedAt");
    order.cancelledAt = reader.time("cancelledAt");
    order.closedAt = reader.time("closedAt");
}

} // namespace

std::string nextCursor(JsonObject connection) {
    std::string ignored;
    const auto info = JsonReader(connection, ignored).object("pageInfo");
    if (!info) return {};
    JsonReader reader(*info, ignored);
    return reader.isTrue("hasNextPage") ? reader.text("endCursor") : std::string();
}

Decoded<OrderItemRecord> decodeOrderItem(JsonObject object, const DecodeContext& context) {
    std::string problem;
    JsonReader reader(object, problem);
    OrderItemRecord item;
    item.externalId = reader.requiredText("id");
    item.title = reader.text("title");
    item.variantTitle = reader.text("variantTitle");
    item.sku = reader.text("sku");
    item.quantity = reader.integer("quantity").value_or(0);
    item.currentQuantity = reader.integer("currentQuantity").value_or(item.quantity);
    if (const auto variant = reader.object("variant"))
        item.variantExternalId = JsonReader(*variant, problem).text("id");
    item.unitPrice = reader.shopMoney("discountedUnitPriceSet", context.shopCurrency);
    if (!problem.empty()) return RecordFault{"orders", item.externalId, problem};
    return item;
}

bool appendItems(JsonObject connection, const DecodeContext& context, std::vector<OrderItemRecord>& items,
                 ChildCursor& next, std::string& problem) {
    const auto decode = [&](JsonObject node) { return decodeOrderItem(node, context); };
    return appendChildNodes(connection, "lineItems", decode, items, next, problem);
}

Decoded<OrderRecord> decodeOrder(JsonObject object, const DecodeContext& context, ChildCursor& items) {
    std::string problem;
    JsonReader reader(object, problem);
    OrderRecord order;
    readFacts(reader, order);
    order.currency = orderCurrency(reader, context);
    readStates(reader, order);
    if (const auto customer = reader.object("customer"))
        order.customerExternalId = JsonReader(*customer, problem).text("id");
    order.shippingAddressText = addressText(reader.object("shippingAddress"));
    if (!reader.find("currentTotalPriceSet")) reader.complain("currentTotalPriceSet", "missing");
    readMoney(reader, order);
    readLists(reader, order, problem);
    if (const auto lines = reader.object("lineItems"))
        appendItems(*lines, DecodeContext{order.currency}, order.items, items, problem);
    if (!problem.empty()) return RecordFault{"orders", order.externalId, problem};
    return order;
}

} // namespace aiva
