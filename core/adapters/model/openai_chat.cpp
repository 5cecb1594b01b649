#include "core/adapters/model/openai_chat.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace aiva {

using namespace Qt::StringLiterals;
using End = AnswerSoFar::End;

static End chatEndOf(const QString& reason) {
    if (reason == "stop"_L1) return End::Whole;
    if (reason == "length"_L1) return End::TooLong;
    if (reason == "content_filter"_L1) return End::Declined;
    return End::Other;
}

static void readChoice(const QJsonObject& choice, AnswerSoFar& answer) {
    const QJsonObject delta = choice["delta"_L1].toObject();
    answer.text += delta["content"_L1].toString();
    if (!delta["refusal"_L1].toString().isEmpty()) answer.end = End::Declined;
    const QJsonValue reason = choice["finish_reason"_L1];
    if (reason.isString() && answer.end == End::Open) answer.end = chatEndOf(reason.toString());
}

static QJsonObject responseFormat(AnswerForm form, const QByteArray& schema) {
    if (form == AnswerForm::JsonObject) return {{u"type"_s, u"json_object"_s}};
    return {{u"type"_s, u"json_schema"_s},
            {u"json_schema"_s, QJsonObject{{u"name"_s, u"draft"_s},
                                           {u"strict"_s, true},
                                           {u"schema"_s, QJsonDocument::fromJson(schema).object()}}}};
}

OpenAiChat::OpenAiChat(const ModelEndpoint& endpoint)
    : ModelDialect(endpoint), m_saysStore(!isHere()), m_saysMaxTokens(isHere()) {}

QByteArray OpenAiChat::body(const ModelRequest& request) const {
    const QJsonObject system{{u"role"_s, u"system"_s}, {u"content"_s, instructions(request)}};
    const QJsonObject user{{u"role"_s, u"user"_s}, {u"content"_s, request.context + u"\n\n"_s + request.mail}};
    QJsonObject body{{u"model"_s, endpoint().model},
                     {u"messages"_s, QJsonArray{system, user}},
                     {u"stream"_s, true},
                     {u"stream_options"_s, QJsonObject{{u"include_usage"_s, true}}},
                     {m_saysMaxTokens ? u"max_tokens"_s : u"max_completion_tokens"_s, request.maxOutputTokens}};
    if (m_saysStore) body.insert(u"store"_s, false);
    if (form() != AnswerForm::Free) body.insert(u"response_format"_s, responseFormat(form(), request.schema));
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

// The end is the stream's own: usage follows the chunk that names the reason, in a chunk without choices.
void OpenAiChat::read(const SseEvent& event, AnswerSoFar& answer) const {
    if (event.data.trimmed() == "[DONE]") {
        answer.isOver = true;
        return;
    }
    const QJsonObject object = eventObject(event, answer);
    if (object["error"_L1].isObject()) answer.fault = faultInStream(object["error"_L1].toObject());
    if (answer.model.isEmpty()) answer.model = object["model"_L1].toString();
    if (object["usage"_L1].isObject()) {
        answer.inputTokens = object["usage"_L1]["prompt_tokens"_L1].toInteger();
        answer.outputTokens = object["usage"_L1]["completion_tokens"_L1].toInteger();
    }
    const QJsonArray choices = object["choices"_L1].toArray();
    if (!choices.isEmpty()) readChoice(choices.first().toObject(), answer);
}

bool OpenAiChat::relax(const ModelFault& fault) {
    if (!m_saysMaxTokens && fault.message.contains("max_completion_tokens"_L1)) return m_saysMaxTokens = true;
    const bool isOpenAi = endpoint().baseUrl.host() == "api.openai.com"_L1;
    if (m_saysStore && !isOpenAi && fault.message.contains("store"_L1)) {
        m_saysStore = false;
        return true;
    }
    return ModelDialect::relax(fault);
}

} // namespace aiva
