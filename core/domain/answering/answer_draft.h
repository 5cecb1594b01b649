// A drafted answer before anybody judged it: from a playbook or from a model. Plain values.
#pragma once

#include "core/domain/answering/intent.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace aiva {

enum class AnswerSource { Playbook, Model };
QString toWord(AnswerSource source); // playbook model

struct AnswerDraft {
    AnswerSource source = AnswerSource::Playbook;
    QString origin;   // the playbook's name ("wismo_fulfilled") or the model's ("claude-haiku-5-5")
    QString language; // of the reply: "en", "de", "fr", "es"
    Intent intent = Intent::Other;
    double confidence = 0;     // A3 for playbooks; the device's reading of the intent for models
    QString reply;             // plain text, without signature and quote
    QStringList cards;         // order names to show as SHOPIFY_ORDER_CARD
    QStringList declaredFacts; // ids the draft says it used; empty for none
    bool needsPerson = false;  // the playbook or the model itself asks for a person
    QString reason;            // why, in one line; empty when it does not

    bool operator==(const AnswerDraft&) const = default;
};

QString toJson(const AnswerDraft& draft);
std::optional<AnswerDraft> answerDraftFromJson(const QString& json);

} // namespace aiva
