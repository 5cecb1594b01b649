#include "core/adapters/mail/imap/imap_parser.h"

#include <utility>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

enum class Outcome { Read, Malformed, TooMuch };

class Cursor {
public:
    Cursor(ImapFrame& frame, const ImapLimits& limits) : m_frame(frame), m_limits(limits) {}

    bool isAtEnd() const { return m_at >= line().size() && m_line + 1 >= m_frame.lines.size(); }
    char peek() const { return m_at < line().size() ? line().at(m_at) : '\0'; }
    void advance() { ++m_at; }
    void skipBlanks() {
        while (m_at < line().size() && line().at(m_at) == ' ')
            ++m_at;
    }
    QByteArray restOfLine() const { return line().mid(m_at); }
    QByteArray takeWord(const char* stops);
    // Values until the end, or until ']' when that closes a response code.
    Outcome takeValues(std::vector<ImapValue>& values, bool untilBracket);

private:
    const QByteArray& line() const { return m_frame.lines[m_line]; }
    Outcome takeValue(ImapValue& value, int depth, bool untilBracket);
    Outcome takeQuoted(ImapValue& value);
    Outcome takeList(ImapValue& value, int depth);
    bool isLiteralHere() const;
    void takeLiteral(ImapValue& value);
    Outcome takeAtom(ImapValue& value, bool untilBracket);
    qsizetype sectionEnd(qsizetype open) const;

    ImapFrame& m_frame;
    const ImapLimits& m_limits;
    size_t m_line = 0;
    qsizetype m_at = 0;
    int m_values = 0;
};

QByteArray Cursor::takeWord(const char* stops) {
    const qsizetype from = m_at;
    while (m_at < line().size() && !strchr(stops, line().at(m_at)))
        ++m_at;
    return line().mid(from, m_at - from);
}

Outcome Cursor::takeValues(std::vector<ImapValue>& values, bool untilBracket) {
    for (;;) {
        skipBlanks();
        if (isAtEnd()) return untilBracket ? Outcome::Malformed : Outcome::Read;
        if (untilBracket && peek() == ']') {
            advance();
            return Outcome::Read;
        }
        ImapValue value;
        const Outcome outcome = takeValue(value, 0, untilBracket);
        if (outcome == Outcome::TooMuch) return outcome;
        values.push_back(std::move(value));
        if (outcome != Outcome::Read) return outcome;
    }
}

Outcome Cursor::takeValue(ImapValue& value, int depth, bool untilBracket) {
    if (++m_values > m_limits.values) return Outcome::TooMuch;
    if (isLiteralHere()) {
        takeLiteral(value);
        return Outcome::Read;
    }
    switch (peek()) {
    case '(':
        return takeList(value, depth + 1);
    case '"':
        return takeQuoted(value);
    case ')':
        return Outcome::Malformed;
    default:
        return takeAtom(value, untilBracket);
    }
}

Outcome Cursor::takeList(ImapValue& value, int depth) {
    if (depth > m_limits.depth) return Outcome::TooMuch;
    value.kind = ImapValue::Kind::List;
    advance();
    for (;;) {
        skipBlanks();
        if (isAtEnd()) return Outcome::Malformed;
        if (peek() == ')') {
            advance();
            return Outcome::Read;
        }
        ImapValue item;
        const Outcome outcome = takeValue(item, depth, false);
        if (outcome == Outcome::TooMuch) return outcome;
        value.items.push_back(std::move(item));
        if (outcome != Outcome::Read) return outcome;
    }
}

Outcome Cursor::takeQuoted(ImapValue& value) {
    value.kind = ImapValue::Kind::Quoted;
    const QByteArray& text = line();
    qsizetype end = ++m_at;
    bool hasEscape = false;
    while (end < text.size() && text.at(end) != '"') {
        const bool escapes = text.at(end) == '\\';
        hasEscape |= escapes;
        end += escapes ? 2 : 1;
    }
    const bool isClosed = end < text.size();
    value.bytes = text.mid(m_at, qMin(end, text.size()) - m_at);
    m_at = isClosed ? end + 1 : text.size();
    if (hasEscape) {
        QByteArray plain;
        plain.reserve(value.bytes.size());
        for (qsizetype i = 0; i < value.bytes.size(); ++i) {
            if (value.bytes.at(i) == '\\' && i + 1 < value.bytes.size()) ++i;
            plain.append(value.bytes.at(i));
        }
        value.bytes = plain;
    }
    return isClosed ? Outcome::Read : Outcome::Malformed;
}

// The framer cut the line exactly where the literal was announced: "{n}" or "~{n}" (RFC 3516) at its end.
bool Cursor::isLiteralHere() const {
    if (m_line + 1 >= m_frame.lines.size()) return false;
    const qsizetype open = peek() == '~' ? m_at + 1 : m_at;
    return open < line().size() && line().at(open) == '{' && line().lastIndexOf('{') == open;
}

void Cursor::takeLiteral(ImapValue& value) {
    ImapLiteral& literal = m_frame.literals[m_line];
    value.kind = ImapValue::Kind::Literal;
    value.bytes = std::move(literal.bytes);
    value.isTooLarge = literal.isTooLarge;
    ++m_line;
    m_at = 0;
}

// "BODY[HEADER.FIELDS (FROM TO)]<0>" is one word: a bracket runs to its partner in the same line.
qsizetype Cursor::sectionEnd(qsizetype open) const {
    const qsizetype close = line().indexOf(']', open);
    return close < 0 ? open : close;
}

Outcome Cursor::takeAtom(ImapValue& value, bool untilBracket) {
    const QByteArray& text = line();
    const qsizetype from = m_at;
    while (m_at < text.size()) {
        const char c = text.at(m_at);
        if (c == ' ' || c == '(' || c == ')' || c == '"' || (untilBracket && c == ']')) break;
        if (m_at > from && isLiteralHere()) break;
        if (c == '[' && !untilBracket) m_at = sectionEnd(m_at);
        ++m_at;
    }
    if (m_at == from) { // the end of a line whose literal no value claimed
        if (m_line + 1 < m_frame.lines.size()) {
            ++m_line;
            m_at = 0;
        }
        return Outcome::Malformed;
    }
    value.bytes = text.mid(from, m_at - from);
    value.kind = value.bytes.compare("NIL", Qt::CaseInsensitive) == 0 ? ImapValue::Kind::Nil : ImapValue::Kind::Atom;
    return Outcome::Read;
}

// "[CODE values] words": a code that cannot be read is left among the words.
Outcome takeStatus(Cursor& cursor, ImapResponse& response) {
    cursor.skipBlanks();
    const QByteArray words = cursor.restOfLine();
    response.text = words;
    if (cursor.peek() != '[') return Outcome::Read;
    cursor.advance();
    const QByteArray code = cursor.takeWord(" ]").toUpper();
    std::vector<ImapValue> values;
    const Outcome outcome = cursor.takeValues(values, true);
    if (outcome != Outcome::Read) return outcome == Outcome::TooMuch ? outcome : Outcome::Read;
    response.code = code;
    response.codeValues = std::move(values);
    cursor.skipBlanks();
    response.text = cursor.restOfLine();
    return Outcome::Read;
}

Outcome takeResponse(Cursor& cursor, ImapResponse& response) {
    const QByteArray first = cursor.takeWord(" ");
    if (first.startsWith('+')) {
        response.kind = ImapResponse::Kind::Continuation;
        cursor.skipBlanks();
        response.text = cursor.restOfLine();
        return Outcome::Read;
    }
    response.kind = first == "*" ? ImapResponse::Kind::Untagged : ImapResponse::Kind::Tagged;
    if (response.kind == ImapResponse::Kind::Tagged) response.tag = first;
    cursor.skipBlanks();
    response.name = cursor.takeWord(" ").toUpper();
    if (response.kind == ImapResponse::Kind::Untagged) {
        if (const auto number = imapNumber(response.name)) {
            if (*number > 0xffffffffU) return Outcome::Malformed;
            response.number = static_cast<quint32>(*number);
            cursor.skipBlanks();
            response.name = cursor.takeWord(" ").toUpper();
        }
    }
    if (response.name.isEmpty()) return Outcome::Malformed;
    if (response.isStatus()) return takeStatus(cursor, response);
    if (response.is("SEARCH")) { // one number per message: read where it is used, without a tree
        cursor.skipBlanks();
        response.text = cursor.restOfLine();
        return Outcome::Read;
    }
    return cursor.takeValues(response.values, false);
}

} // namespace

Result<ImapResponse> parseImapResponse(ImapFrame frame, const ImapLimits& limits) {
    ImapResponse response;
    if (frame.lines.empty()) {
        response.isMalformed = true;
        return response;
    }
    Cursor cursor(frame, limits);
    const Outcome outcome = takeResponse(cursor, response);
    if (outcome == Outcome::TooMuch)
        return Error{ErrorKind::Network, u"the server sent a response deeper or longer than allowed"_s,
                     ErrorCause::ProtocolBroken};
    response.isMalformed = outcome == Outcome::Malformed;
    return response;
}

} // namespace aiva
