#include "core/answer/verify/calendar_words.h"

#include <QHash>
#include <QSet>
#include <QStringList>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

// One row a month or weekday, its spellings in en, de, fr, es.
constexpr const char16_t* kMonths[] = {
    u"january jan januar jänner janvier janv enero ene",
    u"february feb februar feber février fevrier févr fevr febrero",
    u"march mar märz mär mrz mars marzo",
    u"april apr avril avr abril abr",
    u"may mai mayo",
    u"june jun juni juin junio",
    u"july jul juli juillet juil julio",
    u"august aug août aout agosto ago",
    u"september sep sept septembre septiembre setiembre",
    u"october oct oktober okt octobre octubre",
    u"november nov novembre noviembre",
    u"december dec dezember dez décembre decembre déc diciembre dic",
};

constexpr const char16_t* kWeekdays[] = {
    u"monday mondays montag montags lundi lundis lunes",
    u"tuesday tuesdays dienstag dienstags mardi mardis martes",
    u"wednesday wednesdays mittwoch mittwochs mercredi mercredis miércoles miercoles",
    u"thursday thursdays donnerstag donnerstags jeudi jeudis jueves",
    u"friday fridays freitag freitags vendredi vendredis viernes",
    u"saturday saturdays samstag samstags sonnabend samedi samedis sábado sabado sábados",
    u"sunday sundays sonntag sonntags dimanche dimanches domingo domingos",
};

constexpr const char16_t* kShortWeekdays[] = {
    u"mon mo lun 月",     u"tue tues di mar 火", u"wed mi mer mié 水", u"thu thur thurs do jeu jue 木",
    u"fri fr ven vie 金", u"sat sa sam sáb 土",  u"sun so dim dom 日",
};

template <size_t N>
QHash<QString, int> numbered(const char16_t* const (&rows)[N]) {
    QHash<QString, int> table;
    for (size_t i = 0; i < N; ++i)
        for (const QString& word : QString::fromUtf16(rows[i]).split(u' '))
            table.insert(word, static_cast<int>(i) + 1);
    return table;
}

} // namespace

int monthOf(const QString& word) {
    static const QHash<QString, int> table = numbered(kMonths);
    return table.value(word);
}

bool isMonthForSure(const QString& word) {
    static const QSet<QString> unsure{u"may"_s, u"march"_s, u"mar"_s, u"mai"_s, u"mars"_s, u"sep"_s,
                                      u"ago"_s, u"jan"_s,   u"dic"_s, u"abr"_s, u"ene"_s,  u"august"_s};
    return monthOf(word) > 0 && !unsure.contains(word);
}

int weekdayOf(const QString& word) {
    static const QHash<QString, int> table = numbered(kWeekdays);
    const int known = table.value(word);
    const qsizetype day = known > 0 ? 0 : word.indexOf(u"曜日"_s);
    if (day < 1) return known;
    static const QString days = u"月火水木金土日"_s;
    return static_cast<int>(days.indexOf(word.at(day - 1))) + 1;
}

int shortWeekdayOf(const QString& word) {
    static const QHash<QString, int> table = numbered(kShortWeekdays);
    return table.value(word);
}

} // namespace aiva
