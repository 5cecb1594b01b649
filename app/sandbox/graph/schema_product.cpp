#include "app/sandbox/graph/fields.h"

namespace aiva::sandbox {
namespace {

using J = JsonText;
using P = ProductRecord;
using V = VariantRecord;

} // namespace

const TypeDef& variantType() {
    static const TypeDef type{
        "ProductVariant",
        1,
        {
            leaf<V>("id", [](J& out, const V& v) { out.text(v.externalId); }),
            leaf<V>("legacyResourceId", [](J& out, const V& v) { out.text(legacyId(v.externalId)); }),
            leaf<V>("title", [](J& out, const V& v) { out.text(v.title); }),
            leaf<V>("sku", [](J& out, const V& v) { out.textOrNull(v.sku); }),
            leaf<V>("barcode", [](J& out, const V& v) { out.textOrNull(v.barcode); }),
            leaf<V>("price", [](J& out, const V& v) { out.price(v.price); }),
            leaf<V>("compareAtPrice", [](J& out, const V&) { out.null(); }),
            leaf<V>("inventoryQuantity",
                    [](J& out, const V& v) {
                        if (v.inventoryQuantity)
                            out.integer(*v.inventoryQuantity);
                        else
                            out.null();
                    }),
            leaf<V>("availableForSale", [](J& out, const V& v) { out.boolean(v.inventoryQuantity.value_or(1) > 0); }),
            leaf<V>("updatedAt", [](J& out, const V& v) { out.time(v.updatedAt); }),
        }};
    return type;
}

const TypeDef& productType() {
    static const TypeDef type{
        "Product",
        1,
        {
            leaf<P>("id", [](J& out, const P& p) { out.text(p.externalId); }),
            leaf<P>("legacyResourceId", [](J& out, const P& p) { out.text(legacyId(p.externalId)); }),
            leaf<P>("title", [](J& out, const P& p) { out.text(p.title); }),
            leaf<P>("handle", [](J& out, const P& p) { out.text(p.handle); }),
            leaf<P>("status", [](J& out, const P& p) { out.text(p.status); }),
            leaf<P>("vendor", [](J& out, const P& p) { out.text(p.vendor); }),
            leaf<P>("productType", [](J& out, const P& p) { out.text(p.productType); }),
            leaf<P>("tags", [](J& out, const P& p) { out.texts(p.tags); }),
            leaf<P>("onlineStoreUrl", [](J& out, const P& p) { out.textOrNull(p.onlineStoreUrl); }),
            leaf<P>("createdAt", [](J& out, const P& p) { out.time(p.createdAt); }),
            leaf<P>("updatedAt", [](J& out, const P& p) { out.time(p.updatedAt); }),
            leaf<P>("totalInventory",
                    [](J& out, const P& p) {
                        std::int64_t total = 0;
                        for (const V& variant : p.variants)
                            total += variant.inventoryQuantity.value_or(0);
                        out.integer(total);
                    }),
            many<P>(
                FieldDef::Shape::Connection, "variants", variantType, [](const P& p) { return p.variants.size(); },
                [](const P& p, std::size_t position, Use use) { use(&p.variants[position]); }),
        }};
    return type;
}

const TypeDef& moneyType() {
    static const TypeDef type{
        "MoneyV2",
        0,
        {
            leaf<Money>("amount", [](J& out, const Money& money) { out.amount(money); }),
            leaf<Money>("currencyCode", [](J& out, const Money& money) { out.text(money.currency().code()); }),
        }};
    return type;
}

const TypeDef& moneyBagType() {
    static const TypeDef type{
        "MoneyBag",
        1,
        {
            object<Money>("shopMoney", moneyType, [](const Money& money, Use use) { use(&money); }),
            object<Money>("presentmentMoney", moneyType, [](const Money& money, Use use) { use(&money); }),
        }};
    return type;
}

const TypeDef& addressType() {
    using A = Address;
    static const TypeDef type{"MailingAddress",
                              1,
                              {
                                  leaf<A>("name", [](J& out, const A& a) { out.textOrNull(a.name); }),
                                  leaf<A>("company", [](J& out, const A& a) { out.textOrNull(a.company); }),
                                  leaf<A>("address1", [](J& out, const A& a) { out.textOrNull(a.street); }),
                                  leaf<A>("address2", [](J& out, const A&) { out.null(); }),
                                  leaf<A>("city", [](J& out, const A& a) { out.textOrNull(a.city); }),
                                  leaf<A>("province", [](J& out, const A& a) { out.textOrNull(a.province); }),
                                  leaf<A>("provinceCode", [](J& out, const A& a) { out.textOrNull(a.provinceCode); }),
                                  leaf<A>("zip", [](J& out, const A& a) { out.textOrNull(a.zip); }),
                                  leaf<A>("country", [](J& out, const A& a) { out.textOrNull(a.country); }),
                                  leaf<A>("countryCodeV2", [](J& out, const A& a) { out.textOrNull(a.countryCode); }),
                                  leaf<A>("phone", [](J& out, const A& a) { out.textOrNull(a.phone); }),
                                  leafWith<A>("formatted", ",withName,withCompany,",
                                              [](J& out, const A& a, const FieldArguments& given, const GraphContext&) {
                                                  out.texts(a.lines(given.withName, given.withCompany));
                                              }),
                              }};
    return type;
}

} // namespace aiva::sandbox
