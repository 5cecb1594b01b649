#include "tests/core/domain/html/html_judge.h"

#include <QByteArray>
#include <QRegularExpression>
#include <QSet>

#include <gumbo.h>

namespace aiva::test {
namespace {

using namespace Qt::StringLiterals;

// Properties by their whole name and functions as functions: a word that merely contains one ("urled") does nothing.
bool isDangerousStyle(const QString& style) {
    static const QRegularExpression spelling(uR"(\\|/\*|@|<)"_s);
    static const QRegularExpression property(
        uR"((^|;)\s*(position|float|z-index|behavior|-moz-binding|transform|animation[a-z-]*|content|background|background-image|list-style|list-style-image|cursor|filter)\s*:)"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression function(uR"((?<!\brgb)(?<!\brgba)(?<!\bhsl)(?<!\bhsla)\()"_s,
                                             QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression outside(uR"(margin[^;]*:[^;]*-\d)"_s, QRegularExpression::CaseInsensitiveOption);
    for (const QRegularExpression* danger : {&spelling, &property, &function, &outside})
        if (danger->match(style).hasMatch()) return true;
    return false;
}

QString judgeAttribute(const QString& element, const GumboAttribute& attribute) {
    static const QSet<QString> harmless{
        u"dir"_s,         u"lang"_s,    u"title"_s,   u"align"_s, u"valign"_s,          u"bgcolor"_s,
        u"color"_s,       u"face"_s,    u"size"_s,    u"width"_s, u"height"_s,          u"border"_s,
        u"cellpadding"_s, u"colspan"_s, u"rowspan"_s, u"span"_s,  u"cellspacing"_s,     u"start"_s,
        u"value"_s,       u"type"_s,    u"alt"_s,     u"rel"_s,   u"data-blocked-src"_s};
    const QString name = QString::fromUtf8(attribute.name).toLower();
    const QString value = QString::fromUtf8(attribute.value);
    if (harmless.contains(name)) return {};
    if (name == "href"_L1 && element == "a"_L1) {
        static const QRegularExpression link(uR"(^(https?://|mailto:|tel:)[^\x00-\x20]+$)"_s);
        return link.match(value).hasMatch() ? QString() : u"link to "_s + value;
    }
    if (name == "src"_L1 && element == "img"_L1)
        return value.startsWith("cid:"_L1) ? QString() : u"image from "_s + value;
    if (name == "style"_L1) return isDangerousStyle(value) ? u"style "_s + value : QString();
    return u"attribute "_s + name;
}

QString judgeElement(const GumboElement& element) {
    static const QSet<GumboTag> forbidden{
        GUMBO_TAG_SCRIPT,   GUMBO_TAG_STYLE,     GUMBO_TAG_IFRAME,   GUMBO_TAG_OBJECT, GUMBO_TAG_EMBED,
        GUMBO_TAG_APPLET,   GUMBO_TAG_SVG,       GUMBO_TAG_MATH,     GUMBO_TAG_LINK,   GUMBO_TAG_META,
        GUMBO_TAG_BASE,     GUMBO_TAG_FORM,      GUMBO_TAG_INPUT,    GUMBO_TAG_BUTTON, GUMBO_TAG_SELECT,
        GUMBO_TAG_TEXTAREA, GUMBO_TAG_TEMPLATE,  GUMBO_TAG_VIDEO,    GUMBO_TAG_AUDIO,  GUMBO_TAG_CANVAS,
        GUMBO_TAG_FRAMESET, GUMBO_TAG_FRAME,     GUMBO_TAG_NOSCRIPT, GUMBO_TAG_TITLE,  GUMBO_TAG_UNKNOWN,
        GUMBO_TAG_XMP,      GUMBO_TAG_PLAINTEXT, GUMBO_TAG_DETAILS,  GUMBO_TAG_MARQUEE};
    if (forbidden.contains(element.tag))
        return u"element "_s + QString::fromLatin1(gumbo_normalized_tagname(element.tag));
    if (element.tag_namespace != GUMBO_NAMESPACE_HTML) return u"foreign element"_s;
    const QString name = QString::fromLatin1(gumbo_normalized_tagname(element.tag));
    for (unsigned i = 0; i < element.attributes.length; ++i) {
        const QString found = judgeAttribute(name, *static_cast<const GumboAttribute*>(element.attributes.data[i]));
        if (!found.isEmpty()) return found;
    }
    return {};
}

QString judgeNode(const GumboNode* node) {
    if (node->type == GUMBO_NODE_COMMENT || node->type == GUMBO_NODE_CDATA) return u"comment"_s;
    if (node->type != GUMBO_NODE_ELEMENT && node->type != GUMBO_NODE_TEMPLATE) return {};
    const QString found = judgeElement(node->v.element);
    if (!found.isEmpty()) return found;
    for (unsigned i = 0; i < node->v.element.children.length; ++i) {
        const QString below = judgeNode(static_cast<const GumboNode*>(node->v.element.children.data[i]));
        if (!below.isEmpty()) return below;
    }
    return {};
}

} // namespace

QString forbiddenIn(const QString& html) {
    const QByteArray utf8 = html.toUtf8();
    GumboOutput* output =
        gumbo_parse_with_options(&kGumboDefaultOptions, utf8.constData(), static_cast<size_t>(utf8.size()));
    const QString found = judgeNode(output->root);
    gumbo_destroy_output(&kGumboDefaultOptions, output);
    return found;
}

} // namespace aiva::test
