#include "tests/core/adapters/model/model_script.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace aiva::test {
namespace {

using namespace Qt::StringLiterals;

QByteArray event(const QByteArray& name, const QJsonObject& data) {
    return (name.isEmpty() ? QByteArray() : "event: " + name + '\n') +
           "data: " + QJsonDocument(data).toJson(QJsonDocument::Compact) + "\n\n";
}

QByteArray typed(const QString& type, QJsonObject data) {
    data.insert(u"type"_s, type);
    return event(type.toUtf8(), data);
}

QByteArray anthropic(const ScriptedText& text) {
    const QJsonObject usage{{u"input_tokens"_s, 20}, {u"cache_read_input_tokens"_s, 400}, {u"output_tokens"_s, 1}};
    const QJsonObject message{{u"model"_s, u"claude-test"_s}, {u"usage"_s, usage}};
    QByteArray body = typed(u"message_start"_s, {{u"message"_s, message}});
    body += typed(u"content_block_start"_s,
                  {{u"index"_s, 0}, {u"content_block"_s, QJsonObject{{u"type"_s, u"thinking"_s}}}});
    body +=
        typed(u"content_block_delta"_s,
              {{u"index"_s, 0}, {u"delta"_s, QJsonObject{{u"type"_s, u"thinking_delta"_s}, {u"thinking"_s, u"hm"_s}}}});
    body += typed(u"something_new"_s, {}) + typed(u"ping"_s, {});
    body += typed(u"content_block_start"_s,
                  {{u"index"_s, 1}, {u"content_block"_s, QJsonObject{{u"type"_s, u"text"_s}, {u"text"_s, QString()}}}});
    for (const QString& piece : text.pieces)
        body += typed(u"content_block_delta"_s,
                      {{u"index"_s, 1}, {u"delta"_s, QJsonObject{{u"type"_s, u"text_delta"_s}, {u"text"_s, piece}}}});
    if (text.end == "open"_L1) return body;
    const QString reason = text.end == "whole"_L1    ? u"end_turn"_s
                           : text.end == "length"_L1 ? u"max_tokens"_s
                                                     : u"refusal"_s;
    body += typed(u"message_delta"_s, {{u"delta"_s, QJsonObject{{u"stop_reason"_s, reason}}},
                                       {u"usage"_s, QJsonObject{{u"output_tokens"_s, 38}}}});
    return body + typed(u"message_stop"_s, {});
}

QByteArray responses(const ScriptedText& text) {
    QByteArray body = typed(u"response.created"_s, {{u"response"_s, QJsonObject{{u"model"_s, u"gpt-test"_s}}}});
    for (const QString& piece : text.pieces)
        body += typed(u"response.output_text.delta"_s, {{u"delta"_s, piece}});
    if (text.end == "open"_L1) return body;
    QJsonObject response{{u"model"_s, u"gpt-test"_s},
                         {u"usage"_s, QJsonObject{{u"input_tokens"_s, 420}, {u"output_tokens"_s, 38}}}};
    if (text.end == "length"_L1) {
        response.insert(u"incomplete_details"_s, QJsonObject{{u"reason"_s, u"max_output_tokens"_s}});
        return body + typed(u"response.incomplete"_s, {{u"response"_s, response}});
    }
    const bool isRefusal = text.end == "refusal"_L1;
    const QJsonObject part{{u"type"_s, isRefusal ? u"refusal"_s : u"output_text"_s},
                           {isRefusal ? u"refusal"_s : u"text"_s, text.pieces.join(QString())}};
    response.insert(u"output"_s, QJsonArray{QJsonObject{{u"type"_s, u"reasoning"_s}},
                                            QJsonObject{{u"type"_s, u"message"_s}, {u"content"_s, QJsonArray{part}}}});
    return body + typed(u"response.completed"_s, {{u"response"_s, response}});
}

QByteArray chat(const ScriptedText& text) {
    const auto chunk = [](const QJsonObject& delta, const QJsonValue& reason) {
        const QJsonObject choice{{u"index"_s, 0}, {u"delta"_s, delta}, {u"finish_reason"_s, reason}};
        return event({}, {{u"model"_s, u"gpt-test"_s}, {u"choices"_s, QJsonArray{choice}}});
    };
    QByteArray body = chunk({{u"role"_s, u"assistant"_s}, {u"content"_s, QString()}}, QJsonValue::Null);
    for (const QString& piece : text.pieces)
        body += chunk({{text.end == "refusal"_L1 ? u"refusal"_s : u"content"_s, piece}}, QJsonValue::Null);
    if (text.end == "open"_L1) return body;
    body += chunk({}, text.end == "length"_L1 ? u"length"_s : u"stop"_s);
    body += event({}, {{u"choices"_s, QJsonArray()},
                       {u"usage"_s, QJsonObject{{u"prompt_tokens"_s, 420}, {u"completion_tokens"_s, 38}}}});
    return body + "data: [DONE]\n\n";
}

} // namespace

ModelScript::ModelScript(ModelProtocol protocol)
    : m_server([this](const ScriptedRequest&) {
        if (next.empty()) return otherwise;
        const ScriptedAnswer answer = next.front();
        next.pop_front();
        return answer;
    }) {
    m_endpoint.protocol = protocol;
    m_endpoint.baseUrl = m_server.baseUrl();
    m_endpoint.model = kModel;
    reopen(hurried());
}

void ModelScript::reopen(const ModelPace& pace) {
    m_port = openModelPort(m_transport, m_clock, m_endpoint, SecretString(kKey.toStdString()), pace);
}

ModelPace ModelScript::hurried() {
    ModelPace pace;
    pace.retryFirstMs = 1;
    pace.retryLongestMs = 2;
    pace.firstByteMs = 20'000;
    pace.idleMs = 20'000;
    return pace;
}

QJsonObject ModelScript::sent(int index) const {
    const auto& requests = m_server.requests();
    return QJsonDocument::fromJson(requests.at(index < 0 ? requests.size() - 1 : index).body).object();
}

ModelRequest ModelScript::request() {
    ModelRequest request;
    request.instructions = u"the instructions"_s;
    request.context = u"the context"_s;
    request.mail = u"the mail"_s;
    request.schema = R"({"type":"object","properties":{"reply":{"type":"string"}}})";
    request.maxOutputTokens = 512;
    return request;
}

Result<ModelAnswer> ModelScript::ask() {
    heard.clear();
    return await(m_port->complete(request(), [this](const QString& piece) { heard.append(piece); }));
}

ScriptedAnswer ModelScript::stream(const ScriptedText& text) const {
    switch (m_endpoint.protocol) {
    case ModelProtocol::AnthropicMessages:
        return events(anthropic(text));
    case ModelProtocol::OpenAiResponses:
        return events(responses(text));
    case ModelProtocol::OpenAiChat:
        break;
    }
    return events(chat(text));
}

ScriptedAnswer ModelScript::events(const QByteArray& body) {
    ScriptedAnswer answer;
    answer.headers = {{"Content-Type", "text/event-stream; charset=utf-8"}, {"request-id", "req_7"}};
    answer.body = body;
    answer.chunked = true;
    return answer;
}

ScriptedAnswer ModelScript::status(int code, const QByteArray& body, QList<std::pair<QByteArray, QByteArray>> headers) {
    ScriptedAnswer answer;
    answer.status = code;
    answer.body = body;
    answer.headers = std::move(headers);
    return answer;
}

} // namespace aiva::test
