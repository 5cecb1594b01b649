#include "core/adapters/store/shopify/graphql_call.h"

#include "core/base/log.h"

#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

// A limit that has not lifted after so many waits is no longer a matter of pace.
constexpr int kMostRateLimits = 20;

QByteArray requestBody(const Document& document, const QJsonObject& variables) {
    return QJsonDocument(QJsonObject{{u"query"_s, QString::fromUtf8(document.text)},
                                     {u"operationName"_s, document.operationName},
                                     {u"variables"_s, variables}})
        .toJson(QJsonDocument::Compact);
}

// A version that is no longer supported is answered by the oldest that is.
// https://shopify.dev/docs/api/usage/versioning
QString otherApi(const HttpResponse& response) {
    static const QRegularExpression kVersion(u"^(\\d{4}-\\d{2}|unstable)$"_s);
    const QString version = QString::fromLatin1(response.header("X-Shopify-API-Version"));
    return version != QLatin1StringView(kShopifyApiVersion) && kVersion.match(version).hasMatch() ? version : QString();
}

// Seconds, possibly with a fraction; a second when the header is absent or a date.
qint64 retryAfterMs(const HttpResponse& response) {
    bool isNumber = false;
    const double seconds = response.header("Retry-After").toDouble(&isNumber);
    if (!isNumber || !std::isfinite(seconds)) return 1000;
    return static_cast<qint64>(std::ceil(std::clamp(seconds, 0.1, 300.0) * 1000.0));
}

} // namespace

GraphQlCall::GraphQlCall(GraphQlClient& client, const Document& document, const QJsonObject& variables)
    : QObject(&client)
    , m_client(client)
    , m_body(requestBody(document, variables))
    , m_shape(document.operationName + u'/' + QString::number(variables.value("first"_L1).toInt()))
    , m_meter(client.m_apiListener) {
    m_wait.setSingleShot(true);
    m_wait.setTimerType(Qt::PreciseTimer);
    connect(&m_wait, &QTimer::timeout, this, [this] {
        if (m_slowed && m_client.m_throttleListener) m_client.m_throttleListener(0);
        m_slowed = false;
        m_meter.heldBack(m_wait.interval());
        if (!m_answer.isSaid()) send();
    });
}

Future<GraphQlAnswer> GraphQlCall::start() {
    obtainToken(Token::Current);
    return m_answer.future();
}

void GraphQlCall::cancel() {
    m_meter.drop();
    answer(cancelledError());
}

void GraphQlCall::obtainToken(Token which) {
    auto& token = m_client.m_token;
    const auto future = which == Token::Current ? token.current() : token.renewedAfter(m_token);
    whenDone(future, this, [this](const Result<SecretString>& result) {
        if (m_answer.isSaid()) return; // cancelled meanwhile
        if (!result) {
            m_meter.leave(); // nothing can be asked without one: that counts as well
            return answer(result.error());
        }
        m_token = *result;
        pace();
    });
}

void GraphQlCall::pace() {
    const qint64 delay = m_client.m_pacer.delayBeforeMs(m_shape);
    if (delay > 0) return waitThenSend(delay);
    send();
}

void GraphQlCall::waitThenSend(qint64 ms) {
    m_slowed = true;
    if (m_client.m_throttleListener) m_client.m_throttleListener(ms);
    m_wait.start(static_cast<int>(ms));
}

void GraphQlCall::send() {
    m_client.m_pacer.leaving(m_shape);
    HttpRequest request = m_client.m_endpoint.request(
        HttpRequest::Method::Post, u"/admin/api/%1/graphql.json"_s.arg(QLatin1StringView(kShopifyApiVersion)));
    const std::string_view token = m_token.reveal();
    request.headers.emplace_back("Content-Type", "application/json");
    request.headers.emplace_back("X-Shopify-Access-Token",
                                 QByteArray(token.data(), static_cast<qsizetype>(token.size())));
    request.body = m_body;
    m_meter.leave();
    whenDone(m_client.m_transport.send(std::move(request)), this, [this](const Result<HttpResponse>& response) {
        if (m_answer.isSaid()) return; // cancelled meanwhile
        if (!response) return answer(response.error());
        onResponse(*response);
    });
}

void GraphQlCall::onResponse(const HttpResponse& response) {
    const bool isBusy = response.status == 503 && !response.header("Retry-After").isEmpty();
    if (response.status == 401) return onUnauthorized();
    if (response.status == 429 || isBusy) return onRateLimit(response);
    if (response.status < 200 || response.status > 299) return answer(statusError(response.status, response.requestId));
    onBody(response);
}

void GraphQlCall::onRateLimit(const HttpResponse& response) {
    if (++m_rateLimits > kMostRateLimits) return answer(statusError(response.status, response.requestId));
    m_meter.limited();
    waitThenSend(retryAfterMs(response));
}

void GraphQlCall::onUnauthorized() {
    if (m_renewed) return answer(statusError(401, {}));
    m_renewed = true;
    obtainToken(Token::Renewed);
}

void GraphQlCall::onBody(const HttpResponse& response) {
    const QByteArrayView body = QByteArrayView(response.body).trimmed();
    if (body.startsWith('<'))
        return answer(Error{ErrorKind::Network, u"the shop answered a web page instead of JSON"_s});
    const auto document = JsonDocument::parse(response.body);
    if (!document) return answer(document.error());
    judge(*document, response);
}

void GraphQlCall::judge(const JsonDocument& body, const HttpResponse& response) {
    const QueryCost cost = readCost(body.root());
    m_client.m_pacer.learn(m_shape, cost);
    GraphQlAnswer result{body, {}, readFaults(body.root()), otherApi(response)};
    const auto has = [&result](ApiFault::Kind kind) {
        return std::any_of(result.faults.begin(), result.faults.end(),
                           [kind](const ApiFault& fault) { return fault.kind == kind; });
    };
    if (has(ApiFault::Kind::Throttled)) {
        if (++m_rateLimits > kMostRateLimits) return answer(statusError(429, response.requestId));
        m_meter.limited();
        return waitThenSend(RatePacer::throttledDelayMs(cost));
    }
    if (has(ApiFault::Kind::Unauthorized)) return onUnauthorized();
    std::string ignored;
    const auto root = asObject(body.root());
    const auto data = root ? JsonReader(*root, ignored).object("data") : std::nullopt;
    if (!data) {
        if (!result.faults.empty()) return answer(faultError(result.faults.front()));
        return answer(Error{ErrorKind::Invalid, u"the answer has neither data nor errors"_s});
    }
    for (const ApiFault& fault : result.faults)
        qCDebug(logNetwork) << "partial failure" << m_shape << fault.code.c_str();
    result.data = *data;
    answer(std::move(result));
}

void GraphQlCall::answer(Result<GraphQlAnswer> result) {
    if (m_answer.isSaid()) return;
    m_wait.stop();
    if (m_slowed && m_client.m_throttleListener) m_client.m_throttleListener(0);
    m_slowed = false;
    m_token.wipe();
    m_meter.end(result);
    m_answer.say(std::move(result));
    deleteLater();
}

} // namespace aiva
