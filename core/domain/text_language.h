// Which language a text is written in, by its most common words. For the quote's attribution and the spelling of a
// reply; wrong now and then, and then only those are wrong. Pure.
#pragma once

#include <QString>

namespace aiva {

// "en", "de", "fr", "es", "it", "nl", "pt", "sv", "pl"; empty when too little of it says so.
QString languageOf(const QString& text);

} // namespace aiva
