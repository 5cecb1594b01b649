#include "core/adapters/store/shopify/rest_records.h"

#include "core/adapters/store/shopify/rest_fields.h"

namespace aiva {
namespace {

VariantRecord restVariant(JsonObject object, const DecodeContext& context, std::string& problem) {
    VariantRecord variant;
    variant.externalId = restGid(object, "ProductVariant");
    JsonReader reader(object, problem);
    if (variant.externalId.empty()) reader.complain("variants", "one without an id");
    variant.title = reader.text("title");
    variant.sku = reader.text("sku");
    variant.barcode = reader.text("barcode");
    variant.price = reader.decimal("price", context.shopCurrency);
    variant.inventoryQuantity = reader.integer("inventory_quantity");
    variant.updatedAt = reader.requiredTime("updated_at");
    return variant;
}

} // namespace

Decoded<ProductRecord> decodeRestProduct(JsonObject object, const DecodeContext& context) {
    std::string problem;
    JsonReader reader(object, problem);
    ProductRecord product;
    product.externalId = restGid(object, "Product");
    if (product.externalId.empty()) reader.complain("id", "missing");
    if (!context.shopCurrency.isValid()) reader.complain("price", "the shop's currency is not known");
    product.title = reader.text("title");
    product.handle = reader.text("handle");
    product.status = restWord(reader.text("status"));
    product.vendor = reader.text("vendor");
    product.productType = reader.text("product_type");
    product.tags = restTags(reader.text("tags"));
    product.createdAt = reader.requiredTime("created_at");
    product.updatedAt = reader.requiredTime("updated_at");
    if (const auto variants = reader.array("variants"))
        for (const JsonElement element : *variants)
            if (const auto variant = asObject(element))
                product.variants.push_back(restVariant(*variant, context, problem));
    if (!problem.empty()) return RecordFault{"products", product.externalId, problem};
    return product;
}

bool isWholeRestCustomer(JsonObject object) {
    return hasKey(object, "tags") && hasKey(object, "orders_count") && hasKey(object, "total_spent");
}

Decoded<CustomerRecord> decodeRestCustomer(JsonObject object, const DecodeContext& context) {
    std::string problem;
    JsonReader reader(object, problem);
    CustomerRecord customer;
    customer.externalId = restGid(object, "Customer");
    if (customer.externalId.empty()) reader.complain("id", "missing");
    customer.firstName = reader.text("first_name");
    customer.lastName = reader.text("last_name");
    customer.displayName = customer.firstName;
    if (!customer.displayName.empty() && !customer.lastName.empty()) customer.displayName += ' ';
    customer.displayName += customer.lastName;
    customer.email = reader.text("email");
    if (customer.displayName.empty()) customer.displayName = customer.email;
    customer.phone = reader.text("phone");
    customer.note = reader.text("note");
    customer.state = restWord(reader.text("state"));
    customer.tags = restTags(reader.text("tags"));
    customer.addressText = restAddress(reader.object("default_address"));
    customer.ordersCount = reader.integer("orders_count").value_or(0);
    const Currency currency = Currency::parse(reader.text("currency")).value_or(context.shopCurrency);
    customer.amountSpent = reader.decimal("total_spent", currency);
    customer.createdAt = reader.requiredTime("created_at");
    customer.updatedAt = reader.requiredTime("updated_at");
    if (!problem.empty()) return RecordFault{"customers", customer.externalId, problem};
    return customer;
}

} // namespace aiva
