// What a customer wants, as found on this device: several intents with calibrated confidences, and the signals that
// always bring a person in. Made by core/answer/intent. Plain values.
#pragma once

#include <QJsonObject>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace aiva {

enum class Intent {
    OrderStatus,
    Return,
    Exchange,
    Refund,
    Cancel,
    AddressChange,
    ProductQuestion,
    PolicyQuestion,
    Complaint,
    HumanRequest,
    Other
};
inline constexpr int kIntentCount = 11;

QString toWord(Intent intent); // order_status return exchange refund cancel address_change product_question …
std::optional<Intent> intentFromWord(const QString& word);

// What always brings a person in by the gate: words kept with the decision.
enum class HandOverSignal { Anger, Legal, HumanAsked, SelfHarm, Press, PaymentData, PrivacyRequest, Injury };
QString toWord(HandOverSignal signal);
std::optional<HandOverSignal> handOverSignalFromWord(
    const QString& word); // anger legal human_asked self_harm press payment_data privacy_request injury

struct IntentGuess {
    Intent intent = Intent::Other;
    double confidence = 0; // calibrated probability, 0…1

    bool operator==(const IntentGuess&) const = default;
};

struct IntentReading {
    std::vector<IntentGuess> intents; // those asserted, most confident first; never empty: Other when nothing else
    QMap<QString, QString> votes;     // "rules" → "order_status", "model" → "order_status 0.91"
    std::vector<HandOverSignal> handOver;
    bool looksInjected = false; // a cheap signal, never a defence
    QString language;           // "en", "de", "fr", "es", …; empty: unknown

    bool operator==(const IntentReading&) const = default;
};

QJsonObject toJsonObject(const IntentReading& reading);
IntentReading intentReadingFromJson(const QJsonObject& json);

} // namespace aiva
