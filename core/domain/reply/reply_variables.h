// Variables of canned replies: {{customer.first_name}}, {{order.name}}. Filled from a table when inserted; one without
// a value stays visible and blocks sending, here and at the outbox by the same function. Pure.
#pragma once

#include <QMap>
#include <QString>
#include <QStringList>

#include <vector>

namespace aiva {

using VariableValues = QMap<QString, QString>; // name without braces → value; empty or absent: no value

struct VariableSpan {
    qsizetype start = 0; // of the opening braces
    qsizetype length = 0;
    QString name;
};

// Every name the desk can fill, for the settings page and for completion.
const QStringList& replyVariableNames();
// Where variables stand; quoted lines ("> …") hold somebody else's words and none of ours.
std::vector<VariableSpan> variableSpans(const QString& text);
// The names still open, each once, in the order they stand.
QStringList emptyVariables(const QString& text);
// Values put in; what has none stays as it is. A value is never looked into for variables.
QString withVariables(const QString& text, const VariableValues& values);

} // namespace aiva
