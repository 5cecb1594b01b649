#include "core/adapters/store/woocommerce/answer_json.h"

namespace aiva {
namespace {

// Places looked at for where the JSON begins behind notices; a site with more notices is not read.
constexpr int kMostPlaces = 64;

bool beginsJson(QByteArrayView text) {
    return text.startsWith('{') || text.startsWith('[');
}

// PHP's own words (main/main.c), the same in every language.
bool holdsNotice(QByteArrayView text) {
    return text.contains(" on line ");
}

// What stands behind a whole answer and is none of it.
bool isNoise(QByteArrayView rest) {
    return rest.isEmpty() || rest.startsWith("<!--") || holdsNotice(rest);
}

// The length of the value at the front, by its brackets outside of strings; -1 when it does not end.
qsizetype valueLength(QByteArrayView text) {
    qsizetype depth = 0;
    bool isString = false;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (isString) {
            if (c == '\\') ++at;
            isString = c != '"';
        } else if (c == '"') {
            isString = true;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if ((c == '}' || c == ']') && --depth == 0) {
            return at + 1;
        }
    }
    return -1;
}

Result<JsonDocument> parsedFront(QByteArrayView text) {
    auto whole = JsonDocument::parse(text.toByteArray());
    if (whole) return whole;
    const qsizetype length = valueLength(text);
    if (length < 0 || length == text.size() || !isNoise(text.sliced(length).trimmed())) return whole;
    return JsonDocument::parse(text.first(length).toByteArray());
}

} // namespace

std::optional<Result<JsonDocument>> jsonWithin(const QByteArray& body) {
    QByteArrayView text(body);
    if (text.startsWith("\xEF\xBB\xBF")) text = text.sliced(3);
    text = text.trimmed();
    if (beginsJson(text)) return parsedFront(text);
    if (!holdsNotice(text)) return {};
    // Each notice ends its line, so that the JSON begins one.
    int places = 0;
    for (qsizetype line = text.indexOf('\n'); line >= 0 && places < kMostPlaces; line = text.indexOf('\n', line + 1)) {
        const QByteArrayView rest = text.sliced(line + 1).trimmed();
        if (!beginsJson(rest)) continue;
        ++places;
        if (auto document = parsedFront(rest)) return document;
    }
    return {};
}

} // namespace aiva
