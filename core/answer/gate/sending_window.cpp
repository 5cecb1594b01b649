#include "core/answer/gate/sending_window.h"

#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace aiva {

namespace {

constexpr int minutesOfDay = 24 * 60;
// Over a change of the clock a day's opening may not exist at all; the day after it does.
constexpr int daysLookedAt = 4;

bool makesSense(SendingWindow window) {
    const auto isMinute = [](int minute) { return minute >= 0 && minute <= minutesOfDay; };
    return isMinute(window.startMinute) && isMinute(window.endMinute);
}

QTimeZone zoneOf(const QString& name) {
    return name.isEmpty() ? QTimeZone::utc() : QTimeZone(name.toUtf8());
}

bool isInside(const QDateTime& local, SendingWindow window) {
    if (window.startMinute % minutesOfDay == window.endMinute % minutesOfDay) return true;
    const int minute = local.time().hour() * 60 + local.time().minute();
    if (window.startMinute < window.endMinute) return minute >= window.startMinute && minute < window.endMinute;
    return minute >= window.startMinute || minute < window.endMinute;
}

} // namespace

std::optional<UtcTime> firstInWindow(UtcTime earliest, SendingWindow window, const QString& timeZone) {
    const QTimeZone zone = zoneOf(timeZone);
    if (!zone.isValid() || !makesSense(window)) return std::nullopt;
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(earliest.ms(), zone);
    if (isInside(local, window)) return earliest;
    const QTime opening = QTime(0, 0).addSecs((window.startMinute % minutesOfDay) * 60);
    for (int day = 0; day < daysLookedAt; ++day) {
        const QDateTime opens(local.date().addDays(day), opening, zone);
        if (!opens.isValid()) continue;
        const UtcTime moment(opens.toMSecsSinceEpoch());
        if (moment >= earliest && isInside(QDateTime::fromMSecsSinceEpoch(moment.ms(), zone), window)) return moment;
    }
    return std::nullopt;
}

bool isInWindow(UtcTime moment, SendingWindow window, const QString& timeZone) {
    const QTimeZone zone = zoneOf(timeZone);
    return zone.isValid() && makesSense(window) && isInside(QDateTime::fromMSecsSinceEpoch(moment.ms(), zone), window);
}

} // namespace aiva
