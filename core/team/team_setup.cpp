#include "core/team/team_setup.h"

#include "core/domain/team/team_keywords.h"
#include "core/team/compare_and_set_test.h"
#include "core/team/team_folder.h"

namespace aiva {

using namespace Qt::StringLiterals;

TeamSetup::TeamSetup(MailboxPort& port, const Clock& clock, QObject* parent)
    : TeamRun(parent), m_port(&port), m_clock(clock) {}

template <typename T, typename Next>
void TeamSetup::ask(const Future<T>& future, Next next) {
    whenDone(future, this, [this, next](const Result<T>& answer) {
        if (!answer) return finish(answer.error());
        if (!m_port) return finish(Error{ErrorKind::Refused, u"the mailbox was closed"_s});
        next(*answer);
    });
}

void TeamSetup::begin() {
    ask<MailboxAbilities>(m_port->open(), [this](const MailboxAbilities& abilities) {
        if (!abilities.condStore) return single(u"no_condstore"_s);
        listFolders();
    });
}

void TeamSetup::listFolders() {
    ask<std::vector<MailFolder>>(m_port->folders(), [this](const std::vector<MailFolder>& folders) {
        const TeamFolderPlan plan = teamFolderPlan(folders);
        m_inbox = inboxName(folders);
        m_folder = plan.existing;
        m_toCreate = plan.toCreate;
        askInbox();
    });
}

void TeamSetup::askInbox() {
    ask<FolderState>(m_port->folderState(m_inbox), [this](const FolderState& state) {
        if (!state.keepsKeywords) return single(u"no_keywords"_s);
        if (state.highestModSeq == 0) return single(u"no_mod_seq"_s);
        if (m_folder.isEmpty()) return createFolder();
        askFolder();
    });
}

void TeamSetup::createFolder() {
    if (m_toCreate.isEmpty()) return single(u"folder_refused"_s);
    m_folder = m_toCreate.takeFirst();
    whenDone(m_port->createFolder(m_folder), this, [this](const Result<bool>& created) {
        const bool lost =
            !created && (created.error().kind == ErrorKind::Network || created.error().kind == ErrorKind::Timeout);
        if (lost) return finish(created.error());
        if (!m_port) return finish(Error{ErrorKind::Refused, u"the mailbox was closed"_s});
        if (!created) return createFolder(); // refused here: below INBOX, perhaps
        askFolder();
    });
}

void TeamSetup::askFolder() {
    ask<FolderState>(m_port->folderState(m_folder), [this](const FolderState& state) {
        if (!state.keepsKeywords) return single(u"no_keywords"_s);
        if (state.highestModSeq == 0) return single(u"no_mod_seq"_s);
        test();
    });
}

void TeamSetup::test() {
    auto* run = new CompareAndSetTest(*m_port, m_folder, m_clock, this);
    ask<CompareAndSetVerdict>(run->start(), [this](const CompareAndSetVerdict& verdict) {
        if (!verdict.reason.isEmpty()) return single(verdict.reason);
        finish(TeamVerdict{TeamMode::Shared, {}, m_folder});
    });
}

void TeamSetup::single(const QString& reason) {
    finish(TeamVerdict{TeamMode::SingleAgent, reason, {}});
}

} // namespace aiva
