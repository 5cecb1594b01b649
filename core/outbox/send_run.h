// SendRun: brings one row of the outbox as far as it gets now: claimed, handed over, proven, recorded, filed. Made by
// OutboxDispatcher, which makes sure there is one run a row and one dispatcher a workspace (OutboxLease).
//
// Why a mail arrives exactly once
//
// Only the final dot can make a server accept a mail. The row says so before it may leave: `handed_over_at` is on the
// disk (DurableTransaction) before SubmissionPort::finish() is called.
//  1. A row without `handed_over_at` has not been sent by us. Whatever ends an attempt there (a crash, a lost line, a
//     refusal) leaves nothing behind at the server, because prepare() stops before the final dot: trying again is safe.
//  2. A row with it and an answer that says yes becomes "filing" in one transaction with the message in its
//     conversation, and nothing leads from there back to sending.
//  3. A row with it and an answer that certainly says no (isCertainRefusal) loses the mark in the transaction that
//     records the refusal, and is as in 1.
//  4. A row with it and no answer is open: the server may have taken the mail or not. It is not sent again before the
//     server has been asked. An accepted mail leaves a copy under its Message-ID where we can look: the server files it
//     (ServerFiles), or it delivered the blind copy that is a recipient of the very same SMTP transaction as the
//     customer, so that it was accepted for both or for neither (OwnCopy). Found: 2. Not found during a whole proof
//     window: not accepted, and the mark goes, as in 3. The window begins when the submission server was seen to be up
//     (before that it may sit on what it accepted), and anew when a look fails (a server that cannot be asked may be
//     one that cannot deliver either).
//     With no such proof (None) nothing is concluded: the row is held until a person says what happened.
// So a second hand-over begins only when the first one certainly failed, and a mail is recorded as sent only when a
// server said so or a copy was found: never twice, never lost. What remains is the assumption in 4, that a server which
// has accepted a mail and is up delivers it to our own mailbox within the proof window. The Message-ID never changes;
// should the assumption fail, the customer's mail program still sees that both are one mail. Besides, each attempt but
// the very first looks for a copy before it does anything, whatever the row says.
#pragma once

#include "core/outbox/outbox_doors.h"
#include "core/outbox/outbox_ledger.h"
#include "core/outbox/sent_copies.h"

#include <QObject>
#include <QTimer>

namespace aiva {

class SendRun final : public QObject {
    Q_OBJECT
public:
    enum class State { Idle, Checking, Claiming, Preparing, HandingOver, Proving, Releasing, Filing, Ended };

    SendRun(OutboxLedger& ledger, const OutboxDoors& doors, const SendPace& pace, OutboxRow row, QObject* parent);
    ~SendRun() override;

    void start();
    // Takes the mail back to "waiting" while nothing was handed over; false: too late. Ends the run.
    bool withdraw();

    OutboxId id() const { return m_row.id; }
    const OutboxRow& row() const { return m_row; }
    State state() const { return m_state; }
    bool isSubmitting() const { return m_state >= State::Checking && m_state <= State::HandingOver; }

Q_SIGNALS:
    void changed(); // the row was written in another state
    void sent();
    void held(const aiva::Error& error); // held or failed: a person decides
    // Once, the last thing it does. `storageFailed`: what the row says is not what happened; another run has to wait.
    void ended(bool storageFailed);

private:
    void begin();
    void check();
    void guardAndClaim();
    void claim();
    void prepare();
    void handOver();
    void answered(const Result<SubmissionReceipt>& answer);
    void refused(const Error& error);

    void prove();
    void takeProof(const Result<SentCopies>& copies);
    void reachServer();
    void recordSent();
    void release();
    void file();
    void finishFiling(const std::optional<Error>& error);

    void stopAtGuard(OutboxLedger::Guard guard);
    void later(const Error& error);
    void hold(const Error& error);
    void giveBack(OutboxState state, const QString& error);
    void releaseUnsent();

    // A look for copies, its answer to this attempt only.
    void look(std::function<void(const Result<SentCopies>&)> then);
    template <typename T>
    void await(const Future<T>& future, std::function<void(const Result<T>&)> then);
    bool save(OutboxState expected);
    void watchStep();
    void stepTimedOut();
    void end(bool storageFailed = false);
    UtcTime now() const { return m_doors.clock.now(); }

    OutboxLedger& m_ledger;
    const OutboxDoors& m_doors;
    const SendPace& m_pace;
    OutboxRow m_row;
    MailAccount m_account;
    std::unique_ptr<SubmissionPort> m_submission;
    State m_state = State::Idle;
    quint64 m_generation = 0; // answers to an earlier attempt are not ours any more
    bool m_looksFirst = false;
    int m_looks = 0;
    std::optional<qint64> m_provingSinceMs; // monotonic; the first of the looks answered without a gap
    std::optional<Error> m_releaseError;
    QTimer m_timer; // the next look
    QTimer m_watchdog;
};

} // namespace aiva
