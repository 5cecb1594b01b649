#include "app/sandbox/graph/document.h"

#include "app/sandbox/graph/lexer.h"

namespace aiva::sandbox {
namespace {

constexpr int kMaxDepth = 60;

// Recursive descent; the first error stays and stops everything.
class Parser {
public:
    explicit Parser(std::string_view source) : m_lexer(source) { m_token = m_lexer.next(); }

    Result<Document> parse() {
        Document document;
        while (!m_failed && m_token.kind != Token::Kind::End) {
            if (m_token.text == "fragment" && m_token.kind == Token::Kind::Name) {
                document.fragments.push_back(fragment());
            } else {
                document.operations.push_back(operation());
            }
        }
        if (!m_failed && document.operations.empty()) fail();
        if (m_failed) return Error{ErrorKind::Invalid, QString::fromStdString(m_error)};
        return document;
    }

private:
    void fail() {
        if (m_failed) return;
        m_failed = true;
        const std::string what = m_token.kind == Token::Kind::End ? "end of file" : "\"" + m_token.text + "\"";
        m_error = "syntax error, unexpected " + what + " at [" + std::to_string(m_token.line) + ", " +
                  std::to_string(m_token.column) + "]";
        m_token = Token();
    }
    void step() {
        if (m_failed) return;
        m_token = m_lexer.next();
        if (m_token.kind == Token::Kind::Broken) fail();
    }
    bool is(std::string_view punctuation) const {
        return m_token.kind == Token::Kind::Punctuation && m_token.text == punctuation;
    }
    bool accept(std::string_view punctuation) {
        if (!is(punctuation)) return false;
        step();
        return true;
    }
    void expect(std::string_view punctuation) {
        if (!accept(punctuation)) fail();
    }
    std::string name() {
        if (m_token.kind != Token::Kind::Name) fail();
        std::string text = m_token.text;
        step();
        return text;
    }

    Operation operation() {
        Operation result;
        if (m_token.kind == Token::Kind::Name) {
            result.kind = name();
            if (result.kind != "query" && result.kind != "mutation") fail();
            if (m_token.kind == Token::Kind::Name) result.name = name();
            if (accept("("))
                while (!m_failed && !accept(")"))
                    result.variables.push_back(variable());
            directives();
        }
        result.selections = selections(0);
        return result;
    }

    VariableDefinition variable() {
        VariableDefinition result;
        expect("$");
        result.name = name();
        expect(":");
        result.type = type();
        if (accept("=")) {
            result.hasDefault = true;
            result.defaultValue = value(0);
        }
        return result;
    }

    std::string type() {
        std::string text;
        if (accept("[")) {
            text = "[" + (m_failed ? std::string() : type()) + "]";
            expect("]");
        } else {
            text = name();
        }
        if (accept("!")) text += "!";
        return text;
    }

    Fragment fragment() {
        Fragment result;
        step();
        result.name = name();
        if (name() != "on") fail();
        result.typeCondition = name();
        directives();
        result.selections = selections(0);
        return result;
    }

    std::vector<Selection> selections(int depth) {
        std::vector<Selection> result;
        if (depth > kMaxDepth) fail();
        expect("{");
        do {
            result.push_back(selection(depth));
        } while (!m_failed && !accept("}"));
        return result;
    }

    Selection selection(int depth) {
        Selection result;
        result.line = m_token.line;
        result.column = m_token.column;
        if (accept("...")) {
            if (m_token.kind == Token::Kind::Name && m_token.text != "on") {
                result.kind = Selection::Kind::Spread;
                result.name = name();
                result.directives = directives();
                return result;
            }
            result.kind = Selection::Kind::InlineFragment;
            if (m_token.kind == Token::Kind::Name) {
                step();
                result.typeCondition = name();
            }
            result.directives = directives();
            result.selections = selections(depth + 1);
            return result;
        }
        result.name = name();
        result.alias = result.name;
        if (accept(":")) result.name = name();
        result.arguments = arguments();
        result.directives = directives();
        if (is("{")) result.selections = selections(depth + 1);
        return result;
    }

    Arguments arguments() {
        Arguments result;
        if (!accept("(")) return result;
        while (!m_failed && !accept(")")) {
            std::string key = name();
            expect(":");
            result.emplace_back(std::move(key), value(0));
        }
        return result;
    }

    std::vector<Directive> directives() {
        std::vector<Directive> result;
        while (accept("@")) {
            Directive directive;
            directive.name = name();
            directive.arguments = arguments();
            result.push_back(std::move(directive));
        }
        return result;
    }

    Value value(int depth) {
        Value result;
        if (depth > kMaxDepth) fail();
        if (accept("$")) {
            result.kind = Value::Kind::Variable;
            result.text = name();
        } else if (accept("[")) {
            result.kind = Value::Kind::List;
            while (!m_failed && !accept("]"))
                result.items.push_back(value(depth + 1));
        } else if (accept("{")) {
            result.kind = Value::Kind::Object;
            while (!m_failed && !accept("}")) {
                std::string key = name();
                expect(":");
                result.fields.emplace_back(std::move(key), value(depth + 1));
            }
        } else {
            result = scalar();
        }
        return result;
    }

    Value scalar() {
        Value result;
        result.text = m_token.text;
        switch (m_token.kind) {
        case Token::Kind::Integer:
            result.kind = Value::Kind::Integer;
            break;
        case Token::Kind::Float:
            result.kind = Value::Kind::Float;
            break;
        case Token::Kind::Text:
            result.kind = Value::Kind::Text;
            break;
        case Token::Kind::Name:
            if (m_token.text == "null")
                result.kind = Value::Kind::Null;
            else if (m_token.text == "true" || m_token.text == "false")
                result.kind = Value::Kind::Boolean;
            else
                result.kind = Value::Kind::Enumeration;
            break;
        default:
            fail();
            return result;
        }
        step();
        return result;
    }

    Lexer m_lexer;
    Token m_token;
    bool m_failed = false;
    std::string m_error;
};

} // namespace

const Fragment* Document::fragment(std::string_view name) const {
    for (const Fragment& candidate : fragments)
        if (candidate.name == name) return &candidate;
    return nullptr;
}

const Operation* Document::operation(std::string_view name) const {
    if (name.empty()) return operations.size() == 1 ? &operations.front() : nullptr;
    for (const Operation& candidate : operations)
        if (candidate.name == name) return &candidate;
    return nullptr;
}

Result<Document> parseDocument(std::string_view source) {
    return Parser(source).parse();
}

} // namespace aiva::sandbox
