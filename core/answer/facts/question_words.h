// The words of a customer's question to search a store's knowledge and products by. Pure.
#pragma once

#include <QString>
#include <QStringList>

namespace aiva {

// Beginnings of words, so that "returned" finds "returns": letters and digits only, lower case, each once, without the
// commonest words, at most `most`, in the order they stand.
QStringList questionWords(const QString& question, int most = 24);
// Whether the question speaks of something of this title: at least half of the title's words begin like one of `words`.
bool mentions(const QStringList& words, const QString& title);

} // namespace aiva
