#include "core/adapters/model/openai_responses.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace aiva {

using namespace Qt::StringLiterals;
using End = AnswerSoFar::End;

// The text of the finished answer: a reasoning item may stand before the message. A refusal part declines.
static void readOutput(const QJsonArray& output, AnswerSoFar& answer) {
    QString text;
    for (const QJsonValue item : output) {
        if (item["type"_L1].toString() != "message"_L1) continue;
        for (const QJsonValue part : item["content"_L1].toArray()) {
            if (part["type"_L1].toString() == "output_text"_L1) text += part["text"_L1].toString();
            if (part["type"_L1].toString() == "refusal"_L1) answer.end = End::Declined;
        }
    }
    if (!text.isEmpty()) answer.text = text;
}

static void readResponse(const QJsonObject& response, AnswerSoFar& answer) {
    answer.model = response["model"_L1].toString(answer.model);
    const QJsonObject usage = response["usage"_L1].toObject();
    answer.inputTokens = usage["input_tokens"_L1].toInteger();
    answer.outputTokens = usage["output_tokens"_L1].toInteger();
}

static void readCompleted(const QJsonObject& response, AnswerSoFar& answer) {
    readResponse(response, answer);
    if (answer.end == End::Open) answer.end = End::Whole;
    readOutput(response["output"_L1].toArray(), answer);
    answer.isOver = true;
}

QJsonObject OpenAiResponses::format(const ModelRequest& request) const {
    if (form() == AnswerForm::JsonObject) return {{u"type"_s, u"json_object"_s}};
    return {{u"type"_s, u"json_schema"_s},
            {u"name"_s, u"draft"_s},
            {u"strict"_s, true},
            {u"schema"_s, QJsonDocument::fromJson(request.schema).object()}};
}

QByteArray OpenAiResponses::body(const ModelRequest& request) const {
    const QJsonObject message{{u"role"_s, u"user"_s}, {u"content"_s, request.context + u"\n\n"_s + request.mail}};
    QJsonObject body{{u"model"_s, endpoint().model},
                     {u"instructions"_s, instructions(request)},
                     {u"input"_s, QJsonArray{message}},
                     {u"store"_s, false},
                     {u"stream"_s, true},
                     {u"max_output_tokens"_s, request.maxOutputTokens}};
    if (form() != AnswerForm::Free) body.insert(u"text"_s, QJsonObject{{u"format"_s, format(request)}});
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

void OpenAiResponses::read(const SseEvent& event, AnswerSoFar& answer) const {
    if (event.data == "[DONE]") return;
    const QJsonObject object = eventObject(event, answer);
    const QString type = object["type"_L1].toString();
    const QJsonObject response = object["response"_L1].toObject();
    if (type == "response.output_text.delta"_L1) {
        answer.text += object["delta"_L1].toString();
    } else if (type == "response.refusal.delta"_L1 || type == "response.refusal.done"_L1) {
        answer.end = End::Declined;
    } else if (type == "response.completed"_L1) {
        readCompleted(response, answer);
    } else if (type == "response.incomplete"_L1) {
        readResponse(response, answer);
        const QString reason = response["incomplete_details"_L1].toObject()["reason"_L1].toString();
        answer.end = reason == "content_filter"_L1 ? End::Declined : End::TooLong;
        answer.isOver = true;
    } else if (type == "response.failed"_L1) {
        answer.fault = faultInStream(response["error"_L1].toObject());
    } else if (type == "error"_L1) {
        answer.fault = faultInStream(object["error"_L1].isObject() ? object["error"_L1].toObject() : object);
    } else if (type == "response.created"_L1) {
        answer.model = response["model"_L1].toString();
    }
}

} // namespace aiva
