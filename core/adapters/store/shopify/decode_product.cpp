#include "core/adapters/store/shopify/child_nodes.h"
#include "core/adapters/store/shopify/record_decoders.h"

#include <algorithm>

namespace aiva {

Decoded<VariantRecord> decodeVariant(JsonObject object, const DecodeContext& context) {
    std::string problem;
    JsonReader reader(object, problem);
    VariantRecord variant;
    variant.externalId = reader.requiredText("id");
    variant.title = reader.text("title");
    variant.sku = reader.text("sku");
    variant.barcode = reader.text("barcode");
    if (!context.shopCurrency.isValid()) reader.complain("price", "the shop's currency is not known");
    variant.price = reader.decimal("price", context.shopCurrency);
    variant.inventoryQuantity = reader.integer("inventoryQuantity");
    variant.updatedAt = reader.requiredTime("updatedAt");
    if (!problem.empty()) return RecordFault{"products", variant.externalId, problem};
    return variant;
}

bool appendVariants(JsonObject connection, const DecodeContext& context, std::vector<VariantRecord>& variants,
                    ChildCursor& next, std::string& problem) {
    const auto decode = [&](JsonObject node) { return decodeVariant(node, context); };
    return appendChildNodes(connection, "variants", decode, variants, next, problem);
}

Decoded<ProductRecord> decodeProduct(JsonObject object, const DecodeContext& context, ChildCursor& variants) {
    std::string problem;
    JsonReader reader(object, problem);
    ProductRecord product;
    product.externalId = reader.requiredText("id");
    product.title = reader.text("title");
    product.handle = reader.text("handle");
    product.status = reader.text("status");
    product.vendor = reader.text("vendor");
    product.productType = reader.text("productType");
    product.tags = reader.texts("tags");
    product.onlineStoreUrl = reader.text("onlineStoreUrl");
    product.createdAt = reader.requiredTime("createdAt");
    product.updatedAt = reader.requiredTime("updatedAt");
    if (const auto connection = reader.object("variants"))
        appendVariants(*connection, context, product.variants, variants, problem);
    if (!problem.empty()) return RecordFault{"products", product.externalId, problem};
    return product;
}

} // namespace aiva
