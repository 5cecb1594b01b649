#include "core/adapters/store/shopify/shopify_connection.h"

#include "core/adapters/store/shopify/bulk_decoder.h"
#include "core/adapters/store/shopify/shopify_store.h"

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

// Answers everything with the reason why there can be no connection.
class UnusableStore final : public StorePort {
public:
    explicit UnusableStore(Error error) : m_error(std::move(error)) {}

    Future<ShopFacts> shop() override { return refuse<ShopFacts>(); }
    Future<std::optional<qint64>> count(const RecordQuery&) override { return refuse<std::optional<qint64>>(); }
    Future<RecordPage> page(const RecordQuery&, const QString&) override { return refuse<RecordPage>(); }
    Future<BulkStatus> startBulk(const RecordQuery&) override { return refuse<BulkStatus>(); }
    Future<BulkStatus> bulkStatus(const QString&) override { return refuse<BulkStatus>(); }
    Future<bool> cancelBulk(const QString&) override { return refuse<bool>(); }
    Future<qint64> download(const QString&, qint64, std::shared_ptr<ByteSink>) override { return refuse<qint64>(); }
    std::unique_ptr<BulkDecoder> bulkDecoder(Resource resource) const override {
        return std::make_unique<ShopifyBulkDecoder>(resource, DecodeContext());
    }
    void setThrottleListener(std::function<void(qint64)>) override {}
    Future<bool> revoke() override { return refuse<bool>(); }
    void cancelAll() override {}

private:
    template <typename T>
    Future<T> refuse() const {
        return readyFuture<T>(m_error);
    }
    Error m_error;
};

} // namespace

std::unique_ptr<StorePort> makeShopifyStore(HttpTransport& transport, const Clock& clock,
                                            ShopifyConnection connection) {
    const auto domain = normalizedShopDomain(connection.shopDomain);
    if (!domain) return std::make_unique<UnusableStore>(domain.error());
    auto endpoint = shopifyEndpoint(*domain, connection.baseUrl, connection.timeouts);
    if (!endpoint) return std::make_unique<UnusableStore>(std::move(endpoint).error());
    return std::make_unique<ShopifyStore>(transport, clock, *std::move(endpoint), std::move(connection));
}

} // namespace aiva
