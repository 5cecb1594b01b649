#include "core/sync/files/csv_values.h"

#include "core/sync/files/csv_currency_signs.h"
#include "core/sync/files/csv_named_months.h"

#include <algorithm>
#include <charconv>

namespace aiva {

using namespace Qt::StringLiterals;

static constexpr std::string_view kCsvBlanks = " \t\r\n";

static std::string_view trimmedView(std::string_view text) {
    const size_t first = text.find_first_not_of(kCsvBlanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kCsvBlanks) - first + 1);
}

static bool isDigitChar(char c) {
    return c >= '0' && c <= '9';
}

std::string plainCell(std::string_view cell) {
    std::string_view text = trimmedView(cell);
    if (text.size() >= 3 && text.substr(0, 2) == "=\"" && text.back() == '"')
        text = text.substr(2, text.size() - 3);
    else if (text.size() > 1 && text[0] == '\'' && (isDigitChar(text[1]) || text[1] == '+' || text[1] == '='))
        text.remove_prefix(1);
    return std::string(text);
}

// Amounts --------------------------------------------------------------------------------------------------------

static Error badAmount(const char* why) {
    return {ErrorKind::Invalid, QString::fromLatin1(why)};
}

// The number between signs and letters: "€ 12.00", "12,00 EUR", "US$12". The blanks of other languages become ' '.
static Result<std::string> bareNumber(std::string_view cell, const Currency& currency) {
    std::string text(trimmedView(cell));
    for (const std::string_view space : {"\u00A0", "\u202F", "\u2009"})
        for (size_t at = text.find(space); at != std::string::npos; at = text.find(space, at + 1))
            text.replace(at, space.size(), " ");
    const size_t first = text.find_first_of("0123456789");
    const size_t last = text.find_last_of("0123456789");
    if (first == std::string::npos) return badAmount("is no amount");
    const bool isNegative = text.find("-") < first || text.find("\u2212") < first;
    const std::string around = text.substr(0, first) + ' ' + text.substr(last + 1);
    std::string word;
    for (const char c : around + ' ') {
        const bool isLetter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (isLetter) word.push_back(c);
        if (!isLetter && word.size() > 3) return badAmount("is no amount");
        if (!isLetter && word.size() == 3 && Currency::parse(word).value_or(Currency()) != currency)
            return badAmount("is an amount in another currency");
        if (!isLetter) word.clear();
    }
    if (isAnothersSign(around, currency.code())) return badAmount("is an amount in another currency");
    const bool isSignedBehind = text.find('-', last) != std::string::npos;
    if (isSignedBehind || around.find_first_of("().,;:/%") != std::string::npos) return badAmount("is no amount");
    return (isNegative ? "-" : "") + text.substr(first, last - first + 1);
}

// Digits in groups of three, or two as in India, but for the first.
static bool isGrouped(std::string_view whole, char mark) {
    size_t run = 0;
    bool isFirst = true;
    for (size_t i = whole.size(); i-- > 0;) {
        if (isDigitChar(whole[i])) {
            ++run;
            continue;
        }
        if (whole[i] != mark || run > 3 || run < 2 || (isFirst && run != 3)) return false;
        isFirst = false;
        run = 0;
    }
    return run > 0 && (isFirst || run <= 3);
}

struct AmountMarks {
    char decimal = '.'; // 0: there is none
    char group = 0;
};

static Result<AmountMarks> marksOf(std::string_view number, int minorDigits, CsvConventions::DecimalMark mark) {
    const size_t point = number.rfind('.');
    const size_t comma = number.rfind(',');
    const bool hasPoint = point != std::string_view::npos;
    const bool hasComma = comma != std::string_view::npos;
    const char other = number.find('\'') != std::string_view::npos ? '\'' : ' ';
    if (mark == CsvConventions::DecimalMark::Point) return AmountMarks{'.', hasComma ? ',' : other};
    if (mark == CsvConventions::DecimalMark::Comma) return AmountMarks{',', hasPoint ? '.' : other};
    if (hasPoint && hasComma) return point > comma ? AmountMarks{'.', ','} : AmountMarks{',', '.'};
    if (!hasPoint && !hasComma) return AmountMarks{0, other};
    const char only = hasPoint ? '.' : ',';
    const size_t at = hasPoint ? point : comma;
    if (number.find(only) != at) return AmountMarks{0, only};
    // "1,234": a thousand, or one and a bit?
    const size_t before = number.find(other) == std::string_view::npos ? at : 4;
    const bool isAmbiguous = number.size() - at - 1 == 3 && before <= 3 && number[0] != '0' && minorDigits != 3;
    if (isAmbiguous) return badAmount("can be read in two ways; say --decimal point or --decimal comma");
    return AmountMarks{only, other};
}

Result<Money> amountIn(std::string_view cell, Currency currency, CsvConventions::DecimalMark mark) {
    AIVA_TRY(std::string number, bareNumber(cell, currency));
    const bool isNegative = number.front() == '-';
    if (isNegative) number.erase(0, 1);
    AIVA_TRY(const AmountMarks marks, marksOf(number, currency.minorDigits(), mark));
    const size_t at = marks.decimal ? number.rfind(marks.decimal) : std::string::npos;
    const std::string_view whole = std::string_view(number).substr(0, at);
    if (!isGrouped(whole, marks.group)) return badAmount("is no amount");
    std::string decimal = isNegative ? "-" : "";
    std::copy_if(whole.begin(), whole.end(), std::back_inserter(decimal), isDigitChar);
    if (at != std::string::npos) decimal += '.' + number.substr(at + 1);
    auto amount = Money::parse(decimal, currency, Money::ExcessDigits::RoundHalfUp);
    if (!amount) return badAmount("is no amount");
    return amount;
}

// Times ----------------------------------------------------------------------------------------------------------

static Error badTime(const char* why = "is no date") {
    return {ErrorKind::Invalid, QString::fromLatin1(why)};
}

// Takes a number of at most `most` digits from the front; -1 when there is none.
static int takeNumber(std::string_view& text, size_t most) {
    size_t length = 0;
    while (length < text.size() && length < most && isDigitChar(text[length]))
        ++length;
    int value = -1;
    if (length > 0) std::from_chars(text.data(), text.data() + length, value);
    text.remove_prefix(length);
    return value;
}

static bool takeChar(std::string_view& text, std::string_view any) {
    if (text.empty() || any.find(text.front()) == std::string_view::npos) return false;
    text.remove_prefix(1);
    return true;
}

static Result<QDate> takeDate(std::string_view& text, CsvConventions::DayMonth order) {
    if (const auto named = takeNamedDay(text)) return named->year() >= 1970 ? Result<QDate>(*named) : badTime();
    const size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    const char mark = digits < text.size() ? text[digits] : '\0';
    const int first = takeNumber(text, 4);
    const std::string_view same(&mark, 1);
    if (first < 0 || !takeChar(text, "-./") || std::string_view("-./").find(mark) == std::string_view::npos)
        return badTime();
    const int second = takeNumber(text, 2);
    if (second < 0 || !takeChar(text, same)) return badTime();
    const int third = takeNumber(text, 4);
    if (third < 0) return badTime();
    int year = third;
    int month = second;
    int day = first;
    if (digits == 4) {
        year = first;
        day = third;
    } else if (mark != '.') { // dots are written by those who begin with the day
        if (order == CsvConventions::DayMonth::Unknown && first <= 12 && second <= 12 && first != second)
            return badTime("can be read in two ways; say --date-order dmy or --date-order mdy");
        const bool isMonthFirst = order == CsvConventions::DayMonth::MonthFirst ||
                                  (order == CsvConventions::DayMonth::Unknown && second > 12);
        if (isMonthFirst) std::swap(month, day);
    }
    const QDate date(year, month, day);
    return date.isValid() && year >= 1970 ? Result<QDate>(date) : badTime();
}

// "14:02", "14:02:03.5", "2:02 PM".
static Result<QTime> takeTime(std::string_view& text) {
    int hour = takeNumber(text, 2);
    if (hour < 0 || !takeChar(text, ":")) return badTime();
    const int minute = takeNumber(text, 2);
    int second = 0;
    int millisecond = 0;
    if (takeChar(text, ":")) second = takeNumber(text, 2);
    if (takeChar(text, ".")) {
        const std::string_view before = text;
        millisecond = takeNumber(text, 3);
        for (size_t i = before.size() - text.size(); i < 3; ++i)
            millisecond *= 10;
        text.remove_prefix(std::min(text.find_first_not_of("0123456789"), text.size()));
    }
    const std::string_view half = trimmedView(text).substr(0, 2);
    const bool isAfternoon = half == "PM" || half == "pm";
    if (isAfternoon || half == "AM" || half == "am") {
        if (hour < 1 || hour > 12) return badTime();
        hour = hour % 12 + (isAfternoon ? 12 : 0);
        text = trimmedView(text).substr(2);
    }
    const QTime time(hour, minute, second, millisecond);
    return time.isValid() ? Result<QTime>(time) : badTime();
}

// Minutes east of Greenwich; absent when no zone stands there.
static Result<std::optional<int>> takeZone(std::string_view text) {
    using Zone = std::optional<int>;
    text = trimmedView(text);
    if (text.empty()) return Zone();
    if (text == "Z" || text == "z" || text == "UTC" || text == "GMT") return Zone(0);
    const int sign = text.front() == '-' ? -1 : 1;
    if (!takeChar(text, "+-")) return badTime();
    const int hours = takeNumber(text, 2);
    takeChar(text, ":");
    const int minutes = text.empty() ? 0 : takeNumber(text, 2);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || !text.empty()) return badTime();
    return Zone(sign * (hours * 60 + minutes));
}

static Result<std::optional<int>> readTime(std::string_view cell, CsvConventions::DayMonth order, QDateTime& local) {
    const std::string plain = plainCell(cell);
    std::string_view text = plain;
    AIVA_TRY(const QDate date, takeDate(text, order));
    QTime time(0, 0);
    if (takeChar(text, "Tt ,")) {
        text = trimmedView(text);
        AIVA_TRY(time, takeTime(text));
    }
    AIVA_TRY(const std::optional<int> zone, takeZone(text));
    local = QDateTime(date, time, Qt::UTC);
    return zone;
}

Result<UtcTime> timeIn(std::string_view cell, const CsvConventions& conventions) {
    QDateTime local;
    AIVA_TRY(const std::optional<int> zone, readTime(cell, conventions.dayMonth, local));
    if (!zone && conventions.timeZone != QTimeZone::utc())
        return UtcTime(QDateTime(local.date(), local.time(), conventions.timeZone).toMSecsSinceEpoch());
    return UtcTime(local.toMSecsSinceEpoch()).plusSeconds(-60 * zone.value_or(0));
}

bool lacksZone(std::string_view cell) {
    QDateTime local;
    for (const auto order : {CsvConventions::DayMonth::DayFirst, CsvConventions::DayMonth::MonthFirst})
        if (const auto zone = readTime(cell, order, local)) return !*zone;
    return false;
}

// Others ---------------------------------------------------------------------------------------------------------

Result<qint64> countIn(std::string_view cell) {
    const std::string text = plainCell(cell);
    const size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
    const bool isWhole =
        end == text.size() || (text[end] == '.' && text.find_first_not_of('0', end + 1) == std::string::npos);
    qint64 value = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + end, value);
    if (end == 0 || !isWhole || parsed.ec != std::errc()) return Error{ErrorKind::Invalid, u"is no whole number"_s};
    return value;
}

bool isRoundedNumber(std::string_view cell) {
    const std::string text = plainCell(cell);
    const size_t sign = text.find("E+");
    if (sign == std::string::npos || sign == 0 || sign + 2 == text.size()) return false;
    const std::string_view front = std::string_view(text).substr(0, sign);
    const std::string_view power = std::string_view(text).substr(sign + 2);
    const size_t mark = std::min(front.find_first_of(".,"), front.size());
    return isDigitChar(front.front()) && std::all_of(power.begin(), power.end(), isDigitChar) &&
           std::all_of(front.begin(), front.begin() + static_cast<std::ptrdiff_t>(mark), isDigitChar) &&
           front.find_first_not_of("0123456789", mark + 1) == std::string_view::npos;
}

std::vector<std::string> listIn(std::string_view cell) {
    std::vector<std::string> list;
    while (!cell.empty()) {
        const size_t comma = std::min(cell.find(','), cell.size());
        if (const std::string_view one = trimmedView(cell.substr(0, comma)); !one.empty()) list.emplace_back(one);
        cell.remove_prefix(std::min(comma + 1, cell.size()));
    }
    return list;
}

} // namespace aiva
