// A tolerant HTML tokenizer: text, start tags and end tags in order, linear in the input, never fails, never recurses.
// Comments, doctypes and the content of raw-text elements (script, style, …) are swallowed. Used by the sanitizer and
// by the HTML-to-text conversion; it builds no tree, so hostile nesting costs nothing.
#pragma once

#include <QString>
#include <QStringView>

#include <vector>

namespace aiva {

struct HtmlAttribute {
    QString name;  // lower case
    QString value; // character references decoded
};

struct HtmlToken {
    enum class Kind { Text, StartTag, EndTag };
    Kind kind = Kind::Text;
    QString name;                          // of a tag, lower case
    QString text;                          // of a Text token, character references decoded
    std::vector<HtmlAttribute> attributes; // the first of each name, at most 64
    bool selfClosing = false;

    // Empty when absent; a present attribute without a value is empty but not null.
    QString attribute(QLatin1String name) const;
};

class HtmlTokenizer {
public:
    // `html` outlives the tokenizer.
    explicit HtmlTokenizer(QStringView html) : m_html(html) {}
    // False at the end.
    bool next(HtmlToken& token);

private:
    bool readMarkup(HtmlToken& token);
    bool readTag(HtmlToken& token, qsizetype nameAt);
    void readAttributes(HtmlToken& token);
    QString readAttributeValue();
    void skipMarkupDeclaration();
    void skipComment();
    void skipRawText(const QString& name);
    void skipSpaces();
    bool atEnd() const { return m_at >= m_html.size(); }

    QStringView m_html;
    qsizetype m_at = 0;
};

// Elements that never have content.
bool isVoidHtmlElement(const QString& name);
// Character references replaced by what they stand for. In attributes "&copy=1" stays as it is.
enum class HtmlContext { Text, Attribute };
QString decodeHtmlReferences(QStringView text, HtmlContext context);

} // namespace aiva
