#include "core/answer/verify/normalised_text.h"

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

bool isInvisible(char32_t c) {
    return c == 0x00AD || c == 0x034F || c == 0x061C || c == 0x180E || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || c == 0xFFF9 || c == 0xFFFA ||
           c == 0xFFFB || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0000 && c <= 0xE0FFF);
}

// Not merely empty: these change what the rest looks like, or speak to machines only.
bool isDeceiving(char32_t c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || (c >= 0xE0000 && c <= 0xE007F);
}

QChar plain(QChar c) {
    if (c.unicode() < 0x80) return c;
    if (c.category() == QChar::Number_DecimalDigit) return QChar(static_cast<char16_t>(u'0' + c.digitValue()));
    const char16_t u = c.unicode();
    if (u == 0x2018 || u == 0x2019 || u == 0x201B || u == 0x02BC) return u'\'';
    if (u == 0x201C || u == 0x201D || u == 0x201E || u == 0x201F) return u'"';
    if ((u >= 0x2010 && u <= 0x2015) || u == 0x2212) return u'-';
    if (u == 0x301C || u == 0x223C) return u'~';
    if (u == 0x2028 || u == 0x2029 || u == 0x0085) return u'\n';
    return c;
}

char32_t codePointAt(const QString& text, qsizetype i, int& units) {
    units = 1;
    const QChar c = text.at(i);
    if (c.isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate()) {
        units = 2;
        return QChar::surrogateToUcs4(c, text.at(i + 1));
    }
    return c.unicode();
}

void append(NormalisedText& out, const QString& cluster, int start, int end) {
    const QString shown = cluster.size() == 1 && cluster.at(0).unicode() < 0x80
                              ? cluster
                              : cluster.normalized(QString::NormalizationForm_KC);
    for (const QChar raw : shown) {
        const QChar c = plain(raw);
        out.text += c == u'\r' ? QChar(u'\n') : c == u'\t' ? QChar(u' ') : c;
        out.folded += out.text.back().toLower();
        out.starts.push_back(start);
        out.ends.push_back(end);
    }
}

} // namespace

Span NormalisedText::inOriginal(Span span) const {
    if (span.length <= 0 || span.end() > static_cast<int>(starts.size())) return {};
    const int start = starts[static_cast<size_t>(span.start)];
    return {start, ends[static_cast<size_t>(span.end() - 1)] - start};
}

NormalisedText normalisedText(const QString& original) {
    NormalisedText out;
    out.text.reserve(original.size());
    out.folded.reserve(original.size());
    QString cluster;
    int start = 0;
    int end = 0;
    const auto flush = [&] {
        if (!cluster.isEmpty()) append(out, cluster, start, end);
        cluster.clear();
    };
    for (qsizetype i = 0; i < original.size();) {
        int units = 1;
        const char32_t c = codePointAt(original, i, units);
        if (isInvisible(c)) {
            out.hides = out.hides || isDeceiving(c);
        } else {
            if (!QChar::isMark(c)) {
                flush();
                start = static_cast<int>(i);
            }
            if (cluster.isEmpty()) start = static_cast<int>(i);
            cluster += original.mid(i, units);
            end = static_cast<int>(i) + units;
        }
        i += units;
    }
    flush();
    return out;
}

QString foldedWords(const QString& original) {
    return normalisedText(original).folded.simplified();
}

bool isWholeToken(QStringView text, Span span) {
    const auto at = [&](int i) { return i >= 0 && i < text.size() ? text.at(i) : QChar(u' '); };
    const auto joins = [](QChar c) { return c == u'-' || c == u'.' || c == u',' || c == u'/' || c == u'\''; };
    const QChar before = at(span.start - 1);
    const QChar after = at(span.end());
    if (before.isLetterOrNumber() || before == u'_' || after.isLetterOrNumber() || after == u'_') return false;
    const bool startsInNumber = at(span.start).isDigit() && joins(before) && at(span.start - 2).isDigit();
    const bool endsInNumber = at(span.end() - 1).isDigit() && joins(after) && at(span.end() + 1).isDigit();
    return !startsInNumber && !endsInNumber;
}

} // namespace aiva
