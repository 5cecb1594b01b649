#include "core/answer/playbooks/spoken_time.h"

#include <QRegularExpression>

#include <array>

using namespace Qt::StringLiterals;

namespace aiva {

namespace {

using Unit = SpokenDuration::Unit;

struct Months {
    QStringView language;
    QStringView pattern; // %1 day, %2 month, %3 year
    std::array<QStringView, 12> names;
};

constexpr std::array<Months, 4> kMonths{{
    {u"en",
     u"%1 %2 %3",
     {u"January", u"February", u"March", u"April", u"May", u"June", u"July", u"August", u"September", u"October",
      u"November", u"December"}},
    {u"de",
     u"%1. %2 %3",
     {u"Januar", u"Februar", u"März", u"April", u"Mai", u"Juni", u"Juli", u"August", u"September", u"Oktober",
      u"November", u"Dezember"}},
    {u"fr",
     u"%1 %2 %3",
     {u"janvier", u"février", u"mars", u"avril", u"mai", u"juin", u"juillet", u"août", u"septembre", u"octobre",
      u"novembre", u"décembre"}},
    {u"es",
     u"%1 de %2 de %3",
     {u"enero", u"febrero", u"marzo", u"abril", u"mayo", u"junio", u"julio", u"agosto", u"septiembre", u"octubre",
      u"noviembre", u"diciembre"}},
}};

struct UnitWords {
    QStringView language;
    Unit unit;
    QStringView one;   // as said after "within"
    QStringView many;  // as said after "within"
    QStringView shape; // every way of writing it, lower case
};

constexpr std::array<UnitWords, 16> kUnits{{
    {u"en", Unit::Hours, u"hour", u"hours", u"hours?|hrs?|h"},
    {u"en", Unit::Days, u"day", u"days", u"days?"},
    {u"en", Unit::BusinessDays, u"business day", u"business days", u"(?:business|working) days?"},
    {u"en", Unit::Weeks, u"week", u"weeks", u"weeks?"},
    {u"de", Unit::Hours, u"Stunde", u"Stunden", u"stunden?|std\\.?"},
    {u"de", Unit::Days, u"Tag", u"Tagen", u"tag(?:e|en)?"},
    {u"de", Unit::BusinessDays, u"Werktag", u"Werktagen", u"(?:werk|arbeits)tag(?:e|en)?"},
    {u"de", Unit::Weeks, u"Woche", u"Wochen", u"wochen?"},
    {u"fr", Unit::Hours, u"heure", u"heures", u"heures?"},
    {u"fr", Unit::Days, u"jour", u"jours", u"jours?"},
    {u"fr", Unit::BusinessDays, u"jour ouvré", u"jours ouvrés", u"jours? (?:ouvrés?|ouvrables?)"},
    {u"fr", Unit::Weeks, u"semaine", u"semaines", u"semaines?"},
    {u"es", Unit::Hours, u"hora", u"horas", u"horas?"},
    {u"es", Unit::Days, u"día", u"días", u"d[ií]as?"},
    {u"es", Unit::BusinessDays, u"día laborable", u"días laborables", u"d[ií]as? (?:laborables?|h[aá]bil|h[aá]biles)"},
    {u"es", Unit::Weeks, u"semana", u"semanas", u"semanas?"},
}};

QStringView rangeWord(QStringView language) {
    if (language == u"de"_s) return u"bis";
    if (language == u"fr"_s) return u"à";
    return language == u"es"_s ? u"a" : u"to";
}

bool isWeekend(QDate date) {
    return date.dayOfWeek() >= Qt::Saturday;
}

} // namespace

QString spokenDate(UtcTime moment, const QTimeZone& zone, const QString& language) {
    const Months* months = &kMonths.front();
    for (const Months& candidate : kMonths)
        if (candidate.language == language) months = &candidate;
    const QDate date = QDateTime::fromMSecsSinceEpoch(moment.ms(), zone).date();
    const QString day = language == u"fr"_s && date.day() == 1 ? u"1er"_s : QString::number(date.day());
    return months->pattern.toString().arg(day, months->names.at(size_t(date.month() - 1)).toString(),
                                          QString::number(date.year()));
}

std::optional<SpokenDuration> durationFrom(const QString& text) {
    static const QRegularExpression shape(uR"(\A(\d{1,3})(?:\s*(?:-|–|to|bis|à|a)\s*(\d{1,3}))?\s*(\D+)\z)"_s);
    const QRegularExpressionMatch match = shape.match(text.simplified().toLower());
    if (!match.hasMatch()) return std::nullopt;
    const int least = match.captured(1).toInt();
    const int most = match.captured(2).isEmpty() ? least : match.captured(2).toInt();
    if (least < 1 || most < least) return std::nullopt;
    for (const UnitWords& words : kUnits) {
        const QRegularExpression unit(u"\\A(?:%1)\\z"_s.arg(words.shape));
        if (unit.match(match.captured(3)).hasMatch()) return SpokenDuration{least, most, words.unit};
    }
    return std::nullopt;
}

QString spokenDuration(const SpokenDuration& duration, const QString& language) {
    const UnitWords* words = nullptr;
    for (const UnitWords& candidate : kUnits)
        if (candidate.unit == duration.unit &&
            (candidate.language == language || (!words && candidate.language == u"en"_s)))
            words = &candidate;
    const QString unit = (duration.most == 1 ? words->one : words->many).toString();
    if (duration.least == duration.most) return u"%1 %2"_s.arg(duration.most).arg(unit);
    return u"%1 %2 %3 %4"_s.arg(duration.least).arg(rangeWord(words->language)).arg(duration.most).arg(unit);
}

UtcTime endOf(const SpokenDuration& duration, UtcTime start, const QTimeZone& zone) {
    switch (duration.unit) {
    case Unit::Hours:
        return start.plusSeconds(qint64(duration.most) * 3600);
    case Unit::Days:
        return start.plusDays(duration.most);
    case Unit::Weeks:
        return start.plusDays(qint64(duration.most) * 7);
    case Unit::BusinessDays:
        break;
    }
    QDateTime local = QDateTime::fromMSecsSinceEpoch(start.ms(), zone);
    for (int left = duration.most; left > 0;) {
        local = local.addDays(1);
        if (!isWeekend(local.date())) --left;
    }
    return UtcTime(local.toMSecsSinceEpoch());
}

} // namespace aiva
