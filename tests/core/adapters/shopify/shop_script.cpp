#include "shop_script.h"

#include <QJsonDocument>

namespace aiva::test {

using namespace Qt::StringLiterals;

ShopScript::ShopScript(Credentials credentials)
    : m_credentials(credentials), m_server([this](const ScriptedRequest& request) { return onRequest(request); }) {
    otherwise = [](const GraphQlRequest&) { return json(R"({"data":{}})"); };
    elsewhere = [](const ScriptedRequest&) { return status(404); };
    reconnect({20'000, 20'000, 20'000, 20'000, 0, 0}); // only tests of silence wait for less
}

ShopScript::~ShopScript() = default;

ShopifyConnection ShopScript::connection() const {
    ShopifyConnection connection;
    connection.shopDomain = u"acme.myshopify.com"_s;
    connection.baseUrl = m_server.baseUrl();
    if (m_credentials == Credentials::Client)
        connection.credentials = ShopifyClientCredentials{u"client-id"_s, SecretString(kSecret.toStdString())};
    else
        connection.credentials = ShopifyAdminToken{SecretString(kAdminToken.toStdString())};
    return connection;
}

void ShopScript::reconnect(const HttpTimeouts& timeouts) {
    ShopifyConnection values = connection();
    values.timeouts = timeouts;
    m_store = makeShopifyStore(m_transport, m_clock, std::move(values));
    m_store->setThrottleListener([this](qint64 ms) { waits.append(ms); });
}

QStringList ShopScript::secrets() const {
    QStringList all{QString::fromLatin1(kSecret), QString::fromLatin1(kAdminToken), u"issued-"_s};
    all << u"Signature="_s << u"jane@example.com"_s << u"gid://"_s;
    return all;
}

ScriptedAnswer ShopScript::json(const QByteArray& body, int status) {
    ScriptedAnswer answer;
    answer.status = status;
    answer.body = body;
    return answer;
}

ScriptedAnswer ShopScript::status(int code, QList<std::pair<QByteArray, QByteArray>> headers) {
    ScriptedAnswer answer = json(R"({"errors":"jane@example.com is not welcome"})", code);
    answer.headers = std::move(headers);
    return answer;
}

ScriptedAnswer ShopScript::throttled(int requested, int available, int rate) {
    const QString body =
        u"{\"errors\":[{\"message\":\"Throttled\",\"extensions\":{\"code\":\"THROTTLED\"}}],\"extensions\":{\"cost\":"
        "{\"requestedQueryCost\":%1,\"actualQueryCost\":null,\"throttleStatus\":{\"maximumAvailable\":2000,"
        "\"currentlyAvailable\":%2,\"restoreRate\":%3}}}}"_s;
    return json(body.arg(requested).arg(available).arg(rate).toUtf8());
}

ScriptedAnswer ShopScript::onRequest(const ScriptedRequest& request) {
    if (request.path() == "/admin/oauth/access_token") return onToken(request);
    if (!request.path().startsWith("/admin/api/2026-10/graphql.json")) return elsewhere(request);
    const QJsonObject body = QJsonDocument::fromJson(request.body).object();
    const GraphQlRequest seen{body.value("operationName"_L1).toString(), body.value("variables"_L1).toObject(),
                              request.header("X-Shopify-Access-Token")};
    graphQl.append(seen);
    if (next.empty()) return otherwise(seen);
    const ScriptedAnswer answer = next.front();
    next.pop_front();
    return answer;
}

ScriptedAnswer ShopScript::onToken(const ScriptedRequest& request) {
    tokenRequests.append(request);
    if (tokenAnswer.status != 200 || !tokenAnswer.body.isEmpty()) return tokenAnswer;
    const QString body = u"{\"access_token\":\"issued-%1\",\"scope\":\"read_orders\",\"expires_in\":86399}"_s;
    return json(body.arg(++m_tokens).toUtf8());
}

} // namespace aiva::test
