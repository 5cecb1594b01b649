#include "core/desk/mail/team_looks.h"

#include <utility>

namespace aiva {

using namespace Qt::StringLiterals;

TeamLooks::TeamLooks(const Books& books, MailboxLines lines, const Clock& clock, QString personName)
    : m_books(books), m_lines(std::move(lines)), m_clock(clock), m_personName(std::move(personName)) {}

TeamLooks::~TeamLooks() = default;

Future<bool> TeamLooks::look(MailboxId mailbox, const QString& agentName) {
    auto answer = std::make_shared<QPromise<Result<bool>>>();
    answer->start();
    std::deque<Look>& looks = m_looks[mailbox];
    looks.push_back({agentName, answer});
    if (looks.size() == 1) start(mailbox);
    return answer->future();
}

void TeamLooks::start(MailboxId mailbox) {
    MailboxPort* line = m_lines(mailbox);
    if (!line) return end(mailbox, Error{ErrorKind::NotFound, u"the mailbox is not connected"_s});
    auto* connection = new TeamConnection(*line, m_books.writer, m_books.teams, m_books.mailboxes, m_clock, mailbox,
                                          m_looks[mailbox].front().agentName, RosterRequest::SameName::Ask, this);
    whenDone(connection->start(), this,
             [this, mailbox](const Result<TeamMembership>& membership) { end(mailbox, membership); });
}

// Who is on no team yet joins under the name of this computer's account: nothing could be sent from a shared mailbox
// otherwise. A name somebody chose comes later and renames.
void TeamLooks::end(MailboxId mailbox, const Result<TeamMembership>& membership) {
    std::deque<Look>& looks = m_looks[mailbox];
    const bool isOutside = membership && membership->mode == TeamMode::Shared && membership->mySlot == 0;
    if (isOutside && looks.front().agentName.isEmpty() && !m_personName.isEmpty()) {
        looks.front().agentName = m_personName;
        return start(mailbox);
    }
    const Look look = looks.front();
    looks.pop_front();
    if (membership) Q_EMIT looked(mailbox);
    look.answer->addResult(membership ? Result<bool>(true) : Result<bool>(membership.error()));
    look.answer->finish();
    if (!looks.empty()) start(mailbox);
}

} // namespace aiva
