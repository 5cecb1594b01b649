// TeamSetup: decides at connect whether the colleagues of a mailbox can share it, by what its server offers and by a
// live test, and makes the team's folder. Never assumes, never emulates: a server that fails any step is for one
// person at a time. Started by the set-up test and by each connect; writes nothing to the cache.
#pragma once

#include "core/base/clock.h"
#include "core/domain/names.h"
#include "core/ports/mailbox_port.h"
#include "core/team/team_run.h"

#include <QPointer>

namespace aiva {

struct TeamVerdict {
    TeamMode mode = TeamMode::Unknown;
    // Why single-agent: no_condstore, no_keywords, no_mod_seq, folder_refused, keywords_not_kept,
    // compare_and_set_failed. Empty when shared.
    QString reason;
    QString folder; // the team's, when shared
};

class TeamSetup final : public TeamRun<TeamVerdict> {
public:
    TeamSetup(MailboxPort& port, const Clock& clock, QObject* parent);

protected:
    // Errors (Network, Auth …) decide nothing: the mode stays as it was.
    void begin() override;

private:
    void listFolders();
    void askInbox();
    void createFolder();
    void askFolder();
    void test();
    void single(const QString& reason);
    template <typename T, typename Next>
    void ask(const Future<T>& future, Next next);

    const QPointer<MailboxPort> m_port;
    const Clock& m_clock;
    QString m_inbox;
    QString m_folder;
    QStringList m_toCreate;
};

} // namespace aiva
