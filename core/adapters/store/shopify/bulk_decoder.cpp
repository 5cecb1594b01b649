#include "core/adapters/store/shopify/bulk_decoder.h"

namespace aiva {
namespace {

using LineAnswer = std::variant<BulkRecord, RecordFault>;

template <typename Record>
LineAnswer wrapped(Decoded<Record> decoded) {
    if (auto* fault = std::get_if<RecordFault>(&decoded)) return std::move(*fault);
    return BulkRecord(std::get<Record>(std::move(decoded)));
}

// "gid://shopify/LineItem/1?x=y" is a LineItem.
bool isOfType(std::string_view id, std::string_view type) {
    constexpr std::string_view prefix = "gid://shopify/";
    if (!id.starts_with(prefix)) return false;
    id.remove_prefix(prefix.size());
    return id.starts_with(type) && id.substr(type.size()).starts_with('/');
}

} // namespace

ShopifyBulkDecoder::ShopifyBulkDecoder(Resource resource, const DecodeContext& context)
    : m_resource(resource), m_context(context) {}

RecordFault ShopifyBulkDecoder::fault(std::string cause) const {
    return {toWord(m_resource).toStdString(), {}, std::move(cause)};
}

LineAnswer ShopifyBulkDecoder::decode(std::string_view line) {
    if (line.find_first_not_of(" \t\r\n") == std::string_view::npos) return BulkRecord();
    JsonElement element;
    auto error = m_parser.parse(line.data(), line.size(), false).get(element);
    if (error == simdjson::UTF8_ERROR || error == simdjson::STRING_ERROR) {
        const QByteArray repaired = repairedJson(QByteArrayView(line.data(), static_cast<qsizetype>(line.size())));
        error = m_parser.parse(repaired.constData(), static_cast<size_t>(repaired.size())).get(element);
    }
    if (error != simdjson::SUCCESS) return fault("the line is not JSON");
    const auto object = asObject(element);
    if (!object) return fault("the line is not an object");
    return decodeObject(*object);
}

LineAnswer ShopifyBulkDecoder::decodeObject(JsonObject object) {
    std::string ignored;
    JsonReader reader(object, ignored);
    const std::string id = reader.text("id");
    if (std::string parentId = reader.text("__parentId"); !parentId.empty())
        return decodeChild(object, std::move(parentId));
    ChildCursor children;
    switch (m_resource) {
    case Resource::Customers:
        if (id.empty() || isOfType(id, "Customer")) return wrapped(decodeCustomer(object, m_context));
        break;
    case Resource::Orders:
        if (id.empty() || isOfType(id, "Order")) return wrapped(decodeOrder(object, m_context, children));
        break;
    case Resource::Products:
        if (id.empty() || isOfType(id, "Product")) return wrapped(decodeProduct(object, m_context, children));
        break;
    }
    return BulkRecord();
}

LineAnswer ShopifyBulkDecoder::decodeChild(JsonObject object, std::string parentId) {
    std::string ignored;
    const std::string id = JsonReader(object, ignored).text("id");
    if (m_resource == Resource::Orders && (id.empty() || isOfType(id, "LineItem"))) {
        auto decoded = decodeOrderItem(object, m_context);
        if (auto* bad = std::get_if<RecordFault>(&decoded)) return std::move(*bad);
        return BulkRecord(BulkOrderItem{std::move(parentId), std::get<OrderItemRecord>(std::move(decoded))});
    }
    if (m_resource == Resource::Products && (id.empty() || isOfType(id, "ProductVariant"))) {
        auto decoded = decodeVariant(object, m_context);
        if (auto* bad = std::get_if<RecordFault>(&decoded)) return std::move(*bad);
        return BulkRecord(BulkVariant{std::move(parentId), std::get<VariantRecord>(std::move(decoded))});
    }
    return BulkRecord();
}

} // namespace aiva
