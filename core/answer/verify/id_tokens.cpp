#include "core/answer/verify/id_tokens.h"

#include <algorithm>
#include <functional>

namespace aiva {
namespace {

bool isTokenChar(QChar c) {
    if (c.isLetter() && c.unicode() >= 0x3000) return false; // words of these scripts need no space before a number
    return c.isLetterOrNumber() || c.category() == QChar::Number_Other || c.category() == QChar::Number_Letter;
}

bool isNumeric(QChar c) {
    return c.isNumber() || c.category() == QChar::Number_Other || c.category() == QChar::Number_Letter;
}

using FreeAt = std::function<bool(int)>;

int runEnd(QStringView text, int start, const FreeAt& isFree) {
    int end = start;
    while (end < text.size() && isFree(end) && isTokenChar(text.at(end)))
        ++end;
    return end;
}

bool hasDigit(QStringView text) {
    return std::any_of(text.begin(), text.end(), isNumeric);
}

// A group that goes on after one separator: mostly digits, or capitals as in "FR 76".
bool goesOn(QStringView group) {
    return !group.isEmpty() && hasDigit(group) &&
           std::none_of(group.begin(), group.end(), [](QChar c) { return c.isLower(); });
}

std::vector<Span> tokens(QStringView text, const FreeAt& isFree) {
    std::vector<Span> found;
    for (int i = 0; i < text.size(); ++i) {
        if (!isFree(i) || !isTokenChar(text.at(i))) continue;
        int end = runEnd(text, i, isFree);
        const QStringView first = text.mid(i, end - i);
        if (!hasDigit(first)) {
            i = end - 1;
            continue;
        }
        while (goesOn(text.mid(i, end - i)) && end + 1 < text.size() && isFree(end) &&
               QStringView(u" -./,").contains(text.at(end))) {
            const int next = runEnd(text, end + 1, isFree);
            if (!goesOn(text.mid(end + 1, next - end - 1))) break;
            end = next;
        }
        found.push_back({i, end - i});
        i = end - 1;
    }
    return found;
}

} // namespace

std::vector<Span> idTokensIn(const DraftReading& draft) {
    return tokens(draft.text().text, [&](int i) { return !draft.isTaken({i, 1}); });
}

std::vector<Span> idTokensIn(QStringView text) {
    return tokens(text, [](int) { return true; });
}

} // namespace aiva
