// A world for the outbox: a workspace with a customer's conversation, a mailbox in memory, a submission server that
// delivers into it, colleagues' claims; everything fails as its FaultPlan says. The outbox itself can be thrown away at
// any moment and started again, as after a crash.
#pragma once

#include "core/outbox/outbox_dispatcher.h"
#include "core/outbox/reply_queue.h"
#include "tests/support/fake_mailbox_port.h"
#include "tests/support/fault_plan.h"
#include "tests/support/temporary_workspace.h"

namespace aiva::test {

class PlainWriter final : public MailWriterPort {
public:
    Result<QByteArray> write(const OutgoingMail& mail) override;
};

struct Accepted {
    MailEnvelope envelope;
    QByteArray mail;
};

class OutboxWorld {
public:
    explicit OutboxWorld(SentProof proof);
    ~OutboxWorld();

    // A customer's mail, a reply to it, and the outbox from nothing.
    void begin();
    ReplyRequest reply() const;
    Result<OutboxId> queue(const ReplyRequest& request);
    // Runs the outbox until nothing is left open, it is quiet, or the plan crashes it. False: out of time.
    bool run(int ms = 60'000);
    void startOutbox();
    void stopOutbox();
    void disconnectMailbox(); // until the outbox is started again
    void spin(int ms);
    MessageId customerWrites(const QString& text = QStringLiteral("One more thing"));

    OutboxRow row(OutboxId id);
    int arrivals() const { return static_cast<int>(accepted.size()); }
    int copiesIn(const QString& folder, const QString& messageId);
    int recorded(const QString& messageId); // in the conversation, as sent

    FaultPlan plan;
    std::unique_ptr<FakeMailServer> server;
    std::vector<Accepted> accepted;
    bool ownCopyArrives = true;
    bool isClaimHeld = false;
    int answeredReleases = 0;
    ClaimAnswer claimAnswer{ClaimAnswer::Outcome::Granted, {}};
    std::function<void()> beforeFinish; // while the final dot is on its way
    SendPace pace;
    MailboxId mailbox;
    ConversationId conversation;
    SystemClock clock;

    TemporaryWorkspace workspace;
    std::unique_ptr<OutboxLedger> ledger;
    std::unique_ptr<OutboxDispatcher> outbox;
    SentProof proof;

private:
    class Port;
    class Submission;
    class Claims;

    PlainWriter m_writer;
    std::unique_ptr<Port> m_port;
    std::unique_ptr<Claims> m_claims;
    std::unique_ptr<ConversationRepository> m_conversations;
    int m_mails = 0;
};

} // namespace aiva::test
