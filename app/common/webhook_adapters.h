// The listener, the decoders and the keys of webhooks, put together. Used by deskAdapters() and `aivactl webhook`.
#pragma once

#include "core/adapters/webhook/webhook_judge.h"
#include "core/base/clock.h"
#include "core/storage/store_repository.h"
#include "core/storage/workspace.h"
#include "core/webhook/webhook_adapters.h"

#include <map>
#include <mutex>

namespace aiva {

// Shopify signs with the client secret of the store's app; WooCommerce with the secret given to its webhooks. Kept in
// memory while somebody listens.
class StoreWebhookKeys final : public WebhookKeys {
public:
    std::optional<Shop> find(StoreKind source, const QString& name) const override;
    // Through a connection that lives no longer than that.
    Result<void> read(const Workspace& workspace);

private:
    mutable std::mutex m_mutex;
    std::map<std::pair<StoreKind, QString>, Shop> m_shops;
};

// Both outlive what this makes.
WebhookAdapters webhookAdapters(const Workspace& workspace, const Clock& clock);

} // namespace aiva
