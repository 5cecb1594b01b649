// Turns an Error into a sentence for people, in their language: what happened and what they can do about it. Chosen by
// kind and cause only; the English detail of the log is never shown.
#pragma once

#include "core/base/error.h"

#include <QString>

#include <optional>

namespace aiva {

struct ErrorText {
    QString title;
    QString whatToDo;
};

ErrorText errorText(const Error& error);

// "Title. What to do." for a line of its own.
QString errorSentence(const Error& error);
QString errorSentence(const ErrorText& text);
// Of a stored record: "Refused/RecipientRefused", "Timeout"; of a cause a later version wrote, the kind. Absent when
// the words are empty or none of ours.
std::optional<Error> errorOfWords(const QString& words);

} // namespace aiva
