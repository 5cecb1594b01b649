#include "core/domain/html_sanitizer.h"

#include "core/domain/html_attributes.h"
#include "core/domain/html_tokenizer.h"
#include "core/domain/html_visibility.h"

#include <algorithm>
#include <array>
#include <vector>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr size_t kDeepest = 100;

bool isAllowedElement(QStringView name) {
    static constexpr std::array list = std::to_array<QLatin1String>(
        {"a"_L1,          "abbr"_L1,   "address"_L1, "article"_L1, "aside"_L1, "b"_L1,      "bdo"_L1,    "big"_L1,
         "blockquote"_L1, "br"_L1,     "caption"_L1, "center"_L1,  "cite"_L1,  "code"_L1,   "col"_L1,    "colgroup"_L1,
         "dd"_L1,         "del"_L1,    "dfn"_L1,     "dir"_L1,     "div"_L1,   "dl"_L1,     "dt"_L1,     "em"_L1,
         "figcaption"_L1, "figure"_L1, "font"_L1,    "footer"_L1,  "h1"_L1,    "h2"_L1,     "h3"_L1,     "h4"_L1,
         "h5"_L1,         "h6"_L1,     "header"_L1,  "hr"_L1,      "i"_L1,     "img"_L1,    "ins"_L1,    "kbd"_L1,
         "li"_L1,         "main"_L1,   "mark"_L1,    "nav"_L1,     "ol"_L1,    "p"_L1,      "pre"_L1,    "q"_L1,
         "s"_L1,          "samp"_L1,   "section"_L1, "small"_L1,   "span"_L1,  "strike"_L1, "strong"_L1, "sub"_L1,
         "sup"_L1,        "table"_L1,  "tbody"_L1,   "td"_L1,      "tfoot"_L1, "th"_L1,     "thead"_L1,  "tr"_L1,
         "tt"_L1,         "u"_L1,      "ul"_L1,      "var"_L1,     "wbr"_L1});
    return std::any_of(list.begin(), list.end(), [name](QLatin1String one) { return name == one; });
}

// An end tag of something outside a cell does not close the cell.
bool isTableScope(QStringView name) {
    return name == "td"_L1 || name == "th"_L1 || name == "table"_L1;
}

bool isTablePart(QStringView name) {
    return isTableScope(name) || name == "tr"_L1 || name == "tbody"_L1 || name == "thead"_L1 || name == "tfoot"_L1 ||
           name == "caption"_L1 || name == "colgroup"_L1;
}

class Sanitizer {
public:
    explicit Sanitizer(const QString& html) : m_tokens(html) { m_out.reserve(html.size()); }

    QString run() {
        HtmlToken token;
        while (m_tokens.next(token)) {
            const bool isEnd = token.kind == HtmlToken::Kind::EndTag;
            if (m_skip.covers(token, isEnd && openAt(token.name) != m_open.rend())) continue;
            if (token.kind == HtmlToken::Kind::Text)
                m_out += token.text.toHtmlEscaped();
            else if (isEnd)
                close(token.name);
            else
                open(token);
        }
        while (!m_open.empty())
            closeLast();
        return m_out;
    }

private:
    using Stack = std::vector<QString>;

    void open(const HtmlToken& token) {
        const bool empty = isVoidHtmlElement(token.name);
        if (isDroppedElement(token.name) || isHiddenElement(token)) {
            const bool closesItself = token.selfClosing && (token.name == "svg"_L1 || token.name == "math"_L1);
            if (!empty && !closesItself) m_skip.start(token.name);
            return;
        }
        if (!isAllowedElement(token.name)) return;
        if (token.name == "img"_L1) {
            image(token);
            return;
        }
        if (empty) {
            m_out += u'<' + token.name + safeAttributes(token) + u'>';
            return;
        }
        if (m_open.size() >= kDeepest) return;
        m_out += u'<' + token.name + safeAttributes(token) + u'>';
        m_open.push_back(token.name);
    }

    // A picture that may not be shown leaves its words.
    void image(const HtmlToken& token) {
        if (isTrackingImage(token)) return;
        const QString attributes = safeAttributes(token);
        if (attributes.contains("src=\""_L1))
            m_out += "<img"_L1 + attributes + u'>';
        else
            m_out += token.attribute("alt"_L1).toHtmlEscaped();
    }

    Stack::reverse_iterator openAt(const QString& name) {
        const bool stopsAtCell = !isTablePart(name);
        for (auto it = m_open.rbegin(); it != m_open.rend(); ++it) {
            if (*it == name) return it;
            if (stopsAtCell && isTableScope(*it)) break;
        }
        return m_open.rend();
    }

    void close(const QString& name) {
        const auto match = openAt(name);
        if (match == m_open.rend()) return;
        for (auto count = std::distance(m_open.rbegin(), match) + 1; count > 0; --count)
            closeLast();
    }

    void closeLast() {
        m_out += "</"_L1 + m_open.back() + u'>';
        m_open.pop_back();
    }

    HtmlTokenizer m_tokens;
    HtmlSkip m_skip;
    Stack m_open;
    QString m_out;
};

} // namespace

QString sanitizeHtml(const QString& html) {
    return Sanitizer(html).run();
}

} // namespace aiva
