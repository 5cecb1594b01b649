#include "core/adapters/store/woocommerce/woo_json.h"

#include "core/adapters/store/woocommerce/html_text.h"

#include <array>

namespace aiva {
namespace {

void appendLine(std::string& lines, const std::string& line) {
    if (line.empty()) return;
    if (!lines.empty()) lines += '\n';
    lines += line;
}

} // namespace

std::string joinedWords(const std::string& a, const std::string& b) {
    return a.empty() || b.empty() ? a + b : a + ' ' + b;
}

std::optional<UtcTime> gmtTime(JsonReader& reader, std::string_view key) {
    std::string text = reader.text(key);
    if (text.empty()) return {};
    const bool saysZone = text.back() == 'Z' || text.find('+', 10) != std::string::npos;
    if (!saysZone) text += 'Z';
    const auto time = UtcTime::parseIso(text);
    return time ? std::optional(*time) : std::nullopt;
}

Money wooAmount(JsonReader& reader, std::string_view key, Currency currency) {
    const auto element = reader.find(key);
    std::string_view text;
    const bool isEmpty = !element || (element->get(text) == simdjson::SUCCESS && text.empty());
    return isEmpty ? Money(0, currency) : reader.decimal(key, currency);
}

std::string wooId(JsonReader& reader, std::string_view key) {
    const std::string id = reader.text(key);
    return id == "0" ? std::string() : id;
}

std::string decodedText(JsonReader& reader, std::string_view key) {
    return decodedEntities(reader.text(key));
}

std::string webAddress(JsonReader& reader, std::string_view key) {
    const std::string address = decodedText(reader, key);
    const bool isWeb = address.starts_with("https://") || address.starts_with("http://");
    return isWeb ? address : std::string();
}

WooAddress readWooAddress(std::optional<JsonObject> object) {
    WooAddress address;
    if (!object) return address;
    std::string ignored;
    JsonReader reader(*object, ignored);
    const std::string first = decodedText(reader, "first_name");
    address.name = joinedWords(first, decodedText(reader, "last_name"));
    const std::string company = decodedText(reader, "company");
    const std::string street = decodedText(reader, "address_1");
    const std::string more = decodedText(reader, "address_2");
    const std::string city = decodedText(reader, "city");
    const std::string state = decodedText(reader, "state");
    const std::string postcode = decodedText(reader, "postcode");
    const std::string country = decodedText(reader, "country");
    address.email = reader.text("email");
    address.phone = decodedText(reader, "phone");
    if (street.empty() && city.empty() && postcode.empty()) return address;
    const std::string town = joinedWords(joinedWords(city, state), postcode);
    for (const std::string& line : {address.name, company, street, more, town, country})
        appendLine(address.lines, line);
    return address;
}

} // namespace aiva
