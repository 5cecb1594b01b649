// Dictionaries of this computer. Blocking and single-threaded: one thread owns it (core/desk/spelling.h).
#pragma once

#include <QString>
#include <QStringList>

namespace aiva {

class SpellingPort {
public:
    virtual ~SpellingPort() = default;

    virtual QStringList languages() = 0; // "en_US", "de_DE": those with a dictionary
    // Of a language that languages() names; a word of any other is known.
    virtual bool isKnown(const QString& language, const QString& word) = 0;
    virtual QStringList suggestions(const QString& language, const QString& word) = 0; // best first
};

} // namespace aiva
