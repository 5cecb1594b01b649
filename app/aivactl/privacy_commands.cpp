#include "app/aivactl/commands.h"
#include "app/aivactl/shop_parting.h"

#include "app/common/store_connection.h"
#include "core/privacy/cleanup_run.h"
#include "core/privacy/person_erasure.h"
#include "core/privacy/person_export.h"
#include "core/privacy/store_drop.h"

namespace aiva::ctl {
namespace {

using namespace Qt::StringLiterals;

SecretsRemover secretsRemover(const Workspace& workspace) {
    return [&workspace](Database& writer, const StoreRow& store) -> Result<void> {
        AIVA_TRY(StoreSecrets secrets, StoreSecrets::open(workspace, writer));
        return secrets.remove(store.domain);
    };
}

// What could not be cleared now is remembered; the next act or start of the desk goes on with it.
QString cleanupText(const CleanupOutcome& outcome) {
    if (outcome.left == 0) return u"Indexes, free pages and bulk files are cleared."_s;
    return u"%1 clearing steps are left for the next start: %2"_s.arg(outcome.left)
        .arg(outcome.error ? outcome.error->detail : QString());
}

QJsonObject cleanupJson(const CleanupOutcome& outcome) {
    return {{u"done"_s, outcome.done}, {u"left"_s, outcome.left}};
}

Result<int> exportCommand(Context& context) {
    const QString address = context.line.word(2);
    if (address.isEmpty() || context.line.words.size() > 3 || !context.line.has("to"))
        return printUsageError(u"privacy export needs one e-mail address and --to DIR"_s);
    AIVA_TRY(auto open, openForWriting(context));
    AIVA_TRY(const PersonExport exported,
             exportPerson(*open.database, context.clock, {address}, context.line.value("to"), AuditActor::Person));
    if (context.line.json) {
        printJson({{u"dir"_s, exported.dir}, {u"exported"_s, toJson(exported)}});
        return Done;
    }
    qint64 rows = 0;
    for (const qint64 count : exported.rows)
        rows += count;
    printText(
        u"Wrote %1 rows and %2 files to %3; open index.html there."_s.arg(rows).arg(exported.files).arg(exported.dir));
    return Done;
}

Result<int> erase(Context& context) {
    const QString address = context.line.word(2);
    if (address.isEmpty() || context.line.words.size() > 3)
        return printUsageError(u"privacy erase needs one e-mail address"_s);
    AIVA_TRY(auto open, openForWriting(context));
    const auto erased = erasePerson(*open.workspace, *open.database, context.clock, {address}, AuditActor::Person);
    // Also what a process that was killed left: to ask again must end it.
    AIVA_TRY(const CleanupOutcome cleanup,
             runCleanups(*open.workspace, *open.database, secretsRemover(*open.workspace)));
    if (!erased) return erased.error();
    const ErasureCounts& counts = *erased;
    const QString mailboxes =
        counts.inMailboxes == 0
            ? QString()
            : u"the mailbox itself still holds %1 mails; delete them there"_s.arg(counts.inMailboxes);
    if (context.line.json) {
        printJson({{u"erased"_s, toJson(counts)},
                   {u"cleanup"_s, cleanupJson(cleanup)},
                   {u"left_in_mailboxes"_s, counts.inMailboxes},
                   {u"note"_s, mailboxes.isEmpty() ? QJsonValue() : QJsonValue(mailboxes)}});
        return Done;
    }
    printText(u"Erased: %1 conversations, %2 mails, %3 attachments, %4 drafts. %5 orders stay without a person."_s
                  .arg(counts.conversations)
                  .arg(counts.messages)
                  .arg(counts.attachments)
                  .arg(counts.drafts)
                  .arg(counts.orders));
    printText(cleanupText(cleanup));
    if (!mailboxes.isEmpty()) printText(mailboxes);
    printText(u"Backups made before, and what the shop itself keeps, are as they were."_s);
    return Done;
}

Result<int> dropStoreCommand(Context& context) {
    AIVA_TRY(const qint64 id, idArgument(context.line, 2));
    AIVA_TRY(auto open, openForWriting(context));
    AIVA_TRY(const auto stores, StoreRepository::create(*open.database));
    AIVA_TRY(const std::optional<StoreRow> store, stores->byId(StoreId(id)));
    if (!store) return Error{ErrorKind::NotFound, u"no store has this id"_s};
    // As disconnecting does, which has told the shop already.
    if (store->status != StoreStatus::Disconnected) partFromShop(context, open, *store);
    AIVA_TRY(const StoreRemovalCounts counts,
             dropStore(*open.workspace, *open.database, context.clock, store->id, AuditActor::Person));
    AIVA_TRY(const CleanupOutcome cleanup,
             runCleanups(*open.workspace, *open.database, secretsRemover(*open.workspace)));
    if (context.line.json) {
        printJson({{u"dropped"_s, toJson(counts)}, {u"cleanup"_s, cleanupJson(cleanup)}});
        return Done;
    }
    printText(u"Dropped %1: %2 customers, %3 orders, %4 products. %5 conversations keep their mail."_s.arg(store->name)
                  .arg(counts.customers)
                  .arg(counts.orders)
                  .arg(counts.products)
                  .arg(counts.conversations));
    printText(cleanupText(cleanup));
    return Done;
}

} // namespace

std::unique_ptr<PrivacyKeeper> privacyKeeper(const OpenWorkspace& open, const Clock& clock) {
    constexpr int kLookEveryMs = 15'000;
    auto keeper = std::make_unique<PrivacyKeeper>(*open.workspace, *open.database, clock,
                                                  PrivacyDoors{{}, secretsRemover(*open.workspace)}, kLookEveryMs);
    QObject::connect(keeper.get(), &PrivacyKeeper::failed, keeper.get(), [](const Error& error) { printError(error); });
    return keeper;
}

Result<int> runPrivacy(Context& context) {
    const QString verb = context.line.word(1);
    if (verb == u"export"_s) return exportCommand(context);
    if (verb == u"erase"_s) return erase(context);
    if (verb == u"drop-store"_s) return dropStoreCommand(context);
    if (verb == u"audit"_s) {
        context.line.words.removeFirst();
        return runAudit(context);
    }
    return printUsageError(u"privacy export EMAIL --to DIR, erase EMAIL, drop-store ID or audit"_s);
}

} // namespace aiva::ctl
