#include "core/answer/playbooks/playbook_text.h"

#include "core/answer/playbooks/playbook_file.h"
#include "core/domain/reply/reply_variables.h"

#include <QRegularExpression>

#include <vector>

using namespace Qt::StringLiterals;

namespace aiva {

namespace {

constexpr qsizetype longestText = 4'000;

struct Part {
    QString text;
    bool isOptional = false;
};

// Absent when [[ and ]] do not pair up or stand in each other.
std::optional<std::vector<Part>> partsOf(const QString& text) {
    std::vector<Part> parts;
    qsizetype at = 0;
    bool inside = false;
    while (true) {
        const qsizetype opening = text.indexOf("[["_L1, at);
        const qsizetype closing = text.indexOf("]]"_L1, at);
        const qsizetype next = inside ? closing : opening;
        if (inside ? (closing < 0 || (opening >= 0 && opening < closing))
                   : (closing >= 0 && (opening < 0 || closing < opening)))
            return std::nullopt;
        parts.push_back({text.mid(at, next < 0 ? -1 : next - at), inside});
        if (next < 0) return parts;
        at = next + 2;
        inside = !inside;
    }
}

std::optional<FilledText> filledPart(const QString& text, const PlaybookValues& values) {
    FilledText filled;
    qsizetype copied = 0;
    for (const VariableSpan& span : variableSpans(text)) {
        const auto value = values.find(span.name);
        if (value == values.end() || value->text.isEmpty()) return std::nullopt;
        filled.text += QStringView(text).mid(copied, span.start - copied);
        filled.text += value->text;
        filled.facts += value->facts;
        copied = span.start + span.length;
    }
    filled.text += QStringView(text).mid(copied);
    return filled;
}

// Parts that were left out leave blank lines and blanks at line ends behind.
QString tidied(QString text) {
    static const QRegularExpression lineEnds(u"[ \t]+\n"_s);
    static const QRegularExpression blankLines(u"\n{3,}"_s);
    return text.replace(lineEnds, u"\n"_s).replace(blankLines, u"\n\n"_s).trimmed();
}

} // namespace

const QStringList& playbookVariables() {
    static const QStringList names{
        u"greeting"_s,        u"customer.first_name"_s, u"order.name"_s,    u"order.date"_s,    u"carrier"_s,
        u"tracking.number"_s, u"tracking.link"_s,       u"parcels"_s,       u"shipped.date"_s,  u"delivered.date"_s,
        u"estimated.date"_s,  u"cancelled.date"_s,      u"handling_time"_s, u"return_window"_s, u"return.link"_s};
    return names;
}

QString problemOfPlaybookText(const QString& text) {
    if (text.trimmed().isEmpty()) return u"the text is empty"_s;
    if (text.size() > longestText) return u"the text is longer than %1 characters"_s.arg(longestText);
    const auto parts = partsOf(text);
    if (!parts) return u"[[ and ]] do not pair up"_s;
    for (const Part& part : *parts) {
        QString rest = part.text;
        const auto spans = variableSpans(part.text);
        for (auto span = spans.rbegin(); span != spans.rend(); ++span) {
            if (!playbookVariables().contains(span->name)) return u"no variable \"%1\""_s.arg(span->name);
            rest.remove(span->start, span->length);
        }
        if (rest.contains("{{"_L1) || rest.contains("}}"_L1)) return u"{{ and }} do not pair up"_s;
        if (part.isOptional && spans.empty()) return u"[[ ]] without a variable is never left out"_s;
    }
    return {};
}

std::optional<FilledText> filledText(const QString& text, const PlaybookValues& values) {
    const auto parts = partsOf(text);
    if (!parts) return std::nullopt;
    FilledText whole;
    for (const Part& part : *parts) {
        const auto filled = filledPart(part.text, values);
        if (!filled && !part.isOptional) return std::nullopt;
        if (!filled) continue;
        whole.text += filled->text;
        whole.facts += filled->facts;
    }
    whole.text = tidied(whole.text);
    whole.facts.removeDuplicates();
    return whole;
}

} // namespace aiva
