#include "core/adapters/mail/mime/attachment_name.h"

#include "core/adapters/mail/mime/mail_charset.h"

#include <QStringList>

#include <array>
#include <utility>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kLongestName = 120;
constexpr qsizetype kLongestExtension = 12;

QString extensionFor(const QString& mimeType) {
    static constexpr std::array<std::pair<QLatin1String, QLatin1String>, 14> table{{
        {"image/jpeg"_L1, ".jpg"_L1},
        {"image/png"_L1, ".png"_L1},
        {"image/gif"_L1, ".gif"_L1},
        {"image/webp"_L1, ".webp"_L1},
        {"application/pdf"_L1, ".pdf"_L1},
        {"application/zip"_L1, ".zip"_L1},
        {"text/plain"_L1, ".txt"_L1},
        {"text/html"_L1, ".html"_L1},
        {"text/csv"_L1, ".csv"_L1},
        {"text/calendar"_L1, ".ics"_L1},
        {"text/vcard"_L1, ".vcf"_L1},
        {"message/rfc822"_L1, ".eml"_L1},
        {"application/ms-tnef"_L1, ".dat"_L1},
        {"application/pgp-signature"_L1, ".asc"_L1},
    }};
    for (const auto& [type, extension] : table)
        if (mimeType == type) return extension;
    return u".bin"_s;
}

bool isReservedOnWindows(const QString& name) {
    static const QStringList devices{u"CON"_s, u"PRN"_s, u"AUX"_s, u"NUL"_s};
    const QString stem = name.section(u'.', 0, 0).trimmed().toUpper();
    if (devices.contains(stem)) return true;
    return stem.size() == 4 && (stem.startsWith("COM"_L1) || stem.startsWith("LPT"_L1)) && stem.at(3).isDigit();
}

QString shortened(const QString& name) {
    if (name.size() <= kLongestName) return name;
    const qsizetype dot = name.lastIndexOf(u'.');
    const QString extension = dot > 0 && name.size() - dot <= kLongestExtension ? name.mid(dot) : QString();
    QString stem = name.left(kLongestName - extension.size());
    if (stem.back().isHighSurrogate()) stem.chop(1);
    return stem + extension;
}

} // namespace

QString safeAttachmentName(const QString& name, const QString& mimeType, int number) {
    QString base = name.trimmed();
    base = base.mid(std::max(base.lastIndexOf(u'/'), base.lastIndexOf(u'\\')) + 1);
    QString clean;
    for (const QChar c : singleLine(base)) {
        const bool mark = c.unicode() == 0x200E || c.unicode() == 0x200F || c.unicode() == 0xFEFF;
        if (mark) continue;
        clean.append(uR"(<>:"|?*)"_s.contains(c) ? QChar(u'_') : c);
    }
    while (clean.startsWith(u'.') || clean.startsWith(u' '))
        clean.remove(0, 1);
    clean = shortened(clean);
    while (clean.endsWith(u'.') || clean.endsWith(u' '))
        clean.chop(1);
    if (clean.isEmpty()) return u"attachment-%1"_s.arg(number) + extensionFor(mimeType);
    return isReservedOnWindows(clean) ? u'_' + clean : clean;
}

} // namespace aiva
