// What a model is asked for one mail: the fixed instructions, the context with the facts by id, the mail as marked
// data. Pure but for the marker, which is random. Never logged.
#pragma once

#include "core/domain/answering/fact.h"
#include "core/ports/model_port.h"

#include <QString>

class QRandomGenerator;

namespace aiva {

struct DraftTask {
    QString context; // contextBlock()
    FactSet facts;
    QString subject;
    QString mail;          // the customer's newest, without quotes
    QString language;      // to answer in: "en"; empty: that of the mail
    double confidence = 0; // the device's reading of the intent
    int maxOutputTokens = 1024;
};

struct DraftPrompt {
    ModelRequest request;
    QString marker; // with the instructions, what must not turn up in a reply

    QStringList secrets() const { return {request.instructions, marker}; }
};

DraftPrompt draftPrompt(const DraftTask& task, QRandomGenerator& random);

// Text of an untrusted hand as marked data: invisible and private-use characters and every trace of the marker are
// dropped, spaces become the datamark, and it ends after so many characters.
QString markedText(const QString& untrusted, const QString& marker);
inline constexpr char16_t kDatamark = u'\uE000';
inline constexpr qsizetype kMostMailCharacters = 12'000;

// One line a fact: "[F3] tracking_number of #1042, parcel 1: 9400…". Policies stand in the context already.
QString factLines(const FactSet& facts);

} // namespace aiva
