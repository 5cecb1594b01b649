#include "app/aivactl/mailbox_commands.h"

#include "app/common/mail_adapters.h"

#include "core/mailbox/mailbox_pass.h"

#include <cstdio>

namespace aiva::ctl {
namespace {

using namespace Qt::StringLiterals;

void showProgress(const Context& context, const FolderProgress& progress) {
    if (context.line.json)
        return printJson({{u"event"_s, u"progress"_s},
                          {u"resource"_s, u"messages"_s},
                          {u"mailbox"_s, progress.mailbox.value()},
                          {u"folder"_s, progress.folder},
                          {u"done"_s, progress.done},
                          {u"total"_s, progress.total}});
    if (isOnTerminal())
        std::fprintf(stderr, "\r\033[K%s %lld of %lld", progress.folder.toUtf8().constData(),
                     static_cast<long long>(progress.done), static_cast<long long>(progress.total));
}

Result<std::vector<MailAccount>> accountsToSync(const Context& context, MailboxRepository& mailboxes) {
    AIVA_TRY(std::vector<MailAccount> accounts, mailboxes.all());
    const bool named = context.line.has("mailbox");
    const MailboxId wanted(context.line.value("mailbox").toLongLong());
    std::erase_if(accounts, [&](const MailAccount& account) {
        return named ? account.id != wanted : account.status == MailboxStatus::Disconnected;
    });
    if (accounts.empty())
        return Error{ErrorKind::NotFound, named ? u"no mailbox has this id"_s : u"no connected mailbox"_s};
    return accounts;
}

MailSyncOutcome execute(const Context& context, const MailboxBooks& books, MailboxPort& port, MailboxId mailbox) {
    MailboxPace pace;
    pace.sliceMs = 200; // nobody types here
    MailboxPass pass(port, books, mailbox, context.clock, pace);
    std::optional<MailSyncOutcome> outcome;
    QObject::connect(&pass, &MailboxPass::progressed, &pass,
                     [&](const FolderProgress& progress) { showProgress(context, progress); });
    QObject::connect(&pass, &MailboxPass::finished, &pass, [&](const MailSyncOutcome& result) {
        outcome = result;
        QCoreApplication::quit();
    });
    pass.start(MailboxPass::Scope::AllFolders);
    while (!outcome)
        QCoreApplication::exec();
    return *outcome;
}

// Several mailboxes' outcomes as one: counts added, the worst status kept.
void add(MailSyncOutcome& total, const MailSyncOutcome& next) {
    total.counts.add(next.counts);
    total.durationMs += next.durationMs;
    if (next.error) total.error = next.error;
    if (total.status == SyncStatus::Failed || next.status == SyncStatus::Completed) return;
    total.status = next.status;
}

int report(const Context& context, const MailSyncOutcome& outcome) {
    const MailSyncCounts& counts = outcome.counts;
    if (context.line.json) {
        const QJsonObject messages{{u"processed"_s, counts.processed},
                                   {u"created"_s, counts.created},
                                   {u"updated"_s, counts.updated},
                                   {u"vanished"_s, counts.vanished},
                                   {u"failed"_s, counts.failed}};
        printJson({{u"event"_s, u"finished"_s},
                   {u"status"_s, toWord(outcome.status)},
                   {u"records"_s, QJsonObject{{u"messages"_s, messages}}},
                   {u"duration_ms"_s, outcome.durationMs}});
    } else {
        if (isOnTerminal()) std::fputs("\r\033[K", stderr);
        printText(u"%1 in %2 s: %3 messages (%4 new, %5 changed, %6 gone, %7 failed)"_s
                      .arg(toWord(outcome.status).replace(u'_', u' '))
                      .arg(static_cast<double>(outcome.durationMs) / 1000.0, 0, 'f', 1)
                      .arg(counts.processed)
                      .arg(counts.created)
                      .arg(counts.updated)
                      .arg(counts.vanished)
                      .arg(counts.failed));
    }
    if (outcome.error) return printError(*outcome.error);
    return outcome.status == SyncStatus::Failed ? Failed : Done;
}

// A mailbox that was disconnected meanwhile stays so, by the desk perhaps.
Result<void> noteMailbox(MailboxRepository& mailboxes, MailboxId id, const std::optional<Error>& error) {
    AIVA_TRY(const auto now, mailboxes.byId(id));
    if (!now || now->status == MailboxStatus::Disconnected) return {};
    return mailboxes.setStatus(id, mailboxStatusAfter(error), error ? errorWords(*error) : QString());
}

} // namespace

Result<int> syncMailboxes(Context& context) {
    AIVA_TRY(auto open, openForWriting(context));
    AIVA_TRY(const auto mailboxes, MailboxRepository::create(*open.database));
    AIVA_TRY(const auto conversations, ConversationRepository::create(*open.database));
    AIVA_TRY(const std::vector<MailAccount> accounts, accountsToSync(context, *mailboxes));
    const MailboxBooks books{*mailboxes, *conversations, *open.database};
    const MailAdapters adapters = mailAdapters(*open.workspace, context.clock);
    MailSyncOutcome total;
    for (const MailAccount& account : accounts) {
        const auto port = adapters.mailbox(account);
        const MailSyncOutcome outcome = execute(context, books, *port, account.id);
        AIVA_CHECK(noteMailbox(*mailboxes, account.id, outcome.error));
        add(total, outcome);
    }
    return report(context, total);
}

} // namespace aiva::ctl
