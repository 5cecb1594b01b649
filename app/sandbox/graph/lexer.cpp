#include "app/sandbox/graph/lexer.h"

#include <cctype>
#include <charconv>

namespace aiva::sandbox {
namespace {

bool isNameStart(char c) {
    return std::isalpha(static_cast<unsigned char>(c)) || c == '_';
}
bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

void appendUtf8(std::string& out, unsigned code) {
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xC0 | (code >> 6));
        out += static_cast<char>(0x80 | (code & 0x3F));
    } else {
        out += static_cast<char>(0xE0 | (code >> 12));
        out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (code & 0x3F));
    }
}

} // namespace

void Lexer::advance() {
    if (m_source[m_at] == '\n') {
        ++m_line;
        m_column = 1;
    } else {
        ++m_column;
    }
    ++m_at;
}

void Lexer::skipBlank() {
    while (m_at < m_source.size()) {
        const char c = m_source[m_at];
        if (c == '#') {
            while (m_at < m_source.size() && m_source[m_at] != '\n')
                advance();
        } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',') {
            advance();
        } else {
            return;
        }
    }
}

Token Lexer::next() {
    skipBlank();
    Token token;
    token.line = m_line;
    token.column = m_column;
    if (m_at >= m_source.size()) return token;
    const char c = peek();
    if (isNameStart(c)) {
        token.kind = Token::Kind::Name;
        while (m_at < m_source.size() && (isNameStart(peek()) || isDigit(peek()))) {
            token.text += peek();
            advance();
        }
        return token;
    }
    if (isDigit(c) || c == '-') return number(std::move(token));
    if (c == '"') return peek(1) == '"' && peek(2) == '"' ? block(std::move(token)) : quoted(std::move(token));
    token.kind = Token::Kind::Punctuation;
    if (c == '.' && peek(1) == '.' && peek(2) == '.') {
        token.text = "...";
        for (int i = 0; i < 3; ++i)
            advance();
        return token;
    }
    constexpr std::string_view allowed = "!$&()=:@[]{}|";
    if (allowed.find(c) == std::string_view::npos) token.kind = Token::Kind::Broken;
    token.text = c;
    advance();
    return token;
}

Token Lexer::number(Token token) {
    token.kind = Token::Kind::Integer;
    do {
        if (peek() == '.' || peek() == 'e' || peek() == 'E') token.kind = Token::Kind::Float;
        token.text += peek();
        advance();
    } while (isDigit(peek()) || peek() == '.' || peek() == 'e' || peek() == 'E' ||
             ((peek() == '+' || peek() == '-') && (token.text.back() == 'e' || token.text.back() == 'E')));
    if (!isDigit(token.text.back())) token.kind = Token::Kind::Broken;
    return token;
}

bool Lexer::escape(std::string& out) {
    const char c = peek();
    advance();
    switch (c) {
    case 'n':
        out += '\n';
        return true;
    case 't':
        out += '\t';
        return true;
    case 'r':
        out += '\r';
        return true;
    case 'b':
        out += '\b';
        return true;
    case 'f':
        out += '\f';
        return true;
    case '"':
    case '\\':
    case '/':
        out += c;
        return true;
    case 'u':
        break;
    default:
        return false;
    }
    if (m_at + 4 > m_source.size()) return false;
    unsigned code = 0;
    const char* begin = m_source.data() + m_at;
    const auto [end, error] = std::from_chars(begin, begin + 4, code, 16);
    if (error != std::errc() || end != begin + 4) return false;
    for (int i = 0; i < 4; ++i)
        advance();
    appendUtf8(out, code);
    return true;
}

Token Lexer::quoted(Token token) {
    token.kind = Token::Kind::Broken;
    advance();
    while (m_at < m_source.size() && peek() != '\n') {
        const char c = peek();
        advance();
        if (c == '"') {
            token.kind = Token::Kind::Text;
            return token;
        }
        if (c != '\\') {
            token.text += c;
        } else if (m_at >= m_source.size() || !escape(token.text)) {
            return token;
        }
    }
    return token;
}

Token Lexer::block(Token token) {
    token.kind = Token::Kind::Broken;
    for (int i = 0; i < 3; ++i)
        advance();
    while (m_at < m_source.size()) {
        if (peek() == '"' && peek(1) == '"' && peek(2) == '"') {
            for (int i = 0; i < 3; ++i)
                advance();
            token.kind = Token::Kind::Text;
            return token;
        }
        token.text += peek();
        advance();
    }
    return token;
}

} // namespace aiva::sandbox
