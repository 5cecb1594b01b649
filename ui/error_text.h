// Turns an Error into a sentence for people, in their language: what happened and what they can do about it. Chosen by
// kind and cause only; the English detail of the log is never shown.
#pragma once

#include "core/base/error.h"

#include <QString>

namespace aiva {

struct ErrorText {
    QString title;
    QString whatToDo;
};

ErrorText errorText(const Error& error);

} // namespace aiva
