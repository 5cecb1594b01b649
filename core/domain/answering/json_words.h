// The words of a JSON array, as the JSON forms of answers keep them.
#pragma once

#include <QJsonArray>
#include <QJsonValue>
#include <QStringList>

namespace aiva {

// The strings of a JSON array, in order; anything else in it reads as an empty string, no array as an empty list.
inline QStringList wordsIn(const QJsonValue& array) {
    QStringList words;
    for (const QJsonValue word : array.toArray())
        words.append(word.toString());
    return words;
}

} // namespace aiva
