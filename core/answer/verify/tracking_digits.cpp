#include "core/answer/verify/tracking_digits.h"

#include <algorithm>
#include <array>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

bool areDigits(QStringView text) {
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

bool areCapitals(QStringView text) {
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'A' && c <= u'Z'; });
}

// Weights from the right, the body without its check digit.
template <size_t N>
int weightedSum(QStringView body, const std::array<int, N>& weights) {
    int sum = 0;
    for (qsizetype i = 0; i < body.size(); ++i)
        sum += body.at(body.size() - 1 - i).digitValue() * weights[static_cast<size_t>(i) % N];
    return sum;
}

// Letters count on from 2; every second one twice; up to the next ten.
int upsDigit(QStringView body) {
    int sum = 0;
    for (qsizetype i = 0; i < body.size(); ++i) {
        const QChar c = body.at(i);
        const int value = c.isDigit() ? c.digitValue() : (c.unicode() - u'A' + 2) % 10;
        sum += i % 2 == 0 ? value : 2 * value;
    }
    return (10 - sum % 10) % 10;
}

int postalDigit(QStringView serial) {
    constexpr std::array weights{8, 6, 4, 2, 3, 5, 9, 7};
    int sum = 0;
    for (size_t i = 0; i < weights.size(); ++i)
        sum += serial.at(static_cast<qsizetype>(i)).digitValue() * weights[i];
    const int check = 11 - sum % 11;
    return check == 10 ? 0 : check == 11 ? 5 : check;
}

} // namespace

NumberShape shapeOf(const QString& number) {
    const QStringView view(number);
    if (number.size() == 18 && number.startsWith("1Z"_L1) && view.back().isDigit() &&
        std::all_of(view.begin(), view.end(), [](QChar c) { return c.unicode() < 0x80 && c.isLetterOrNumber(); }))
        return NumberShape::Ups1Z;
    if (number.size() == 13 && areCapitals(view.left(2)) && areDigits(view.mid(2, 9)) && areCapitals(view.right(2)))
        return NumberShape::Postal13;
    if (!areDigits(view)) return NumberShape::None;
    if (number.size() == 22 && number.startsWith(u'9')) return NumberShape::Usps22;
    if (number.size() == 12) return NumberShape::FedEx12;
    if (number.size() == 15) return NumberShape::FedEx15;
    return number.size() == 10 ? NumberShape::Dhl10 : NumberShape::None;
}

bool hasRightCheckDigit(const QString& number, NumberShape shape) {
    const QStringView body = QStringView(number).chopped(1);
    const int last = number.isEmpty() ? -1 : number.back().digitValue();
    switch (shape) {
    case NumberShape::Ups1Z:
        return upsDigit(body.mid(2)) == last;
    case NumberShape::Usps22:
        return (10 - weightedSum(body, std::array{3, 1}) % 10) % 10 == last;
    case NumberShape::Postal13:
        return postalDigit(body.mid(2, 8)) == number.at(10).digitValue();
    case NumberShape::FedEx12:
        return weightedSum(body, std::array{1, 3, 7}) % 11 % 10 == last;
    case NumberShape::FedEx15:
        return (10 - weightedSum(body, std::array{3, 1}) % 10) % 10 == last;
    case NumberShape::Dhl10:
        return body.toLongLong() % 7 == last;
    case NumberShape::None:
        break;
    }
    return true;
}

} // namespace aiva
