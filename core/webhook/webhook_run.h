// WebhookRun: takes queued deliveries in the order they came, a few in each transaction, until the queue is empty.
// Killed at any moment it goes on where it stood: a delivery and the rows it changed are one commit. Lives on the core
// thread.
#pragma once

#include "core/base/clock.h"
#include "core/webhook/webhook_applier.h"

#include <QObject>
#include <QTimer>

#include <vector>

namespace aiva {

class WebhookRun : public QObject {
    Q_OBJECT
public:
    WebhookRun(Database& writer, WebhookQueue& queue, WebhookApplier& applier, const Clock& clock);

    void wake(); // there may be something to do
    bool isIdle() const { return !m_timer.isActive(); }

Q_SIGNALS:
    void settled(const aiva::SettledDelivery& delivery); // after its commit
    void changed(aiva::WebhookChanges changes);          // after each commit
    void idle();                                         // the queue is empty
    void failed(const aiva::Error& error);               // the disk; tried again by itself

private:
    struct Batch {
        std::vector<SettledDelivery> settled;
        WebhookChanges changes;
        bool isLast = false;
    };
    void step();
    Result<Batch> applySome();
    Result<void> applyOne(const QueuedDelivery& queued, Batch& batch);
    void retreat(const Error& error);
    Result<void> giveUp(const Error& error);

    Database& m_database;
    WebhookQueue& m_queue;
    WebhookApplier& m_applier;
    const Clock& m_clock;
    QTimer m_timer;
    DeliveryId m_current; // what was being applied when an error came
    DeliveryId m_troubled;
    int m_troubles = 0;
};

} // namespace aiva
