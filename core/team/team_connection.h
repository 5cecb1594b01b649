// TeamConnection: everything a desk does about its team when it connects to a mailbox: whether it can be shared, who is
// on the team, and our own place in it. Started at each connect and when a person joins or changes their name; writes
// mode, slot and team into the cache.
#pragma once

#include "core/storage/mailboxes/mailbox_repository.h"
#include "core/team/roster_run.h"
#include "core/team/team_setup.h"

namespace aiva {

class TeamConnection final : public TeamRun<TeamMembership> {
public:
    // `name` as RosterRequest::name.
    TeamConnection(MailboxPort& port, Database& writer, TeamRepository& repository, MailboxRepository& mailboxes,
                   const Clock& clock, MailboxId mailbox, QString name, RosterRequest::SameName sameName,
                   QObject* parent);

protected:
    // Errors change nothing in the cache.
    void begin() override;

private:
    void take(const TeamVerdict& verdict);
    void end(TeamMode mode, const QString& reason, int mySlot);
    Result<QString> agentId();

    const QPointer<MailboxPort> m_port;
    Database& m_writer;
    TeamRepository& m_repository;
    MailboxRepository& m_mailboxes;
    const Clock& m_clock;
    const MailboxId m_mailbox;
    const QString m_name;
    const RosterRequest::SameName m_sameName;
};

} // namespace aiva
