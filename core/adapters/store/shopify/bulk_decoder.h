// Lines of a bulk result file (JSONL) → records. Made by ShopifyStore, used by sync for each line; one per thread.
#pragma once

#include "core/adapters/store/shopify/record_decoders.h"
#include "core/domain/names.h"
#include "core/ports/store_port.h"

namespace aiva {

class ShopifyBulkDecoder final : public BulkDecoder {
public:
    ShopifyBulkDecoder(Resource resource, const DecodeContext& context);

    std::variant<BulkRecord, RecordFault> decode(std::string_view line) override;

private:
    std::variant<BulkRecord, RecordFault> decodeObject(JsonObject object);
    std::variant<BulkRecord, RecordFault> decodeChild(JsonObject object, std::string parentId);
    RecordFault fault(std::string cause) const;

    Resource m_resource;
    DecodeContext m_context;
    simdjson::dom::parser m_parser;
};

} // namespace aiva
