#include "ui/theme/font_features.h"

#include <QtEndian>

#include <algorithm>
#include <optional>

namespace aiva {

namespace {

constexpr qsizetype headerSize = 12;    // of the file, before its table records
constexpr qsizetype tableRecord = 16;   // tag, checksum, offset, length
constexpr qsizetype featureRecord = 6;  // tag, offset
constexpr auto nobodysFeature = "    "; // asked for by no shaper

template <typename Number>
std::optional<qsizetype> numberAt(const QByteArray& font, qsizetype at) {
    if (at < 0 || at + qsizetype(sizeof(Number)) > font.size()) return std::nullopt;
    return qsizetype(qFromBigEndian<Number>(font.constData() + at));
}

std::optional<qsizetype> tableAt(const QByteArray& font, const char* tag) {
    const auto tables = numberAt<quint16>(font, 4);
    for (qsizetype i = 0; tables && i < *tables; ++i) {
        const qsizetype record = headerSize + i * tableRecord;
        if (font.mid(record, 4) == tag) return numberAt<quint32>(font, record + 8);
    }
    return std::nullopt;
}

} // namespace

QByteArray withoutSubstitutions(QByteArray font, const QList<QByteArray>& features) {
    const auto table = tableAt(font, "GSUB");
    const auto list = table ? numberAt<quint16>(font, *table + 6) : std::nullopt;
    const auto count = list ? numberAt<quint16>(font, *table + *list) : std::nullopt;
    if (!count) return font;
    for (qsizetype i = 0; i < *count; ++i) {
        const qsizetype record = *table + *list + 2 + i * featureRecord;
        if (record + featureRecord > font.size()) return font;
        if (features.contains(font.mid(record, 4))) std::copy_n(nobodysFeature, 4, font.data() + record);
    }
    return font;
}

} // namespace aiva
