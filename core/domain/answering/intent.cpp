#include "core/domain/answering/intent.h"

#include "core/domain/answering/names_table.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace aiva {

static constexpr NamesTable<Intent, kIntentCount> kIntents{{{Intent::OrderStatus, u"order_status"},
                                                            {Intent::Return, u"return"},
                                                            {Intent::Exchange, u"exchange"},
                                                            {Intent::Refund, u"refund"},
                                                            {Intent::Cancel, u"cancel"},
                                                            {Intent::AddressChange, u"address_change"},
                                                            {Intent::ProductQuestion, u"product_question"},
                                                            {Intent::PolicyQuestion, u"policy_question"},
                                                            {Intent::Complaint, u"complaint"},
                                                            {Intent::HumanRequest, u"human_request"},
                                                            {Intent::Other, u"other"}}};
static constexpr NamesTable<HandOverSignal, 8> kSignals{{{HandOverSignal::Anger, u"anger"},
                                                         {HandOverSignal::Legal, u"legal"},
                                                         {HandOverSignal::HumanAsked, u"human_asked"},
                                                         {HandOverSignal::SelfHarm, u"self_harm"},
                                                         {HandOverSignal::Press, u"press"},
                                                         {HandOverSignal::PaymentData, u"payment_data"},
                                                         {HandOverSignal::PrivacyRequest, u"privacy_request"},
                                                         {HandOverSignal::Injury, u"injury"}}};

QString toWord(Intent intent) {
    return wordIn(kIntents, intent);
}

std::optional<Intent> intentFromWord(const QString& word) {
    return valueIn(kIntents, word);
}

QString toWord(HandOverSignal signal) {
    return wordIn(kSignals, signal);
}

std::optional<HandOverSignal> handOverSignalFromWord(const QString& word) {
    return valueIn(kSignals, word);
}

QJsonObject toJsonObject(const IntentReading& reading) {
    QJsonArray intents;
    for (const IntentGuess& guess : reading.intents)
        intents.append(QJsonObject{{u"intent"_s, toWord(guess.intent)}, {u"confidence"_s, guess.confidence}});
    QJsonObject votes;
    for (auto vote = reading.votes.begin(); vote != reading.votes.end(); ++vote)
        votes.insert(vote.key(), vote.value());
    QJsonArray signalWords;
    for (const HandOverSignal signal : reading.handOver)
        signalWords.append(toWord(signal));
    return {{u"intents"_s, intents},
            {u"votes"_s, votes},
            {u"hand_over"_s, signalWords},
            {u"looks_injected"_s, reading.looksInjected},
            {u"language"_s, reading.language}};
}

IntentReading intentReadingFromJson(const QJsonObject& json) {
    IntentReading reading;
    for (const QJsonValue guess : json["intents"_L1].toArray())
        if (const auto intent = intentFromWord(guess["intent"_L1].toString()))
            reading.intents.push_back({*intent, guess["confidence"_L1].toDouble()});
    if (reading.intents.empty()) reading.intents.push_back({});
    const QJsonObject votes = json["votes"_L1].toObject();
    for (auto vote = votes.begin(); vote != votes.end(); ++vote)
        reading.votes.insert(vote.key(), vote->toString());
    for (const QJsonValue word : json["hand_over"_L1].toArray())
        if (const auto signal = handOverSignalFromWord(word.toString())) reading.handOver.push_back(*signal);
    reading.looksInjected = json["looks_injected"_L1].toBool();
    reading.language = json["language"_L1].toString();
    return reading;
}

} // namespace aiva
