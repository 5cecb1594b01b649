// Webhooks of one workspace without a desk: what `aivactl webhook` runs. Lives on main's stack.
#pragma once

#include "app/common/webhook_adapters.h"

#include "core/adapters/http/http_transport.h"
#include "core/sync/api_health_keeper.h"
#include "core/sync/store_lease.h"
#include "core/sync/store_sync_run.h"
#include "core/webhook/webhook_station.h"

#include <QJsonObject>
#include <QObject>

#include <functional>
#include <map>
#include <memory>

namespace aiva::ctl {

class WebhookSession : public QObject {
public:
    // All outlive the session.
    static Result<std::unique_ptr<WebhookSession>> open(const Workspace& workspace, Database& writer,
                                                        const Clock& clock);
    ~WebhookSession() override;

    WebhookStation& station() { return *m_station; }
    const WebhookKeys& keys() const { return m_keys; }

    // Runs the event loop until everything that waits is applied. Answers what became of the delivery of this id.
    QString applyAll(const QString& id);
    // Runs the event loop until the process is told to stop. `print` gets a JSON line and the same for people.
    using Print = std::function<void(const QJsonObject& event, const QString& text)>;
    Result<int> listen(quint16 port, const Print& print);
    // The same, fetching from Pub/Sub. Once: until nothing more is there, or an error.
    enum class Until { Stopped, Drained };
    Result<int> pull(const PullPlace& place, const SecretString& account, Until until, const Print& print);

private:
    struct Sync { // destroyed run first: it speaks to the port; absent while another process syncs the store
        StoreLease lease;
        std::unique_ptr<StorePort> port;
        std::unique_ptr<StoreSyncRun> run;
    };

    WebhookSession(const Workspace& workspace, Database& writer, const Clock& clock);
    Result<std::unique_ptr<StorePort>> makePort(const StoreRow& store);
    void sync(StoreId store);
    void syncLater(StoreId store);
    void printSettled(const Print& print);
    Result<int> runUntilStopped(const Print& print, const std::function<void()>& sayReady,
                                const WebhookListener* listener = nullptr);
    void applyRest();

    const Workspace& m_workspace;
    Database& m_writer;
    const Clock& m_clock;
    HttpTransport m_http;
    StoreWebhookKeys m_keys;
    WebhookAdapters m_adapters;
    ApiHealthKeeper m_health;
    std::unique_ptr<WebhookStation> m_station;
    std::map<StoreId, Sync> m_syncs;
    std::function<void()> m_onSynced;
    qint64 m_received = 0;
};

} // namespace aiva::ctl
