// RosterRun: reads who is on the team of a mailbox from its folder on the server, and joins or renames. Each colleague
// has one card; of two cards of a slot the one with the smaller UID owns it, so a race has one winner whoever looks.
// Each look at the folder does the next thing that is missing and looks again: whatever a crash left half done is
// finished by the next run. Colleagues' cards are untrusted text. Writes the team into the cache.
#pragma once

#include "core/base/clock.h"
#include "core/domain/team/team_card.h"
#include "core/ports/mailbox_port.h"
#include "core/storage/mailboxes/team_repository.h"
#include "core/team/team_run.h"

#include <QPointer>

#include <map>

namespace aiva {

struct RosterRequest {
    MailboxId mailbox;
    QString folder;  // the team's
    QString agentId; // of this installation (randomTeamId()); kept before the run starts, or a crash loses the slot
    QString name;    // to join under or be renamed to; empty: read only, and keep the slot we have
    // A name that a card of another installation has. Ask: Conflict, so that two people never share a slot by accident.
    // TakeOver: a person said it was them before a reinstall; the other installation has no slot any more then.
    enum class SameName { Ask, TakeOver };
    SameName sameName = SameName::Ask;
};

struct Roster {
    std::vector<TeamAgent> agents; // by slot
    int mySlot = 0;                // 0: not registered
};

class RosterRun final : public TeamRun<Roster> {
public:
    RosterRun(MailboxPort& port, TeamRepository& repository, const Clock& clock, RosterRequest request,
              QObject* parent);

protected:
    // Conflict when the name is a colleague's, Refused when all slots are taken.
    void begin() override;

private:
    struct Card {
        quint32 uid = 0;
        TeamCard card;
    };
    // What lies in the folder at one look.
    struct Look {
        quint32 roster = 0; // the smallest UID counts; 0: none
        quint64 rosterModSeq = 0;
        QStringList taken; // slot keywords of the roster
        std::vector<Card> cards;
        std::map<int, Card> owners;   // by slot
        std::vector<quint32> rubbish; // our own cards that own nothing, test messages of yesterday
    };

    void look();
    void fetch(const std::vector<FlagUpdate>& updates);
    Look sorted(const std::vector<ServerMessage>& messages) const;
    void findRubbish(Look& seen) const;
    void doNext(const Look& seen);
    void join(const Look& seen);
    void rename(const Look& seen, const Card& mine);
    bool isColleaguesName(const Look& seen, int* slot) const;
    int freeSlot(const Look& seen) const;
    void markTaken(const Look& seen, int slot);
    void append(const QByteArray& mail);
    void erase(const std::vector<quint32>& uids);
    void save(const Look& seen, int mySlot);
    template <typename T, typename Next>
    void ask(const Future<T>& future, Next next);

    const QPointer<MailboxPort> m_port;
    TeamRepository& m_repository;
    const Clock& m_clock;
    const RosterRequest m_request;
    const QString m_name;
    int m_takenOver = 0;       // slot whose card was ours before a reinstall
    bool m_hasRenamed = false; // once a run: a name that comes back otherwise than written must not be written for ever
    int m_looks = 0;
};

} // namespace aiva
