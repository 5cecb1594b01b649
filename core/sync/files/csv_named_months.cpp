#include "core/sync/files/csv_named_months.h"

#include <QLocale>

#include <algorithm>
#include <array>
#include <vector>

namespace aiva {

using namespace Qt::StringLiterals;

static QString plainMonth(QString name) {
    name.remove(u'.');
    return name.toLower();
}

static std::vector<std::pair<QString, int>> monthNames() {
    std::vector<std::pair<QString, int>> names;
    for (const QLocale::Language language : {QLocale::English, QLocale::German, QLocale::French, QLocale::Spanish}) {
        const QLocale locale(language);
        for (int month = 1; month <= 12; ++month)
            for (const QLocale::FormatType format : {QLocale::LongFormat, QLocale::ShortFormat}) {
                names.emplace_back(plainMonth(locale.monthName(month, format)), month);
                names.emplace_back(plainMonth(locale.standaloneMonthName(month, format)), month);
            }
    }
    return names;
}

// 0: none has that name.
static int monthNamed(std::string_view word) {
    if (word.size() < 3 || (word[0] >= '0' && word[0] <= '9')) return 0;
    static const std::vector<std::pair<QString, int>> names = monthNames();
    const QString wanted = plainMonth(QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size())));
    for (const auto& [name, month] : names)
        if (name == wanted) return month;
    return 0;
}

static int numberOf(std::string_view word) {
    int value = 0;
    for (const char c : word) {
        if (c < '0' || c > '9' || word.size() > 4) return 0;
        value = value * 10 + (c - '0');
    }
    return value;
}

// The next word but the "de" of Spanish, and what separates it from the one behind.
static std::string_view takeWord(std::string_view& text) {
    const size_t end = std::min(text.find_first_of(" ,-/."), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(end);
    return word == "de" ? std::string_view() : word;
}

std::optional<QDate> takeNamedDay(std::string_view& text) {
    std::string_view rest = text;
    std::array<std::string_view, 3> words;
    for (size_t found = 0; found < words.size();) {
        rest.remove_prefix(std::min(rest.find_first_not_of(found == 0 ? " " : " ,-/."), rest.size()));
        const size_t before = rest.size();
        const std::string_view word = takeWord(rest);
        if (rest.size() == before) return {}; // nothing more, or a mark where a word should begin: "-" for no day
        if (!word.empty()) words.at(found++) = word;
    }
    const bool beginsWithDay = numberOf(words[0]) > 0;
    const int month = monthNamed(words[beginsWithDay ? 1 : 0]);
    const int day = numberOf(words[beginsWithDay ? 0 : 1]);
    const QDate date(words[2].size() == 4 ? numberOf(words[2]) : 0, month, day);
    if (month == 0 || !date.isValid()) return {};
    text = rest;
    return date;
}

} // namespace aiva
