// Shopify's records as this folder keeps them, and what the tests of their decoders need to take one apart.
#pragma once

#include "core/adapters/store/shopify/bulk_decoder.h"
#include "core/adapters/store/shopify/record_decoders.h"
#include "tests/support/corpora.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace aiva::test {

using namespace Qt::StringLiterals;

inline const DecodeContext kEuro{*Currency::parse("EUR")};

inline QByteArray fixture(const char* name) {
    QFile file(sourceDir() + u"/tests/core/adapters/shopify/data/"_s + QLatin1StringView(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline QJsonObject fixtureObject(const char* name) {
    return QJsonDocument::fromJson(fixture(name)).object();
}

inline QByteArray compact(const QJsonObject& object) {
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

// Keeps the parse alive while the object is read.
struct Parsed {
    explicit Parsed(const QByteArray& text) : document(*JsonDocument::parse(text)) {}
    JsonObject object() const { return *asObject(document.root()); }
    JsonDocument document;
};

inline Money euro(qint64 minor) {
    return Money(minor, kEuro.shopCurrency);
}

inline UtcTime at(const char* text) {
    return *UtcTime::parseIso(text);
}

// A line as the port promises it: readable bytes behind its end.
inline std::variant<BulkRecord, RecordFault> decodeLine(BulkDecoder& decoder, const QByteArray& line) {
    const QByteArray padded = line + QByteArray(64, '\0');
    return decoder.decode(std::string_view(padded.constData(), static_cast<size_t>(line.size())));
}

template <typename T>
const T* recordIn(const std::variant<BulkRecord, RecordFault>& decoded) {
    const auto* record = std::get_if<BulkRecord>(&decoded);
    return record ? std::get_if<T>(record) : nullptr;
}

} // namespace aiva::test
