// TeamState: keeps conversations in step with their anchors (V8): flags that come in with sync become status, assignee
// and claim; changes made here wait in the cache, also offline, and are carried to the server by compare-and-set. A
// colleague who changed the same thing wins, and that is told. Lives on the core thread; fed by mailbox sync.
#pragma once

#include "core/team/team_book.h"

#include <QMap>
#include <QObject>

#include <vector>

namespace aiva {

class TeamState final : public QObject {
    Q_OBJECT
public:
    // All outlive it. `lines` answers null while a mailbox is not connected.
    TeamState(Database& writer, TeamRepository& repository, MailboxLines lines, AnchorPace pace = {},
              QObject* parent = nullptr);
    ~TeamState() override;

    // From sync, once the locations are in the cache; also for mail that has just been linked to its message.
    void flagsChanged(FolderId folder, const std::vector<FlagUpdate>& updates);
    // Merged, split, or some of its mail moved on the server: the smallest UID still there is the anchor, and what the
    // other messages say is cleaned away.
    void placesChanged(ConversationId conversation);
    // A customer's new mail, live: what was waiting or done is open for every colleague.
    void customerWrote(ConversationId conversation);
    // Nothing compared with before may be compared with again.
    void modSeqsWentBack(FolderId folder);
    void uidsStartedAnew(FolderId folder);

    // In the cache at once, on the server when it can be reached.
    Result<void> setStatus(ConversationId conversation, ConversationStatus status);
    Result<void> assign(ConversationId conversation, int slot); // 0: nobody
    // Carries what waits of a mailbox: after a sync and when the line is back. Ends by itself when the line is lost.
    void carry(MailboxId mailbox);

Q_SIGNALS:
    void stateChanged(aiva::ConversationId conversation);
    // What was wanted here lost against a colleague's change; the conversation shows theirs.
    void wishLost(aiva::ConversationId conversation, bool status, bool assignee);
    void carried(aiva::MailboxId mailbox); // nothing waits any more, or the line was lost
    void failed(const aiva::Error& error); // of the cache or, not for a lost line, the server

private:
    using Leftover = std::pair<ConversationId, TeamPlace>; // our words on a message that is no anchor
    struct Seat {
        MailboxId mailbox;
        int mySlot = 0;
    };
    struct Round {
        std::vector<ConversationId> waiting;
        std::vector<Leftover> leftovers;
        bool isAskedAgain = false;
    };
    using News = std::vector<std::pair<ConversationId, Observation>>;

    Result<void> take(FolderId folder, const FlagUpdate& update, const Seat& seat, News& news);
    Result<void> takePlaces(const Seat& seat, ConversationId conversation, News& news);
    Result<void> moveAnchor(const TeamAnchor& from, const TeamPlace& to);
    Result<void> wish(ConversationId conversation, const TeamWish& wish);
    Result<std::optional<MailboxId>> mailboxOf(ConversationId conversation);
    void carryNext(MailboxId mailbox);
    void clean(MailboxId mailbox, MailboxPort& port);
    void endRound(MailboxId mailbox);
    void tell(const News& news);

    Database& m_writer;
    TeamRepository& m_repository;
    TeamBook m_book;
    const MailboxLines m_lines;
    const AnchorPace m_pace;
    QMap<MailboxId, Round> m_rounds; // running
    QMap<MailboxId, std::vector<Leftover>> m_leftovers;
};

} // namespace aiva
