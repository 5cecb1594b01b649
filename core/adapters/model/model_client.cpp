#include "core/adapters/model/model_client.h"

#include "core/adapters/http/answer.h"
#include "core/adapters/model/model_call.h"
#include "core/adapters/model/model_connection.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace aiva {

using namespace Qt::StringLiterals;

static constexpr qsizetype kMostModels = 2'000;
static constexpr qsizetype kLongestModelName = 200;

// {"data":[{"id":"…"}]}, the same in both families.
static Result<QStringList> modelNames(const QByteArray& body) {
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (!document["data"_L1].isArray()) return malformedFault("the list of models is not one").error;
    QStringList names;
    for (const QJsonValue model : document["data"_L1].toArray()) {
        const QString name = model["id"_L1].toString();
        if (!name.isEmpty() && name.size() <= kLongestModelName && names.size() < kMostModels) names.append(name);
    }
    return names;
}

ModelPace ModelPace::forEndpoint(const ModelEndpoint& endpoint) {
    ModelPace pace;
    if (!isOnThisDevice(endpoint)) return pace;
    pace.firstByteMs = 300'000;
    pace.idleMs = 300'000;
    pace.totalMs = 1'800'000;
    return pace;
}

std::unique_ptr<ModelPort> openModelPort(HttpTransport& transport, const Clock& clock, const ModelEndpoint& endpoint,
                                         const SecretString& key) {
    return openModelPort(transport, clock, endpoint, key, ModelPace::forEndpoint(endpoint));
}

std::unique_ptr<ModelPort> openModelPort(HttpTransport& transport, const Clock& clock, const ModelEndpoint& endpoint,
                                         const SecretString& key, const ModelPace& pace) {
    return std::make_unique<ModelClient>(transport, clock, endpoint, key, pace);
}

ModelClient::ModelClient(HttpTransport& transport, const Clock& clock, const ModelEndpoint& endpoint,
                         const SecretString& key, const ModelPace& pace)
    : m_transport(transport)
    , m_clock(clock)
    , m_dialect(dialectOf(endpoint))
    , m_key(key)
    , m_pace(pace)
    , m_group(transport.newGroup()) {}

ModelClient::~ModelClient() {
    cancelAll();
}

HttpRequest ModelClient::request(HttpRequest::Method method, const QUrl& url) const {
    const ModelEndpoint& endpoint = m_dialect->endpoint();
    HttpRequest request;
    request.method = method;
    request.url = url;
    request.headers = m_dialect->headers(m_key);
    request.policy.hosts = {endpoint.baseUrl.host()};
    // Only because the person entered an address on this machine themselves.
    if (isOnThisDevice(endpoint)) request.policy.loopback = HttpPolicy::Loopback::Allowed;
    request.group = m_group;
    return request;
}

Future<ModelAnswer> ModelClient::complete(const ModelRequest& request, std::function<void(const QString&)> onText) {
    auto* call = new ModelCall(*this, request, std::move(onText));
    return call->start();
}

Future<QStringList> ModelClient::models() {
    const auto answer = std::make_shared<Answer<QStringList>>();
    HttpRequest asked = request(HttpRequest::Method::Get, m_dialect->modelsUrl());
    asked.timeouts.connectMs = m_pace.connectMs;
    whenDone(m_transport.send(std::move(asked)), this, [this, answer](const Result<HttpResponse>& response) {
        if (!response) return answer->say(response.error());
        if (response->status != 200) return answer->say(faultOfResponse(*response, m_clock).error);
        answer->say(modelNames(response->body));
    });
    return answer->future();
}

void ModelClient::cancelAll() {
    for (auto* call : findChildren<ModelCall*>(Qt::FindDirectChildrenOnly))
        call->cancel();
    m_transport.abort(m_group);
}

} // namespace aiva
