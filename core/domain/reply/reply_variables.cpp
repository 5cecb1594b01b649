#include "core/domain/reply/reply_variables.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace aiva {

namespace {

// A name is whatever stands between the braces on one line: a misspelt one must not go out either.
const QRegularExpression& variableShape() {
    static const QRegularExpression expression(uR"(\{\{\s*([^{}\n\x{2028}\x{2029}]{0,80}?)\s*\}\})"_s);
    return expression;
}

bool isInQuotedLine(const QString& text, qsizetype at) {
    qsizetype start = at;
    while (start > 0 && text[start - 1] != u'\n' && text[start - 1] != QChar::ParagraphSeparator)
        --start;
    return text[start] == u'>';
}

} // namespace

const QStringList& replyVariableNames() {
    static const QStringList names{u"customer.first_name"_s, u"customer.last_name"_s, u"customer.name"_s,
                                   u"customer.email"_s,      u"order.name"_s,         u"order.date"_s,
                                   u"order.total"_s,         u"order.items"_s,        u"order.status_link"_s,
                                   u"tracking.carrier"_s,    u"tracking.number"_s,    u"tracking.link"_s,
                                   u"store.name"_s,          u"mailbox.name"_s,       u"mailbox.address"_s};
    return names;
}

std::vector<VariableSpan> variableSpans(const QString& text) {
    std::vector<VariableSpan> spans;
    if (!text.contains("{{"_L1)) return spans;
    auto match = variableShape().globalMatch(text);
    while (match.hasNext()) {
        const QRegularExpressionMatch found = match.next();
        if (isInQuotedLine(text, found.capturedStart())) continue;
        spans.push_back({found.capturedStart(), found.capturedLength(), found.captured(1)});
    }
    return spans;
}

QStringList emptyVariables(const QString& text) {
    QStringList names;
    for (const VariableSpan& span : variableSpans(text))
        if (!names.contains(span.name)) names.append(span.name);
    return names;
}

QString withVariables(const QString& text, const VariableValues& values) {
    QString filled;
    qsizetype copied = 0;
    for (const VariableSpan& span : variableSpans(text)) {
        const QString value = values.value(span.name);
        filled += QStringView(text).mid(copied, span.start - copied);
        filled += value.isEmpty() ? QStringView(text).mid(span.start, span.length) : QStringView(value);
        copied = span.start + span.length;
    }
    filled += QStringView(text).mid(copied);
    return filled;
}

} // namespace aiva
