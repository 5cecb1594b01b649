// Tokens of a GraphQL document, for graph/document only.
#pragma once

#include <string>
#include <string_view>

namespace aiva::sandbox {

struct Token {
    enum class Kind { End, Name, Integer, Float, Text, Punctuation, Broken };
    Kind kind = Kind::End;
    std::string text; // strings unescaped
    int line = 1;
    int column = 1;
};

class Lexer {
public:
    explicit Lexer(std::string_view source) : m_source(source) {}
    Token next();

private:
    void skipBlank();
    char peek(std::size_t ahead = 0) const { return m_at + ahead < m_source.size() ? m_source[m_at + ahead] : '\0'; }
    void advance();
    Token number(Token token);
    Token quoted(Token token);
    Token block(Token token);
    bool escape(std::string& out);

    std::string_view m_source;
    std::size_t m_at = 0;
    int m_line = 1;
    int m_column = 1;
};

} // namespace aiva::sandbox
