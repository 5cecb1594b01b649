#include "core/adapters/store/woocommerce/html_text.h"
#include "core/adapters/store/woocommerce/shipment_items.h"
#include "core/adapters/store/woocommerce/woo_decoders.h"

#include <algorithm>
#include <cmath>

namespace aiva {
namespace {

std::string upperStatus(std::string status) {
    for (char& c : status)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return status;
}

bool isOneOf(const std::string& status, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), status) != words.end();
}

// WooCommerce's own; plug-ins add theirs.
bool isCoreStatus(const std::string& status) {
    return isOneOf(status, {"pending", "processing", "on-hold", "completed", "cancelled", "refunded", "failed"});
}

struct PaymentFacts {
    std::string status;
    std::string method;
    std::optional<UtcTime> paidAt;
};

// WooCommerce's one word, where money is concerned. It says nothing of partial refunds, and "processing" for an order
// that is paid at the door.
std::string financialWord(const PaymentFacts& facts, const OrderRecord& order) {
    const bool isRefunded = order.refunded.minor() > 0;
    if (facts.status != "refunded" && isRefunded)
        return order.refunded.minor() < order.total.minor() ? "PARTIALLY_REFUNDED" : "REFUNDED";
    const bool paysLater = facts.status == "processing" && facts.method == "cod" && !facts.paidAt;
    if (paysLater) return "PENDING";
    if (isCoreStatus(facts.status)) return upperStatus(facts.status);
    return facts.paidAt ? "PAID" : "PENDING";
}

// WooCommerce knows no shipping: "completed" is what shops set when the parcel has left, and plug-ins have words of
// their own. What is none of these is kept as the shop says it.
std::string fulfillmentWord(const std::string& status, bool hasParcel) {
    if (isOneOf(status, {"completed", "shipped", "delivered", "fulfilled", "in-transit", "updated-tracking"}))
        return "FULFILLED";
    if (isOneOf(status, {"partial-shipped", "partially-shipped", "partial-shipment", "partial-completed"}))
        return "PARTIALLY_FULFILLED";
    if (hasParcel) return "FULFILLED";
    if (status == "on-hold") return "ON_HOLD";
    return isCoreStatus(status) ? "UNFULFILLED" : upperStatus(status);
}

Money sumOf(const Money& a, const Money& b) {
    return a.plus(b).value_or(a);
}

Money magnitude(const Money& money) {
    return money.minor() < 0 ? Money(-money.minor(), money.currency()) : money;
}

// A line's name is "T-Shirt - Large, Red"; what stands behind the product's own name is the variation.
void readTitles(JsonReader& reader, JsonObject object, OrderItemRecord& item) {
    std::string ignored;
    const std::string name = plainText(reader.text("name"));
    const std::string parent = plainText(JsonReader(object, ignored).text("parent_name"));
    item.title = parent.empty() ? name : parent;
    const std::string lead = parent + " - ";
    if (!parent.empty() && name.size() > lead.size() && name.starts_with(lead))
        item.variantTitle = name.substr(lead.size());
}

// The attributes a customer chose, where the name does not hold them.
void readAttributes(JsonReader& reader, OrderItemRecord& item) {
    const auto meta = reader.array("meta_data");
    if (!meta || !item.variantTitle.empty()) return;
    for (const JsonElement element : *meta) {
        const auto entry = asObject(element);
        if (!entry) continue;
        std::string ignored;
        JsonReader fields(*entry, ignored);
        const std::string key = fields.text("key");
        const std::string value = plainText(fields.text("display_value"));
        if (key.empty() || key[0] == '_' || value.empty()) continue;
        if (!item.variantTitle.empty()) item.variantTitle += ", ";
        item.variantTitle += value;
    }
}

// Plug-ins sell by length and weight: two and a half metres are one piece, which costs what they cost.
void readQuantity(JsonReader& reader, OrderItemRecord& item) {
    if (const auto count = reader.integer("quantity")) {
        item.quantity = *count;
    } else if (const auto element = reader.find("quantity")) {
        std::string_view said;
        const std::string text =
            element->get(said) == simdjson::SUCCESS ? std::string(said) : std::string(simdjson::minify(*element));
        const double measure = QByteArray::fromStdString(text).toDouble();
        const bool isCount = measure >= 0 && measure < 1e9 && std::floor(measure) == measure;
        item.quantity = isCount ? static_cast<qint64>(measure) : measure > 0 ? 1 : 0;
        if (!isCount && measure > 0) item.variantTitle += (item.variantTitle.empty() ? "\u00D7 " : " \u00D7 ") + text;
    }
    item.currentQuantity = item.quantity;
}

struct LineSums {
    bool taxIncluded = false; // prices as customers see them hold the tax
    Money subtotal;
};

OrderItemRecord decodeLine(JsonObject object, const OrderRecord& order, LineSums& sums, std::string& problem) {
    JsonReader reader(object, problem);
    OrderItemRecord item;
    item.externalId = reader.requiredText("id");
    readTitles(reader, object, item);
    const std::string product = wooId(reader, "product_id");
    const std::string variation = wooId(reader, "variation_id");
    item.variantExternalId = variation.empty() ? product : variation;
    if (!variation.empty()) readAttributes(reader, item);
    readQuantity(reader, item);
    Money total = wooAmount(reader, "total", order.currency);
    const Money tax = wooAmount(reader, "total_tax", order.currency);
    if (sums.taxIncluded) total = sumOf(total, tax);
    item.sku = reader.text("sku");
    // `price` is a number with every digit PHP has; the total is what was charged.
    item.unitPrice = total.dividedBy(std::max<qint64>(1, item.quantity)).value_or(total);
    sums.subtotal = sumOf(sums.subtotal, total);
    return item;
}

void readLines(JsonReader& reader, OrderRecord& order, LineSums& sums, std::string& problem) {
    if (const auto lines = reader.array("line_items"))
        for (const JsonElement element : *lines)
            if (const auto line = asObject(element)) order.items.push_back(decodeLine(*line, order, sums, problem));
}

// {"id","reason","total":"-10.00"}: no time, the order's last change is the best known.
void readRefundOutlines(JsonReader& reader, OrderRecord& order, std::string& problem) {
    const auto list = reader.array("refunds");
    if (!list) return;
    for (const JsonElement element : *list) {
        const auto object = asObject(element);
        if (!object) continue;
        JsonReader fields(*object, problem);
        RefundRecord refund;
        refund.externalId = fields.requiredText("id");
        refund.note = plainText(fields.text("reason"));
        refund.total = magnitude(wooAmount(fields, "total", order.currency));
        refund.createdAt = order.updatedAt;
        order.refunded = sumOf(order.refunded, refund.total);
        order.refunds.push_back(std::move(refund));
    }
}

void readPeople(JsonReader& reader, OrderRecord& order) {
    order.customerExternalId = wooId(reader, "customer_id");
    order.note = plainText(reader.text("customer_note"));
    const WooAddress billing = readWooAddress(reader.object("billing"));
    const WooAddress shipping = readWooAddress(reader.object("shipping"));
    order.email = billing.email;
    order.phone = billing.phone.empty() ? shipping.phone : billing.phone;
    // Nothing is sent to a billing address; its name is all that is known of a guest.
    order.shippingAddressText = shipping.lines.empty() ? billing.name : shipping.lines;
}

PaymentFacts readTimes(JsonReader& reader, OrderRecord& order) {
    PaymentFacts facts;
    facts.status = reader.requiredText("status");
    if (facts.status.starts_with("wc-")) facts.status.erase(0, 3);
    order.createdAt = gmtTime(reader, "date_created_gmt").value_or(UtcTime());
    if (order.createdAt == UtcTime()) reader.complain("date_created_gmt", "missing or not a time");
    order.updatedAt = std::max(order.createdAt, gmtTime(reader, "date_modified_gmt").value_or(order.createdAt));
    facts.paidAt = gmtTime(reader, "date_paid_gmt");
    order.closedAt = gmtTime(reader, "date_completed_gmt");
    order.processedAt = facts.paidAt;
    facts.method = reader.text("payment_method");
    // WooCommerce keeps no time of it; nothing usually happens to a cancelled order afterwards.
    if (facts.status == "cancelled") order.cancelledAt = order.updatedAt;
    return facts;
}

void readTotals(JsonReader& reader, OrderRecord& order, bool taxIncluded) {
    order.discounts = wooAmount(reader, "discount_total", order.currency);
    if (taxIncluded) order.discounts = sumOf(order.discounts, wooAmount(reader, "discount_tax", order.currency));
    order.shipping = wooAmount(reader, "shipping_total", order.currency);
    if (taxIncluded) order.shipping = sumOf(order.shipping, wooAmount(reader, "shipping_tax", order.currency));
    if (!reader.find("total")) reader.complain("total", "missing");
    order.total = wooAmount(reader, "total", order.currency);
    order.tax = wooAmount(reader, "total_tax", order.currency);
    order.refunded = Money(0, order.currency);
}

// Negative quantities, each with the line it belongs to in its meta data.
void takeBack(JsonObject refund, OrderRecord& order) {
    std::string ignored;
    const auto lines = JsonReader(refund, ignored).array("line_items");
    if (!lines) return;
    for (const JsonElement element : *lines) {
        const auto line = asObject(element);
        if (!line) continue;
        JsonReader reader(*line, ignored);
        const qint64 quantity = reader.integer("quantity").value_or(0);
        std::string refunded;
        if (const auto meta = reader.array("meta_data"))
            for (const JsonElement entry : *meta)
                if (const auto fields = asObject(entry))
                    if (JsonReader(*fields, ignored).text("key") == "_refunded_item_id")
                        refunded = JsonReader(*fields, ignored).text("value");
        for (OrderItemRecord& item : order.items)
            if (item.externalId == refunded)
                item.currentQuantity = std::max<qint64>(0, item.currentQuantity - std::abs(quantity));
    }
}

} // namespace

bool isWooOrder(JsonObject object) {
    std::string ignored;
    const std::string status = JsonReader(object, ignored).text("status");
    return !isOneOf(status, {"checkout-draft", "auto-draft", "trash"});
}

WooDecoded<OrderRecord> decodeWooOrder(JsonObject object, const WooContext& context) {
    std::string problem;
    JsonReader reader(object, problem);
    OrderRecord order;
    order.externalId = reader.requiredText("id");
    const std::string number = reader.text("number");
    order.name = '#' + (number.empty() ? order.externalId : number.starts_with("#") ? number.substr(1) : number);
    order.currency = Currency::parse(reader.text("currency")).value_or(context.shopCurrency);
    if (!order.currency.isValid()) reader.complain("currency", "missing");
    const PaymentFacts payment = readTimes(reader, order);
    LineSums sums{reader.isTrue("prices_include_tax"), Money(0, order.currency)};
    readTotals(reader, order, sums.taxIncluded);
    readPeople(reader, order);
    readLines(reader, order, sums, problem);
    order.subtotal = sums.subtotal;
    readRefundOutlines(reader, order, problem);
    order.financialStatus = financialWord(payment, order);
    if (const auto meta = reader.array("meta_data")) order.fulfillments = wooShipments(*meta, order);
    order.fulfillmentStatus = fulfillmentWord(payment.status, !order.fulfillments.empty());
    if (!problem.empty()) return RecordFault{"orders", order.externalId, problem};
    return order;
}

void applyWooRefunds(JsonArray refunds, OrderRecord& order) {
    for (const JsonElement element : refunds) {
        const auto object = asObject(element);
        if (!object) continue;
        std::string problem;
        JsonReader reader(*object, problem);
        const std::string id = reader.text("id");
        const auto known = std::find_if(order.refunds.begin(), order.refunds.end(),
                                        [&id](const RefundRecord& one) { return one.externalId == id; });
        if (known == order.refunds.end()) continue;
        known->createdAt = gmtTime(reader, "date_created_gmt").value_or(known->createdAt);
        const Money amount = magnitude(wooAmount(reader, "amount", order.currency));
        const std::string reason = plainText(reader.text("reason"));
        if (!reason.empty()) known->note = reason;
        if (problem.empty() && !amount.isZero()) known->total = amount;
        takeBack(*object, order);
    }
}

} // namespace aiva
