// Writes the answer of the sandbox's language model by simple rules of its own, out of what a request holds: no model,
// no randomness, the same answer for the same request. Pure.
#pragma once

#include <QJsonObject>
#include <QString>

namespace aiva::sandbox {

// How faithfully it answers. Obey does whatever the mail demands, Leak repeats what it was told to keep, Empty writes
// nothing, Huge does not stop.
enum class AuthorMood { Faithful, Obey, Leak, Empty, Huge };

// The JSON answer to a user's text (context, facts, marked mail) under these instructions.
QJsonObject authoredAnswer(const QString& instructions, const QString& text, AuthorMood mood);

} // namespace aiva::sandbox
