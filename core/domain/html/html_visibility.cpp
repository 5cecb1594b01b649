#include "core/domain/html/html_visibility.h"

#include <QList>

#include <QSet>

#include <algorithm>
#include <array>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr size_t kDeepestSkip = 256;

// Elements whose next sibling of the same name ends them without an end tag.
bool endsImplicitly(const QString& name) {
    static const QSet<QString> list{u"p"_s, u"li"_s, u"td"_s, u"th"_s, u"tr"_s, u"dt"_s, u"dd"_s, u"option"_s};
    return list.contains(name);
}

bool isZero(QStringView value) {
    qsizetype digits = 0;
    while (digits < value.size() && (value[digits] == u'0' || value[digits] == u'.'))
        ++digits;
    return digits > 0 && (digits == value.size() || !value[digits].isDigit());
}

} // namespace

bool isDroppedElement(const QString& name) {
    static const QSet<QString> list{
        u"script"_s,   u"style"_s,  u"title"_s,     u"iframe"_s,  u"object"_s,   u"embed"_s,  u"applet"_s,
        u"svg"_s,      u"math"_s,   u"noframes"_s,  u"noembed"_s, u"frameset"_s, u"frame"_s,  u"template"_s,
        u"textarea"_s, u"select"_s, u"button"_s,    u"input"_s,   u"audio"_s,    u"video"_s,  u"canvas"_s,
        u"dialog"_s,   u"portal"_s, u"plaintext"_s, u"xmp"_s,     u"datalist"_s, u"marquee"_s};
    return list.contains(name);
}

bool isHiddenElement(const HtmlToken& startTag) {
    if (!startTag.attribute("hidden"_L1).isNull()) return true;
    const QString style = startTag.attribute("style"_L1).toLower().remove(u' ').remove(u'\t').remove(u'\n');
    if (style.isEmpty()) return false;
    for (const QStringView declaration : QStringView(style).split(u';')) {
        const qsizetype colon = declaration.indexOf(u':');
        if (colon < 0) continue;
        const QStringView name = declaration.left(colon);
        const QStringView value = declaration.sliced(colon + 1);
        if (name == "display"_L1 && value.startsWith("none"_L1)) return true;
        if (name == "visibility"_L1 && value.startsWith("hidden"_L1)) return true;
        if (name == "mso-hide"_L1 && value.startsWith("all"_L1)) return true;
        if ((name == "font-size"_L1 || name == "opacity"_L1 || name == "max-height"_L1) && isZero(value)) {
            // Fluid image hacks set max-height:0 on wrappers of Outlook-only content; that is hidden just as well.
            return true;
        }
    }
    return false;
}

bool HtmlSkip::covers(const HtmlToken& token, bool closesParent) {
    if (m_open.empty()) return false;
    if (token.kind == HtmlToken::Kind::Text) return true;
    if (token.kind == HtmlToken::Kind::StartTag) {
        if (endsImplicitly(token.name) && m_open.back() == token.name) m_open.pop_back();
        if (m_open.empty()) return false;
        if (!isVoidHtmlElement(token.name) && !token.selfClosing && m_open.size() < kDeepestSkip)
            m_open.push_back(token.name);
        return true;
    }
    const auto match = std::find(m_open.rbegin(), m_open.rend(), token.name);
    if (match != m_open.rend()) {
        m_open.erase(std::prev(match.base()), m_open.end());
        return true; // the end tag of the skipped element itself goes with it
    }
    if (closesParent) m_open.clear();
    return m_open.size() > 0;
}

} // namespace aiva
