// ClaimRun: one attempt to get the right to answer a conversation. Who claims takes the conversation: the claim and the
// assignee's slot are set in one compare-and-set. Used by TeamClaims only.
#pragma once

#include "core/ports/claim_port.h"
#include "core/team/team_book.h"

namespace aiva {

class ClaimRun final : public TeamRun<ClaimAnswer> {
public:
    struct Desk {
        Database& writer;
        TeamRepository& repository;
        TeamBook& book;
        const MailboxLines& lines;
        const AnchorPace& pace;
        std::function<void(ConversationId)> rowChanged;
    };

    ClaimRun(const Desk& desk, MailboxId mailbox, ConversationId conversation, QObject* parent);

protected:
    void begin() override;

private:
    enum class Verdict { Free, Mine, Taken };

    Result<std::optional<ClaimAnswer>> prepare(); // an answer when nobody need be asked
    void wakeFolder();
    void ask();
    Verdict verdictOf(const AnchorReading& reading);
    void take(const AnchorReading& reading);
    void lookForAnswer();
    void confirm();
    void giveBack();
    void answerTaken(int slot);
    void record(const AnchorReading& reading);

    const Desk m_desk;
    const MailboxId m_mailbox;
    const ConversationId m_conversation;
    QPointer<MailboxPort> m_port;
    std::vector<TeamPlace> m_places;
    int m_mySlot = 0;
    bool m_wasClaiming = false; // by an attempt before this one that never learned its outcome
    bool m_hasAsked = false;
    AnchorState m_known; // as the cache has it: what the person saw
    Verdict m_verdict = Verdict::Taken;
    int m_holder = 0;
    int m_assigneeBefore = 0;
};

} // namespace aiva
