#include "core/answer/intent/store_learning.h"

namespace aiva {

StoreCalibration learntFrom(const IntentReader& reader, const std::vector<LabelledMail>& mails) {
    std::vector<LabelledGuess> guesses;
    guesses.reserve(mails.size());
    for (const LabelledMail& mail : mails) {
        const IntentGuess guess = reader.read(mail.subject, mail.text).intents.front();
        guesses.push_back({guess.intent, guess.confidence, mail.label.label});
    }
    return StoreCalibration::fittedTo(guesses);
}

} // namespace aiva
