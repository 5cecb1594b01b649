#include "core/domain/email_address.h"

#include <algorithm>

namespace aiva {

QString normalizedEmail(const QString& email) {
    const QString trimmed = email.trimmed().toLower();
    const qsizetype at = trimmed.lastIndexOf(QLatin1Char('@'));
    return at > 0 && at < trimmed.size() - 1 ? trimmed : QString();
}

std::string normalizedEmail(std::string_view email) {
    const bool ascii = std::all_of(email.begin(), email.end(), [](char c) { return static_cast<signed char>(c) >= 0; });
    if (!ascii)
        return normalizedEmail(QString::fromUtf8(email.data(), static_cast<qsizetype>(email.size()))).toStdString();
    const auto isSpace = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
    while (!email.empty() && isSpace(email.front()))
        email.remove_prefix(1);
    while (!email.empty() && isSpace(email.back()))
        email.remove_suffix(1);
    const size_t at = email.rfind('@');
    if (at == std::string_view::npos || at == 0 || at + 1 == email.size()) return {};
    std::string lower(email);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

std::string normalizedPhone(std::string_view phone) {
    std::string digits;
    for (const char c : phone)
        if ((c >= '0' && c <= '9') || (c == '+' && digits.empty())) digits.push_back(c);
    const auto count = std::count_if(digits.begin(), digits.end(), [](char c) { return c != '+'; });
    return count >= 6 ? digits : std::string();
}

} // namespace aiva
