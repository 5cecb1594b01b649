#include "app/common/webhook_adapters.h"

#include "app/common/store_connection.h"

#include "core/adapters/store/shopify/webhook_decoder.h"
#include "core/adapters/webhook/named_records_decoder.h"
#include "core/adapters/webhook/webhook_listener.h"
#include "core/base/log.h"

#include <QUrl>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

// Shopify names its shops by their domain. WooCommerce gives the address of the site.
QString shopKey(StoreKind source, const QString& name) {
    const QString lower = name.toLower();
    if (source == StoreKind::Shopify) return lower;
    const QUrl url(lower.contains("://"_L1) ? lower : "https://"_L1 + lower);
    QString path = url.path();
    while (path.endsWith(u'/'))
        path.chop(1);
    const QString port = url.port() > 0 ? u":%1"_s.arg(url.port()) : QString();
    return url.host() + port + path;
}

} // namespace

std::optional<WebhookKeys::Shop> StoreWebhookKeys::find(StoreKind source, const QString& name) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_shops.find({source, shopKey(source, name)});
    return found == m_shops.end() ? std::nullopt : std::optional(found->second);
}

Result<void> StoreWebhookKeys::read(const Workspace& workspace) {
    AIVA_TRY(const auto reader, workspace.openReader());
    AIVA_TRY(const auto stores, StoreRepository::create(*reader));
    AIVA_TRY(StoreSecrets secrets, StoreSecrets::open(workspace, *reader));
    AIVA_TRY(const std::vector<StoreRow> rows, stores->all());
    std::map<std::pair<StoreKind, QString>, Shop> shops;
    for (const StoreRow& row : rows) {
        // A store connected by a token alone has no secret: its deliveries cannot be proved, and are refused.
        const auto secret = secrets.webhookKey(row);
        if (!secret) return secret.error();
        if (*secret) shops[{row.kind, shopKey(row.kind, row.domain)}] = Shop{row.domain, {**secret}};
    }
    const std::lock_guard lock(m_mutex);
    m_shops.swap(shops);
    return {};
}

WebhookAdapters webhookAdapters(const Workspace& workspace) {
    struct Parts {
        StoreWebhookKeys keys;
        std::unique_ptr<WebhookDecoder> shopify = makeShopifyWebhookDecoder();
        std::unique_ptr<WebhookDecoder> woocommerce = makeWooCommerceWebhookDecoder();
    };
    const auto parts = std::make_shared<Parts>();
    WebhookAdapters adapters;
    adapters.decoder = [parts](StoreKind source) -> const WebhookDecoder* {
        if (source == StoreKind::Shopify) return parts->shopify.get();
        return source == StoreKind::WooCommerce ? parts->woocommerce.get() : nullptr;
    };
    adapters.listen = [parts](quint16 port, WebhookInbox& inbox) {
        return listenForWebhooks(port, inbox, parts->keys);
    };
    adapters.readKeys = [parts, &workspace] { return parts->keys.read(workspace); };
    return adapters;
}

} // namespace aiva
