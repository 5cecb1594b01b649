#include "core/answer/verify/duration_reading.h"

#include "core/answer/verify/number_reading.h"

#include <QHash>
#include <QStringList>

#include <algorithm>
#include <optional>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

struct UnitRow {
    TimeUnit unit;
    const char16_t* words;
};

constexpr UnitRow kUnits[] = {
    {TimeUnit::Minute, u"minute|minutes|min|mins|minuten|minuto|minutos|分|分間"},
    {TimeUnit::Hour, u"hour|hours|h|hr|hrs|stunde|stunden|std|heure|heures|hora|horas|時間"},
    {TimeUnit::Day,
     u"day|days|calendar days|tag|tage|tagen|kalendertage|kalendertagen|jour|jours|jours calendaires|día|"
     u"días|dia|dias|días naturales|日|日間"},
    {TimeUnit::WorkingDay,
     u"business day|business days|working day|working days|work days|weekdays|workdays|werktag|werktage|werktagen|"
     u"arbeitstag|arbeitstage|arbeitstagen|geschäftstage|geschäftstagen|jour ouvré|jours ouvrés|jour ouvrable|"
     u"jours ouvrables|día hábil|días hábiles|día laborable|días laborables|営業日"},
    {TimeUnit::Week, u"week|weeks|woche|wochen|semaine|semaines|semana|semanas|週間"},
    {TimeUnit::Month, u"month|months|monat|monate|monaten|mois|mes|meses|か月|ヶ月|ヵ月|ケ月|カ月"},
    {TimeUnit::Year, u"year|years|yr|yrs|jahr|jahre|jahren|an|ans|année|années|año|años|年|年間"},
};

const QHash<QString, TimeUnit>& units() {
    static const QHash<QString, TimeUnit> table = [] {
        QHash<QString, TimeUnit> rows;
        for (const UnitRow& row : kUnits)
            for (const QString& words : QString::fromUtf16(row.words).split(u'|'))
                rows.insert(words, row.unit);
        return rows;
    }();
    return table;
}

bool isCjk(QChar c) {
    const auto script = c.script();
    return script == QChar::Script_Han || script == QChar::Script_Hiragana || script == QChar::Script_Katakana;
}

int skipTo(QStringView text, int at) {
    while (at < text.size() && (text.at(at) == u' ' || text.at(at) == u'-'))
        ++at;
    return at;
}

// The longest unit that starts there.
std::optional<std::pair<TimeUnit, int>> cjkUnitAt(QStringView text, int at) {
    for (int length = 3; length > 0; --length) {
        const auto known = units().constFind(text.mid(at, length).toString());
        if (known != units().constEnd()) return std::pair{*known, at + length};
    }
    return std::nullopt;
}

std::optional<std::pair<TimeUnit, int>> unitAt(QStringView folded, int position) {
    const int at = skipTo(folded, position);
    if (at >= folded.size()) return std::nullopt;
    if (isCjk(folded.at(at))) return cjkUnitAt(folded, at);
    const auto wordEnd = [&](int from) {
        int end = from;
        while (end < folded.size() && folded.at(end).isLetter())
            ++end;
        return end;
    };
    const int first = wordEnd(at);
    const int second = wordEnd(skipTo(folded, first));
    const QString one = folded.mid(at, first - at).toString();
    if (second > first) {
        const int start = skipTo(folded, first);
        const auto both = units().constFind(one + u' ' + folded.mid(start, second - start).toString());
        if (both != units().constEnd()) return std::pair{*both, second};
    }
    const auto known = units().constFind(one);
    return known == units().constEnd() ? std::nullopt : std::optional(std::pair{*known, first});
}

// Behind a connecting word: "5 to 7", "5-7", "5 bis 7".
std::optional<NumberReading> rangeEnd(QStringView folded, int position) {
    static const QStringList connectors{u"to"_s, u"-"_s, u"~"_s,  u"bis"_s,  u"à"_s,  u"a"_s, u"and"_s, u"und"_s,
                                        u"et"_s, u"y"_s, u"or"_s, u"oder"_s, u"ou"_s, u"o"_s, u"から"_s};
    int at = position;
    while (at < folded.size() && folded.at(at) == u' ')
        ++at;
    for (const QString& connector : connectors) {
        if (!folded.mid(at).startsWith(connector)) continue;
        int next = at + static_cast<int>(connector.size());
        while (next < folded.size() && folded.at(next) == u' ')
            ++next;
        if (auto number = numberAt(folded, next, SpaceGroups::Part)) return number;
    }
    return std::nullopt;
}

std::optional<DurationReading> durationAt(QStringView folded, int position) {
    const auto first = numberAt(folded, position, SpaceGroups::Part);
    if (!first || !first->integer()) return std::nullopt;
    int end = first->span.end();
    qint64 high = *first->integer();
    auto unit = unitAt(folded, end);
    if (!unit) {
        const auto second = rangeEnd(folded, end);
        if (!second || !second->integer()) return std::nullopt;
        high = *second->integer();
        unit = unitAt(folded, second->span.end());
    }
    if (!unit) return std::nullopt;
    end = unit->second;
    return DurationReading{{position, end - position}, *first->integer(), high, unit->first};
}

} // namespace

std::vector<DurationReading> durationsIn(const NormalisedText& text) {
    std::vector<DurationReading> found;
    const QStringView folded(text.folded);
    for (int i = 0; i < folded.size(); ++i) {
        if (!folded.at(i).isDigit()) continue;
        const bool isInside = i > 0 && (folded.at(i - 1).isLetterOrNumber() && !isCjk(folded.at(i - 1)));
        const auto duration = isInside ? std::nullopt : durationAt(folded, i);
        if (duration) {
            found.push_back(*duration);
            i = duration->span.end() - 1;
        } else {
            while (i + 1 < folded.size() && folded.at(i + 1).isDigit())
                ++i;
        }
    }
    return found;
}

} // namespace aiva
