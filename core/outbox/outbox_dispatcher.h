// OutboxDispatcher: sees to it that every mail in the outbox is sent when it is due, through one SendRun at a time a
// row and a conversation. Owned by the desk (or aivactl) on the core thread. What it knows stands in the rows: it goes
// on after a restart or a sleep where it was, and it notices what another process wrote there.
#pragma once

#include "core/outbox/outbox_lease.h"
#include "core/outbox/send_run.h"

#include <QSet>

#include <map>

namespace aiva {

class OutboxDispatcher final : public QObject {
    Q_OBJECT
public:
    // `leaseFile`: see OutboxLease.
    OutboxDispatcher(OutboxLedger& ledger, OutboxDoors doors, SendPace pace, QString leaseFile,
                     QObject* parent = nullptr);
    ~OutboxDispatcher() override;

    // Sends from now on, as soon as no other process does.
    void start();
    bool isLeading() const { return m_lease != nullptr; }
    // A mail was queued, or something else may have become due.
    void wake();
    // Failures that may pass are tried again at once: the line is back, somebody signed in, or somebody asked.
    void tryAgain(std::optional<MailboxId> mailbox = std::nullopt);
    void setOnline(bool online);

    // A message or an order of it changed: waiting mail it makes stale is held or given back now, not when it is due.
    void conversationChanged(ConversationId conversation);

    // Conflict when it may have left; else its draft is back in the composer.
    Result<void> cancel(OutboxId id);
    // Ends the undo window, tries a failed or held one again. Conflict when it ended or its outcome is unknown.
    Result<void> sendNow(OutboxId id);
    // A person says what became of a mail whose outcome nothing proves.
    enum class Outcome { WasSent, WasNotSent };
    Result<void> resolveUnknown(OutboxId id, Outcome outcome);

    // The kill switch: nothing is handed over any more; what was is still proven and filed. Survives restarts.
    Result<void> setPaused(bool paused);
    bool isPaused() const { return m_isPaused; }
    bool isQuiet() const { return m_runs.empty() && m_returning.isEmpty(); }

Q_SIGNALS:
    void changed(aiva::OutboxId id);
    void sent(aiva::OutboxId id, aiva::ConversationId conversation); // an invalid one when it belongs to none
    void held(aiva::OutboxId id, const aiva::Error& error);          // held or failed: a person decides
    void pausedChanged(bool paused);
    void quiet(); // nothing is going on and nothing is due

private:
    bool lead(); // takes the lease when it is free
    void pump();
    void startDue(const std::vector<OutboxRow>& rows);
    bool mayStart(const OutboxRow& row, const std::vector<OutboxRow>& rows) const;
    void startRun(const OutboxRow& row);
    void endRun(OutboxId id, bool storageFailed);
    void returnClaims();
    void readPaused();
    Result<OutboxRow> decidable(OutboxId id);
    void pumpSoon() { m_timer.start(0); }
    UtcTime now() const { return m_doors.clock.now(); }

    OutboxLedger& m_ledger;
    const OutboxDoors m_doors;
    const SendPace m_pace;
    const QString m_leaseFile;
    std::unique_ptr<OutboxLease> m_lease;
    std::map<OutboxId, SendRun*> m_runs;         // children of this
    std::map<OutboxId, qint64> m_restUntil;      // monotonic: rows whose last run could not be written down
    std::map<OutboxId, qint64> m_returnNotUntil; // monotonic: claims that could not be given back
    QSet<qint64> m_returning;                    // rows whose claim is being given back
    QTimer m_timer;
    bool m_isStarted = false;
    bool m_isPaused = false;
    bool m_isOnline = true;
};

} // namespace aiva
