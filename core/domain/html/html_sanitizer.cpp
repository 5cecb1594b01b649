#include "core/domain/html/html_sanitizer.h"

#include "core/domain/html/html_attributes.h"
#include "core/domain/html/html_tokenizer.h"
#include "core/domain/html/html_visibility.h"

#include <QSet>

#include <algorithm>
#include <array>
#include <vector>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr size_t kDeepest = 100;
// Laying out a table asks each cell several times how wide it wants to be, so time multiplies with every table inside.
constexpr std::ptrdiff_t kDeepestTables = 7;

bool isAllowedElement(const QString& name) {
    static const QSet<QString> list{
        u"a"_s,          u"abbr"_s,   u"address"_s, u"article"_s, u"aside"_s, u"b"_s,      u"bdo"_s,    u"big"_s,
        u"blockquote"_s, u"br"_s,     u"caption"_s, u"center"_s,  u"cite"_s,  u"code"_s,   u"col"_s,    u"colgroup"_s,
        u"dd"_s,         u"del"_s,    u"dfn"_s,     u"dir"_s,     u"div"_s,   u"dl"_s,     u"dt"_s,     u"em"_s,
        u"figcaption"_s, u"figure"_s, u"font"_s,    u"footer"_s,  u"h1"_s,    u"h2"_s,     u"h3"_s,     u"h4"_s,
        u"h5"_s,         u"h6"_s,     u"header"_s,  u"hr"_s,      u"i"_s,     u"img"_s,    u"ins"_s,    u"kbd"_s,
        u"li"_s,         u"main"_s,   u"mark"_s,    u"nav"_s,     u"ol"_s,    u"p"_s,      u"pre"_s,    u"q"_s,
        u"s"_s,          u"samp"_s,   u"section"_s, u"small"_s,   u"span"_s,  u"strike"_s, u"strong"_s, u"sub"_s,
        u"sup"_s,        u"table"_s,  u"tbody"_s,   u"td"_s,      u"tfoot"_s, u"th"_s,     u"thead"_s,  u"tr"_s,
        u"tt"_s,         u"u"_s,      u"ul"_s,      u"var"_s,     u"wbr"_s};
    return list.contains(name);
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
        if (m_open.size() >= kDeepest || isInTooDeepTable(token.name)) return;
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

    // A table too deep leaves its text, without rows and cells.
    bool isInTooDeepTable(const QString& name) {
        if (name == "table"_L1 && (m_tooDeep > 0 || std::count(m_open.begin(), m_open.end(), name) >= kDeepestTables)) {
            ++m_tooDeep;
            return true;
        }
        return m_tooDeep > 0 && isTablePart(name);
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
        if (m_tooDeep > 0 && isTablePart(name)) {
            if (name == "table"_L1) --m_tooDeep;
            if (name == "tr"_L1) m_out += "<br>"_L1;
            return;
        }
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
    int m_tooDeep = 0; // tables open that were left out
    QString m_out;
};

} // namespace

QString sanitizeHtml(const QString& html) {
    return Sanitizer(html).run();
}

} // namespace aiva
