#include "core/adapters/store/json/json_document.h"

#include <QString>

#include <charconv>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

// The value of "\uXXXX" at `at`, or -1 when that is not one.
int escapedUnit(const QByteArray& text, qsizetype at) {
    if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u') return -1;
    int unit = 0;
    const char* first = text.constData() + at + 2;
    const auto [end, error] = std::from_chars(first, first + 4, unit, 16);
    return error == std::errc() && end == first + 4 ? unit : -1;
}

bool isHighSurrogate(int unit) {
    return unit >= 0xD800 && unit <= 0xDBFF;
}

bool isLowSurrogate(int unit) {
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

std::string digitsOf(JsonElement element) {
    int64_t number = 0;
    if (element.get(number) == simdjson::SUCCESS) return std::to_string(number);
    uint64_t large = 0;
    if (element.get(large) == simdjson::SUCCESS) return std::to_string(large);
    return {};
}

} // namespace

QByteArray repairedJson(QByteArrayView raw) {
    QByteArray text = QString::fromUtf8(raw).toUtf8();
    for (qsizetype at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', at)) {
        const int unit = escapedUnit(text, at);
        if (isHighSurrogate(unit) && isLowSurrogate(escapedUnit(text, at + 6))) {
            at += 12;
        } else if (isHighSurrogate(unit) || isLowSurrogate(unit)) {
            text.replace(at + 2, 4, "FFFD");
            at += 6;
        } else {
            at += 2;
        }
    }
    return text;
}

Result<JsonDocument> JsonDocument::parse(const QByteArray& text) {
    JsonDocument document;
    document.m_parser = std::make_shared<simdjson::dom::parser>();
    const auto attempt = [&document](const QByteArray& bytes) {
        return document.m_parser->parse(bytes.constData(), static_cast<size_t>(bytes.size())).get(document.m_root);
    };
    auto error = attempt(text);
    if (error == simdjson::UTF8_ERROR || error == simdjson::STRING_ERROR) error = attempt(repairedJson(text));
    if (error != simdjson::SUCCESS)
        return Error{ErrorKind::Network, u"the answer is not whole JSON"_s, ErrorCause::BodyTruncated};
    return document;
}

std::optional<JsonObject> asObject(JsonElement element) {
    JsonObject object;
    if (element.get(object) != simdjson::SUCCESS) return {};
    return object;
}

std::optional<JsonArray> asArray(JsonElement element) {
    JsonArray array;
    if (element.get(array) != simdjson::SUCCESS) return {};
    return array;
}

JsonReader::JsonReader(JsonObject object, std::string& problem)
    : m_object(object), m_next(object.begin()), m_problem(problem) {}

void JsonReader::complain(std::string_view key, std::string_view what) {
    if (m_problem.empty()) m_problem.append(key).append(": ").append(what);
}

std::optional<JsonElement> JsonReader::find(std::string_view key) {
    const auto end = m_object.end();
    const auto start = m_next;
    auto at = start;
    while (at != end && !at.key_equals(key))
        ++at;
    if (!(at != end)) {
        at = m_object.begin();
        while (at != start && !at.key_equals(key))
            ++at;
        if (!(at != start)) return {};
    }
    m_next = at;
    ++m_next;
    const JsonElement value = at.value();
    if (value.is_null()) return {};
    return value;
}

std::optional<JsonObject> JsonReader::object(std::string_view key) {
    const auto element = find(key);
    return element ? asObject(*element) : std::nullopt;
}

std::optional<JsonArray> JsonReader::array(std::string_view key) {
    const auto element = find(key);
    return element ? asArray(*element) : std::nullopt;
}

std::string JsonReader::text(std::string_view key) {
    const auto element = find(key);
    if (!element) return {};
    std::string_view value;
    if (element->get(value) == simdjson::SUCCESS) return std::string(value);
    return digitsOf(*element);
}

std::string JsonReader::requiredText(std::string_view key) {
    std::string value = text(key);
    if (value.empty()) complain(key, "missing");
    return value;
}

std::vector<std::string> JsonReader::texts(std::string_view key) {
    std::vector<std::string> values;
    if (const auto list = array(key)) {
        for (const JsonElement element : *list) {
            std::string_view value;
            if (element.get(value) == simdjson::SUCCESS) values.emplace_back(value);
        }
    }
    return values;
}

std::optional<qint64> JsonReader::integer(std::string_view key) {
    const std::string digits = text(key);
    qint64 value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) return {};
    return value;
}

bool JsonReader::isTrue(std::string_view key) {
    const auto element = find(key);
    bool value = false;
    return element && element->get(value) == simdjson::SUCCESS && value;
}

std::optional<UtcTime> JsonReader::time(std::string_view key) {
    const auto element = find(key);
    std::string_view value;
    if (!element || element->get(value) != simdjson::SUCCESS) return {};
    const auto parsed = UtcTime::parseIso(value);
    return parsed ? std::optional(*parsed) : std::nullopt;
}

UtcTime JsonReader::requiredTime(std::string_view key) {
    const auto value = time(key);
    if (!value) complain(key, "missing or not a time");
    return value.value_or(UtcTime());
}

Money JsonReader::decimal(std::string_view key, Currency currency) {
    const auto element = find(key);
    if (!element) return Money(0, currency);
    std::string_view text;
    // A server that sends amounts as numbers is read by their shortest decimal form.
    const std::string number = element->get(text) == simdjson::SUCCESS ? std::string() : simdjson::minify(*element);
    const auto money = Money::parse(number.empty() ? text : number, currency, Money::ExcessDigits::RoundHalfUp);
    if (!money) complain(key, "not an amount");
    return money.value_or(Money(0, currency));
}

Money JsonReader::moneyV2(std::string_view key, Currency otherwise) {
    const auto money = object(key);
    if (!money) return Money(0, otherwise);
    JsonReader reader(*money, m_problem);
    Currency currency = otherwise;
    if (const std::string code = reader.text("currencyCode"); !code.empty()) {
        const auto parsed = Currency::parse(code);
        if (!parsed) complain(key, "unknown currency");
        currency = parsed.value_or(otherwise);
    }
    return reader.decimal("amount", currency);
}

Money JsonReader::shopMoney(std::string_view key, Currency otherwise) {
    const auto bag = object(key);
    if (!bag) return Money(0, otherwise);
    JsonReader reader(*bag, m_problem);
    return reader.moneyV2("shopMoney", otherwise);
}

} // namespace aiva
