#include "core/domain/html/html_attributes.h"

#include "core/domain/html/css_style.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kLongestUrl = 4096;
constexpr qsizetype kLongestText = 1000;

enum class ValueKind { Number, Length, Colour, Alignment, Direction, Word, Text };

struct AttributeRule {
    QLatin1String name;
    ValueKind kind;
    std::array<QLatin1String, 6> elements; // empty: every element
};

constexpr std::array kRules = std::to_array<AttributeRule>({
    {"dir"_L1, ValueKind::Direction, {}},
    {"lang"_L1, ValueKind::Word, {}},
    {"title"_L1, ValueKind::Text, {}},
    {"align"_L1, ValueKind::Alignment, {}},
    {"valign"_L1, ValueKind::Alignment, {}},
    {"bgcolor"_L1, ValueKind::Colour, {"table"_L1, "tr"_L1, "td"_L1, "th"_L1, "tbody"_L1}},
    {"color"_L1, ValueKind::Colour, {"font"_L1, "hr"_L1}},
    {"face"_L1, ValueKind::Text, {"font"_L1}},
    {"size"_L1, ValueKind::Length, {"font"_L1, "hr"_L1}},
    {"width"_L1, ValueKind::Length, {"table"_L1, "td"_L1, "th"_L1, "col"_L1, "img"_L1, "hr"_L1}},
    {"height"_L1, ValueKind::Length, {"table"_L1, "td"_L1, "th"_L1, "tr"_L1, "img"_L1}},
    {"border"_L1, ValueKind::Number, {"table"_L1, "img"_L1}},
    {"cellpadding"_L1, ValueKind::Number, {"table"_L1}},
    {"cellspacing"_L1, ValueKind::Number, {"table"_L1}},
    {"colspan"_L1, ValueKind::Number, {"td"_L1, "th"_L1}},
    {"rowspan"_L1, ValueKind::Number, {"td"_L1, "th"_L1}},
    {"span"_L1, ValueKind::Number, {"col"_L1, "colgroup"_L1}},
    {"start"_L1, ValueKind::Number, {"ol"_L1}},
    {"value"_L1, ValueKind::Number, {"li"_L1}},
    {"type"_L1, ValueKind::Word, {"ol"_L1, "ul"_L1, "li"_L1}},
    {"alt"_L1, ValueKind::Text, {"img"_L1}},
});

bool appliesTo(const AttributeRule& rule, QStringView element) {
    if (rule.elements.front().isEmpty()) return true;
    return std::any_of(rule.elements.begin(), rule.elements.end(),
                       [element](QLatin1String one) { return !one.isEmpty() && element == one; });
}

bool isSafeValue(ValueKind kind, const QString& value) {
    static const QRegularExpression number(uR"(\A[0-9]{1,3}\z)"_s);
    static const QRegularExpression length(uR"(\A[+-]?[0-9]{1,4}(\.[0-9]{1,3})?(%|px)?\z)"_s);
    static const QRegularExpression colour(uR"(\A#?[0-9A-Za-z]{3,20}\z)"_s);
    static const QRegularExpression word(uR"(\A[0-9A-Za-z-]{1,20}\z)"_s);
    switch (kind) {
    case ValueKind::Number:
        return number.match(value).hasMatch();
    case ValueKind::Length:
        return length.match(value).hasMatch();
    case ValueKind::Colour:
        return colour.match(value).hasMatch();
    case ValueKind::Alignment:
    case ValueKind::Word:
        return word.match(value).hasMatch();
    case ValueKind::Direction:
        return value == "ltr"_L1 || value == "rtl"_L1 || value == "auto"_L1;
    case ValueKind::Text:
        return value.size() <= kLongestText;
    }
    return false;
}

QString written(QLatin1String name, const QString& value) {
    // Backquotes once delimited attributes in Internet Explorer; nothing needs them.
    return u' ' + name + "=\""_L1 + QString(value).replace(u'`', u'\'').toHtmlEscaped() + u'"';
}

QString withoutIgnored(const QString& address) {
    QString clean = address;
    clean.removeIf([](QChar c) {
        return c.unicode() <= 0x20 || c.category() == QChar::Other_Control || c.category() == QChar::Other_Format;
    });
    return clean;
}

QString imageAttributes(const HtmlToken& tag) {
    QString source = withoutIgnored(tag.attribute("src"_L1));
    if (source.isEmpty()) source = withoutIgnored(tag.attribute("data-blocked-src"_L1)); // cleaned before
    const QString lower = source.left(8).toLower();
    if (source.size() > kLongestUrl) return {};
    if (lower.startsWith("cid:"_L1)) return written("src"_L1, "cid:"_L1 + source.mid(4));
    if (lower.startsWith("https://"_L1) || lower.startsWith("http://"_L1))
        return written("data-blocked-src"_L1, source);
    return {};
}

} // namespace

QString safeLink(const QString& href) {
    const QString clean = withoutIgnored(href);
    if (clean.size() > kLongestUrl) return {};
    const QString scheme = clean.left(clean.indexOf(u':') + 1).toLower();
    const QString rest = clean.mid(scheme.size());
    if ((scheme == "http:"_L1 || scheme == "https:"_L1) && rest.startsWith("//"_L1) && rest.size() > 2)
        return scheme + rest;
    return (scheme == "mailto:"_L1 || scheme == "tel:"_L1) && !rest.isEmpty() ? scheme + rest : QString();
}

bool isTrackingImage(const HtmlToken& imageTag) {
    const auto tiny = [](const QString& value) { return value == "0"_L1 || value == "1"_L1 || value == "1px"_L1; };
    return tiny(imageTag.attribute("width"_L1).trimmed()) || tiny(imageTag.attribute("height"_L1).trimmed());
}

QString safeAttributes(const HtmlToken& startTag) {
    QString out;
    if (startTag.attributes.empty()) return out;
    for (const AttributeRule& rule : kRules) {
        if (!appliesTo(rule, startTag.name)) continue;
        const QString value = startTag.attribute(rule.name).trimmed();
        if (!value.isEmpty() && isSafeValue(rule.kind, value)) out += written(rule.name, value);
    }
    const QString style = safeStyle(startTag.attribute("style"_L1));
    if (!style.isEmpty()) out += written("style"_L1, style);
    if (startTag.name == "a"_L1) {
        const QString link = safeLink(startTag.attribute("href"_L1));
        if (!link.isEmpty()) out += written("href"_L1, link) + " rel=\"noopener noreferrer\""_L1;
    }
    if (startTag.name == "img"_L1) out += imageAttributes(startTag);
    return out;
}

} // namespace aiva
