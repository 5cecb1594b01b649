#include "core/domain/mail/wire_address.h"

#include <QUrl>

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kLongestAddress = 254; // RFC 5321 §4.5.3.1.3, less the brackets
constexpr qsizetype kLongestLocalPart = 64;
constexpr qsizetype kLongestLabel = 63;

bool isAscii(QStringView text) {
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x80; });
}

// RFC 5322 atext and '.', widened by RFC 6532. Dots may stand anywhere: some carriers gave out such addresses.
bool isDotAtom(const QString& local) {
    const QList<uint> codes = local.toUcs4();
    return std::all_of(codes.begin(), codes.end(), [](uint c) {
        if (c < 0x80) return QChar::isLetterOrNumber(c) || "!#$%&'*+-/=?^_`{|}~."_L1.contains(QChar(c));
        return QChar::isLetterOrNumber(c) || QChar::isMark(c);
    });
}

bool isQuotedString(const QString& local) {
    if (local.size() < 2 || !local.startsWith(u'"') || !local.endsWith(u'"')) return false;
    for (qsizetype i = 1; i < local.size() - 1; ++i) {
        const char16_t c = local.at(i).unicode();
        if (c < 0x20 || c > 0x7E || c == u'"') return false;
        if (c != u'\\') continue;
        if (++i >= local.size() - 1) return false;
        if (local.at(i).unicode() < 0x20 || local.at(i).unicode() > 0x7E) return false;
    }
    return true;
}

bool isDomain(const QString& domain) {
    if (!isAscii(domain)) return false;
    const QStringList labels = domain.split(u'.');
    return std::all_of(labels.begin(), labels.end(), [](const QString& label) {
        if (label.isEmpty() || label.size() > kLongestLabel) return false;
        if (label.startsWith(u'-') || label.endsWith(u'-')) return false;
        return std::all_of(label.begin(), label.end(),
                           [](QChar c) { return c.isLetterOrNumber() || c == u'-' || c == u'_'; });
    });
}

} // namespace

QString wireAddress(const QString& address) {
    const QString trimmed = address.trimmed();
    const qsizetype at = trimmed.lastIndexOf(u'@');
    if (at <= 0) return {};
    const QString local = trimmed.left(at);
    QString domain = trimmed.mid(at + 1);
    if (!isAscii(domain)) domain = QString::fromLatin1(QUrl::toAce(domain));
    if (local.toUtf8().size() > kLongestLocalPart || local.size() + domain.size() >= kLongestAddress) return {};
    if (!isDotAtom(local) && !isQuotedString(local)) return {};
    return isDomain(domain) ? local + u'@' + domain : QString();
}

} // namespace aiva
