// ShopifyStore: StorePort for one Shopify shop. Made by makeShopifyStore; translates between the port's values and the
// documents, and leaves waiting, credentials and errors to GraphQlClient.
#pragma once

#include "core/adapters/store/shopify/graphql_client.h"
#include "core/adapters/store/shopify/page_read.h"
#include "core/adapters/store/shopify/shopify_connection.h"
#include "core/adapters/store/shopify/shopify_webhooks.h"
#include "core/ports/store_port.h"

#include <memory>

namespace aiva {

class ShopifyStore final : public StorePort {
public:
    ShopifyStore(HttpTransport& transport, const Clock& clock, ShopifyEndpoint endpoint, ShopifyConnection connection);
    ~ShopifyStore() override;

    Future<ShopFacts> shop() override;
    Future<std::optional<qint64>> count(const RecordQuery& query) override;
    Future<RecordPage> page(const RecordQuery& query, const QString& cursor) override;
    Future<MarkPage> marks(const RecordQuery& query, const QString& cursor) override;
    Future<RecordPage> lookup(Resource resource, const std::vector<std::string>& ids) override;
    Future<BulkStatus> startBulk(const RecordQuery& query) override;
    Future<BulkStatus> bulkStatus(const QString& operationId) override;
    Future<bool> cancelBulk(const QString& operationId) override;
    Future<qint64> download(const QString& url, qint64 offset, std::shared_ptr<ByteSink> sink) override;
    std::unique_ptr<BulkDecoder> bulkDecoder(Resource resource) const override;
    void setThrottleListener(std::function<void(qint64 waitMs)> listener) override;
    void setApiListener(std::shared_ptr<ApiListener> listener) override;
    WebhookSubscriptionPort* webhooks() override { return &m_webhooks; }
    Future<bool> revoke() override;
    void cancelAll() override;

private:
    enum class Try { First, Renewed };
    void revokeWith(const Future<SecretString>& asked, Try which, const std::shared_ptr<Answer<bool>>& answer);

    QObject m_context;                             // of continuations, and parent of page reads
    const std::optional<QStringList> m_userScopes; // of an online token
    ShopState m_state;
    GraphQlClient m_client;
    ShopifyWebhooks m_webhooks{m_client, m_context};
};

} // namespace aiva
