#include "core/base/utc_time.h"

#include <charconv>

namespace aiva {
namespace {

Error invalidTime() {
    return {ErrorKind::Invalid, QStringLiteral("time is not RFC 3339")};
}

// Days since 1970-01-01 of a Gregorian date (Howard Hinnant's days_from_civil).
constexpr qint64 daysFromCivil(qint64 year, unsigned month, unsigned day) {
    year -= month <= 2;
    const qint64 era = (year >= 0 ? year : year - 399) / 400;
    const auto yearOfEra = static_cast<unsigned>(year - era * 400);
    const unsigned dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    const unsigned dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146097 + static_cast<qint64>(dayOfEra) - 719468;
}

constexpr unsigned daysInMonth(int year, int month) {
    constexpr unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29U : days[month - 1];
}

bool number(std::string_view text, size_t at, size_t length, int& out) {
    if (at + length > text.size()) return false;
    for (size_t i = at; i < at + length; ++i)
        if (text[i] < '0' || text[i] > '9') return false;
    return std::from_chars(text.data() + at, text.data() + at + length, out).ec == std::errc();
}

// Offset in minutes of "Z", "+02:00", "-0500"; false when it is none of these.
bool offsetMinutes(std::string_view zone, int& minutes) {
    if (zone == "Z" || zone == "z") {
        minutes = 0;
        return true;
    }
    if (zone.size() < 5 || (zone[0] != '+' && zone[0] != '-')) return false;
    const size_t minuteAt = zone[3] == ':' ? 4 : 3;
    int hour = 0;
    int minute = 0;
    if (zone.size() != minuteAt + 2 || !number(zone, 1, 2, hour) || !number(zone, minuteAt, 2, minute)) return false;
    if (hour > 23 || minute > 59) return false;
    minutes = (hour * 60 + minute) * (zone[0] == '-' ? -1 : 1);
    return true;
}

} // namespace

Result<UtcTime> UtcTime::parseIso(std::string_view text) {
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
    const bool shape = text.size() >= 20 && text[4] == '-' && text[7] == '-' &&
                       (text[10] == 'T' || text[10] == 't' || text[10] == ' ') && text[13] == ':' && text[16] == ':';
    if (!shape || !number(text, 0, 4, year) || !number(text, 5, 2, month) || !number(text, 8, 2, day) ||
        !number(text, 11, 2, hour) || !number(text, 14, 2, minute) || !number(text, 17, 2, second))
        return invalidTime();
    // 60 is a leap second (RFC 3339 §5.6); it is counted into the next minute.
    if (month < 1 || month > 12 || day < 1 || static_cast<unsigned>(day) > daysInMonth(year, month) || hour > 23 ||
        minute > 59 || second > 60)
        return invalidTime();

    size_t at = 19;
    int millisecond = 0;
    if (text[at] == '.') {
        int scale = 100;
        size_t digits = 0;
        for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, ++digits) {
            millisecond += (text[at] - '0') * scale;
            scale /= 10;
        }
        if (digits == 0) return invalidTime();
    }
    int offset = 0;
    if (!offsetMinutes(text.substr(at), offset)) return invalidTime();
    const qint64 days = daysFromCivil(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
    const qint64 seconds = days * 86400 + hour * 3600 + minute * 60 + second - offset * 60;
    return UtcTime(seconds * 1000 + millisecond);
}

QString UtcTime::isoText() const {
    const auto format =
        m_ms % 1000 == 0 ? QStringLiteral("yyyy-MM-dd'T'HH:mm:ss'Z'") : QStringLiteral("yyyy-MM-dd'T'HH:mm:ss.zzz'Z'");
    return toDateTime().toString(format);
}

} // namespace aiva
