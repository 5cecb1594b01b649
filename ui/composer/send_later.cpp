#include "ui/composer/send_later.h"

#include <QDateTime>

#include <algorithm>

namespace aiva {

namespace {

constexpr qint64 leastMs = 30 * 60 * 1000;
constexpr qint64 hourMs = 60 * 60 * 1000;
constexpr int evening = 18;
constexpr int morning = 9;

} // namespace

std::vector<LaterOffer> laterOffers(UtcTime now, const QTimeZone& zone) {
    const QDate today = QDateTime::fromMSecsSinceEpoch(now.ms(), zone).date();
    const auto at = [&](QDate day, int hour) {
        return UtcTime(QDateTime(day, QTime(hour, 0), zone).toMSecsSinceEpoch());
    };
    const QDate monday = today.addDays(8 - today.dayOfWeek());
    const std::vector<LaterOffer> all{{LaterChoice::InAnHour, UtcTime(now.ms() + hourMs)},
                                      {LaterChoice::ThisEvening, at(today, evening)},
                                      {LaterChoice::TomorrowMorning, at(today.addDays(1), morning)},
                                      {LaterChoice::MondayMorning, at(monday, morning)}};
    std::vector<LaterOffer> offers;
    for (const LaterOffer& offer : all) {
        const bool isThere =
            std::any_of(offers.begin(), offers.end(), [&](const auto& one) { return one.at == offer.at; });
        if (offer.at.ms() - now.ms() >= leastMs && !isThere) offers.push_back(offer);
    }
    std::sort(offers.begin(), offers.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
    return offers;
}

} // namespace aiva
