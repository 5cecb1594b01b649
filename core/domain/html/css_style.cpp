#include "core/domain/html/css_style.h"

#include <QStringList>

#include <algorithm>
#include <array>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kLongestValue = 200;
constexpr int kMostDeclarations = 40;
constexpr qint64 kLargestNumber = 2000;

bool isAllowedProperty(QStringView name) {
    static constexpr std::array exact{
        "color"_L1,           "background-color"_L1, "font"_L1,           "font-weight"_L1,   "font-style"_L1,
        "font-size"_L1,       "font-family"_L1,      "font-variant"_L1,   "line-height"_L1,   "letter-spacing"_L1,
        "text-align"_L1,      "text-decoration"_L1,  "text-transform"_L1, "text-indent"_L1,   "vertical-align"_L1,
        "white-space"_L1,     "word-break"_L1,       "word-wrap"_L1,      "overflow-wrap"_L1, "direction"_L1,
        "width"_L1,           "max-width"_L1,        "min-width"_L1,      "height"_L1,        "list-style-type"_L1,
        "border-collapse"_L1, "border-spacing"_L1,   "border-radius"_L1,  "table-layout"_L1,  "caption-side"_L1};
    if (std::any_of(exact.begin(), exact.end(), [name](QLatin1String one) { return name == one; })) return true;
    static constexpr std::array families{"margin"_L1, "padding"_L1, "border"_L1};
    static constexpr std::array suffixes{""_L1, "-top"_L1, "-right"_L1, "-bottom"_L1, "-left"_L1};
    for (const QLatin1String family : families) {
        if (!name.startsWith(family)) continue;
        QStringView rest = name.sliced(family.size());
        if (family == "border"_L1)
            for (const auto part : {"-width"_L1, "-style"_L1, "-color"_L1})
                if (rest.endsWith(part)) {
                    rest.chop(part.size());
                    break;
                }
        return std::any_of(suffixes.begin(), suffixes.end(), [rest](QLatin1String one) { return rest == one; });
    }
    return false;
}

bool isColourArguments(QStringView text) {
    return std::all_of(text.begin(), text.end(), [](QChar c) {
        const char16_t u = c.unicode();
        return (u >= u'a' && u <= u'z') || (u >= u'0' && u <= u'9') || u" .,%/+-"_s.contains(c);
    });
}

// rgb(1, 2, 3) and its kin: the only functions there are, and none within them.
QString withoutColourFunctions(QString value) {
    for (const auto name : {"rgba("_L1, "rgb("_L1, "hsla("_L1, "hsl("_L1}) {
        for (qsizetype at = value.indexOf(name); at >= 0; at = value.indexOf(name, at)) {
            const qsizetype close = value.indexOf(u')', at);
            const bool isOwnWord = at == 0 || u" ,"_s.contains(value.at(at - 1));
            if (!isOwnWord || close < 0 ||
                !isColourArguments(QStringView(value).sliced(at + name.size(), close - at - name.size())))
                return value;
            value.remove(at, close - at + 1);
        }
    }
    return value;
}

bool hasAllowedCharacters(const QString& value) {
    return std::all_of(value.begin(), value.end(), [](QChar c) {
        const char16_t u = c.unicode();
        const bool alphanumeric = (u >= u'a' && u <= u'z') || (u >= u'0' && u <= u'9');
        return alphanumeric || u > 0xA0 || u"#%.,'\" -+!"_s.contains(c);
    });
}

// No number beyond what a mail needs, so nothing can be blown over the window.
bool hasModestNumbers(const QString& value) {
    qint64 number = 0;
    bool inFraction = false;
    for (const QChar c : value) {
        if (c.unicode() >= u'0' && c.unicode() <= u'9') {
            if (!inFraction) number = std::min<qint64>(number * 10 + (c.unicode() - u'0'), kLargestNumber * 10);
            if (number > kLargestNumber) return false;
            continue;
        }
        inFraction = c == u'.' && !inFraction;
        if (!inFraction) number = 0;
    }
    return true;
}

// "0-5px" are two numbers, the second one negative.
bool hasNegativeNumber(const QString& value) {
    for (qsizetype at = value.indexOf(u'-'); at >= 0; at = value.indexOf(u'-', at + 1)) {
        const QChar next = at + 1 < value.size() ? value.at(at + 1) : QChar(u' ');
        const bool standsAlone = at == 0 || value.at(at - 1) == u' ';
        if (standsAlone || next == u'.' || (next >= u'0' && next <= u'9')) return true;
    }
    return false;
}

bool isSafeValue(QStringView name, const QString& value) {
    if (value.isEmpty() || value.size() > kLongestValue) return false;
    const QString rest = withoutColourFunctions(value);
    if (!hasAllowedCharacters(rest)) return false;
    const bool isColour = name == "color"_L1 || name.endsWith("-color"_L1) || value.contains(u'#');
    if (!isColour && !hasModestNumbers(rest)) return false;
    return !hasNegativeNumber(rest);
}

} // namespace

QString safeStyle(const QString& style) {
    // Comments and escapes are ways to spell a word another way; nothing that uses them is worth keeping.
    if (style.contains(u'\\') || style.contains("/*"_L1)) return {};
    QStringList kept;
    for (const QString& declaration : style.toLower().split(u';', Qt::SkipEmptyParts)) {
        const qsizetype colon = declaration.indexOf(u':');
        if (colon < 0 || kept.size() >= kMostDeclarations) continue;
        QString name = declaration.left(colon).trimmed();
        const QString value = declaration.mid(colon + 1).simplified();
        if (name == "background"_L1) name = u"background-color"_s; // only a colour passes the value check's purpose
        if (isAllowedProperty(name) && isSafeValue(name, value)) kept << name + ": "_L1 + value;
    }
    return kept.join("; "_L1);
}

} // namespace aiva
