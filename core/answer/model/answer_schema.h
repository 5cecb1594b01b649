// The JSON schema of a model's answer: fixed, so that no customer's data is ever in it (providers keep schemas longer
// than requests). Pure.
#pragma once

#include <QByteArray>

namespace aiva {

QByteArray answerSchema();

} // namespace aiva
