#include "core/adapters/store/woocommerce/html_text.h"

#include <array>
#include <charconv>
#include <optional>

namespace aiva {
namespace {

struct NamedEntity {
    std::string_view name;
    std::string_view text;
};

// Those WordPress writes, and the five of the language.
constexpr std::array kNamedEntities{
    NamedEntity{"amp", "&"},         NamedEntity{"lt", "<"},         NamedEntity{"gt", ">"},
    NamedEntity{"quot", "\""},       NamedEntity{"apos", "'"},       NamedEntity{"nbsp", "\u00A0"},
    NamedEntity{"ndash", "\u2013"},  NamedEntity{"mdash", "\u2014"}, NamedEntity{"lsquo", "\u2018"},
    NamedEntity{"rsquo", "\u2019"},  NamedEntity{"ldquo", "\u201C"}, NamedEntity{"rdquo", "\u201D"},
    NamedEntity{"hellip", "\u2026"}, NamedEntity{"times", "\u00D7"}, NamedEntity{"deg", "\u00B0"},
    NamedEntity{"trade", "\u2122"},  NamedEntity{"reg", "\u00AE"},   NamedEntity{"copy", "\u00A9"},
    NamedEntity{"euro", "\u20AC"},   NamedEntity{"pound", "\u00A3"}, NamedEntity{"yen", "\u00A5"},
};

constexpr size_t kLongestEntity = 10;

void appendUtf8(std::string& out, unsigned code) {
    const auto put = [&out](unsigned byte) { out.push_back(static_cast<char>(byte)); };
    if (code < 0x80) return put(code);
    if (code < 0x800) {
        put(0xC0 | code >> 6);
    } else if (code < 0x10000) {
        put(0xE0 | code >> 12);
        put(0x80 | (code >> 6 & 0x3F));
    } else {
        put(0xF0 | code >> 18);
        put(0x80 | (code >> 12 & 0x3F));
        put(0x80 | (code >> 6 & 0x3F));
    }
    put(0x80 | (code & 0x3F));
}

std::optional<unsigned> characterNumber(std::string_view digits) {
    int base = 10;
    if (!digits.empty() && (digits[0] == 'x' || digits[0] == 'X')) {
        base = 16;
        digits.remove_prefix(1);
    }
    unsigned code = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, base);
    if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) return {};
    const bool isSurrogate = code >= 0xD800 && code <= 0xDFFF;
    if (code == 0 || code > 0x10FFFF || isSurrogate) return {};
    return code;
}

// `body` between & and ;
bool appendEntity(std::string& out, std::string_view body) {
    if (!body.empty() && body[0] == '#') {
        const auto code = characterNumber(body.substr(1));
        if (code) appendUtf8(out, *code);
        return code.has_value();
    }
    for (const NamedEntity& entity : kNamedEntities) {
        if (entity.name != body) continue;
        out.append(entity.text);
        return true;
    }
    return false;
}

bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

} // namespace

std::string decodedEntities(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto at = text.find('&');
        out.append(text.substr(0, at));
        if (at == std::string_view::npos) break;
        text.remove_prefix(at);
        const auto end = text.substr(0, kLongestEntity + 2).find(';');
        if (end != std::string_view::npos && appendEntity(out, text.substr(1, end - 1))) {
            text.remove_prefix(end + 1);
        } else {
            out.push_back('&');
            text.remove_prefix(1);
        }
    }
    return out;
}

std::string plainText(std::string_view html) {
    std::string bare;
    bare.reserve(html.size());
    while (!html.empty()) {
        const auto at = html.find('<');
        bare.append(html.substr(0, at));
        if (at == std::string_view::npos) break;
        const auto end = html.find('>', at);
        if (end == std::string_view::npos) { // no tag after all
            bare.append(html.substr(at));
            break;
        }
        html.remove_prefix(end + 1);
    }
    std::string text = decodedEntities(bare);
    while (!text.empty() && isSpace(text.back()))
        text.pop_back();
    size_t start = 0;
    while (start < text.size() && isSpace(text[start]))
        ++start;
    return text.substr(start);
}

} // namespace aiva
