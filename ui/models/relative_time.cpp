#include "ui/models/relative_time.h"

#include "ui/widgets/format.h"

#include <QCoreApplication>
#include <QLocale>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 minuteMs = 60'000;
constexpr qint64 hourMs = 60 * minuteMs;
constexpr qint64 dayMs = 24 * hourMs;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(RelativeTime)
};

} // namespace

QString ageText(UtcTime at, UtcTime now) {
    const qint64 age = now.msSince(at);
    if (age < minuteMs) return Text::tr("now");
    if (age < hourMs) return Text::tr("%1 m").arg(age / minuteMs);
    if (age < dayMs) return Text::tr("%1 h").arg(age / hourMs);
    return formatOrderDate(at, now, QLocale());
}

QString waitingText(UtcTime since, UtcTime now) {
    const qint64 age = qMax<qint64>(0, now.msSince(since));
    if (age < hourMs) return Text::tr("%1 m").arg(age / minuteMs);
    if (age < dayMs) {
        const qint64 minutes = age % hourMs / minuteMs;
        return minutes == 0 ? Text::tr("%1 h").arg(age / hourMs) : Text::tr("%1 h %2 m").arg(age / hourMs).arg(minutes);
    }
    const qint64 hours = age % dayMs / hourMs;
    return hours == 0 || age >= 10 * dayMs ? Text::tr("%1 d").arg(age / dayMs)
                                           : Text::tr("%1 d %2 h").arg(age / dayMs).arg(hours);
}

QString sizeText(qint64 bytes) {
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

} // namespace aiva
