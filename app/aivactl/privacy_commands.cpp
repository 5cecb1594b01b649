#include "app/aivactl/commands.h"
#include "app/aivactl/shop_parting.h"

#include "app/common/store_connection.h"
#include "core/privacy/cleanup_run.h"
#include "core/privacy/person_erasure.h"
#include "core/privacy/person_export.h"
#include "core/privacy/request_answer.h"
#include "core/privacy/store_drop.h"

namespace aiva::ctl {
namespace {

using namespace Qt::StringLiterals;

SecretsRemover secretsRemover(const Workspace& workspace) {
    return [&workspace](Database& writer, const StoreRow& store) -> Result<void> {
        AIVA_TRY(StoreSecrets secrets, StoreSecrets::open(workspace, writer));
        return forgetStore(writer, secrets, store);
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

// Of somebody by their address, or of whomever a shop's request names; the doctor tells its number.
Result<PersonExport> give(Context& context, Database& database) {
    const CommandLine& line = context.line;
    const QString dir = line.value("to");
    if (!line.has("request")) return exportPerson(database, context.clock, {line.word(2)}, dir, AuditActor::Person);
    const PrivacyTaskId request(line.value("request").toLongLong());
    return answerRequest(database, context.clock, request, dir, AuditActor::Person);
}

Result<int> exportCommand(Context& context) {
    const CommandLine& line = context.line;
    const bool isOfOne =
        line.has("request") ? line.words.size() == 2 : line.words.size() == 3 && !line.word(2).isEmpty();
    if (!isOfOne || !line.has("to"))
        return printUsageError(u"privacy export needs one e-mail address, or --request ID, and --to DIR"_s);
    bool isNumber = true;
    if (line.has("request") && (line.value("request").toLongLong(&isNumber) <= 0 || !isNumber))
        return printUsageError(u"--request takes the number that 'doctor' shows"_s);
    AIVA_TRY(auto open, openForWriting(context));
    AIVA_TRY(const PersonExport exported, give(context, *open.database));
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

// That nothing is kept about whom a request names is an answer too, which somebody gives the shop.
Result<int> closeCommand(Context& context) {
    AIVA_TRY(const qint64 id, idArgument(context.line, 2));
    AIVA_TRY(auto open, openForWriting(context));
    const auto closed = closeRequest(*open.database, context.clock, PrivacyTaskId(id), AuditActor::Person);
    if (!closed && closed.error().kind == ErrorKind::Conflict)
        return Error{
            ErrorKind::Refused,
            u"something is kept about them; give it with 'aivactl privacy export --request %1 --to DIR'"_s.arg(id)};
    AIVA_CHECK(closed);
    if (context.line.json)
        printJson({{u"request"_s, id}, {u"closed"_s, true}});
    else
        printText(u"Closed: nothing is kept about whom it names."_s);
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
    partFromShop(context, open, *store);
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
    if (verb == u"close"_s) return closeCommand(context);
    if (verb == u"erase"_s) return erase(context);
    if (verb == u"drop-store"_s) return dropStoreCommand(context);
    if (verb == u"audit"_s) {
        context.line.words.removeFirst();
        return runAudit(context);
    }
    return printUsageError(
        u"privacy export EMAIL --to DIR, export --request ID --to DIR, close ID, erase EMAIL, drop-store ID "
        "or audit"_s);
}

} // namespace aiva::ctl
