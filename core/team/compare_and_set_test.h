// CompareAndSetTest: proves on a scratch message that a server keeps our keywords and that a conditional store lets
// exactly one writer through. A server may advertise CONDSTORE and get it wrong, and then two colleagues would answer
// one customer. The scratch message is erased afterwards. Used by TeamSetup.
#pragma once

#include "core/base/clock.h"
#include "core/ports/mailbox_port.h"
#include "core/team/team_run.h"

#include <QPointer>

#include <functional>

namespace aiva {

struct CompareAndSetVerdict {
    QString reason; // empty: it works; "keywords_not_kept", "no_mod_seq", "compare_and_set_failed"
};

class CompareAndSetTest final : public TeamRun<CompareAndSetVerdict> {
public:
    CompareAndSetTest(MailboxPort& port, QString folder, const Clock& clock, QObject* parent);

protected:
    // Errors only when the line or the folder failed: then nothing is known.
    void begin() override;

private:
    using Step = std::function<void(const FlagUpdate&)>;

    void append();
    void keepKeywords();
    void freshWins(const FlagUpdate& before);
    void staleLoses(std::vector<quint64> staleModSeqs, const FlagUpdate& before);
    void oneOfTwoWins(const FlagUpdate& before);
    void judgeTwo(const FlagUpdate& before);
    void read(Step next);
    void store(quint64 modSeq, const QStringList& flags, std::function<void(const ConditionalStore&)> next);
    void judge(const QString& reason);
    void fail(const Error& error);
    void erase();

    const QPointer<MailboxPort> m_port;
    const QString m_folder;
    const Clock& m_clock;
    QString m_nonce;
    quint32 m_uid = 0;
    std::vector<ConditionalStore::Outcome> m_two;
    std::optional<Error> m_error;
    QString m_reason;
};

// 32 lower-case hex digits nobody can guess.
QString randomTeamId();

} // namespace aiva
