#include "core/domain/html_visibility.h"

#include <QList>

#include <algorithm>
#include <array>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr size_t kDeepestSkip = 256;

template <size_t N>
bool isOneOf(QStringView name, const std::array<QLatin1String, N>& list) {
    return std::any_of(list.begin(), list.end(), [name](QLatin1String one) { return name == one; });
}

// Elements whose next sibling of the same name ends them without an end tag.
bool endsImplicitly(QStringView name) {
    static constexpr std::array list{"p"_L1, "li"_L1, "td"_L1, "th"_L1, "tr"_L1, "dt"_L1, "dd"_L1, "option"_L1};
    return isOneOf(name, list);
}

bool isZero(QStringView value) {
    qsizetype digits = 0;
    while (digits < value.size() && (value[digits] == u'0' || value[digits] == u'.'))
        ++digits;
    return digits > 0 && (digits == value.size() || !value[digits].isDigit());
}

} // namespace

bool isDroppedElement(QStringView name) {
    static constexpr std::array list{
        "script"_L1,   "style"_L1,  "title"_L1,     "iframe"_L1,  "object"_L1,   "embed"_L1,  "applet"_L1,
        "svg"_L1,      "math"_L1,   "noframes"_L1,  "noembed"_L1, "frameset"_L1, "frame"_L1,  "template"_L1,
        "textarea"_L1, "select"_L1, "button"_L1,    "input"_L1,   "audio"_L1,    "video"_L1,  "canvas"_L1,
        "dialog"_L1,   "portal"_L1, "plaintext"_L1, "xmp"_L1,     "datalist"_L1, "marquee"_L1};
    return isOneOf(name, list);
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
