#include "core/team/team_connection.h"

#include "core/storage/workspace/settings_repository.h"
#include "core/team/compare_and_set_test.h"

namespace aiva {

using namespace Qt::StringLiterals;

TeamConnection::TeamConnection(MailboxPort& port, Database& writer, TeamRepository& repository,
                               MailboxRepository& mailboxes, const Clock& clock, MailboxId mailbox, QString name,
                               RosterRequest::SameName sameName, QObject* parent)
    : TeamRun(parent)
    , m_port(&port)
    , m_writer(writer)
    , m_repository(repository)
    , m_mailboxes(mailboxes)
    , m_clock(clock)
    , m_mailbox(mailbox)
    , m_name(std::move(name))
    , m_sameName(sameName) {}

void TeamConnection::begin() {
    auto* setup = new TeamSetup(*m_port, m_clock, this);
    whenDone(setup->start(), this, [this](const Result<TeamVerdict>& verdict) {
        if (!verdict) return finish(verdict.error());
        take(*verdict);
    });
}

void TeamConnection::take(const TeamVerdict& verdict) {
    if (verdict.mode != TeamMode::Shared) return end(verdict.mode, verdict.reason, 0);
    if (!m_port) return finish(Error{ErrorKind::Refused, u"the mailbox was closed"_s});
    const Result<QString> id = agentId();
    if (!id) return finish(id.error());
    const RosterRequest request{m_mailbox, verdict.folder, *id, m_name, m_sameName};
    auto* run = new RosterRun(*m_port, m_repository, m_clock, request, this);
    whenDone(run->start(), this, [this](const Result<Roster>& roster) {
        if (!roster) return finish(roster.error());
        end(TeamMode::Shared, {}, roster->mySlot);
    });
}

// One for each installation and mailbox, on disk before the server hears of it.
Result<QString> TeamConnection::agentId() {
    AIVA_TRY(const std::unique_ptr<SettingsRepository> settings, SettingsRepository::create(m_writer));
    const QString name = u"team/agent/%1"_s.arg(m_mailbox.value());
    AIVA_TRY(const std::optional<QString> known, settings->value(name));
    if (known && known->size() == 32) return *known;
    const QString made = randomTeamId();
    AIVA_CHECK(settings->setValue(name, made));
    return made;
}

void TeamConnection::end(TeamMode mode, const QString& reason, int mySlot) {
    if (const auto saved = m_mailboxes.setTeam(m_mailbox, mode, reason, mySlot); !saved) return finish(saved.error());
    finish(TeamMembership{mode, mySlot});
}

} // namespace aiva
