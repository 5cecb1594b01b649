#include "core/domain/answering/answer_draft.h"

#include "core/domain/answering/json_words.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace aiva {

QString toWord(AnswerSource source) {
    return source == AnswerSource::Playbook ? u"playbook"_s : u"model"_s;
}

QString toJson(const AnswerDraft& draft) {
    const QJsonObject whole{{u"source"_s, toWord(draft.source)},
                            {u"origin"_s, draft.origin},
                            {u"language"_s, draft.language},
                            {u"intent"_s, toWord(draft.intent)},
                            {u"confidence"_s, draft.confidence},
                            {u"reply"_s, draft.reply},
                            {u"cards"_s, QJsonArray::fromStringList(draft.cards)},
                            {u"facts"_s, QJsonArray::fromStringList(draft.declaredFacts)},
                            {u"needs_person"_s, draft.needsPerson},
                            {u"reason"_s, draft.reason}};
    return QString::fromUtf8(QJsonDocument(whole).toJson(QJsonDocument::Compact));
}

std::optional<AnswerDraft> answerDraftFromJson(const QString& json) {
    const QJsonDocument document = QJsonDocument::fromJson(json.toUtf8());
    if (!document.isObject() || !document["reply"_L1].isString()) return std::nullopt;
    AnswerDraft draft;
    draft.source = document["source"_L1].toString() == "model"_L1 ? AnswerSource::Model : AnswerSource::Playbook;
    draft.origin = document["origin"_L1].toString();
    draft.language = document["language"_L1].toString();
    draft.intent = intentFromWord(document["intent"_L1].toString()).value_or(Intent::Other);
    draft.confidence = document["confidence"_L1].toDouble();
    draft.reply = document["reply"_L1].toString();
    draft.cards = wordsIn(document["cards"_L1]);
    draft.declaredFacts = wordsIn(document["facts"_L1]);
    draft.needsPerson = document["needs_person"_L1].toBool();
    draft.reason = document["reason"_L1].toString();
    return draft;
}

} // namespace aiva
