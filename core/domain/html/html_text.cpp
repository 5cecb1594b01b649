#include "core/domain/html/html_text.h"

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

constexpr size_t kDeepestList = 10;
constexpr int kDeepestQuote = 20;

// Starts and ends a line of its own.
bool isBlock(const QString& name) {
    static const QSet<QString> list{
        u"div"_s,     u"section"_s,    u"article"_s, u"header"_s,   u"footer"_s,  u"main"_s, u"nav"_s, u"aside"_s,
        u"address"_s, u"center"_s,     u"table"_s,   u"tr"_s,       u"caption"_s, u"dt"_s,   u"dd"_s,  u"li"_s,
        u"figure"_s,  u"figcaption"_s, u"form"_s,    u"fieldset"_s, u"body"_s,    u"html"_s, u"hr"_s};
    return list.contains(name);
}

// With an empty line around it.
bool isParagraph(const QString& name) {
    static const QSet<QString> list{u"p"_s,  u"h1"_s, u"h2"_s, u"h3"_s, u"h4"_s,  u"h5"_s,
                                    u"h6"_s, u"ul"_s, u"ol"_s, u"dl"_s, u"pre"_s, u"blockquote"_s};
    return list.contains(name);
}

// Collects lines; knows about quotation depth and how many line ends are owed before the next word.
class LineWriter {
public:
    void word(const QString& text) {
        if (text.isEmpty()) return;
        startLine();
        if (m_space && !m_lineEmpty) m_out += u' ';
        m_space = false;
        m_out += text;
        m_lineEmpty = false;
    }
    void space() { m_space = true; }
    void lineBreak() { // <br>: a line end of its own
        if (m_owed > 0 || m_out.isEmpty()) {
            m_owed = std::min(m_owed + 1, 3);
        } else {
            m_owed = 1;
        }
        m_space = false;
    }
    void owe(int lineEnds) { // at least so many before the next word
        if (!m_out.isEmpty() || m_owed > 0) m_owed = std::max(m_owed, lineEnds);
        m_space = false;
    }
    void quote(int change) {
        owe(1);
        m_depth = std::clamp(m_depth + change, 0, kDeepestQuote);
    }
    void raw(QStringView text) { // preformatted
        for (const QChar c : text) {
            if (c == u'\n') {
                startLine();
                m_owed = m_lineEmpty ? m_owed + 1 : 1;
                if (m_lineEmpty) flushLineEnds();
                m_lineEmpty = true;
            } else if (c != u'\r') {
                startLine();
                m_out += c;
                m_lineEmpty = false;
            }
        }
    }
    QString take() { return std::move(m_out); }

private:
    void startLine() {
        flushLineEnds();
        if (m_atLineStart && m_depth > 0) m_out += QString(m_depth, u'>') + u' ';
        m_atLineStart = false;
        m_writtenDepth = m_depth;
    }
    // Empty lines between two depths of quotation belong to the outer one.
    void flushLineEnds() {
        const int depth = std::min(m_depth, m_writtenDepth);
        for (; m_owed > 0; --m_owed) {
            if (m_out.isEmpty()) continue;
            if (m_atLineStart && depth > 0) m_out += QString(depth, u'>');
            m_out += u'\n';
            m_atLineStart = true;
            m_lineEmpty = true;
        }
    }

    QString m_out;
    int m_owed = 0;
    int m_depth = 0;
    int m_writtenDepth = 0; // of the last line that has words
    bool m_space = false;
    bool m_lineEmpty = true;
    bool m_atLineStart = true;
};

class TextMaker {
public:
    explicit TextMaker(const QString& html) : m_tokens(html) {}

    QString run() {
        HtmlToken token;
        while (m_tokens.next(token)) {
            const bool isEnd = token.kind == HtmlToken::Kind::EndTag;
            if (m_skip.covers(token, isEnd && isOpen(token.name))) continue;
            if (token.kind == HtmlToken::Kind::Text)
                text(token.text);
            else if (isEnd)
                end(token.name);
            else
                start(token);
        }
        finishLink();
        return m_lines.take();
    }

private:
    struct List {
        bool ordered = false;
        int number = 0;
    };

    void text(const QString& content) {
        if (m_pre > 0) {
            m_lines.raw(content);
            return;
        }
        QString word;
        for (const QChar c : content) {
            if (c == u' ' || c == u'\n' || c == u'\t' || c == u'\r' || c == u'\f') {
                put(word);
                word.clear();
                m_lines.space();
                continue;
            }
            // Zero-width padding of preheaders says nothing.
            const char16_t u = c.unicode();
            if (u == 0x200B || u == 0x200C || u == 0xFEFF || u == 0x034F || u == 0x00AD) continue;
            word += u == 0x00A0 ? QChar(u' ') : c;
        }
        put(word);
    }

    void put(const QString& word) {
        if (word.isEmpty()) return;
        m_lines.word(word);
        if (m_link.isEmpty()) return;
        m_linkText += word;
    }

    void start(const HtmlToken& token) {
        const QString& name = token.name;
        if (isDroppedElement(name) || isHiddenElement(token)) {
            if (!isVoidHtmlElement(name)) m_skip.start(name);
            return;
        }
        if (!isVoidHtmlElement(name) && m_open.size() < 256) m_open.push_back(name);
        if (name == "br"_L1) m_lines.lineBreak();
        if (isParagraph(name)) m_lines.owe(m_lists.empty() ? 2 : 1);
        if (isBlock(name)) m_lines.owe(1);
        if (name == "hr"_L1) {
            m_lines.word(QString(32, u'_'));
            m_lines.owe(1);
        }
        if (name == "pre"_L1) ++m_pre;
        if (name == "blockquote"_L1) m_lines.quote(+1);
        if ((name == "ul"_L1 || name == "ol"_L1) && m_lists.size() < kDeepestList)
            m_lists.push_back({name == "ol"_L1, 0});
        if (name == "li"_L1) item();
        if (name == "td"_L1 || name == "th"_L1) m_lines.space();
        if (name == "img"_L1 && !isTrackingImage(token)) image(token);
        if (name == "a"_L1) {
            finishLink();
            m_link = safeLink(token.attribute("href"_L1));
        }
    }

    void end(const QString& name) {
        const auto open = std::find(m_open.rbegin(), m_open.rend(), name);
        const bool wasOpen = open != m_open.rend();
        if (wasOpen) m_open.erase(std::prev(open.base()));
        if (name == "a"_L1) finishLink();
        if (!wasOpen) return;
        if (name == "pre"_L1 && m_pre > 0) --m_pre;
        if (name == "blockquote"_L1) m_lines.quote(-1);
        if ((name == "ul"_L1 || name == "ol"_L1) && !m_lists.empty()) m_lists.pop_back();
        if (isParagraph(name)) m_lines.owe(m_lists.empty() ? 2 : 1);
        if (isBlock(name)) m_lines.owe(1);
    }

    void item() {
        if (m_lists.empty()) {
            m_lines.word(u"-"_s);
        } else {
            List& list = m_lists.back();
            const QString mark = list.ordered ? QString::number(++list.number) + u'.' : u"-"_s;
            m_lines.word(QString(static_cast<qsizetype>(m_lists.size() - 1) * 2, u' ') + mark);
        }
        m_lines.space();
    }

    void image(const HtmlToken& token) {
        const QString alt = token.attribute("alt"_L1).simplified().left(200);
        if (alt.isEmpty()) return;
        m_lines.space();
        put(u'[' + alt + u']');
        m_lines.space();
    }

    // The address behind the words, unless the words are the address.
    void finishLink() {
        if (m_link.isEmpty()) return;
        const auto bare = [](QString url) {
            for (const auto prefix : {"https://"_L1, "http://"_L1, "mailto:"_L1, "tel:"_L1, "www."_L1})
                if (url.startsWith(prefix, Qt::CaseInsensitive)) url.remove(0, prefix.size());
            while (url.endsWith(u'/'))
                url.chop(1);
            return url;
        };
        const bool says = bare(m_linkText).compare(bare(m_link), Qt::CaseInsensitive) == 0;
        if (!m_linkText.isEmpty() && !says) {
            m_lines.space();
            m_lines.word(u'(' + m_link + u')');
        }
        m_link.clear();
        m_linkText.clear();
    }

    bool isOpen(const QString& name) const { return std::find(m_open.begin(), m_open.end(), name) != m_open.end(); }

    HtmlTokenizer m_tokens;
    HtmlSkip m_skip;
    LineWriter m_lines;
    std::vector<QString> m_open;
    std::vector<List> m_lists;
    QString m_link;
    QString m_linkText;
    int m_pre = 0;
};

} // namespace

QString htmlToText(const QString& html) {
    return TextMaker(html).run();
}

} // namespace aiva
