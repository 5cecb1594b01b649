// One parsed JSON text and readers for its objects. Used by everything that reads what a shop wrote; never fails on an
// absent, null or oddly typed field unless the caller says that the field is required.
#pragma once

#include "core/base/money.h"
#include "core/base/utc_time.h"

#include <QByteArray>

#include <simdjson.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aiva {

using JsonElement = simdjson::dom::element;
using JsonObject = simdjson::dom::object;
using JsonArray = simdjson::dom::array;

// Copies share one parse; elements live as long as any copy.
class JsonDocument {
public:
    // Network/BodyTruncated when the text is not one whole JSON value. Broken characters inside strings are replaced,
    // because one of them must not take two hundred good records with it.
    static Result<JsonDocument> parse(const QByteArray& text);
    JsonElement root() const { return m_root; }

private:
    std::shared_ptr<simdjson::dom::parser> m_parser;
    JsonElement m_root;
};

// Half surrogate pairs and invalid UTF-8 replaced by U+FFFD.
QByteArray repairedJson(QByteArrayView text);

std::optional<JsonObject> asObject(JsonElement element);
std::optional<JsonArray> asArray(JsonElement element);

// Reads one object's fields in about the order in which they stand, which makes each look-up a step, not a search.
// The first complaint about a required or malformed field is kept in `problem`.
class JsonReader {
public:
    JsonReader(JsonObject object, std::string& problem);

    // Absent and null are both nothing.
    std::optional<JsonElement> find(std::string_view key);
    std::optional<JsonObject> object(std::string_view key);
    std::optional<JsonArray> array(std::string_view key);

    std::string text(std::string_view key); // numbers as their digits, everything else empty
    std::string requiredText(std::string_view key);
    std::vector<std::string> texts(std::string_view key);
    std::optional<qint64> integer(std::string_view key); // a number or its digits as text
    bool isTrue(std::string_view key);
    std::optional<UtcTime> time(std::string_view key); // malformed is nothing
    UtcTime requiredTime(std::string_view key);

    // Nothing is zero; malformed is a problem.
    Money decimal(std::string_view key, Currency currency);    // "12.00"
    Money moneyV2(std::string_view key, Currency otherwise);   // {amount, currencyCode}
    Money shopMoney(std::string_view key, Currency otherwise); // {shopMoney{amount, currencyCode}}

    void complain(std::string_view key, std::string_view what);

private:
    JsonObject m_object;
    JsonObject::iterator m_next;
    std::string& m_problem;
};

} // namespace aiva
