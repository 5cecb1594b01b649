#include "core/answer/model/answer_parsing.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kMostFacts = 64;
constexpr qsizetype kMostCards = 4;
constexpr qsizetype kLongestReason = 500;

Error malformed(const QString& what) {
    return {ErrorKind::Invalid, u"the model's answer is not as asked: "_s + what, ErrorCause::AnswerMalformed};
}

Result<void> hasExactly(const QJsonObject& object, const QStringList& members, const QString& where) {
    for (const QString& member : members)
        if (!object.contains(member)) return malformed(u"%1 lacks %2"_s.arg(where, member));
    if (object.size() != members.size()) return malformed(where + u" has an unknown member"_s);
    return {};
}

Result<QString> textAt(const QJsonObject& object, const QString& member, qsizetype longest) {
    const QJsonValue value = object[member];
    if (!value.isString()) return malformed(member + u" is not a text"_s);
    if (value.toString().size() > longest) return malformed(member + u" is too long"_s);
    return value.toString();
}

Result<QJsonArray> listAt(const QJsonObject& object, const QString& member, qsizetype most) {
    if (!object[member].isArray()) return malformed(member + u" is not a list"_s);
    if (object[member].toArray().size() > most) return malformed(member + u" is too long"_s);
    return object[member].toArray();
}

// Line ends as ours; nothing that cannot be seen.
QString plainText(const QString& text) {
    const QString lines = QString(text).replace(u"\r\n"_s, u"\n"_s).replace(u'\r', u'\n');
    QString plain;
    for (const QChar letter : lines)
        if (letter == u'\n' || letter == u'\t' || letter.category() != QChar::Other_Control) plain += letter;
    return plain.trimmed();
}

Result<QStringList> readFacts(const QJsonObject& answer, const FactSet& facts) {
    AIVA_TRY(const QJsonArray ids, listAt(answer, u"facts"_s, kMostFacts));
    QStringList known;
    for (const QJsonValue id : ids) {
        if (!id.isString()) return malformed(u"a fact's id is not a text"_s);
        if (!facts.byId(id.toString())) return malformed(u"it names a fact nobody gave it"_s);
        if (!known.contains(id.toString())) known.append(id.toString());
    }
    return known;
}

Result<QStringList> readCards(const QJsonObject& answer, const FactSet& facts) {
    AIVA_TRY(const QJsonArray widgets, listAt(answer, u"widgets"_s, kMostCards));
    QStringList cards;
    for (const QJsonValue widget : widgets) {
        if (!widget.isObject()) return malformed(u"a widget is not an object"_s);
        AIVA_CHECK(hasExactly(widget.toObject(), {u"type"_s, u"order"_s}, u"a widget"_s));
        if (widget["type"_L1].toString() != "SHOPIFY_ORDER_CARD"_L1)
            return malformed(u"it wants a widget there is not"_s);
        const QString order = widget["order"_L1].toString();
        if (!facts.orderNames.contains(order)) return malformed(u"a card names an order that is not the sender's"_s);
        if (!cards.contains(order)) cards.append(order);
    }
    return cards;
}

} // namespace

Result<AnswerDraft> parseAnswer(const QByteArray& json, const FactSet& facts) {
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject()) return malformed(u"it is not a JSON object"_s);
    const QJsonObject answer = document.object();
    AIVA_CHECK(hasExactly(answer, {u"reply"_s, u"intent"_s, u"facts"_s, u"needs_human"_s, u"reason"_s, u"widgets"_s},
                          u"the answer"_s));
    AnswerDraft draft;
    draft.source = AnswerSource::Model;
    AIVA_TRY(const QString reply, textAt(answer, u"reply"_s, kLongestReply));
    draft.reply = plainText(reply);
    AIVA_TRY(const QString reason, textAt(answer, u"reason"_s, kLongestReason));
    draft.reason = plainText(reason).simplified();
    AIVA_TRY(const QString word, textAt(answer, u"intent"_s, kLongestReason));
    const auto intent = intentFromWord(word);
    if (!intent) return malformed(u"it names an intent there is not"_s);
    draft.intent = *intent;
    if (!answer["needs_human"_L1].isBool()) return malformed(u"needs_human is neither true nor false"_s);
    draft.needsPerson = answer["needs_human"_L1].toBool();
    AIVA_TRY(draft.declaredFacts, readFacts(answer, facts));
    AIVA_TRY(draft.cards, readCards(answer, facts));
    if (!draft.reply.isEmpty()) return draft;
    if (draft.needsPerson)
        return Error{ErrorKind::Refused, u"the model wrote nothing and asks for a person"_s, ErrorCause::ModelDeclined};
    return malformed(u"the reply is empty"_s);
}

} // namespace aiva
