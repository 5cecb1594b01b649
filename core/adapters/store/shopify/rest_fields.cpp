#include "core/adapters/store/shopify/rest_fields.h"

#include <algorithm>

namespace aiva {
namespace {

constexpr std::string_view kGidStart = "gid://shopify/";

bool isNumber(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string gidFrom(std::string_view text, std::string_view type) {
    std::string start(kGidStart);
    start.append(type).push_back('/');
    if (isNumber(text)) return start.append(text);
    const bool isGid = text.starts_with(start) && isNumber(text.substr(start.size()));
    return isGid ? std::string(text) : std::string();
}

} // namespace

std::string restGid(JsonObject object, std::string_view type) {
    std::string ignored;
    JsonReader reader(object, ignored);
    const std::string gid = gidFrom(reader.text("admin_graphql_api_id"), type);
    return gid.empty() ? gidFrom(reader.text("id"), type) : gid;
}

std::string restGidOf(JsonObject object, std::string_view key, std::string_view type) {
    std::string ignored;
    JsonReader reader(object, ignored);
    if (const auto inner = reader.object(key)) return restGid(*inner, type);
    return gidFrom(reader.text(key), type);
}

bool hasKey(JsonObject object, std::string_view key) {
    JsonElement ignored;
    return object.at_key(key).get(ignored) == simdjson::SUCCESS;
}

std::string restWord(std::string word) {
    for (char& c : word)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return word;
}

std::vector<std::string> restTags(const std::string& text) {
    std::vector<std::string> tags;
    for (size_t at = 0; at < text.size();) {
        const size_t comma = std::min(text.find(',', at), text.size());
        size_t from = at;
        size_t to = comma;
        while (from < to && text[from] == ' ')
            ++from;
        while (to > from && text[to - 1] == ' ')
            --to;
        if (from < to) tags.push_back(text.substr(from, to - from));
        at = comma + 1;
    }
    return tags;
}

std::string restAddress(std::optional<JsonObject> object) {
    if (!object) return {};
    std::string ignored;
    JsonReader reader(*object, ignored);
    std::string name = reader.text("name");
    if (name.empty()) {
        name = reader.text("first_name");
        const std::string last = reader.text("last_name");
        if (!name.empty() && !last.empty()) name += ' ';
        name += last;
    }
    std::string place = reader.text("city");
    for (const std::string& part : {reader.text("province_code"), reader.text("zip")})
        place += (place.empty() || part.empty() ? "" : " ") + part;
    std::string lines;
    for (const std::string& line : {name, reader.text("company"), reader.text("address1"), reader.text("address2"),
                                    place, reader.text("country")}) {
        if (line.empty()) continue;
        if (!lines.empty()) lines += '\n';
        lines += line;
    }
    return lines;
}

} // namespace aiva
