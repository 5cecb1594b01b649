#include "core/answer/verify/money_reading.h"

#include "core/answer/verify/currency_words.h"

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

int skipSpaces(QStringView text, int at, int step) {
    for (int n = 0; n < 2 && at >= 0 && at < text.size() && text.at(at) == u' '; ++n)
        at += step;
    return at;
}

// Letters and dots up to `end`, or one sign with the letters before it ("US$").
Span markBefore(QStringView text, int end) {
    int start = end;
    if (start > 0 && isCurrencySign(text.at(start - 1))) --start;
    while (start > 0 && text.at(start - 1).isLetter() && end - start < 12)
        --start;
    return {start, end - start};
}

Span markAfter(QStringView text, int start) {
    int end = start;
    if (end < text.size() && isCurrencySign(text.at(end))) return {start, 1};
    // Words without spaces between: the currency is what the run begins with.
    for (int length = 3; length > 0; --length)
        if (end + length <= text.size() && text.at(end).unicode() >= 0x3000 &&
            !currencyMark(text.mid(end, length).toString()).currencies.isEmpty())
            return {start, length};
    while (end < text.size() && text.at(end).isLetter() && end - start < 12)
        ++end;
    if (end < text.size() && isCurrencySign(text.at(end)) && end > start) ++end; // "CA$"
    return {start, end - start};
}

QStringList common(const QStringList& one, const QStringList& other) {
    QStringList both;
    for (const QString& code : one)
        if (other.contains(code)) both << code;
    return both;
}

struct Marks {
    bool isMoney = false;
    QStringList currencies;
    bool isPart = false;
};

void addMark(const NormalisedText& text, Span mark, MoneyReading& money, Marks& marks) {
    const CurrencyMark known = currencyMark(text.view(mark).toString());
    if (known.currencies.isEmpty()) return;
    marks.currencies = marks.isMoney ? common(marks.currencies, known.currencies) : known.currencies;
    marks.isMoney = true;
    marks.isPart = marks.isPart || known.isPart;
    const int start = std::min(money.span.start, mark.start);
    money.span = {start, std::max(money.span.end(), mark.end()) - start};
}

// "two euros", "US dollars": the word after the first one.
void addMarksAfter(const NormalisedText& text, MoneyReading& money, Marks& marks) {
    for (int n = 0; n < 2; ++n) {
        int at = skipSpaces(text.text, money.span.end(), 1);
        if (n == 0 && text.text.mid(at, 2) == ".-"_L1) at = skipSpaces(text.text, at + 2, 1);
        if (n == 0 && text.text.mid(at, 2) == ",-"_L1) at = skipSpaces(text.text, at + 2, 1);
        const Span mark = markAfter(text.text, at);
        if (mark.length > 0) addMark(text, mark, money, marks);
    }
}

std::optional<MoneyReading> moneyAt(const NormalisedText& text, int position) {
    const auto number = numberAt(text.text, position, SpaceGroups::Join);
    if (!number) return std::nullopt;
    MoneyReading money;
    money.span = number->span;
    money.number = *number;
    Marks marks;
    int before = skipSpaces(text.text, position - 1, -1);
    if (before >= 0 && text.text.at(before) == u'-') before = skipSpaces(text.text, before - 1, -1);
    const Span mark = markBefore(text.text, before + 1);
    if (mark.length > 0) addMark(text, mark, money, marks);
    addMarksAfter(text, money, marks);
    if (!marks.isMoney) return std::nullopt;
    money.currencies = marks.currencies;
    money.isPart = marks.isPart;
    return money;
}

} // namespace

bool MoneyReading::equals(const Money& money) const {
    if (isPart || !currencies.contains(money.currency().text())) return false;
    const auto minor = number.minor(money.currency().minorDigits());
    return minor && *minor == std::abs(money.minor());
}

std::vector<MoneyReading> moneyIn(const NormalisedText& text) {
    std::vector<MoneyReading> found;
    const int size = static_cast<int>(text.text.size());
    for (int i = 0; i < size; ++i) {
        const QChar c = text.text.at(i);
        if (c < u'0' || c > u'9') continue;
        if (auto money = moneyAt(text, i)) {
            i = std::max(i, money->span.end() - 1);
            found.push_back(std::move(*money));
        } else {
            while (i + 1 < size && text.text.at(i + 1).isDigit())
                ++i;
        }
    }
    return found;
}

} // namespace aiva
