// TeamLooks: looks on the server how the team of a mailbox stands: at each connect, from time to time, and when a
// person joins or takes another name. One look at a mailbox at a time: joining while a look is under way could take two
// places. Owned by MailCore, on the core thread.
#pragma once

#include "core/team/team_book.h"
#include "core/team/team_connection.h"

#include <deque>
#include <map>
#include <memory>

namespace aiva {

class TeamLooks final : public QObject {
    Q_OBJECT
public:
    struct Books {
        Database& writer;
        TeamRepository& teams;
        MailboxRepository& mailboxes;
    };
    // What `books` names, and `clock`, outlive it. `personName`: of this computer's account.
    TeamLooks(const Books& books, MailboxLines lines, const Clock& clock, QString personName);
    ~TeamLooks() override;

    // `agentName` to join under or be renamed to; empty: only look. NotFound when the mailbox is not connected.
    Future<bool> look(MailboxId mailbox, const QString& agentName);

Q_SIGNALS:
    void looked(aiva::MailboxId mailbox); // mode, slot and team are in the cache

private:
    struct Look {
        QString agentName;
        std::shared_ptr<QPromise<Result<bool>>> answer;
    };
    void start(MailboxId mailbox);
    void end(MailboxId mailbox, const Result<TeamMembership>& membership);

    const Books m_books;
    const MailboxLines m_lines;
    const Clock& m_clock;
    const QString m_personName;
    std::map<MailboxId, std::deque<Look>> m_looks; // the first of each is under way
};

} // namespace aiva
