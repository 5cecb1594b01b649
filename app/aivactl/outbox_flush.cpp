#include "app/aivactl/outbox_flush.h"

#include "app/common/mail_adapters.h"

#include "core/outbox/outbox_dispatcher.h"
#include "core/storage/mailboxes/team_repository.h"
#include "core/team/team_claims.h"

#include <map>

namespace aiva::ctl {
namespace {

// The doors of every mailbox of the workspace, opened when they are asked for.
class Doors {
public:
    static Result<std::unique_ptr<Doors>> open(OpenWorkspace& open, OutboxLedger& ledger, const Clock& clock) {
        std::unique_ptr<Doors> made(new Doors(mailAdapters(*open.workspace, clock), ledger));
        AIVA_TRY(made->m_team, TeamRepository::create(*open.database));
        const auto lines = [doors = made.get()](MailboxId mailbox) { return doors->mailbox(mailbox); };
        made->m_claims = std::make_unique<TeamClaims>(*open.database, *made->m_team, lines);
        return made;
    }

    OutboxDoors forOutbox(const Clock& clock) {
        return {[this](MailboxId mailboxId) { return mailbox(mailboxId); }, m_adapters.submission, *m_claims, clock};
    }

private:
    Doors(MailAdapters adapters, OutboxLedger& ledger) : m_adapters(std::move(adapters)), m_ledger(ledger) {}

    MailboxPort* mailbox(MailboxId id) {
        const auto known = m_mailboxes.find(id);
        if (known != m_mailboxes.end()) return known->second.get();
        const auto account = m_ledger.account(id);
        if (!account) return nullptr;
        auto port = m_adapters.mailbox(*account);
        return m_mailboxes.emplace(id, std::move(port)).first->second.get();
    }

    const MailAdapters m_adapters;
    OutboxLedger& m_ledger;
    std::unique_ptr<TeamRepository> m_team;
    std::map<MailboxId, std::unique_ptr<MailboxPort>> m_mailboxes;
    std::unique_ptr<TeamClaims> m_claims;
};

struct Tally {
    int sent = 0;
    int held = 0; // held or failed
};

Result<SendPace> paceOf(const CommandLine& line) {
    SendPace pace;
    if (!line.has("proof-window")) return pace;
    bool isNumber = false;
    const int seconds = line.value("proof-window").toInt(&isNumber);
    if (!isNumber || seconds < 1)
        return Error{ErrorKind::Invalid, QStringLiteral("--proof-window takes a number of seconds")};
    pace.proofWindowMs = 1000LL * seconds;
    return pace;
}

Tally dispatch(const Context& context, OutboxDispatcher& outbox, OutboxLedger& ledger) {
    Tally tally;
    QObject scope;
    QObject::connect(&outbox, &OutboxDispatcher::sent, &scope, [&] { ++tally.sent; });
    QObject::connect(&outbox, &OutboxDispatcher::held, &scope, [&] { ++tally.held; });
    QObject::connect(&outbox, &OutboxDispatcher::changed, &scope, [&](OutboxId id) {
        const auto row = ledger.rows().byId(id);
        if (!context.line.json || !row || !*row) return;
        printJson({{QStringLiteral("event"), QStringLiteral("state")},
                   {QStringLiteral("id"), id.value()},
                   {QStringLiteral("state"), toWord((*row)->state)}});
    });
    bool isQuiet = false;
    QObject::connect(&outbox, &OutboxDispatcher::quiet, &scope, [&] {
        isQuiet = true;
        QCoreApplication::quit();
    });
    outbox.tryAgain(); // waiting for its next attempt is due here: somebody asked
    while (!isQuiet)
        QCoreApplication::exec();
    return tally;
}

// What keeps due mail here; Done when nothing does.
int statusOf(const std::vector<OutboxRow>& open, bool paused, UtcTime now) {
    int status = Done;
    for (const OutboxRow& row : open) {
        if (row.notBefore > now) continue;
        const auto error = errorFromWords(row.error);
        if (error && error->kind == ErrorKind::Auth) return AuthRefused;
        status = error ? NetworkFailed : paused ? Failed : status;
    }
    return status;
}

} // namespace

Result<int> flushOutbox(Context& context) {
    const Result<SendPace> pace = paceOf(context.line);
    if (!pace) return printUsageError(pace.error().detail);
    AIVA_TRY(auto open, openForWriting(context));
    AIVA_TRY(const auto ledger, OutboxLedger::create(*open.database));
    AIVA_TRY(const auto doors, Doors::open(open, *ledger, context.clock));
    OutboxDispatcher outbox(*ledger, doors->forOutbox(context.clock), *pace, outboxLeaseFile(open.workspace->dir()));
    outbox.start();
    if (!outbox.isLeading())
        return Error{ErrorKind::Conflict, QStringLiteral("another process sends from this workspace"),
                     ErrorCause::WorkspaceBusy};
    const Tally tally = dispatch(context, outbox, *ledger);
    AIVA_TRY(const std::vector<OutboxRow> left, ledger->rows().open());
    const int status =
        tally.held > 0 ? static_cast<int>(Failed) : statusOf(left, outbox.isPaused(), context.clock.now());
    if (context.line.json)
        printJson({{QStringLiteral("event"), QStringLiteral("finished")},
                   {QStringLiteral("sent"), tally.sent},
                   {QStringLiteral("held"), tally.held},
                   {QStringLiteral("open"), static_cast<qint64>(left.size())},
                   {QStringLiteral("paused"), outbox.isPaused()}});
    else
        printText(QStringLiteral("%1 sent, %2 held, %3 still in the outbox%4")
                      .arg(tally.sent)
                      .arg(tally.held)
                      .arg(left.size())
                      .arg(outbox.isPaused() ? QStringLiteral(" (paused)") : QString()));
    return status;
}

} // namespace aiva::ctl
