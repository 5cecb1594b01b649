#include "core/answer/facts/token_estimate.h"

namespace aiva {

int tokenEstimate(const QString& text) {
    int tokens = 0;
    int letters = 0;
    int digits = 0;
    const auto close = [&] {
        tokens += (letters + 3) / 4 + (digits + 2) / 3;
        letters = digits = 0;
    };
    for (const QChar c : text) {
        const char16_t unit = c.unicode();
        const bool isLetter = (unit >= 'a' && unit <= 'z') || (unit >= 'A' && unit <= 'Z');
        const bool isDigit = unit >= '0' && unit <= '9';
        if (isLetter ? digits > 0 : letters > 0) close();
        if (isLetter)
            ++letters;
        else if (isDigit)
            ++digits;
        else {
            close();
            // A blank belongs to the word behind it.
            if (unit != ' ') ++tokens;
        }
    }
    close();
    return tokens;
}

} // namespace aiva
