// The nodes of a nested connection, appended to what its earlier pages brought. Used by the decoders of this folder.
#pragma once

#include "core/adapters/store/json/json_document.h"
#include "core/adapters/store/shopify/record_decoders.h"

#include <algorithm>
#include <string>
#include <variant>
#include <vector>

namespace aiva {

// `decode(JsonObject)` answers std::variant<Record, RecordFault>. A node that moved between two pages comes once. False
// when one cannot be read: the whole record is a fault then, not one with a hole.
template <typename Record, typename Decode>
bool appendChildNodes(JsonObject connection, const char* name, Decode decode, std::vector<Record>& records,
                      ChildCursor& next, std::string& problem) {
    JsonReader reader(connection, problem);
    if (const auto nodes = reader.array("nodes")) {
        for (const JsonElement element : *nodes) {
            const auto object = asObject(element);
            if (!object) continue;
            auto decoded = decode(*object);
            if (const auto* fault = std::get_if<RecordFault>(&decoded)) {
                problem = std::string(name) + ": " + fault->cause;
                return false;
            }
            auto& record = std::get<Record>(decoded);
            const bool known = std::any_of(records.begin(), records.end(),
                                           [&](const Record& other) { return other.externalId == record.externalId; });
            if (!known) records.push_back(std::move(record));
        }
    }
    next.after = nextCursor(connection);
    return true;
}

} // namespace aiva
