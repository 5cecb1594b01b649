#include "app/sandbox/graph/search_filter.h"

#include <cctype>

namespace aiva::sandbox {
namespace {

constexpr qint64 kShopOffsetSeconds = 7 * 3600; // America/Denver, standard time

bool isBlank(char c) {
    return std::isspace(static_cast<unsigned char>(c));
}

class Scanner {
public:
    explicit Scanner(std::string_view text) : m_text(text) {}

    bool atEnd() {
        while (m_at < m_text.size() && (isBlank(m_text[m_at]) || m_text[m_at] == '(' || m_text[m_at] == ')'))
            ++m_at;
        return m_at >= m_text.size();
    }

    // A word up to a blank or colon. What follows a cut value (":00:00Z") becomes a term of its own that says nothing.
    SearchTerm term() {
        SearchTerm result;
        if (m_text[m_at] == '-') {
            result.negated = true;
            ++m_at;
        }
        std::string word = value();
        if (m_at < m_text.size() && m_text[m_at] == ':') {
            ++m_at;
            result.field = word;
            result.order = comparator();
            word = value();
        }
        result.value = std::move(word);
        return result;
    }

private:
    SearchTerm::Order comparator() {
        using Order = SearchTerm::Order;
        if (m_at >= m_text.size() || (m_text[m_at] != '>' && m_text[m_at] != '<')) return Order::Equal;
        const bool greater = m_text[m_at++] == '>';
        const bool orEqual = m_at < m_text.size() && m_text[m_at] == '=';
        if (orEqual) ++m_at;
        if (greater) return orEqual ? Order::GreaterOrEqual : Order::Greater;
        return orEqual ? Order::LessOrEqual : Order::Less;
    }

    std::string value() {
        std::string result;
        if (m_at < m_text.size() && (m_text[m_at] == '\'' || m_text[m_at] == '"')) {
            const char quote = m_text[m_at++];
            while (m_at < m_text.size() && m_text[m_at] != quote) {
                if (m_text[m_at] == '\\' && m_at + 1 < m_text.size()) ++m_at;
                result += m_text[m_at++];
            }
            if (m_at < m_text.size()) ++m_at;
            return result;
        }
        while (m_at < m_text.size() && !isBlank(m_text[m_at]) && m_text[m_at] != ':' && m_text[m_at] != ')')
            result += m_text[m_at++];
        if (result.empty() && m_at < m_text.size() && m_text[m_at] == ':') ++m_at; // nothing before a colon
        return result;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

} // namespace

SearchFilter parseSearch(std::string_view text) {
    SearchFilter groups(1);
    Scanner scanner(text);
    bool negateNext = false;
    while (!scanner.atEnd()) {
        SearchTerm term = scanner.term();
        if (term.field.empty() && term.value == "AND") continue;
        if (term.field.empty() && term.value == "OR") {
            groups.emplace_back();
            continue;
        }
        if (term.field.empty() && term.value == "NOT") {
            negateNext = true;
            continue;
        }
        term.negated = term.negated || negateNext;
        negateNext = false;
        groups.back().push_back(std::move(term));
    }
    return groups;
}

std::optional<UtcTime> searchTime(std::string_view value) {
    if (const auto whole = UtcTime::parseIso(value)) return *whole;
    const bool hour = value.size() == 13 && value[10] == 'T';
    if (value.size() != 10 && !hour) return std::nullopt;
    const std::string padded = std::string(value) + (hour ? ":00:00Z" : "T00:00:00Z");
    const auto local = UtcTime::parseIso(padded);
    return local ? std::optional(local->plusSeconds(kShopOffsetSeconds)) : std::nullopt;
}

} // namespace aiva::sandbox
