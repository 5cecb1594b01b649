// ShopScript: the answers of a shop, as the fault tests script them, behind a ScriptedServer. Knows the documents by
// operation name, hands out tokens, and keeps every secret it used so that a test can look for leaks.
#pragma once

#include "core/adapters/http/http_transport.h"
#include "core/adapters/store/shopify/shopify_connection.h"
#include "core/base/clock.h"
#include "tests/support/await.h"
#include "tests/support/scripted_server.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <deque>
#include <functional>
#include <memory>

namespace aiva::test {

struct GraphQlRequest {
    QString operation;
    QJsonObject variables;
    QByteArray token;
};

class ShopScript {
public:
    static inline const QByteArray kSecret = "shpss_0123456789abcdefSECRET";
    static inline const QByteArray kAdminToken = "shpat_fedcba9876543210ADMIN";

    enum class Credentials { Client, Admin };
    explicit ShopScript(Credentials credentials = Credentials::Client);
    ~ShopScript();

    StorePort& store() { return *m_store; }
    ScriptedServer& server() { return m_server; }
    ManualClock& clock() { return m_clock; }
    void reconnect(const HttpTimeouts& timeouts); // a new port with these limits
    ShopifyConnection connection() const;

    // Given to the next GraphQL requests in turn; afterwards `otherwise` answers.
    std::deque<ScriptedAnswer> next;
    std::function<ScriptedAnswer(const GraphQlRequest&)> otherwise;
    std::function<ScriptedAnswer(const ScriptedRequest&)> elsewhere; // neither GraphQL nor the token endpoint
    ScriptedAnswer tokenAnswer;                                      // body empty: a fresh token each time
    QList<GraphQlRequest> graphQl;
    QList<ScriptedRequest> tokenRequests;
    QStringList secrets() const; // everything that may appear nowhere
    QList<qint64> waits;

    static ScriptedAnswer json(const QByteArray& body, int status = 200);
    static ScriptedAnswer status(int code, QList<std::pair<QByteArray, QByteArray>> headers = {});
    // requested, available of 2000, restored per second
    static ScriptedAnswer throttled(int requested, int available, int rate);

private:
    ScriptedAnswer onRequest(const ScriptedRequest& request);
    ScriptedAnswer onToken(const ScriptedRequest& request);

    Credentials m_credentials;
    ManualClock m_clock{UtcTime(1'800'000'000'000)};
    ScriptedServer m_server;
    HttpTransport m_transport;
    std::unique_ptr<StorePort> m_store;
    int m_tokens = 0;
};

} // namespace aiva::test
