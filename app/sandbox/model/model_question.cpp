#include "app/sandbox/model/model_question.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace aiva::sandbox {
namespace {

bool isAnthropic(ModelProtocol protocol) {
    return protocol == ModelProtocol::AnthropicMessages;
}

// A text, or a list of parts with texts.
QString textOf(const QJsonValue& content) {
    if (content.isString()) return content.toString();
    QStringList texts;
    for (const QJsonValue part : content.toArray())
        texts.append(part["text"_L1].toString());
    return texts.join(u"\n\n"_s);
}

// What this protocol refuses at once; empty: nothing.
QString complaintAbout(ModelProtocol protocol, const QJsonObject& body) {
    if (body["model"_L1].toString().isEmpty()) return u"model: Field required"_s;
    if (!isAnthropic(protocol)) return {};
    for (const QString& gone : {u"temperature"_s, u"top_p"_s, u"top_k"_s})
        if (body.contains(gone)) return gone + u": Extra inputs are not permitted"_s;
    if (body["max_tokens"_L1].toInt() <= 0) return u"max_tokens: Field required"_s;
    if (!body["messages"_L1].isArray()) return u"messages: Field required"_s;
    return {};
}

QString systemOf(ModelProtocol protocol, const QJsonObject& body) {
    if (isAnthropic(protocol)) return textOf(body["system"_L1]);
    if (protocol == ModelProtocol::OpenAiResponses) return body["instructions"_L1].toString();
    for (const QJsonValue message : body["messages"_L1].toArray()) {
        const QString role = message["role"_L1].toString();
        if (role == "system"_L1 || role == "developer"_L1) return textOf(message["content"_L1]);
    }
    return {};
}

QString userOf(const QJsonValue& messages) {
    if (messages.isString()) return messages.toString();
    QString last;
    for (const QJsonValue message : messages.toArray())
        if (message["role"_L1].toString() == "user"_L1) last = textOf(message["content"_L1]);
    return last;
}

} // namespace

std::optional<ModelProtocol> protocolOfPath(const std::string& path) {
    if (path == "/v1/messages") return ModelProtocol::AnthropicMessages;
    if (path == "/v1/responses") return ModelProtocol::OpenAiResponses;
    if (path == "/v1/chat/completions") return ModelProtocol::OpenAiChat;
    return {};
}

HttpAnswer modelError(ModelProtocol protocol, int status, const QString& type, const QString& message,
                      const QString& code) {
    QJsonObject error{{u"type"_s, type}, {u"message"_s, message}};
    QJsonObject whole;
    if (isAnthropic(protocol)) {
        if (!code.isEmpty()) error.insert(u"details"_s, QJsonObject{{u"error_code"_s, code}});
        whole = {{u"type"_s, u"error"_s}, {u"error"_s, error}, {u"request_id"_s, u"req_sandbox"_s}};
    } else {
        error.insert(u"param"_s, QJsonValue::Null);
        error.insert(u"code"_s, code.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(code));
        whole = {{u"error"_s, error}};
    }
    HttpAnswer answer;
    answer.status = status;
    answer.body = QJsonDocument(whole).toJson(QJsonDocument::Compact).toStdString();
    return answer;
}

std::variant<ModelQuestion, HttpAnswer> readQuestion(ModelProtocol protocol, const std::string& body) {
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(body));
    if (!document.isObject()) return modelError(protocol, 400, u"invalid_request_error"_s, u"the body is not JSON"_s);
    const QJsonObject object = document.object();
    if (const QString complaint = complaintAbout(protocol, object); !complaint.isEmpty())
        return modelError(protocol, 400, u"invalid_request_error"_s, complaint);
    ModelQuestion question;
    question.protocol = protocol;
    question.model = object["model"_L1].toString();
    question.stream = object["stream"_L1].toBool();
    question.wantsUsage = object["stream_options"_L1]["include_usage"_L1].toBool();
    question.system = systemOf(protocol, object);
    question.user = userOf(object[protocol == ModelProtocol::OpenAiResponses ? "input"_L1 : "messages"_L1]);
    return question;
}

} // namespace aiva::sandbox
