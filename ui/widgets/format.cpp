#include "ui/widgets/format.h"

#include <QCoreApplication>

#include <array>
#include <string_view>
#include <utility>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(aiva::Format)
};

// Signs as CLDR's English uses them for currencies that are not the reader's own; the rest show their code.
QString currencySign(Currency currency, const QLocale& locale) {
    if (locale.currencySymbol(QLocale::CurrencyIsoCode) == currency.text())
        return locale.currencySymbol(QLocale::CurrencySymbol);
    static constexpr std::array<std::pair<std::string_view, const char16_t*>, 16> kSigns{{
        {"USD", u"$"},
        {"EUR", u"€"},
        {"GBP", u"£"},
        {"JPY", u"¥"},
        {"AUD", u"A$"},
        {"BRL", u"R$"},
        {"CAD", u"CA$"},
        {"CNY", u"CN¥"},
        {"HKD", u"HK$"},
        {"ILS", u"₪"},
        {"INR", u"₹"},
        {"KRW", u"₩"},
        {"MXN", u"MX$"},
        {"NZD", u"NZ$"},
        {"TWD", u"NT$"},
        {"VND", u"₫"},
    }};
    // A locale whose own sign is "$" (Canada, Mexico) says US$ for the other one.
    if (currency.code() == "USD" && locale.currencySymbol(QLocale::CurrencySymbol) == u"$"_s) return u"US$"_s;
    for (const auto& [code, sign] : kSigns)
        if (code == currency.code()) return QString::fromUtf16(sign);
    // A code needs air between itself and the digits.
    return currency.text() + QChar(QChar::Nbsp);
}

QString localDigits(const QString& digits, const QLocale& locale) {
    const QString zero = locale.zeroDigit();
    if (zero == u"0"_s) return digits;
    QString local;
    const char32_t first = zero.toUcs4().value(0, U'0');
    for (const QChar digit : digits) {
        const char32_t shifted = first + static_cast<char32_t>(digit.unicode() - u'0');
        local += QString::fromUcs4(&shifted, 1);
    }
    return local;
}

// The unsigned number with the locale's grouping and decimal point.
QString localNumber(const QString& decimalText, const QLocale& locale) {
    const qsizetype point = decimalText.indexOf(u'.');
    const QString whole = locale.toString(decimalText.left(point).toULongLong());
    if (point < 0) return whole;
    return whole + locale.decimalPoint() + localDigits(decimalText.mid(point + 1), locale);
}

bool isSeparator(QChar c) {
    return c.isSpace() || c.isPunct();
}

// A date format without its weekday, and without its year when asked, months abbreviated: the locale's long format cut
// down, since Qt offers no "month and day" format.
enum class Year { Shown, Hidden };
QString dayFormat(const QLocale& locale, Year year) {
    QString format = locale.dateFormat(QLocale::LongFormat);
    const auto drop = [&format](QStringView field) {
        const qsizetype at = format.indexOf(field);
        if (at < 0) return;
        format.remove(at, field.size());
        if (at < format.size() && format.left(at).trimmed().isEmpty()) {
            // It led: what joined it to the next field goes too ("2025年" leaves with its 年).
            while (at < format.size() && format[at] != u'M' && format[at] != u'd' && format[at] != u'y')
                format.remove(at, 1);
            return;
        }
        // It followed: the comma, blank or quoted word before it goes ("20 'de' febrero 'de' 2025").
        qsizetype start = at;
        while (start > 0 && (format[start - 1].isSpace() || format[start - 1] == u',' || format[start - 1] == u'،'))
            --start;
        if (start > 1 && format[start - 1] == u'\'') {
            start = format.lastIndexOf(u'\'', start - 2);
            while (start > 0 && isSeparator(format[start - 1]) && format[start - 1] != u'.')
                --start;
        }
        format.remove(start, at - start);
    };
    drop(u"dddd");
    if (year == Year::Hidden) drop(u"yyyy");
    return format.replace("MMMM"_L1, "MMM"_L1).trimmed();
}

QDateTime local(UtcTime at) {
    return at.toDateTime().toLocalTime();
}

QString shortTime(const QDateTime& at, const QLocale& locale) {
    if (locale.language() == QLocale::C) return at.time().toString(u"HH:mm"_s);
    return locale.toString(at.time(), QLocale::ShortFormat);
}

constexpr qint64 kMinute = 60'000;
constexpr qint64 kHour = 60 * kMinute;
constexpr qint64 kDay = 24 * kHour;

} // namespace

QString formatMoney(Money amount, const QLocale& locale) {
    const QString text = amount.decimalText();
    const bool negative = text.startsWith(u'-');
    // The locale's pattern around a single digit, which then gives way to the number itself.
    QString pattern = locale.toCurrencyString(qlonglong(1), currencySign(amount.currency(), locale));
    const qsizetype digit = pattern.indexOf(locale.toString(1));
    if (digit < 0) return text + u' ' + amount.currency().text();
    pattern.replace(digit, locale.toString(1).size(), localNumber(negative ? text.mid(1) : text, locale));
    // Qt's negative pattern is the accountant's "($1)"; people read "-$1".
    return negative ? locale.negativeSign() + pattern : pattern;
}

QString formatOrderDate(UtcTime at, UtcTime now, const QLocale& locale) {
    const QDate date = local(at).date();
    const Year year = date.year() == local(now).date().year() ? Year::Hidden : Year::Shown;
    return locale.toString(date, dayFormat(locale, year));
}

QString formatFullDate(UtcTime at, const QLocale& locale) {
    return locale.toString(local(at).date(), dayFormat(locale, Year::Shown));
}

QString formatTime(UtcTime at, UtcTime now, const QLocale& locale) {
    const QString time = shortTime(local(at), locale);
    if (local(at).date() == local(now).date()) return time;
    return Text::tr("%1, %2", "date, time").arg(formatOrderDate(at, now, locale), time);
}

QString formatFullTime(UtcTime at, const QLocale& locale) {
    return Text::tr("%1, %2", "date, time")
        .arg(locale.toString(local(at).date(), QLocale::LongFormat), shortTime(local(at), locale));
}

QString formatAgo(UtcTime at, UtcTime now) {
    const qint64 age = now.msSince(at);
    if (age < kMinute) return Text::tr("just now");
    if (age < kHour) return Text::tr("%1 min ago").arg(age / kMinute);
    if (age < kDay) return Text::tr("%1 h ago").arg(age / kHour);
    if (age < 60 * kDay) return Text::tr("%1 d ago").arg(age / kDay);
    return Text::tr("%1 months ago").arg(age / (30 * kDay));
}

} // namespace aiva
