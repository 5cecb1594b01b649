#include "core/adapters/mail/mime/raw_mail_guard.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <unordered_set>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr std::array<std::string_view, 15> kAddressHeaders{"from",
                                                           "to",
                                                           "cc",
                                                           "bcc",
                                                           "sender",
                                                           "reply-to",
                                                           "resent-from",
                                                           "resent-to",
                                                           "resent-cc",
                                                           "resent-bcc",
                                                           "resent-reply-to",
                                                           "resent-sender",
                                                           "errors-to",
                                                           "return-path",
                                                           "disposition-notification-to"};

char lowered(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equalsIgnoringCase(std::string_view text, std::string_view lowerCase) {
    return text.size() == lowerCase.size() &&
           std::equal(text.begin(), text.end(), lowerCase.begin(), [](char a, char b) { return lowered(a) == b; });
}

bool isBlank(char c) {
    return c == ' ' || c == '\t';
}

std::string_view withoutTrailingBlanks(std::string_view line) {
    while (!line.empty() && (isBlank(line.back()) || line.back() == '\r'))
        line.remove_suffix(1);
    return line;
}

// End of the line at `at`, its '\n' excluded.
size_t lineEnd(std::string_view text, size_t at) {
    const size_t end = text.find('\n', at);
    return end == std::string_view::npos ? text.size() : end;
}

// End of a header's value: continuation lines start with a blank.
size_t foldedEnd(std::string_view text, size_t at) {
    size_t end = lineEnd(text, at);
    while (end + 1 < text.size() && isBlank(text[end + 1]))
        end = lineEnd(text, end + 1);
    return end;
}

// Position behind "Name:" when the line starts with an address header, npos otherwise.
size_t addressValueAt(std::string_view text, size_t at, size_t end) {
    constexpr size_t longestName = 40;
    const std::string_view head = text.substr(at, std::min(end - at, longestName));
    const size_t colon = head.find(':');
    if (colon == std::string_view::npos) return colon;
    const std::string_view name = withoutTrailingBlanks(head.substr(0, colon));
    const bool known = std::any_of(kAddressHeaders.begin(), kAddressHeaders.end(),
                                   [name](std::string_view header) { return equalsIgnoringCase(name, header); });
    return known ? at + colon + 1 : std::string_view::npos;
}

// Every line that could start an address header is looked at, wherever it stands: what is body to us may be an
// attached mail's header to the MIME library. Colons and angle brackets become blanks, so lengths stay.
bool neutraliseAddressHeaders(QByteArray& raw, const MailLimits& limits) {
    bool changed = false;
    const std::string_view text(raw.constData(), static_cast<size_t>(raw.size()));
    size_t at = 0;
    while (at < text.size()) {
        const size_t end = lineEnd(text, at);
        const size_t value = addressValueAt(text, at, end);
        if (value == std::string_view::npos) {
            at = end + 1;
            continue;
        }
        const size_t valueEnd = foldedEnd(text, value);
        const auto colons = std::count(text.begin() + static_cast<std::ptrdiff_t>(value),
                                       text.begin() + static_cast<std::ptrdiff_t>(valueEnd), ':');
        if (colons > limits.addressColons || static_cast<qint64>(valueEnd - value) > limits.addressHeaderBytes) {
            // raw is ours alone (moved in), so text keeps pointing at the same bytes.
            std::replace_if(
                raw.begin() + static_cast<qsizetype>(value), raw.begin() + static_cast<qsizetype>(valueEnd),
                [](char c) { return c != '\r' && c != '\n'; }, ' ');
            changed = true;
        }
        at = valueEnd + 1;
    }
    return changed;
}

// The boundary values a mail declares. `exact` turns false when one is written in a way only a full parameter parser
// understands (RFC 2231, comments, escapes); then every delimiter-like line counts.
struct RawBoundaries {
    std::unordered_set<std::string> declared;
    bool exact = true;
};

void takeBoundary(std::string_view text, size_t at, RawBoundaries& boundaries) {
    const auto skipBlanks = [&] {
        while (at < text.size() && (isBlank(text[at]) || text[at] == '\r' || text[at] == '\n'))
            ++at;
    };
    skipBlanks();
    if (at >= text.size()) return;
    if (text[at] == '*' || text[at] == '(') boundaries.exact = false;
    if (text[at] != '=') return;
    ++at;
    skipBlanks();
    if (at >= text.size()) return;
    const bool quoted = text[at] == '"';
    if (quoted) ++at;
    constexpr size_t longest = 1000; // RFC 2046 allows 70
    const std::string_view rest = text.substr(at, longest);
    const size_t end = quoted ? rest.find('"') : rest.find_first_of("; \t\r\n");
    const std::string_view value = rest.substr(0, end);
    const bool plain = value.find_first_of(quoted ? "\\\r\n" : "\\\"()<>@,[]%") == std::string_view::npos;
    if (!plain || value.empty() || (end == std::string_view::npos && rest.size() == longest)) boundaries.exact = false;
    boundaries.declared.emplace(withoutTrailingBlanks(value));
}

RawBoundaries declaredBoundaries(std::string_view text, const MailLimits& limits) {
    static constexpr std::string_view word = "boundary";
    RawBoundaries boundaries;
    // The search is for the rarer letter; the word may be in any case.
    for (size_t at = text.find_first_of("yY"); at != std::string_view::npos; at = text.find_first_of("yY", at + 1)) {
        if (at + 1 < word.size() || !equalsIgnoringCase(text.substr(at + 1 - word.size(), word.size()), word)) continue;
        takeBoundary(text, at + 1, boundaries);
        if (boundaries.declared.size() > static_cast<size_t>(limits.parts)) break;
    }
    return boundaries;
}

bool hasTooManyParts(std::string_view text, const MailLimits& limits) {
    const RawBoundaries boundaries = declaredBoundaries(text, limits);
    const auto most = static_cast<size_t>(limits.parts);
    if (boundaries.declared.size() > most) return true;
    if (boundaries.declared.empty() && boundaries.exact) return false;
    size_t delimiters = 0;
    for (size_t at = 0; at < text.size();) {
        const size_t end = lineEnd(text, at);
        const std::string_view line = withoutTrailingBlanks(text.substr(at, end - at));
        at = end + 1;
        if (line.size() < 3 || line[0] != '-' || line[1] != '-') continue;
        const bool counts = !boundaries.exact || boundaries.declared.contains(std::string(line.substr(2)));
        if (counts && ++delimiters > most) return true;
    }
    return false;
}

qint64 headerBlockSize(std::string_view text) {
    for (size_t at = 0; at < text.size();) {
        const size_t end = lineEnd(text, at);
        if (end == at || (end == at + 1 && text[at] == '\r')) return static_cast<qint64>(at);
        at = end + 1;
    }
    return static_cast<qint64>(text.size());
}

Error refused(const QString& why) {
    return {ErrorKind::Invalid, why};
}

} // namespace

Result<GuardedMail> guardRawMail(QByteArray raw, const MailLimits& limits) {
    if (raw.size() > limits.messageBytes) return refused(u"message too large"_s);
    raw.detach();
    const std::string_view text(raw.constData(), static_cast<size_t>(raw.size()));
    if (headerBlockSize(text) > limits.headerBytes) {
        // A text without any header is one "block" as well; only lines that look like a header make it one.
        const std::string_view first = text.substr(0, lineEnd(text, 0));
        if (first.find(':') != std::string_view::npos) return refused(u"header too large"_s);
    }
    if (hasTooManyParts(text, limits)) return refused(u"too many parts"_s);
    GuardedMail guarded;
    if (neutraliseAddressHeaders(raw, limits)) guarded.warnings << u"nested address groups neutralised"_s;
    guarded.raw = std::move(raw);
    return guarded;
}

} // namespace aiva
