#include "app/sandbox/mail/encoding.h"

#include <QByteArray>

#include <algorithm>

namespace aiva::sandbox {
namespace {

constexpr std::string_view kHex = "0123456789ABCDEF";

bool startsCharacter(char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
}

std::string base64(std::string_view bytes) {
    return QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())).toBase64().toStdString();
}

} // namespace

bool isAscii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string headerText(std::string_view text) {
    if (isAscii(text)) return std::string(text);
    constexpr std::size_t longest = 42; // octets in one encoded word, whole characters only
    std::string result;
    while (!text.empty()) {
        std::size_t length = std::min(longest, text.size());
        while (length < text.size() && !startsCharacter(text[length]))
            --length;
        result += (result.empty() ? "=?UTF-8?B?" : "\n =?UTF-8?B?") + base64(text.substr(0, length)) + "?=";
        text.remove_prefix(length);
    }
    return result;
}

std::string headerMailbox(std::string_view name, std::string_view email) {
    const std::string address = "<" + std::string(email) + ">";
    if (name.empty()) return std::string(email);
    if (!isAscii(name)) return headerText(name) + " " + address;
    const bool plain = name.find_first_of(".,;:@\"()<>[]\\") == std::string_view::npos;
    return (plain ? std::string(name) : "\"" + std::string(name) + "\"") + " " + address;
}

std::string quotedPrintable(std::string_view text) {
    std::string result;
    std::size_t column = 0;
    const auto put = [&](std::string_view piece) {
        if (column + piece.size() > 75) {
            result += "=\n";
            column = 0;
        }
        result += piece;
        column += piece.size();
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c == '\n') {
            result += '\n';
            column = 0;
            continue;
        }
        const bool endOfLine = i + 1 == text.size() || text[i + 1] == '\n';
        const bool literal = (c >= 33 && c <= 126 && c != '=') || ((c == ' ' || c == '\t') && !endOfLine);
        // "From " and a lone dot at the start of a line do not survive every mail system.
        const bool fragile = column == 0 && (c == 'F' || c == '.');
        if (literal && !fragile)
            put(std::string_view(text).substr(i, 1));
        else {
            const char escaped[] = {'=', kHex[c >> 4], kHex[c & 15]};
            put(std::string_view(escaped, 3));
        }
    }
    return result;
}

std::string base64Lines(std::string_view bytes) {
    const std::string flat = base64(bytes);
    std::string result;
    for (std::size_t i = 0; i < flat.size(); i += 76)
        result += flat.substr(i, 76) + "\n";
    return result;
}

std::string fileNameParameter(std::string_view name) {
    if (isAscii(name)) return "filename=\"" + std::string(name) + "\"";
    std::string result = "filename*=UTF-8''";
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte < 0x80 && std::isalnum(byte)) || byte == '.' || byte == '-' || byte == '_')
            result += c;
        else
            result += std::string{'%', kHex[byte >> 4], kHex[byte & 15]};
    }
    return result;
}

} // namespace aiva::sandbox
