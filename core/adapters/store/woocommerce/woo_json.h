// How WooCommerce writes what every record has: times, addresses, links. Used by the decoders.
#pragma once

#include "core/adapters/store/json/json_document.h"
#include "core/domain/shop/source_records.h"

#include <string>
#include <variant>

namespace aiva {

template <typename Record>
using WooDecoded = std::variant<Record, RecordFault>;

// "date_created_gmt":"2026-01-02T10:20:30", which is UTC without saying so. Absent and malformed are nothing.
std::optional<UtcTime> gmtTime(JsonReader& reader, std::string_view key);
// An amount; "" is what WooCommerce writes for a price nobody set, and zero here.
Money wooAmount(JsonReader& reader, std::string_view key, Currency currency);
// An id; 0 is WooCommerce's "none" and empty here.
std::string wooId(JsonReader& reader, std::string_view key);
std::string decodedText(JsonReader& reader, std::string_view key);
// Its http(s) address, empty for anything else.
std::string webAddress(JsonReader& reader, std::string_view key);

// With a blank between them where there are two.
std::string joinedWords(const std::string& a, const std::string& b);

struct WooAddress {
    std::string name;
    std::string lines; // of an envelope, the name first; empty when there is no street, town or postcode
    std::string email;
    std::string phone;
};
WooAddress readWooAddress(std::optional<JsonObject> address);

// PHP writes a list with gaps as an object with numbers for names.
template <typename Fn>
void eachOf(JsonElement list, Fn fn) {
    if (const auto array = asArray(list)) {
        for (const JsonElement element : *array)
            fn(element);
    } else if (const auto object = asObject(list)) {
        for (const auto field : *object)
            fn(field.value);
    }
}

} // namespace aiva
