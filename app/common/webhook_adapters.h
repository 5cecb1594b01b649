// The listener, the decoders and the keys of webhooks, put together. Used by deskAdapters() and `aivactl webhook`.
#pragma once

#include "core/adapters/webhook/webhook_judge.h"
#include "core/base/clock.h"
#include "core/storage/stores/store_repository.h"
#include "core/storage/workspace/workspace.h"
#include "core/webhook/webhook_adapters.h"

#include <QElapsedTimer>

#include <map>
#include <mutex>

namespace aiva {

// Shopify signs with the client secret of the store's app; WooCommerce with the secret given to its webhooks. Kept in
// memory while somebody listens. The workspace outlives it.
class StoreWebhookKeys final : public WebhookKeys {
public:
    explicit StoreWebhookKeys(const Workspace& workspace) : m_workspace(workspace) {}
    std::optional<Shop> find(StoreKind source, const QString& name) const override;
    // At most once a second, and for one thread at a time: whoever guesses signatures must not keep us reading. Once a
    // minute while they cannot be read: a keychain that is locked asks the person each time.
    bool readAgain() override;
    // Through a connection that lives no longer than that.
    Result<void> read();

private:
    Result<void> readLocked();

    const Workspace& m_workspace;
    mutable std::mutex m_mutex; // of m_shops
    std::map<std::pair<StoreKind, QString>, Shop> m_shops;
    std::mutex m_reading; // what was read earlier must not come after what was read later
    QElapsedTimer m_sinceReadAgain;
    bool m_isReadable = true;
};

// Both outlive what this makes.
WebhookAdapters webhookAdapters(const Workspace& workspace, const Clock& clock);

} // namespace aiva
