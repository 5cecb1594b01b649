// What the intent trainer learns from: mails with the intents they carry. Plain values.
#pragma once

#include "core/domain/answering/intent.h"

#include <QString>

#include <vector>

namespace aiva {

struct TrainingMail {
    QString text;
    std::vector<Intent> intents;   // empty: none of ours, that is Other
    std::vector<Intent> undecided; // the source's label does not tell these apart: learn neither yes nor no
};

using TrainingSet = std::vector<TrainingMail>;

} // namespace aiva
