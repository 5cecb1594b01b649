#include "core/answer/facts/untrusted_text.h"

#include <QStringList>
#include <QUrl>

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr int kMostMarks = 4;
constexpr qsizetype kLongestUrl = 300;
constexpr qsizetype kLongestName = 60;
constexpr qsizetype kMostNameWords = 5;

bool isMark(char32_t c) {
    const QChar::Category category = QChar::category(c);
    return category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing;
}

// Letters and marks by their category that nevertheless show nothing.
bool isBlankLetter(char32_t c) {
    return c == 0x034F || c == 0x115F || c == 0x1160 || c == 0x17B4 || c == 0x17B5 || c == 0x3164 || c == 0xFFA0 ||
           c == 0x2800;
}

bool isVariation(char32_t c) {
    return (c >= 0x180B && c <= 0x180F) || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

bool isInvisible(char32_t c) {
    if (isBlankLetter(c) || isVariation(c) || (c >= 0xE0000 && c <= 0xE0FFF)) return true;
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
        return true;
    default:
        return false;
    }
}

bool isLineEnd(char32_t c) {
    return c == '\n' || c == '\v' || c == '\f' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

// Nearly every name, title and number: one line of printable ASCII with single blanks, which stays as it is.
bool isTame(const QString& text) {
    const QChar* at = text.constData();
    const QChar* const end = at + text.size();
    char16_t before = u' ';
    for (; at != end; ++at) {
        const char16_t c = at->unicode();
        if (c < 0x20 || c > 0x7E || (c == u' ' && before == u' ')) return false;
        before = c;
    }
    return text.isEmpty() || before != u' ';
}

QString visibleOf(const QString& text) {
    QString visible;
    visible.reserve(text.size());
    int marks = 0;
    for (const char32_t c : text.toUcs4()) {
        if (isLineEnd(c)) {
            visible += u'\n';
        } else if (c == '\t' || QChar::category(c) == QChar::Separator_Space) {
            visible += u' ';
        } else if (!isInvisible(c)) {
            marks = isMark(c) ? marks + 1 : 0;
            if (marks <= kMostMarks) visible += QStringView(QChar::fromUcs4(c));
        }
    }
    return visible.normalized(QString::NormalizationForm_C);
}

} // namespace

QString cleanedText(const QString& untrusted) {
    if (isTame(untrusted)) return untrusted;
    QString text = untrusted;
    text.replace("\r\n"_L1, "\n"_L1).replace(u'\r', u'\n');
    QStringList kept;
    const QStringList lines = visibleOf(text).split(u'\n');
    for (const QString& line : lines) {
        const QString tame = line.simplified();
        if (tame.isEmpty() && (kept.isEmpty() || kept.last().isEmpty())) continue;
        kept.append(tame);
    }
    if (!kept.isEmpty() && kept.last().isEmpty()) kept.removeLast();
    return kept.join(u'\n');
}

QString cleanedLine(const QString& untrusted, qsizetype most) {
    QString line = cleanedText(untrusted.left(4 * most + 400));
    if (line.contains(u'\n')) line = line.simplified();
    if (line.size() <= most) return line;
    qsizetype end = most - 1;
    if (line.at(end - 1).isHighSurrogate()) --end;
    return line.left(end).trimmed() + u'…';
}

QString cleanedUrl(const QString& untrusted) {
    const QString text = untrusted.trimmed();
    if (text.size() > kLongestUrl || text != cleanedText(text) || text.contains(u' ') || text.contains(u'\n'))
        return {};
    const QUrl url(text, QUrl::StrictMode);
    const bool isWeb = url.scheme() == "https"_L1 || url.scheme() == "http"_L1;
    return url.isValid() && isWeb && !url.host().isEmpty() && url.userInfo().isEmpty() ? text : QString();
}

QString cleanedPersonName(const QString& untrusted) {
    const QString name = cleanedLine(untrusted, 4 * kLongestName);
    const bool isPlain = std::all_of(name.begin(), name.end(), [](QChar c) {
        return c.isLetter() || c.isMark() || c.isSurrogate() || c == u' ' || c == u'-' || c == u'.' || c == u'\'' ||
               c == u'’' || c == u'·';
    });
    const bool isShort = name.size() <= kLongestName && name.count(u' ') < kMostNameWords;
    return isPlain && isShort ? name : QString();
}

} // namespace aiva
