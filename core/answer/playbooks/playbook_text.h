// A playbook's text with its variables: what may stand in it, and what it says once they have values. Every value
// carries the facts it came from. Pure.
#pragma once

#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

namespace aiva {

struct PlaybookValue {
    QString text;
    QStringList facts; // ids
};
using PlaybookValues = QMap<QString, PlaybookValue>; // by variable; absent: no value

struct FilledText {
    QString text;
    QStringList facts; // each once, in the order they were used
};

// Absent when a variable outside of [[ ]] has no value. A value is never looked into for variables.
std::optional<FilledText> filledText(const QString& text, const PlaybookValues& values);

} // namespace aiva
