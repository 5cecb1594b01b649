#include "app/sandbox/model/model_service.h"

#include "app/sandbox/model/model_author.h"
#include "app/sandbox/model/model_speech.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace aiva::sandbox {
namespace {

bool isAnthropic(const ModelQuestion& question) {
    return question.protocol == ModelProtocol::AnthropicMessages;
}

HttpAnswer modelList() {
    QJsonArray models;
    for (const QString& name : ModelService::modelNames())
        models.append(QJsonObject{{u"id"_s, name},
                                  {u"object"_s, u"model"_s},
                                  {u"type"_s, u"model"_s},
                                  {u"created"_s, 1'800'000'000},
                                  {u"created_at"_s, u"2026-10-21T00:00:00Z"_s},
                                  {u"display_name"_s, name},
                                  {u"owned_by"_s, u"sandbox"_s}});
    const QJsonObject list{{u"object"_s, u"list"_s},
                           {u"data"_s, models},
                           {u"has_more"_s, false},
                           {u"first_id"_s, models.first()["id"_L1]},
                           {u"last_id"_s, models.last()["id"_L1]}};
    HttpAnswer answer;
    answer.body = QJsonDocument(list).toJson(QJsonDocument::Compact).toStdString();
    return answer;
}

HttpAnswer busy(const ModelQuestion& question, int status, const QString& retryAfterMs) {
    const QString type = status == 429 ? u"rate_limit_error"_s : u"overloaded_error"_s;
    HttpAnswer answer = modelError(question.protocol, isAnthropic(question) || status == 429 ? status : 503, type,
                                   u"Try again later"_s, isAnthropic(question) ? QString() : u"rate_limit_exceeded"_s);
    answer.headers.emplace_back("retry-after-ms", retryAfterMs.toStdString());
    return answer;
}

// Of a month's cap and of a prepaid account: neither goes away by waiting.
HttpAnswer spent(const ModelQuestion& question) {
    if (isAnthropic(question))
        return modelError(question.protocol, 429, u"rate_limit_error"_s, u"Monthly limit reached"_s,
                          u"enforced_spend_limit_reached"_s);
    return modelError(question.protocol, 429, u"insufficient_quota"_s, u"You exceeded your current quota"_s,
                      u"insufficient_quota"_s);
}

AuthorMood moodOf(const QString& model) {
    static const QHash<QString, AuthorMood> moods{{u"sandbox-obey"_s, AuthorMood::Obey},
                                                  {u"sandbox-leak"_s, AuthorMood::Leak},
                                                  {u"sandbox-empty"_s, AuthorMood::Empty},
                                                  {u"sandbox-huge"_s, AuthorMood::Huge}};
    return moods.value(model, AuthorMood::Faithful);
}

ModelSpeech::End endOf(const QString& model) {
    static const QHash<QString, ModelSpeech::End> ends{{u"sandbox-cut"_s, ModelSpeech::End::Cut},
                                                       {u"sandbox-error"_s, ModelSpeech::End::Error},
                                                       {u"sandbox-length"_s, ModelSpeech::End::Length},
                                                       {u"sandbox-refusal"_s, ModelSpeech::End::Refusal}};
    return ends.value(model, ModelSpeech::End::Whole);
}

} // namespace

QStringList ModelService::modelNames() {
    return {u"sandbox"_s,          u"sandbox-thinking"_s, u"sandbox-obey"_s,     u"sandbox-leak"_s,
            u"sandbox-empty"_s,    u"sandbox-garbage"_s,  u"sandbox-huge"_s,     u"sandbox-cut"_s,
            u"sandbox-error"_s,    u"sandbox-length"_s,   u"sandbox-refusal"_s,  u"sandbox-429"_s,
            u"sandbox-429-once"_s, u"sandbox-529"_s,      u"sandbox-529-once"_s, u"sandbox-quota"_s,
            u"sandbox-gone"_s,     u"sandbox-wrong-key"_s};
}

HttpAnswer ModelService::answer(const HttpQuestion& question) {
    const auto protocol = protocolOfPath(question.path);
    const bool speaksAnthropic = protocol ? *protocol == ModelProtocol::AnthropicMessages : !question.apiKey.empty();
    const auto family = speaksAnthropic ? ModelProtocol::AnthropicMessages : ModelProtocol::OpenAiChat;
    const bool isList = question.path == "/v1/models" && question.method == "GET";
    if (!isList && (!protocol || question.method != "POST"))
        return modelError(family, 404, u"not_found_error"_s, u"Not found"_s);
    const bool isKnown = question.apiKey == m_key || question.authorization == "Bearer " + m_key;
    if (!isKnown) return modelError(family, 401, u"authentication_error"_s, u"invalid x-api-key"_s);
    if (isList) return modelList();
    if (speaksAnthropic && question.anthropicVersion.empty())
        return modelError(family, 400, u"invalid_request_error"_s, u"anthropic-version: header is required"_s);
    auto read = readQuestion(*protocol, question.body);
    if (auto* refused = std::get_if<HttpAnswer>(&read)) return *refused;
    HttpAnswer answer = answerOf(std::get<ModelQuestion>(read));
    answer.headers.emplace_back("request-id", "req_sandbox");
    return answer;
}

bool ModelService::isFirstTime(const QString& model) {
    const std::lock_guard lock(m_mutex);
    if (m_refusedOnce.erase(model) > 0) return false;
    m_refusedOnce.insert(model);
    return true;
}

std::optional<HttpAnswer> ModelService::refusalOf(const ModelQuestion& question) {
    const QString& model = question.model;
    if (!modelNames().contains(model) || model == "sandbox-gone"_L1)
        return modelError(question.protocol, 404, u"not_found_error"_s, u"model: not found"_s,
                          isAnthropic(question) ? QString() : u"model_not_found"_s);
    if (model == "sandbox-wrong-key"_L1)
        return modelError(question.protocol, 401, u"authentication_error"_s, u"invalid x-api-key"_s);
    if (model == "sandbox-quota"_L1) return spent(question);
    if (model == "sandbox-429"_L1) return busy(question, 429, u"20"_s);
    if (model == "sandbox-529"_L1) return busy(question, 529, u"20"_s);
    if (model == "sandbox-429-once"_L1 && isFirstTime(model)) return busy(question, 429, u"20"_s);
    if (model == "sandbox-529-once"_L1 && isFirstTime(model)) return busy(question, 529, u"20"_s);
    return {};
}

HttpAnswer ModelService::answerOf(const ModelQuestion& question) {
    if (auto refused = refusalOf(question)) return *refused;
    ModelSpeech speech;
    speech.end = endOf(question.model);
    speech.thinksFirst = question.model == "sandbox-thinking"_L1;
    const QJsonObject authored = authoredAnswer(question.system, question.user, moodOf(question.model));
    speech.text = QString::fromUtf8(QJsonDocument(authored).toJson(QJsonDocument::Compact));
    if (question.model == "sandbox-garbage"_L1) speech.text = speech.text.left(speech.text.size() / 2) + u" oops"_s;
    return spoken(question, speech);
}

} // namespace aiva::sandbox
