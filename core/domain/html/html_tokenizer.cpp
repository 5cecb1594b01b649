#include "core/domain/html/html_tokenizer.h"

#include "core/domain/html/html_entities.h"

#include <QSet>

#include <algorithm>
#include <array>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr size_t kMostAttributes = 64;

bool isSpace(QChar c) {
    return c == u' ' || c == u'\t' || c == u'\n' || c == u'\r' || c == u'\f';
}

bool isLetter(QChar c) {
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}

bool isAlphanumeric(QChar c) {
    return isLetter(c) || (c >= u'0' && c <= u'9');
}

int hexDigit(QChar c) {
    if (c >= u'0' && c <= u'9') return c.unicode() - u'0';
    if (c >= u'a' && c <= u'f') return c.unicode() - u'a' + 10;
    return c >= u'A' && c <= u'F' ? c.unicode() - u'A' + 10 : -1;
}

bool isRawText(const QString& name) {
    static const QSet<QString> list{u"script"_s, u"style"_s,   u"title"_s,    u"textarea"_s, u"xmp"_s,
                                    u"iframe"_s, u"noembed"_s, u"noframes"_s, u"plaintext"_s};
    return list.contains(name);
}

// A reference starting at `at` (the '&'). Appends what it stands for and answers its length, or answers 0.
qsizetype decodeNumeric(QStringView text, qsizetype at, QString& out) {
    qsizetype i = at + 2;
    const bool hex = i < text.size() && (text[i] == u'x' || text[i] == u'X');
    if (hex) ++i;
    char32_t code = 0;
    const qsizetype digitsAt = i;
    for (; i < text.size(); ++i) {
        const int digit = hexDigit(text[i]);
        if (digit < 0 || (!hex && digit > 9)) break;
        code = std::min<char32_t>(code * (hex ? 16 : 10) + static_cast<char32_t>(digit), 0x110000);
    }
    if (i == digitsAt) return 0;
    out.append(QString::fromUcs4(std::array<char32_t, 1>{numericCharacter(code)}.data(), 1));
    if (i < text.size() && text[i] == u';') ++i;
    return i - at;
}

qsizetype decodeNamed(QStringView text, qsizetype at, HtmlContext context, QString& out) {
    const auto append = [&out](char32_t code) {
        out.append(QString::fromUcs4(std::array<char32_t, 1>{code}.data(), 1));
    };
    qsizetype end = at + 1;
    while (end < text.size() && end - at <= 32 && isAlphanumeric(text[end]))
        ++end;
    const bool closed = end < text.size() && text[end] == u';';
    const char32_t whole = namedCharacter(text.sliced(at + 1, end - at - 1));
    if (whole != 0 && closed) {
        append(whole);
        return end - at + 1;
    }
    // Without its semicolon only the Latin-1 names count, as in browsers, and in attributes ("?a=1&copy=2") nothing
    // may follow.
    const bool followed = end < text.size() && text[end] == u'=';
    if (context == HtmlContext::Attribute) {
        if (whole == 0 || whole > 0xFF || followed) return 0;
        append(whole);
        return end - at;
    }
    for (; end > at + 2; --end) {
        const char32_t code = namedCharacter(text.sliced(at + 1, end - at - 1));
        if (code == 0 || code > 0xFF) continue;
        append(code);
        return end - at;
    }
    return 0;
}

} // namespace

bool isVoidHtmlElement(const QString& name) {
    static const QSet<QString> list{u"area"_s,  u"base"_s,  u"basefont"_s, u"bgsound"_s, u"br"_s,    u"col"_s,
                                    u"embed"_s, u"frame"_s, u"hr"_s,       u"img"_s,     u"input"_s, u"keygen"_s,
                                    u"link"_s,  u"meta"_s,  u"param"_s,    u"source"_s,  u"track"_s, u"wbr"_s};
    return list.contains(name);
}

QString decodeHtmlReferences(QStringView text, HtmlContext context) {
    QString out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size();) {
        const QChar c = text[i];
        qsizetype length = 0;
        if (c == u'&' && i + 1 < text.size())
            length = text[i + 1] == u'#' ? decodeNumeric(text, i, out) : decodeNamed(text, i, context, out);
        if (length > 0) {
            i += length;
            continue;
        }
        out.append(c.isNull() ? QChar(QChar::ReplacementCharacter) : c);
        ++i;
    }
    return out;
}

QString HtmlToken::attribute(QLatin1String wanted) const {
    const auto found = std::find_if(attributes.begin(), attributes.end(),
                                    [wanted](const HtmlAttribute& one) { return one.name == wanted; });
    return found == attributes.end() ? QString() : found->value;
}

bool HtmlTokenizer::next(HtmlToken& token) {
    while (!atEnd()) {
        if (m_html[m_at] == u'<') {
            const qsizetype before = m_at;
            if (readMarkup(token)) return true;
            if (m_at > before) continue; // swallowed a comment or the like
        }
        // Text up to the next '<'; a '<' that starts nothing is text itself.
        const qsizetype end = m_html.indexOf(u'<', m_at + 1);
        const QStringView text = m_html.sliced(m_at, (end < 0 ? m_html.size() : end) - m_at);
        m_at += text.size();
        token = HtmlToken();
        token.text = decodeHtmlReferences(text, HtmlContext::Text);
        return true;
    }
    return false;
}

// At '<'. True with a tag; false with m_at moved when something was swallowed, unmoved when the '<' is text.
bool HtmlTokenizer::readMarkup(HtmlToken& token) {
    if (m_at + 1 >= m_html.size()) return false;
    const QChar second = m_html[m_at + 1];
    if (isLetter(second)) return readTag(token, m_at + 1);
    if (second == u'/') {
        if (m_at + 2 < m_html.size() && isLetter(m_html[m_at + 2])) return readTag(token, m_at + 2);
        if (m_at + 2 < m_html.size()) skipMarkupDeclaration();
        return false;
    }
    if (second == u'!' || second == u'?') skipMarkupDeclaration();
    return false;
}

void HtmlTokenizer::skipMarkupDeclaration() {
    if (m_html.sliced(m_at).startsWith("<!--"_L1)) {
        skipComment();
        return;
    }
    const qsizetype end = m_html.indexOf(u'>', m_at);
    m_at = end < 0 ? m_html.size() : end + 1;
}

void HtmlTokenizer::skipComment() {
    const QStringView inside = m_html.sliced(m_at + 4);
    if (inside.startsWith(u'>')) {
        m_at += 5;
        return;
    }
    if (inside.startsWith("->"_L1)) {
        m_at += 6;
        return;
    }
    const qsizetype plain = inside.indexOf("-->"_L1);
    const qsizetype bang = inside.indexOf("--!>"_L1);
    if (plain < 0 && bang < 0) {
        m_at = m_html.size();
    } else if (bang < 0 || (plain >= 0 && plain < bang)) {
        m_at += 4 + plain + 3;
    } else {
        m_at += 4 + bang + 4;
    }
}

bool HtmlTokenizer::readTag(HtmlToken& token, qsizetype nameAt) {
    const bool isEnd = m_html[nameAt - 1] == u'/';
    qsizetype end = nameAt;
    while (end < m_html.size() && !isSpace(m_html[end]) && m_html[end] != u'/' && m_html[end] != u'>')
        ++end;
    token = HtmlToken();
    token.kind = isEnd ? HtmlToken::Kind::EndTag : HtmlToken::Kind::StartTag;
    token.name = m_html.sliced(nameAt, end - nameAt).toString().toLower();
    m_at = end;
    readAttributes(token);
    // A tag cut off by the end of the document is no tag.
    if (m_at > m_html.size()) {
        m_at = m_html.size();
        return false;
    }
    if (!isEnd && isRawText(token.name)) skipRawText(token.name);
    return true;
}

// Reads up to and over '>'; leaves m_at behind the end of the document when there is none.
void HtmlTokenizer::readAttributes(HtmlToken& token) {
    for (;;) {
        skipSpaces();
        if (atEnd()) {
            m_at = m_html.size() + 1;
            return;
        }
        const QChar c = m_html[m_at];
        if (c == u'>') {
            ++m_at;
            return;
        }
        if (c == u'/') {
            ++m_at;
            token.selfClosing = !atEnd() && m_html[m_at] == u'>';
            continue;
        }
        const qsizetype nameAt = m_at;
        ++m_at; // a leading '=' belongs to the name
        while (!atEnd() && !isSpace(m_html[m_at]) && m_html[m_at] != u'/' && m_html[m_at] != u'>' &&
               m_html[m_at] != u'=')
            ++m_at;
        HtmlAttribute attribute{m_html.sliced(nameAt, m_at - nameAt).toString().toLower(), u""_s};
        skipSpaces();
        if (!atEnd() && m_html[m_at] == u'=') {
            ++m_at;
            attribute.value = readAttributeValue();
        }
        const bool known = std::any_of(token.attributes.begin(), token.attributes.end(),
                                       [&](const HtmlAttribute& one) { return one.name == attribute.name; });
        if (!known && token.attributes.size() < kMostAttributes) token.attributes.push_back(std::move(attribute));
    }
}

QString HtmlTokenizer::readAttributeValue() {
    skipSpaces();
    if (atEnd()) return u""_s;
    const QChar quote = m_html[m_at];
    QStringView value;
    if (quote == u'"' || quote == u'\'') {
        const qsizetype end = m_html.indexOf(quote, m_at + 1);
        const qsizetype stop = end < 0 ? m_html.size() : end;
        value = m_html.sliced(m_at + 1, stop - m_at - 1);
        m_at = std::min(stop + 1, m_html.size());
    } else {
        const qsizetype at = m_at;
        while (!atEnd() && !isSpace(m_html[m_at]) && m_html[m_at] != u'>')
            ++m_at;
        value = m_html.sliced(at, m_at - at);
    }
    QString decoded = decodeHtmlReferences(value, HtmlContext::Attribute);
    return decoded.isNull() ? u""_s : decoded;
}

// Behind the start tag: on to the matching end tag, which is left to be read; to the end when there is none.
void HtmlTokenizer::skipRawText(const QString& name) {
    for (qsizetype at = m_html.indexOf("</"_L1, m_at); at >= 0; at = m_html.indexOf("</"_L1, at + 2)) {
        const QStringView rest = m_html.sliced(at + 2);
        if (!rest.startsWith(name, Qt::CaseInsensitive)) continue;
        const QChar after = rest.size() > name.size() ? rest[name.size()] : QChar(u'>');
        if (isSpace(after) || after == u'/' || after == u'>') {
            m_at = at;
            return;
        }
    }
    m_at = m_html.size();
}

void HtmlTokenizer::skipSpaces() {
    while (!atEnd() && isSpace(m_html[m_at]))
        ++m_at;
}

} // namespace aiva
