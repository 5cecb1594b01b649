#include "core/adapters/model/model_dialect.h"

#include "core/adapters/model/anthropic_messages.h"
#include "core/adapters/model/openai_chat.h"
#include "core/adapters/model/openai_responses.h"

#include <QJsonDocument>

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

// Words of a 400 that is about the shape asked for. A model on this machine often says less.
static bool isAboutTheForm(const QString& message) {
    const auto words = {"response_format"_L1, "text.format"_L1, "output_config"_L1, "json_schema"_L1,
                        "json_object"_L1,     "grammar"_L1,     "schema"_L1,        "structured"_L1};
    return std::any_of(words.begin(), words.end(), [&](QLatin1StringView word) { return message.contains(word); });
}

bool ModelDialect::relax(const ModelFault& fault) {
    if (m_form == AnswerForm::Free || (!isHere() && !isAboutTheForm(fault.message))) return false;
    m_form = m_form == AnswerForm::Schema ? AnswerForm::JsonObject : AnswerForm::Free;
    return true;
}

// People enter the address with and without the version.
QUrl ModelDialect::urlBelow(const QString& leaf) const {
    QUrl url = m_endpoint.baseUrl;
    QString path = url.path();
    while (path.endsWith(u'/'))
        path.chop(1);
    const bool isVersioned =
        m_endpoint.protocol == ModelProtocol::AnthropicMessages ? path.endsWith("/v1"_L1) : !path.isEmpty();
    url.setPath(path + (isVersioned ? QString() : u"/v1"_s) + leaf);
    return url;
}

QString ModelDialect::instructions(const ModelRequest& request) const {
    if (m_form == AnswerForm::Schema) return request.instructions;
    return request.instructions +
           u"\n\nThe answer is one JSON object, and nothing else, that matches this schema:\n"_s +
           QString::fromUtf8(request.schema);
}

std::unique_ptr<ModelDialect> dialectOf(const ModelEndpoint& endpoint) {
    switch (endpoint.protocol) {
    case ModelProtocol::AnthropicMessages:
        return std::make_unique<AnthropicMessages>(endpoint);
    case ModelProtocol::OpenAiResponses:
        return std::make_unique<OpenAiResponses>(endpoint);
    case ModelProtocol::OpenAiChat:
        break;
    }
    return std::make_unique<OpenAiChat>(endpoint);
}

HttpHeaders bearerHeaders(const SecretString& key) {
    if (key.isEmpty()) return {};
    const std::string_view bytes = key.reveal();
    return {{"Authorization", "Bearer " + QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size()))}};
}

QJsonObject eventObject(const SseEvent& event, AnswerSoFar& answer) {
    const QJsonDocument document = QJsonDocument::fromJson(event.data);
    if (!document.isObject()) answer.fault = malformedFault("an event of the stream is not a JSON object");
    return document.object();
}

} // namespace aiva
