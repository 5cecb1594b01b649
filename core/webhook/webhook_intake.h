// The inbox behind the listener: its threads hand deliveries over and wait, the core thread writes all that wait in one
// transaction and answers them together. So a thousand a second cost a few dozen waits for the disk. Made on the core
// thread, by WebhookStation; outlives the listener.
#pragma once

#include "core/base/clock.h"
#include "core/storage/webhooks/webhook_queue.h"

#include <QObject>
#include <QTimer>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

namespace aiva {

class WebhookIntake : public QObject, public WebhookInbox, public WebhookSink {
    Q_OBJECT
public:
    // `waiting` counts what waits for the core thread, so that a long transaction there makes way; may be absent.
    WebhookIntake(Database& writer, WebhookQueue& queue, const Clock& clock,
                  std::shared_ptr<std::atomic<int>> waiting = {});
    ~WebhookIntake() override; // those who wait are answered Unavailable

    // Any thread but the core's.
    WebhookReceipt accept(const WebhookDelivery& delivery) override;
    void noteRefusal(StoreKind source, const QString& reason) override;

    // Before the listener is stopped, and after: its threads must not wait for the core thread, which waits for them.
    enum class Taking { On, Off };
    void setTaking(Taking taking);

    // The core thread: at once.
    Result<WebhookReceipt> store(const WebhookDelivery& delivery);
    Result<std::vector<WebhookReceipt>> storeAll(const std::vector<WebhookDelivery>& deliveries) override;

Q_SIGNALS:
    void arrived();                        // the queue has grown
    void failed(const aiva::Error& error); // nothing can be stored; told once until something is

private:
    struct Waiting {
        WebhookDelivery delivery;
        std::optional<WebhookReceipt> receipt;
    };
    using Batch = std::deque<std::shared_ptr<Waiting>>;

    void post();
    void drain();
    void tell(const std::optional<Error>& trouble);
    Result<std::vector<WebhookReceipt>> write(const Batch& batch);
    void writeRefusals();

    Database& m_database;
    WebhookQueue& m_queue;
    const Clock& m_clock;
    std::shared_ptr<std::atomic<int>> m_waitingCommands;
    QTimer m_refusalTimer;
    std::optional<Error> m_told;
    std::mutex m_mutex;
    std::condition_variable m_answered;
    Batch m_waiting;
    std::map<std::pair<StoreKind, QString>, qint64> m_refusals;
    bool m_isPosted = false;
    bool m_isClosed = false;
};

} // namespace aiva
