#include "app/sandbox/graph/fields.h"

namespace aiva::sandbox {
namespace {

using J = JsonText;
using O = OrderRef;
using I = WorldItem;
using F = FulfillmentRecord;
using R = RefundRecord;
using Shape = FieldDef::Shape;

// What an item says of its variant and product without building them.
const TypeDef& itemVariantType() {
    static const TypeDef type{"ProductVariant",
                              1,
                              {
                                  leaf<I>("id", [](J& out, const I& item) { out.text(item.record.variantExternalId); }),
                                  leaf<I>("sku", [](J& out, const I& item) { out.textOrNull(item.record.sku); }),
                                  leaf<I>("title",
                                          [](J& out, const I& item) {
                                              out.text(item.record.variantTitle.empty() ? "Default Title"
                                                                                        : item.record.variantTitle);
                                          }),
                              }};
    return type;
}

const TypeDef& itemProductType() {
    static const TypeDef type{"Product",
                              1,
                              {
                                  leaf<I>("id", [](J& out, const I& item) { out.text(item.productExternalId); }),
                                  leaf<I>("title", [](J& out, const I& item) { out.text(item.record.title); }),
                              }};
    return type;
}

const TypeDef& lineItemType() {
    static const TypeDef type{
        "LineItem",
        1,
        {
            leaf<I>("id", [](J& out, const I& item) { out.text(item.record.externalId); }),
            leaf<I>("name",
                    [](J& out, const I& item) {
                        const auto& r = item.record;
                        out.text(r.variantTitle.empty() ? r.title : r.title + " - " + r.variantTitle);
                    }),
            leaf<I>("title", [](J& out, const I& item) { out.text(item.record.title); }),
            leaf<I>("variantTitle", [](J& out, const I& item) { out.textOrNull(item.record.variantTitle); }),
            leaf<I>("sku", [](J& out, const I& item) { out.textOrNull(item.record.sku); }),
            leaf<I>("vendor", [](J& out, const I& item) { out.textOrNull(item.vendor); }),
            leaf<I>("quantity", [](J& out, const I& item) { out.integer(item.record.quantity); }),
            leaf<I>("currentQuantity", [](J& out, const I& item) { out.integer(item.record.currentQuantity); }),
            leaf<I>("isGiftCard", [](J& out, const I& item) { out.boolean(item.record.sku == "GC-1"); }),
            object<I>("variant", itemVariantType,
                      [](const I& item, Use use) {
                          if (!item.record.variantExternalId.empty()) use(&item);
                      }),
            object<I>("product", itemProductType,
                      [](const I& item, Use use) {
                          if (!item.productExternalId.empty()) use(&item);
                      }),
            object<I>("originalUnitPriceSet", moneyBagType,
                      [](const I& item, Use use) { use(&item.originalUnitPrice); }),
            object<I>("discountedUnitPriceSet", moneyBagType,
                      [](const I& item, Use use) { use(&item.record.unitPrice); }),
        }};
    return type;
}

const TypeDef& trackingType() {
    using T = TrackingRecord;
    static const TypeDef type{"FulfillmentTrackingInfo",
                              1,
                              {
                                  leaf<T>("company", [](J& out, const T& t) { out.textOrNull(t.company); }),
                                  leaf<T>("number", [](J& out, const T& t) { out.textOrNull(t.number); }),
                                  leaf<T>("url", [](J& out, const T& t) { out.textOrNull(t.url); }),
                              }};
    return type;
}

const TypeDef& fulfillmentType() {
    static const TypeDef type{
        "Fulfillment",
        1,
        {
            leaf<F>("id", [](J& out, const F& f) { out.text(f.externalId); }),
            leaf<F>("legacyResourceId", [](J& out, const F& f) { out.text(legacyId(f.externalId)); }),
            leaf<F>("name", [](J& out, const F& f) { out.text(f.name); }),
            leaf<F>("status", [](J& out, const F& f) { out.text(f.status); }),
            leaf<F>("displayStatus", [](J& out, const F& f) { out.textOrNull(f.displayStatus); }),
            leaf<F>("createdAt", [](J& out, const F& f) { out.time(f.createdAt); }),
            leaf<F>("updatedAt", [](J& out, const F& f) { out.time(f.updatedAt); }),
            leaf<F>("inTransitAt", [](J& out, const F& f) { out.timeOrNull(f.inTransitAt); }),
            leaf<F>("deliveredAt", [](J& out, const F& f) { out.timeOrNull(f.deliveredAt); }),
            leaf<F>("estimatedDeliveryAt", [](J& out, const F& f) { out.timeOrNull(f.estimatedDeliveryAt); }),
            many<F>(
                Shape::List, "trackingInfo", trackingType, [](const F& f) { return f.tracking.size(); },
                [](const F& f, std::size_t position, Use use) { use(&f.tracking[position]); }),
        }};
    return type;
}

const TypeDef& refundType() {
    static const TypeDef type{
        "Refund",
        1,
        {
            leaf<R>("id", [](J& out, const R& r) { out.text(r.externalId); }),
            leaf<R>("createdAt", [](J& out, const R& r) { out.time(r.createdAt); }),
            leaf<R>("note", [](J& out, const R& r) { out.textOrNull(r.note); }),
            object<R>("totalRefundedSet", moneyBagType, [](const R& r, Use use) { use(&r.total); }),
        }};
    return type;
}

void addFacts(std::vector<FieldDef>& fields) {
    const std::vector<FieldDef> facts{
        leaf<O>("id", [](J& out, const O& o) { out.text(o.world->orderGid(o.index)); }),
        leaf<O>("legacyResourceId", [](J& out, const O& o) { out.text(legacyId(o.world->orderGid(o.index))); }),
        leaf<O>("name", [](J& out, const O& o) { out.text(o.world->orderName(o.index)); }),
        leaf<O>("email", [](J& out, const O& o) { out.textOrNull(o.get().record.email); }),
        leaf<O>("phone", [](J& out, const O& o) { out.textOrNull(o.get().record.phone); }),
        leaf<O>("note", [](J& out, const O& o) { out.textOrNull(o.get().record.note); }),
        leaf<O>("tags", [](J& out, const O& o) { out.texts(o.get().record.tags); }),
        leaf<O>("test", [](J& out, const O& o) { out.boolean(o.get().test); }),
        leaf<O>("sourceName", [](J& out, const O&) { out.text("web"); }),
        leaf<O>("currencyCode", [](J& out, const O& o) { out.text(o.get().record.currency.code()); }),
        leaf<O>("presentmentCurrencyCode", [](J& out, const O& o) { out.text(o.get().record.currency.code()); }),
        leaf<O>("displayFinancialStatus", [](J& out, const O& o) { out.textOrNull(o.get().record.financialStatus); }),
        leaf<O>("displayFulfillmentStatus", [](J& out, const O& o) { out.text(o.get().record.fulfillmentStatus); }),
        leaf<O>("returnStatus",
                [](J& out, const O& o) {
                    out.text(o.get().core.state == OrderState::Refunded ? "RETURNED" : "NO_RETURN");
                }),
        leaf<O>("cancelReason", [](J& out, const O& o) { out.textOrNull(o.get().record.cancelReason); }),
        leaf<O>("statusPageUrl", [](J& out, const O& o) { out.text(o.get().record.statusPageUrl); }),
        leaf<O>("createdAt", [](J& out, const O& o) { out.time(o.get().record.createdAt); }),
        leaf<O>("updatedAt", [](J& out, const O& o) { out.time(o.get().record.updatedAt); }),
        leaf<O>("processedAt", [](J& out, const O& o) { out.timeOrNull(o.get().record.processedAt); }),
        leaf<O>("cancelledAt", [](J& out, const O& o) { out.timeOrNull(o.get().record.cancelledAt); }),
        leaf<O>("closedAt", [](J& out, const O& o) { out.timeOrNull(o.get().record.closedAt); }),
        leaf<O>("closed", [](J& out, const O& o) { out.boolean(o.get().record.closedAt.has_value()); }),
    };
    fields.insert(fields.end(), facts.begin(), facts.end());
}

void addMoney(std::vector<FieldDef>& fields) {
    const std::vector<FieldDef> money{
        object<O>("currentTotalPriceSet", moneyBagType, [](const O& o, Use use) { use(&o.get().record.total); }),
        object<O>("currentSubtotalPriceSet", moneyBagType, [](const O& o, Use use) { use(&o.get().record.subtotal); }),
        object<O>("currentTotalTaxSet", moneyBagType, [](const O& o, Use use) { use(&o.get().record.tax); }),
        object<O>("currentTotalDiscountsSet", moneyBagType,
                  [](const O& o, Use use) { use(&o.get().record.discounts); }),
        object<O>("currentShippingPriceSet", moneyBagType, [](const O& o, Use use) { use(&o.get().record.shipping); }),
        object<O>("totalRefundedSet", moneyBagType, [](const O& o, Use use) { use(&o.get().record.refunded); }),
        object<O>("totalPriceSet", moneyBagType, [](const O& o, Use use) { use(&o.get().originalTotal); }),
        object<O>("originalTotalPriceSet", moneyBagType, [](const O& o, Use use) { use(&o.get().originalTotal); }),
        object<O>("totalDiscountsSet", moneyBagType, [](const O& o, Use use) { use(&o.get().totalDiscounts); }),
    };
    fields.insert(fields.end(), money.begin(), money.end());
}

void addRelations(std::vector<FieldDef>& fields) {
    const std::vector<FieldDef> relations{
        object<O>("customer", customerType,
                  [](const O& o, Use use) {
                      const auto customer = o.get().core.customer;
                      if (customer < 0) return;
                      const CustomerRef ref{customer, o.world};
                      use(&ref);
                  }),
        object<O>("shippingAddress", addressType,
                  [](const O& o, Use use) {
                      if (!o.get().record.shippingAddressText.empty()) use(&o.get().address);
                  }),
        object<O>("billingAddress", addressType, [](const O& o, Use use) { use(&o.get().address); }),
        many<O>(
            Shape::List, "fulfillments", fulfillmentType, [](const O& o) { return o.get().record.fulfillments.size(); },
            [](const O& o, std::size_t position, Use use) { use(&o.get().record.fulfillments[position]); }),
        many<O>(
            Shape::List, "refunds", refundType, [](const O& o) { return o.get().record.refunds.size(); },
            [](const O& o, std::size_t position, Use use) { use(&o.get().record.refunds[position]); }),
        many<O>(
            Shape::Connection, "lineItems", lineItemType, [](const O& o) { return o.get().items.size(); },
            [](const O& o, std::size_t position, Use use) { use(&o.get().items[position]); }),
    };
    fields.insert(fields.end(), relations.begin(), relations.end());
}

} // namespace

const TypeDef& orderType() {
    static const TypeDef type = [] {
        TypeDef order{"Order", 1, {}};
        addFacts(order.fields);
        addMoney(order.fields);
        addRelations(order.fields);
        return order;
    }();
    return type;
}

} // namespace aiva::sandbox
