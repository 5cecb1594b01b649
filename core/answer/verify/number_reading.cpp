#include "core/answer/verify/number_reading.h"

namespace aiva {
namespace {

bool isDigit(QStringView text, int i) {
    return i >= 0 && i < text.size() && text.at(i) >= u'0' && text.at(i) <= u'9';
}

int digitsFrom(QStringView text, int i) {
    int n = 0;
    while (isDigit(text, i + n))
        ++n;
    return n;
}

bool isSeparator(QStringView text, int i, SpaceGroups spaces) {
    if (i >= text.size()) return false;
    const QChar c = text.at(i);
    if (c == u' ') return spaces == SpaceGroups::Join && digitsFrom(text, i + 1) == 3;
    return c == u'.' || c == u',' || c == u'\'';
}

struct Part {
    QChar separator; // before it; null for the first
    QStringView digits;
};

std::vector<Part> partsAt(QStringView text, int position, SpaceGroups spaces, int& end) {
    std::vector<Part> parts;
    int at = position;
    QChar separator;
    while (true) {
        const int count = digitsFrom(text, at);
        parts.push_back({separator, text.mid(at, count)});
        at += count;
        if (!isSeparator(text, at, spaces) || !isDigit(text, at + 1)) break;
        separator = text.at(at);
        ++at;
    }
    end = at;
    return parts;
}

// Whether the first `count` parts are groups of three divided by one kind of mark.
bool areGroups(const std::vector<Part>& parts, size_t count) {
    if (parts[0].digits.size() > 3) return count == 1;
    for (size_t i = 1; i < count; ++i)
        if (parts[i].digits.size() != 3 || parts[i].separator != parts[1].separator) return false;
    return true;
}

} // namespace

std::optional<qint64> NumberReading::integer() const {
    if (!isWellFormed || !isInteger() || whole.isEmpty() || whole.size() > 18) return std::nullopt;
    return whole.toLongLong();
}

std::optional<qint64> NumberReading::minor(int digits) const {
    if (!isWellFormed || whole.isEmpty() || whole.size() > 14 || digits > 4) return std::nullopt;
    QString all = whole;
    for (int i = 0; i < digits; ++i)
        all += i < fraction.size() ? fraction.at(i) : QChar(u'0');
    for (qsizetype i = digits; i < fraction.size(); ++i)
        if (fraction.at(i) != u'0') return std::nullopt;
    return all.toLongLong();
}

std::optional<NumberReading> numberAt(QStringView text, int position, SpaceGroups spaces) {
    if (!isDigit(text, position)) return std::nullopt;
    int end = position;
    const std::vector<Part> parts = partsAt(text, position, spaces, end);
    NumberReading number;
    number.span = {position, end - position};
    // The last part is a fraction when its mark is no grouping mark: another one, or not before three digits.
    size_t groups = parts.size();
    if (parts.size() > 1) {
        const Part& last = parts.back();
        const bool isOther = parts.size() > 2 && last.separator != parts[1].separator;
        const bool isFraction = isOther || (parts.size() == 2 && (last.digits.size() != 3 || parts[0].digits == u"0"));
        const bool canBe = last.separator == u'.' || last.separator == u',';
        if (isFraction && canBe) --groups;
    }
    number.isWellFormed = areGroups(parts, groups);
    for (size_t i = 0; i < groups; ++i)
        number.whole += parts[i].digits;
    if (groups < parts.size()) number.fraction = parts.back().digits.toString();
    return number;
}

} // namespace aiva
