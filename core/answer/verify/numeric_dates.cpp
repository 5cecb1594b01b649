#include "core/answer/verify/numeric_dates.h"

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

struct Digits {
    int value = 0;
    int length = 0;
    int end = 0;
};

Digits digitsAt(QStringView text, int at) {
    Digits digits{0, 0, at};
    while (digits.end < text.size() && text.at(digits.end) >= u'0' && text.at(digits.end) <= u'9' &&
           digits.length < 5) {
        digits.value = digits.value * 10 + text.at(digits.end).digitValue();
        ++digits.length;
        ++digits.end;
    }
    return digits;
}

QChar charAt(QStringView text, int at) {
    return at < text.size() ? text.at(at) : QChar(u' ');
}

DateReading dayMonth(int start, int end, int day, int month, int year) {
    DateReading date;
    date.span = {start, end - start};
    date.day = day;
    date.month = month;
    date.year = year;
    return date;
}

// 5月12日, 2026年5月12日
std::optional<DateReading> japaneseAt(QStringView text, int position) {
    Digits first = digitsAt(text, position);
    int year = 0;
    if (charAt(text, first.end) == u'年') {
        year = first.value;
        first = digitsAt(text, first.end + 1);
    }
    if (first.length == 0 || charAt(text, first.end) != u'月') return std::nullopt;
    const Digits day = digitsAt(text, first.end + 1);
    if (day.length == 0 || charAt(text, day.end) != u'日') return std::nullopt;
    return dayMonth(position, day.end + 1, day.value, first.value, year);
}

std::optional<DateReading> threeParts(int start, const Digits& a, const Digits& b, const Digits& c, QChar mark,
                                      const QString& language) {
    if (a.length == 4 && c.length <= 2) return dayMonth(start, c.end, c.value, b.value, a.value);
    if (a.length > 2 || b.length > 2 || (c.length != 2 && c.length != 4)) return std::nullopt;
    const int year = c.length == 2 ? 2000 + c.value : c.value;
    if (mark != u'/' || language != "en"_L1) return dayMonth(start, c.end, a.value, b.value, year);
    if (a.value > 12) return dayMonth(start, c.end, a.value, b.value, year);
    if (b.value > 12 || a.value == b.value) return dayMonth(start, c.end, b.value, a.value, year);
    DateReading date = dayMonth(start, c.end, a.value, b.value, year);
    date.kind = DateReading::Kind::Ambiguous;
    return date;
}

} // namespace

std::optional<DateReading> numericDateAt(QStringView text, int position, const QString& language) {
    if (position > 0 &&
        (text.at(position - 1).isLetterOrNumber() && text.at(position - 1).script() == QChar::Script_Latin))
        return std::nullopt;
    if (auto japanese = japaneseAt(text, position)) return japanese;
    const Digits a = digitsAt(text, position);
    const QChar mark = charAt(text, a.end);
    if (a.length > 4 || (mark != u'-' && mark != u'.' && mark != u'/')) return std::nullopt;
    const Digits b = digitsAt(text, a.end + 1);
    if (b.length == 0 || b.length > 2) return std::nullopt;
    if (charAt(text, b.end) == mark) {
        const Digits c = digitsAt(text, b.end + 1);
        if (c.length > 0)
            return isWholeToken(text, {position, c.end - position}) ? threeParts(position, a, b, c, mark, language)
                                                                    : std::nullopt;
        const bool isGerman = mark == u'.' && a.length <= 2 && language == "de"_L1;
        if (isGerman) return dayMonth(position, b.end + 1, a.value, b.value, 0);
    }
    const bool isShort = mark == u'/' && a.length <= 2 && (language == "fr"_L1 || language == "es"_L1);
    if (!isShort || !isWholeToken(text, {position, b.end - position})) return std::nullopt;
    return dayMonth(position, b.end, a.value, b.value, 0);
}

} // namespace aiva
