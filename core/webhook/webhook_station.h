// Everything behind the listener of one workspace: the inbox, the run that applies what came in, and the questions that
// follow. Lives on the core thread on the write connection; owned by the desk's core and by `aivactl webhook`.
#pragma once

#include "core/storage/conversations/conversation_repository.h"
#include "core/webhook/reread_run.h"
#include "core/webhook/webhook_intake.h"
#include "core/webhook/webhook_run.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace aiva {

class WebhookStation : public QObject {
    Q_OBJECT
public:
    static Result<std::unique_ptr<WebhookStation>> create(Database& writer, const Clock& clock,
                                                          WebhookDecoders decoders, StorePortMaker makePort,
                                                          std::shared_ptr<std::atomic<int>> waiting = {});
    ~WebhookStation() override;

    // For the listener, which must be gone before the station.
    WebhookInbox& inbox() { return *m_intake; }
    // For who fetches deliveries on this thread; must be gone before the station as well.
    WebhookSink& sink() { return *m_intake; }
    // Around the listener's end, see WebhookIntake.
    void setTaking(WebhookIntake::Taking taking) { m_intake->setTaking(taking); }
    // As if it had come in; on the disk when this answers.
    Result<WebhookReceipt> deliver(const WebhookDelivery& delivery) { return m_intake->store(delivery); }
    // The customer of this conversation and their newest orders are asked of every shop not read since then, before
    // whatever else is to be asked.
    Result<void> askAbout(ConversationId conversation, UtcTime readSince);
    // A sync is over: what it brought back of what the shop deleted meanwhile is asked about.
    Result<void> askBuried(StoreId store);
    // Goes on with what was left, and forgets what is old.
    void start();
    // Every delivery is applied and every question that was due is answered or waits for another attempt.
    bool isIdle() const;

Q_SIGNALS:
    void settled(const aiva::SettledDelivery& delivery);
    void rowsChanged();
    void conversationsMatched();
    void storesChanged();
    void parted(aiva::StoreId store); // its row says disconnected now
    void syncWanted(aiva::StoreId store);
    void idle();
    // Tried again by itself; told once until something is done again.
    void failed(const aiva::Error& error);

private:
    WebhookStation(Database& writer, const Clock& clock) : m_database(writer), m_clock(clock) {}
    void connectRuns();
    void tell(const Error& error);
    void takeChanges(WebhookChanges changes);
    void matchConversations();
    void noteIdle();
    void prune();

    Database& m_database;
    const Clock& m_clock;
    std::unique_ptr<WebhookQueue> m_queue;
    std::unique_ptr<WebhookRereads> m_rereads;
    std::unique_ptr<ConversationRepository> m_conversations;
    std::unique_ptr<WebhookBooks> m_books;
    std::unique_ptr<WebhookApplier> m_applier;
    std::unique_ptr<WebhookIntake> m_intake;
    std::unique_ptr<WebhookRun> m_run;
    std::unique_ptr<RereadRun> m_rereadRun;
    std::optional<Error> m_told;
    QTimer m_matchTimer;
    QElapsedTimer m_sinceMatch;
    QTimer m_pruneTimer;
};

} // namespace aiva
