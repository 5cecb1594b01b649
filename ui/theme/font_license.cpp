#include "ui/theme/font_license.h"

#include <QDir>
#include <QFile>
#include <QRawFont>
#include <QtEndian>

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

// OpenType 'name' table: https://learn.microsoft.com/typography/opentype/spec/name
constexpr quint16 kWindowsPlatform = 3;
constexpr quint16 kCopyright = 0;
constexpr quint16 kLicense = 13;

quint16 word(const QByteArray& table, qsizetype at) {
    return at + 2 <= table.size() ? qFromBigEndian<quint16>(table.constData() + at) : quint16(0);
}

QString nameRecord(const QByteArray& table, quint16 wanted) {
    const int count = word(table, 2);
    const qsizetype strings = word(table, 4);
    for (int i = 0; i < count; ++i) {
        const qsizetype record = 6 + 12 * i;
        if (word(table, record) != kWindowsPlatform || word(table, record + 6) != wanted) continue;
        const qsizetype start = strings + word(table, record + 10);
        const qsizetype end = std::min(start + qsizetype(word(table, record + 8)), table.size());
        QString text;
        for (qsizetype at = start; at + 1 < end; at += 2)
            text += QChar(word(table, at));
        return text;
    }
    return {};
}

} // namespace

std::vector<FontLicense> embeddedFontLicenses() {
    std::vector<FontLicense> licenses;
    const QDir fonts(u":/fonts"_s);
    for (const QString& name : fonts.entryList(QDir::Files, QDir::Name)) {
        const QRawFont font(fonts.filePath(name), 12);
        const QString family = font.familyName();
        const auto same = [&family](const FontLicense& license) { return license.family == family; };
        if (!font.isValid() || std::any_of(licenses.begin(), licenses.end(), same)) continue;
        const QByteArray table = font.fontTable("name");
        licenses.push_back({family, nameRecord(table, kCopyright), nameRecord(table, kLicense)});
    }
    return licenses;
}

} // namespace aiva
