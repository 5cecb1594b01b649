#include "core/adapters/model/anthropic_messages.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUrlQuery>

namespace aiva {

using namespace Qt::StringLiterals;
using End = AnswerSoFar::End;

static QJsonObject textBlock(const QString& text) {
    return {{u"type"_s, u"text"_s}, {u"text"_s, text}};
}

static End endOf(const QString& reason) {
    if (reason == "end_turn"_L1) return End::Whole;
    if (reason == "refusal"_L1) return End::Declined;
    if (reason == "max_tokens"_L1 || reason == "model_context_window_exceeded"_L1) return End::TooLong;
    return End::Other;
}

static void readUsage(const QJsonObject& usage, AnswerSoFar& answer) {
    if (usage.contains("input_tokens"_L1))
        answer.inputTokens = usage["input_tokens"_L1].toInteger() + usage["cache_read_input_tokens"_L1].toInteger() +
                             usage["cache_creation_input_tokens"_L1].toInteger();
    if (usage.contains("output_tokens"_L1)) answer.outputTokens = usage["output_tokens"_L1].toInteger();
}

QUrl AnthropicMessages::modelsUrl() const {
    QUrl url = urlBelow(u"/models"_s);
    url.setQuery(QUrlQuery{{u"limit"_s, u"1000"_s}});
    return url;
}

HttpHeaders AnthropicMessages::headers(const SecretString& key) const {
    HttpHeaders headers{{"anthropic-version", "2026-10-21"}};
    const std::string_view bytes = key.reveal();
    if (!key.isEmpty())
        headers.emplace_back("x-api-key", QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())));
    return headers;
}

QByteArray AnthropicMessages::body(const ModelRequest& request) const {
    QJsonObject system = textBlock(instructions(request));
    system.insert(u"cache_control"_s, QJsonObject{{u"type"_s, u"ephemeral"_s}});
    const QJsonArray content{textBlock(request.context), textBlock(request.mail)};
    QJsonObject body{{u"model"_s, endpoint().model},
                     {u"max_tokens"_s, request.maxOutputTokens},
                     {u"stream"_s, true},
                     {u"system"_s, QJsonArray{system}},
                     {u"messages"_s, QJsonArray{QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, content}}}}};
    if (form() == AnswerForm::Schema) {
        const QJsonObject format{{u"type"_s, u"json_schema"_s},
                                 {u"schema"_s, QJsonDocument::fromJson(request.schema).object()}};
        body.insert(u"output_config"_s, QJsonObject{{u"format"_s, format}});
    }
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

// Event types and fields may be added within a version: what is unknown is passed over.
void AnthropicMessages::read(const SseEvent& event, AnswerSoFar& answer) const {
    const QJsonObject object = eventObject(event, answer);
    const QString type = object["type"_L1].toString();
    const int index = object["index"_L1].toInt();
    if (type == "message_start"_L1) {
        const QJsonObject message = object["message"_L1].toObject();
        answer.model = message["model"_L1].toString();
        readUsage(message["usage"_L1].toObject(), answer);
    } else if (type == "content_block_start"_L1) {
        const QJsonObject block = object["content_block"_L1].toObject();
        if (block["type"_L1].toString() != "text"_L1) return;
        answer.textBlocks.insert(index);
        answer.text += block["text"_L1].toString();
    } else if (type == "content_block_delta"_L1) {
        const QJsonObject delta = object["delta"_L1].toObject();
        if (delta["type"_L1].toString() == "text_delta"_L1 && answer.textBlocks.contains(index))
            answer.text += delta["text"_L1].toString();
    } else if (type == "message_delta"_L1) {
        const QJsonValue reason = object["delta"_L1].toObject()["stop_reason"_L1];
        if (reason.isString()) answer.end = endOf(reason.toString());
        readUsage(object["usage"_L1].toObject(), answer);
    } else if (type == "message_stop"_L1) {
        answer.isOver = true;
    } else if (type == "error"_L1) {
        answer.fault = faultInStream(object["error"_L1].toObject());
    }
}

} // namespace aiva
