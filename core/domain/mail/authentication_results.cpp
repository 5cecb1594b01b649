#include "core/domain/mail/authentication_results.h"

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kLongest = 8 * 1024;
constexpr qsizetype kMostResults = 50;
constexpr qsizetype kMostProperties = 30;

// A run of characters between the field's separators. Quoted strings are words of their own.
struct Token {
    enum class Kind { Word, Quoted, Semicolon, Equals, End, Broken };
    Kind kind = Kind::End;
    QString text;
};

class Tokens {
public:
    explicit Tokens(const QString& text) : m_text(text) { advance(); }

    const Token& peek() const { return m_next; }
    Token take() {
        Token token = m_next;
        advance();
        return token;
    }
    bool is(Token::Kind kind) const { return m_next.kind == kind; }

private:
    void advance() {
        if (!skipBlanksAndComments()) {
            m_next = {Token::Kind::Broken, {}};
            return;
        }
        if (m_at >= m_text.size()) {
            m_next = {Token::Kind::End, {}};
            return;
        }
        const QChar c = m_text.at(m_at);
        if (c == u';' || c == u'=') {
            ++m_at;
            m_next = {c == u';' ? Token::Kind::Semicolon : Token::Kind::Equals, {}};
        } else if (c == u'"') {
            takeQuoted();
        } else {
            takeWord();
        }
    }

    // Comments nest and may hold quoted pairs (RFC 5322 §3.2.2).
    bool skipBlanksAndComments() {
        int depth = 0;
        for (; m_at < m_text.size(); ++m_at) {
            const QChar c = m_text.at(m_at);
            if (depth > 0 && c == u'\\')
                ++m_at;
            else if (c == u'(')
                ++depth;
            else if (c == u')' && depth > 0)
                --depth;
            else if (depth == 0 && !c.isSpace())
                return true;
        }
        return depth == 0;
    }

    void takeQuoted() {
        QString text;
        for (++m_at; m_at < m_text.size(); ++m_at) {
            QChar c = m_text.at(m_at);
            if (c == u'"') {
                ++m_at;
                m_next = {Token::Kind::Quoted, text};
                return;
            }
            if (c == u'\\' && m_at + 1 < m_text.size()) c = m_text.at(++m_at);
            text += c;
        }
        m_next = {Token::Kind::Broken, {}};
    }

    void takeWord() {
        const qsizetype start = m_at;
        while (m_at < m_text.size()) {
            const QChar c = m_text.at(m_at);
            if (c.isSpace() || c == u';' || c == u'=' || c == u'"' || c == u'(' || c == u')') break;
            ++m_at;
        }
        if (m_at == start) { // a closing parenthesis alone
            m_next = {Token::Kind::Broken, {}};
            return;
        }
        m_next = {Token::Kind::Word, m_text.mid(start, m_at - start)};
    }

    const QString& m_text;
    qsizetype m_at = 0;
    Token m_next;
};

bool isKeyword(const QString& text) {
    for (const QChar c : text)
        if (!c.isLetterOrNumber() && c != u'-' && c != u'_' && c != u'.' && c != u'/') return false;
    return !text.isEmpty() && text.front().isLetter();
}

// What stands behind an equals sign. A DKIM signature may hold further equals signs ("header.b=abc=="), and an address
// a quoted local part.
bool takeValue(Tokens& tokens, QString& value) {
    if (!tokens.is(Token::Kind::Word) && !tokens.is(Token::Kind::Quoted)) return false;
    value = tokens.take().text;
    if (tokens.is(Token::Kind::Word) && tokens.peek().text.startsWith(u'@')) value += tokens.take().text;
    while (tokens.is(Token::Kind::Equals))
        tokens.take();
    return true;
}

bool takeResult(Tokens& tokens, AuthenticationResult& result) {
    const QString method = tokens.take().text.toLower();
    if (!isKeyword(method) || !tokens.is(Token::Kind::Equals)) return false;
    tokens.take();
    if (!tokens.is(Token::Kind::Word)) return false;
    result.method = method.section(u'/', 0, 0);
    result.result = tokens.take().text.toLower();
    if (!isKeyword(result.result)) return false;
    while (tokens.is(Token::Kind::Word)) {
        AuthenticationResult::Property property;
        property.name = tokens.take().text.toLower();
        if (!isKeyword(property.name) || !tokens.is(Token::Kind::Equals)) return false;
        tokens.take();
        // "smtp.mailfrom=" with nothing behind it: the empty sender of a bounce.
        const bool isEmpty = tokens.is(Token::Kind::Semicolon) || tokens.is(Token::Kind::End);
        if (!isEmpty && !takeValue(tokens, property.value)) return false;
        if (result.properties.size() < kMostProperties) result.properties << property;
    }
    return tokens.is(Token::Kind::Semicolon) || tokens.is(Token::Kind::End);
}

bool takeResults(Tokens& tokens, AuthenticationResults& results) {
    while (!tokens.is(Token::Kind::End)) {
        if (tokens.is(Token::Kind::Semicolon)) {
            tokens.take();
            continue;
        }
        if (!tokens.is(Token::Kind::Word) || results.results.size() >= kMostResults) return false;
        if (tokens.peek().text.compare("none"_L1, Qt::CaseInsensitive) == 0) {
            tokens.take();
            return tokens.is(Token::Kind::End) && results.results.isEmpty();
        }
        AuthenticationResult result;
        if (!takeResult(tokens, result)) return false;
        results.results << result;
    }
    return true;
}

// [CFWS] authserv-id [CFWS version], up to the first semicolon. A first word with an equals sign behind it is a result.
bool takeServer(const QString& value, Tokens& tokens, AuthenticationResults& results) {
    results.authservId = kUnnamedServer;
    Tokens ahead(value);
    ahead.take();
    if (tokens.is(Token::Kind::Word) && ahead.is(Token::Kind::Equals)) return true;
    if (!tokens.is(Token::Kind::Word) && !tokens.is(Token::Kind::Quoted)) return false;
    results.authservId = tokens.take().text.toLower();
    if (tokens.is(Token::Kind::Word)) {
        bool isVersion = false;
        const int version = tokens.take().text.toInt(&isVersion);
        if (!isVersion || version != 1) return false;
    }
    return !results.authservId.isEmpty() && (tokens.is(Token::Kind::Semicolon) || tokens.is(Token::Kind::End));
}

} // namespace

QString AuthenticationResult::property(QLatin1String name) const {
    for (const Property& one : properties)
        if (one.name == name) return one.value;
    return {};
}

std::optional<AuthenticationResults> parseAuthenticationResults(const QString& value) {
    if (value.size() > kLongest) return std::nullopt;
    Tokens tokens(value);
    AuthenticationResults results;
    if (!takeServer(value, tokens, results) || !takeResults(tokens, results)) return std::nullopt;
    return results;
}

} // namespace aiva
