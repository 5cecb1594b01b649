#include "core/answer/model/answer_schema.h"

#include "core/domain/answering/intent.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace aiva {

using namespace Qt::StringLiterals;

static QJsonObject typed(const QString& type) {
    return {{u"type"_s, type}};
}

static QJsonObject listOf(const QJsonObject& items) {
    return {{u"type"_s, u"array"_s}, {u"items"_s, items}};
}

// Every member required and no other allowed: what the strict modes of the providers ask for.
static QJsonObject closedObject(const QJsonObject& members) {
    return {{u"type"_s, u"object"_s},
            {u"properties"_s, members},
            {u"required"_s, QJsonArray::fromStringList(members.keys())},
            {u"additionalProperties"_s, false}};
}

static QJsonObject intentWord() {
    QJsonArray words;
    for (int i = 0; i < kIntentCount; ++i)
        words.append(toWord(static_cast<Intent>(i)));
    return {{u"type"_s, u"string"_s}, {u"enum"_s, words}};
}

QByteArray answerSchema() {
    const QJsonObject card = closedObject(
        {{u"type"_s, QJsonObject{{u"type"_s, u"string"_s}, {u"enum"_s, QJsonArray{u"SHOPIFY_ORDER_CARD"_s}}}},
         {u"order"_s, typed(u"string"_s)}});
    const QJsonObject answer = closedObject({{u"reply"_s, typed(u"string"_s)},
                                             {u"intent"_s, intentWord()},
                                             {u"facts"_s, listOf(typed(u"string"_s))},
                                             {u"needs_human"_s, typed(u"boolean"_s)},
                                             {u"reason"_s, typed(u"string"_s)},
                                             {u"widgets"_s, listOf(card)}});
    return QJsonDocument(answer).toJson(QJsonDocument::Compact);
}

} // namespace aiva
