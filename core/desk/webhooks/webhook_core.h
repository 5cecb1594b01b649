// WebhookCore: webhooks on the desk. Applies what came in, also what a former process left; listens while the settings
// webhook.listen and webhook.port say so; fetches while PullCore's do; and has shops deliver there. Lives on the core
// thread, owned by DeskCore.
#pragma once

#include "core/desk/webhooks/pull_core.h"
#include "core/desk/webhooks/webhook_care.h"
#include "core/desk/webhooks/webhook_values.h"
#include "core/storage/workspace/settings_repository.h"
#include "core/webhook/webhook_adapters.h"
#include "core/webhook/webhook_station.h"
#include "core/webhook/webhook_subscriber.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <memory>
#include <optional>

namespace aiva {

class WebhookCore : public QObject {
    Q_OBJECT
public:
    WebhookCore(Database& writer, const Clock& clock, const WebhookAdapters& adapters, StorePortMaker makePort,
                std::shared_ptr<std::atomic<int>> waiting);
    ~WebhookCore() override;

    Result<void> open();
    // Goes on with what was left, and listens and fetches when the settings say so. A port that cannot be had does not
    // keep the desk closed: failed() tells of it.
    void start();
    // What nobody looks at: doors that could not be opened, and shops that gave us up. By itself every few minutes.
    void care();
    // Kept for the next start. Absent: no longer. The port listened on, zero for none.
    Result<quint16> listen(std::optional<quint16> port);
    quint16 port() const { return m_listener && m_listener->isListening() ? m_listener->port() : 0; }
    // Stores came or went here. What another program connects is read once something of it cannot be proved.
    void readKeys();
    void lookSoon() { m_care->lookSoon(); }
    void synced(StoreId store);
    // Somebody looks at it: what may have aged of its customer is asked for first, once a while.
    void attend(ConversationId conversation);

    Result<WebhookStatus> status(StoreId store);
    Future<bool> openDoor(StoreId store, const WebhookChoice& choice);
    Future<SubscriptionReport> subscribe(StoreId store, const QString& address);
    Future<SubscriptionReport> stop(StoreId store);
    WebhookSubscriber& subscriber() { return *m_subscriber; }

Q_SIGNALS:
    void rowsChanged();
    void conversationsMatched();
    void storesChanged();
    void parted(aiva::StoreId store); // the shop took the app away
    void syncWanted(aiva::StoreId store);
    void failed(const aiva::Error& error);
    void stateChanged();

private:
    Result<void> listenAsSet();
    Result<void> begin(quint16 port);
    void end();
    void reopenDoor();
    void noteState();
    Result<bool> isAnotherTopicHeard(StoreId store, const QString& address);
    Result<void> closeAfter(WebhookWay left);
    Future<SubscriptionReport> settled(const Future<SubscriptionReport>& asked, WebhookWay former);
    Result<void> addCounts(StoreId store, WebhookStatus& status);

    Database& m_writer;
    const Clock& m_clock;
    const WebhookAdapters& m_adapters;
    StorePortMaker m_makePort;
    std::shared_ptr<std::atomic<int>> m_waiting;
    std::unique_ptr<SettingsRepository> m_settings;
    std::unique_ptr<WebhookQueue> m_queue;
    std::unique_ptr<WebhookStation> m_station;
    std::map<ConversationId, qint64> m_attendedAt; // monotonic
    std::unique_ptr<WebhookSubscriber> m_subscriber;
    std::unique_ptr<WebhookCare> m_care;         // before its subscriber
    std::unique_ptr<PullCore> m_pull;            // both
    std::unique_ptr<WebhookListener> m_listener; // before the station goes
    std::optional<Error> m_listenError;
    quint16 m_lostPort = 0; // closed by the machine, and not open again yet
    QTimer m_stateTimer;
    QTimer m_doorTimer;
    QTimer m_careTimer;
};

} // namespace aiva
