#include "core/answer/verify/date_reading.h"

#include "core/answer/verify/calendar_words.h"
#include "core/answer/verify/numeric_dates.h"

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr int kVagueTag = 100;

constexpr PhraseRow kNear[] = {
    {0, u"today|tonight|heute|aujourd'hui|hoy"},
    {1, u"tomorrow|morgen|demain|mañana"},
    {-1, u"yesterday|gestern|hier|ayer"},
    {2, u"day after tomorrow|übermorgen|après demain|pasado mañana"},
    {-2, u"day before yesterday|vorgestern|avant hier|anteayer|antes de ayer"},
    {kVagueTag, u"next week|this week|last week|next weekend|this weekend|the weekend|next month|this month|last month|"
                u"this morning|this afternoon|this evening|last night|end of the week|end of the month"},
    {kVagueTag, u"nächste woche|nächster woche|diese woche|dieser woche|letzte woche|letzter woche|nächsten monat|"
                u"diesen monat|wochenende|ende der woche|heute morgen|heute abend"},
    {kVagueTag, u"semaine prochaine|cette semaine|semaine dernière|mois prochain|ce week end|ce matin|ce soir|"
                u"fin de semaine"},
    {kVagueTag, u"próxima semana|semana que viene|esta semana|semana pasada|próximo mes|fin de semana|esta mañana|"
                u"esta tarde|la mañana"},
};

const PhraseTable& nearDays() {
    static const PhraseTable table(kNear);
    return table;
}

struct JapaneseDay {
    const char16_t* word;
    int offset;
};
constexpr JapaneseDay kJapaneseDays[] = {{u"明後日", 2}, {u"一昨日", -2}, {u"今日", 0},         {u"本日", 0},
                                         {u"明日", 1},   {u"昨日", -1},   {u"来週", kVagueTag}, {u"今週", kVagueTag}};

// "12", "12th", "1er"; 0: none.
int dayNumber(const QString& word) {
    int digits = 0;
    while (digits < word.size() && word.at(digits) >= u'0' && word.at(digits) <= u'9')
        ++digits;
    if (digits == 0 || digits > 2) return 0;
    static const QStringList endings{QString(), u"st"_s, u"nd"_s, u"rd"_s, u"th"_s, u"er"_s, u"o"_s, u"a"_s};
    return endings.contains(word.mid(digits)) ? word.left(digits).toInt() : 0;
}

int yearNumber(const QString& word) {
    const bool isYear = word.size() == 4 && (word.startsWith("19"_L1) || word.startsWith("20"_L1));
    return isYear ? word.toInt() : 0;
}

class WordDates {
public:
    WordDates(const NormalisedText& text, const std::vector<Word>& words) : m_text(text), m_words(words) {}

    std::optional<DateReading> aroundMonth(size_t month) const;
    void addWeekday(DateReading& date) const;

private:
    // Only spaces and light punctuation between the two.
    bool areBeside(size_t left, size_t right) const;
    std::optional<size_t> dayBefore(size_t month) const;
    std::optional<size_t> dayAfter(size_t month) const;
    void addYear(DateReading& date, size_t last) const;
    void widen(DateReading& date, Span by) const;

    const NormalisedText& m_text;
    const std::vector<Word>& m_words;
};

bool WordDates::areBeside(size_t left, size_t right) const {
    if (right >= m_words.size()) return false;
    const int start = m_words[left].span.end();
    const QStringView between = m_text.view({start, m_words[right].span.start - start});
    return between.size() <= 3 &&
           std::all_of(between.begin(), between.end(), [](QChar c) { return QStringView(u" .,()").contains(c); });
}

std::optional<size_t> WordDates::dayBefore(size_t month) const {
    size_t at = month;
    for (int steps = 0; steps < 2 && at > 0 && areBeside(at - 1, at); ++steps) {
        --at;
        if (dayNumber(m_words[at].folded) > 0) return at;
        if (m_words[at].folded != "of"_L1 && m_words[at].folded != "de"_L1) break;
    }
    return std::nullopt;
}

std::optional<size_t> WordDates::dayAfter(size_t month) const {
    size_t at = month;
    for (int steps = 0; steps < 2 && areBeside(at, at + 1); ++steps) {
        ++at;
        if (dayNumber(m_words[at].folded) > 0) return at;
        if (m_words[at].folded != "the"_L1) break;
    }
    return std::nullopt;
}

void WordDates::widen(DateReading& date, Span by) const {
    const int end = std::max(date.span.end(), by.end());
    date.span.start = std::min(date.span.start, by.start);
    date.span.length = end - date.span.start;
}

void WordDates::addYear(DateReading& date, size_t last) const {
    size_t at = last;
    for (int steps = 0; steps < 2 && areBeside(at, at + 1); ++steps) {
        ++at;
        if (const int year = yearNumber(m_words[at].folded)) {
            date.year = year;
            widen(date, m_words[at].span);
            return;
        }
        if (m_words[at].folded != "de"_L1 && m_words[at].folded != "del"_L1) return;
    }
}

std::optional<DateReading> WordDates::aroundMonth(size_t month) const {
    const Word& name = m_words[month];
    DateReading date;
    date.span = name.span;
    date.month = monthOf(name.folded);
    const auto before = dayBefore(month);
    const auto after = before ? std::nullopt : dayAfter(month);
    if (before || after) {
        const size_t day = before ? *before : *after;
        date.day = dayNumber(m_words[day].folded);
        widen(date, m_words[day].span);
        addYear(date, std::max(day, month));
        return date;
    }
    date.kind = DateReading::Kind::Vague;
    addYear(date, month);
    const bool isMonth = date.year > 0 || isMonthForSure(name.folded) || (name.isCapital && !name.opensSentence);
    return isMonth ? std::optional(date) : std::nullopt;
}

void WordDates::addWeekday(DateReading& date) const {
    const auto weekdayIn = [](const Word& word) { return weekdayOf(word.folded) + shortWeekdayOf(word.folded) * 8; };
    const auto accept = [&](size_t at) {
        const int found = weekdayIn(m_words[at]);
        if (found == 0) return false;
        date.weekday = found > 7 ? found / 8 : found;
        widen(date, m_words[at].span);
        return true;
    };
    static const QStringList articles{u"the"_s, u"den"_s, u"dem"_s, u"le"_s, u"el"_s, u"am"_s, u"on"_s};
    const auto first = std::find_if(m_words.begin(), m_words.end(),
                                    [&](const Word& word) { return word.span.end() > date.span.start; });
    size_t at = static_cast<size_t>(first - m_words.begin());
    for (int steps = 0; steps < 2 && at > 0 && at < m_words.size() && areBeside(at - 1, at); ++steps) {
        --at;
        if (accept(at)) return;
        if (!articles.contains(m_words[at].folded)) break;
    }
    const auto past =
        std::find_if(first, m_words.end(), [&](const Word& word) { return word.span.start >= date.span.end(); });
    if (past == m_words.end() || past == m_words.begin()) return;
    const auto next = static_cast<size_t>(past - m_words.begin());
    if (areBeside(next - 1, next) && m_words[next].sentence == m_words[next - 1].sentence) accept(next);
}

bool overlaps(const std::vector<DateReading>& dates, Span span) {
    return std::any_of(dates.begin(), dates.end(), [&](const DateReading& date) {
        return date.span.start < span.end() && span.start < date.span.end();
    });
}

void addNumeric(const NormalisedText& text, const QString& language, std::vector<DateReading>& dates) {
    for (int i = 0; i < text.text.size(); ++i) {
        if (!text.text.at(i).isDigit()) continue;
        if (const auto date = numericDateAt(text.text, i, language)) {
            dates.push_back(*date);
            i = date->span.end() - 1;
            continue;
        }
        while (i + 1 < text.text.size() && text.text.at(i + 1).isDigit())
            ++i;
    }
}

void addWeekdays(const std::vector<Word>& words, std::vector<DateReading>& dates) {
    for (const Word& word : words) {
        const int weekday = weekdayOf(word.folded);
        if (weekday == 0 || overlaps(dates, word.span)) continue;
        DateReading date;
        date.span = word.span;
        date.kind = DateReading::Kind::Weekday;
        date.weekday = weekday;
        dates.push_back(date);
    }
}

bool isGreeting(const std::vector<Word>& words, size_t index) {
    return words[index].folded == "morgen"_L1 && index > 0 && words[index - 1].folded.startsWith("gut"_L1);
}

void addNear(const std::vector<Word>& words, const QString& language, std::vector<DateReading>& dates) {
    for (size_t i = 0; i < words.size(); ++i) {
        const auto match = nearDays().at(words, i);
        const bool isHere = words[i].folded == "hier"_L1 && language == "de"_L1;
        if (!match || isHere || isGreeting(words, i)) continue;
        const size_t last = i + static_cast<size_t>(match->words) - 1;
        DateReading date;
        date.span = {words[i].span.start, words[last].span.end() - words[i].span.start};
        if (overlaps(dates, date.span)) continue;
        date.kind = match->tag == kVagueTag ? DateReading::Kind::Vague : DateReading::Kind::Relative;
        date.offset = match->tag;
        dates.push_back(date);
        i = last;
    }
}

void addJapanese(const NormalisedText& text, std::vector<DateReading>& dates) {
    for (const JapaneseDay& day : kJapaneseDays) {
        const QString word = QString::fromUtf16(day.word);
        for (qsizetype at = text.text.indexOf(word); at >= 0; at = text.text.indexOf(word, at + 1)) {
            DateReading date;
            date.span = {static_cast<int>(at), static_cast<int>(word.size())};
            if (overlaps(dates, date.span)) continue;
            date.kind = day.offset == kVagueTag ? DateReading::Kind::Vague : DateReading::Kind::Relative;
            date.offset = day.offset;
            dates.push_back(date);
        }
    }
}

} // namespace

std::vector<DateReading> datesIn(const NormalisedText& text, const std::vector<Word>& words, const QString& language) {
    const WordDates byWords(text, words);
    std::vector<DateReading> dates;
    addNumeric(text, language, dates);
    for (size_t i = 0; i < words.size(); ++i) {
        if (monthOf(words[i].folded) == 0 || overlaps(dates, words[i].span)) continue;
        if (const auto date = byWords.aroundMonth(i)) dates.push_back(*date);
    }
    for (DateReading& date : dates)
        byWords.addWeekday(date);
    addWeekdays(words, dates);
    addNear(words, language, dates);
    addJapanese(text, dates);
    std::sort(dates.begin(), dates.end(),
              [](const DateReading& a, const DateReading& b) { return a.span.start < b.span.start; });
    return dates;
}

} // namespace aiva
