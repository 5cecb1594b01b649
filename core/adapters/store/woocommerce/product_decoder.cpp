#include "core/adapters/store/woocommerce/html_text.h"
#include "core/adapters/store/woocommerce/woo_decoders.h"

namespace aiva {
namespace {

// In the words the rest of the product knows; private ones are sold to nobody.
std::string productStatus(const std::string& status) {
    if (status == "publish") return "ACTIVE";
    return status == "private" || status == "trash" ? "ARCHIVED" : "DRAFT";
}

// Names of {"id","name","slug"} lists: categories, tags, brands.
std::vector<std::string> namesIn(JsonReader& reader, std::string_view key) {
    std::vector<std::string> names;
    if (const auto list = reader.array(key)) {
        for (const JsonElement element : *list) {
            const auto object = asObject(element);
            if (!object) continue;
            std::string ignored;
            std::string name = plainText(JsonReader(*object, ignored).text("name"));
            if (!name.empty()) names.push_back(std::move(name));
        }
    }
    return names;
}

std::string firstOf(const std::vector<std::string>& names) {
    return names.empty() ? std::string() : names.front();
}

// What a simple product and a variation have in common.
VariantRecord readVariant(JsonReader& reader, const WooContext& context, UtcTime otherwise) {
    VariantRecord variant;
    variant.externalId = reader.requiredText("id");
    if (!context.shopCurrency.isValid()) reader.complain("price", "the shop's currency is not known");
    variant.updatedAt = gmtTime(reader, "date_modified_gmt").value_or(otherwise);
    variant.sku = reader.text("sku");
    variant.barcode = reader.text("global_unique_id");
    // Without one ("on request", an article of another shop) it is not for nothing: its price is unknown.
    const auto price = reader.find("price");
    std::string_view said;
    const bool isSet = price && (price->get(said) != simdjson::SUCCESS || !said.empty());
    if (isSet) variant.price = reader.decimal("price", context.shopCurrency);
    // Absent unless the shop counts this article.
    variant.inventoryQuantity = reader.integer("stock_quantity");
    return variant;
}

// [{"name":"Size","option":"Large"}, …]
std::string optionsIn(JsonReader& reader) {
    std::string title;
    if (const auto list = reader.array("attributes")) {
        for (const JsonElement element : *list) {
            const auto object = asObject(element);
            if (!object) continue;
            std::string ignored;
            const std::string option = plainText(JsonReader(*object, ignored).text("option"));
            if (option.empty()) continue;
            if (!title.empty()) title += " / ";
            title += option;
        }
    }
    return title;
}

} // namespace

bool hasWooVariations(JsonObject object) {
    std::string ignored;
    const auto list = JsonReader(object, ignored).find("variations");
    bool hasSome = false;
    if (list) eachOf(*list, [&hasSome](JsonElement) { hasSome = true; });
    return hasSome;
}

WooDecoded<VariantRecord> decodeWooVariation(JsonObject object, const WooContext& context) {
    std::string problem;
    JsonReader reader(object, problem);
    VariantRecord variant = readVariant(reader, context, UtcTime());
    variant.title = optionsIn(reader);
    if (!problem.empty()) return RecordFault{"products", variant.externalId, problem};
    return variant;
}

WooDecoded<ProductRecord> decodeWooProduct(JsonObject object, const WooContext& context) {
    std::string problem;
    JsonReader reader(object, problem);
    ProductRecord product;
    product.externalId = reader.requiredText("id");
    product.title = plainText(reader.text("name"));
    product.handle = reader.text("slug");
    product.onlineStoreUrl = webAddress(reader, "permalink");
    const auto created = gmtTime(reader, "date_created_gmt"); // null for a draft
    const auto modified = gmtTime(reader, "date_modified_gmt");
    if (!created && !modified) reader.complain("date_modified_gmt", "missing or not a time");
    product.createdAt = created.value_or(modified.value_or(UtcTime()));
    product.updatedAt = modified.value_or(product.createdAt);
    product.status = productStatus(reader.text("status"));
    product.productType = firstOf(namesIn(reader, "categories"));
    product.tags = namesIn(reader, "tags");
    product.vendor = firstOf(namesIn(reader, "brands"));
    if (product.status != "ACTIVE") product.onlineStoreUrl.clear();
    if (!hasWooVariations(object)) product.variants.push_back(readVariant(reader, context, product.updatedAt));
    if (!problem.empty()) return RecordFault{"products", product.externalId, problem};
    return product;
}

} // namespace aiva
