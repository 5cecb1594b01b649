// What replies say of an order's state, in the languages they are written in. Pure tables.
#pragma once

#include "core/answer/verify/phrase_table.h"

namespace aiva {

enum class StatusWord {
    Shipped,
    OnItsWay,
    OutForDelivery,
    Delivered,
    Cancelled,
    Refunded,
    PartlyRefunded,
    BeingPacked,
    PartlyShipped,
    Paid,
    Waiting,
    PaymentOpen,
    ToShip // "ships", "saldrá": of the time to come by itself
};

const PhraseTable& statusPhrases(); // tags: StatusWord
// Words of languages written without spaces, by place in the text.
struct StatusPlace {
    Span span;
    StatusWord word;
};
std::vector<StatusPlace> japaneseStatusesIn(const NormalisedText& text);

// Words that turn a status around ("not", "noch nicht"), put it into the time to come ("will"), or only suppose it
// ("once", "sobald").
enum class Turn { Not, Later, Supposed };
const PhraseTable& turnPhrases(); // tags: Turn
// "part of", "teilweise": the state is said of a part only.
const PhraseTable& partPhrases();

} // namespace aiva
