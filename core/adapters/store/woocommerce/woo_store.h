// WooStore: StorePort for one WooCommerce site. Made by makeWooStore; translates between the port's values and REST
// addresses, and leaves credentials, waiting and errors to WooClient. The site has no bulk export: everything is paged.
#pragma once

#include "core/adapters/store/woocommerce/woo_client.h"
#include "core/adapters/store/woocommerce/woo_page_read.h"
#include "core/adapters/store/woocommerce/woo_webhooks.h"
#include "core/ports/store_port.h"

#include <memory>

namespace aiva {

class WooStore final : public StorePort {
public:
    WooStore(HttpTransport& transport, const Clock& clock, WooEndpoint endpoint, const QString& currency);
    ~WooStore() override;

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
    // A key cannot be given up through the API; its owner deletes it in the shop's settings. Answers false.
    Future<bool> revoke() override;
    void cancelAll() override;

private:
    QObject m_context; // of continuations, and parent of reads
    QString m_currency;
    WooState m_state;
    WooClient m_client;
    WooWebhooks m_webhooks{m_client, m_context};
};

} // namespace aiva
