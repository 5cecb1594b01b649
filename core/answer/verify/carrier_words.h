// Names of parcel carriers and what else they are called. Pure table.
#pragma once

#include "core/answer/verify/phrase_table.h"

#include <QString>

namespace aiva {

// One name for every spelling of a carrier or of one of its services; the folded text itself when it is none of them.
struct CarrierName {
    QString carrier; // "dhl"
    QString service; // "dhl express"; the carrier's when no service is named
};
CarrierName carrierNamed(const QString& text);

// To find them in a draft: tags are rows of the table.
const PhraseTable& carrierPhrases();

} // namespace aiva
