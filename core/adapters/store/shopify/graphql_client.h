// Executes GraphQL documents against one shop: credentials, pacing, throttling and errors are dealt with here, so that
// callers see data or a classified Error. Used by ShopifyStore and PageRead; retries nothing but rate limits and one
// 401.
#pragma once

#include "core/adapters/store/shopify/access_token.h"
#include "core/adapters/store/shopify/api_errors.h"
#include "core/adapters/store/shopify/documents.h"
#include "core/adapters/store/shopify/rate_pacer.h"
#include "core/ports/store_port.h"

#include <QJsonObject>
#include <QObject>

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace aiva {

struct GraphQlAnswer {
    JsonDocument document; // keeps `data` alive
    JsonObject data;
    std::vector<ApiFault> faults; // partial failures beside the data
    QString otherApi;             // the version that answered, when it is not kShopifyApiVersion and the shop says so
};

class GraphQlClient : public QObject {
    Q_OBJECT
public:
    GraphQlClient(HttpTransport& transport, const Clock& clock, ShopifyEndpoint endpoint,
                  AccessToken::Credentials credentials);
    ~GraphQlClient() override;

    // `document` is the file's name in resources/graphql.
    Future<GraphQlAnswer> execute(const char* document, const QJsonObject& variables);
    void setThrottleListener(std::function<void(qint64)> listener) { m_throttleListener = std::move(listener); }
    void setApiListener(std::shared_ptr<ApiListener> listener) { m_apiListener = std::move(listener); }
    void cancelAll();

    AccessToken& token() { return m_token; }
    const ShopifyEndpoint& endpoint() const { return m_endpoint; }
    HttpTransport& transport() { return m_transport; }

private:
    friend class GraphQlCall;
    const Document& document(const char* name);

    HttpTransport& m_transport;
    ShopifyEndpoint m_endpoint;
    AccessToken m_token;
    RatePacer m_pacer;
    std::function<void(qint64)> m_throttleListener;
    std::shared_ptr<ApiListener> m_apiListener;
    std::map<std::string, Document> m_documents;
};

} // namespace aiva
