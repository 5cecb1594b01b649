#include "app/aivactl/commands.h"

#include "app/common/woocommerce_connection.h"
#include "core/adapters/secrets/keychain_secret_store.h"
#include "core/readmodel/mailbox_query.h"
#include "core/storage/answers/endpoint_repository.h"
#include "core/storage/privacy/privacy_cleanups.h"
#include "core/storage/stores/api_health.h"
#include "core/storage/stores/store_repository.h"
#include "core/storage/webhooks/webhook_privacy_tasks.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QSslSocket>
#include <sqlite3.h>

namespace aiva::ctl {
namespace {

struct Finding {
    QString name;
    bool ok;
    QString text; // what is, and what to do when it is not well
};

Finding keychain() {
    KeychainSecretStore store;
    const Result<void> probe = store.probe();
    return {QStringLiteral("keychain"), probe.has_value(),
            probe ? QStringLiteral("works: a canary was written, read back and deleted")
                  : QStringLiteral("no secret service answers; use --key-file FILE or --passphrase-stdin")};
}

Finding tls() {
    const bool ok = QSslSocket::supportsSsl();
    return {QStringLiteral("tls"), ok,
            ok ? QSslSocket::sslLibraryVersionString()
               : QStringLiteral("Qt has no TLS backend here; install Qt's OpenSSL plugin")};
}

Finding sqlite() {
    const bool ok = sqlite3_libversion_number() >= 3040000 && sqlite3_compileoption_used("ENABLE_FTS5");
    return {
        QStringLiteral("sqlite"), ok,
        QStringLiteral("%1%2").arg(QString::fromLatin1(sqlite3_libversion()),
                                   ok ? QStringLiteral(" with FTS5") : QStringLiteral(": 3.40 with FTS5 is needed"))};
}

// A line a mailbox, from what its last sync left behind; no server is asked.
void mailboxes(Database& reader, std::vector<Finding>& findings) {
    const auto query = MailboxQuery::create(reader);
    const auto views = query ? (*query)->all() : Result<std::vector<MailboxView>>(query.error());
    if (!views) return findings.push_back({QStringLiteral("mail"), false, views.error().detail});
    for (const MailboxView& view : *views) {
        const MailAccount& account = view.account;
        const bool ok = account.status == MailboxStatus::Connected && account.lastError.isEmpty();
        QString text = QStringLiteral("%1, %2").arg(account.address, toWord(account.status));
        if (!account.lastError.isEmpty()) text += QStringLiteral(" (%1)").arg(account.lastError);
        if (account.status == MailboxStatus::Error)
            text += QStringLiteral("; connect it again with 'aivactl mail connect'");
        else if (!ok)
            text += QStringLiteral("; see whether 'aivactl mail sync' reaches it");
        if (view.faults > 0) text += QStringLiteral(", %1 mails could not be read").arg(view.faults);
        findings.push_back({QStringLiteral("mailbox %1").arg(account.id.value()), ok, text});
    }
    if (views->empty())
        findings.push_back(
            {QStringLiteral("mail"), true,
             QStringLiteral("no mailbox is connected; run 'aivactl mail connect', or 'aivactl mail import PATH'")});
}

// Which one drafts are asked of, and whether that leaves this computer; it is not asked now.
Finding modelEndpoint(Database& reader) {
    const QString name = QStringLiteral("model endpoint");
    const auto repository = EndpointRepository::create(reader);
    const auto active = repository ? (*repository)->active() : Result<std::optional<ModelEndpoint>>(repository.error());
    if (!active) return {name, false, active.error().detail};
    if (!*active) return {name, true, QStringLiteral("none in use; nothing leaves this computer")};
    const ModelEndpoint& endpoint = **active;
    return {name, true,
            QStringLiteral("%1 at %2; %3")
                .arg(endpoint.model, endpoint.baseUrl.host(),
                     staysOnThisDevice(endpoint) ? QStringLiteral("nothing leaves this computer")
                                                 : QStringLiteral("what it is asked leaves this computer"))};
}

// Erased, but indexes, free pages or bulk files still have to be cleared of it.
void clearing(Database& reader, std::vector<Finding>& findings) {
    const auto cleanups = PrivacyCleanups::create(reader);
    const auto left = cleanups ? (*cleanups)->pending() : Result<std::vector<PrivacyCleanup>>(cleanups.error());
    if (left && left->empty()) return;
    findings.push_back(
        {QStringLiteral("erasure"), false,
         left ? QStringLiteral("%1 clearing steps are left; open the desk, or run 'aivactl privacy erase' "
                               "for the same address again")
                    .arg(left->size())
              : left.error().detail});
}

bool isForAPerson(const PrivacyTask& task) {
    return task.kind == QLatin1String("data_request");
}

// By the number that answers it.
Finding waitingRequest(const PrivacyTask& task, const Clock& clock) {
    return {QStringLiteral("privacy request %1").arg(task.id.value()), task.dueAt > clock.now(),
            QStringLiteral("%1 of store %2, is due %3; answer it with 'aivactl privacy export --request %4 --to DIR', "
                           "'aivactl privacy close %4' if nothing is kept, or in the desk's settings")
                .arg(task.kind)
                .arg(task.store.value())
                .arg(task.dueAt.isoText())
                .arg(task.id.value())};
}

// What the law asks for within a time must not lie unseen.
void privacy(Database& reader, const Clock& clock, std::vector<Finding>& findings) {
    const auto repository = PrivacyTasks::create(reader);
    const auto tasks = repository ? (*repository)->pending() : Result<std::vector<PrivacyTask>>(repository.error());
    if (!tasks) return findings.push_back({QStringLiteral("privacy"), false, tasks.error().detail});
    if (tasks->empty()) return;
    const PrivacyTask& first = tasks->front();
    const QString remedy =
        isForAPerson(first)
            ? QString()
            : QStringLiteral("; the desk does it by itself while it runs, and so does 'aivactl webhook listen'");
    findings.push_back({QStringLiteral("privacy"), first.dueAt > clock.now(),
                        QStringLiteral("%1 waiting; the first, %2 of store %3, is due %4%5")
                            .arg(tasks->size())
                            .arg(first.kind)
                            .arg(first.store.value())
                            .arg(first.dueAt.isoText(), remedy)});
    for (const PrivacyTask& task : *tasks)
        if (isForAPerson(task)) findings.push_back(waitingRequest(task, clock));
}

// Of the last day; empty when the shop was asked nothing.
QString apiHealthText(ApiHealthRepository& rows, StoreId store, const Clock& clock) {
    const auto health = rows.ofLastDay(store, clock.now());
    if (!health || health->requests() == 0) return {};
    QString text = QStringLiteral(", %1 requests in 24 h").arg(health->requests());
    if (health->answered > 0) text += QStringLiteral(", %1 ms each").arg(health->meanAnswerMs());
    if (health->heldBackMs > 0) text += QStringLiteral(", %1 ms waited for the limit").arg(health->heldBackMs);
    if (health->troubles() > 0)
        text += QStringLiteral(", %1 went wrong (last %2, %3)")
                    .arg(health->troubles())
                    .arg(health->failedAt ? health->failedAt->isoText() : QString(), health->error);
    return text;
}

Finding storeFinding(const StoreRow& store, const QString& health) {
    const bool ok = store.status != StoreStatus::Disconnected && store.status != StoreStatus::Error;
    const QString remedy = ok ? QString() : QStringLiteral("; connect it again with 'aivactl store connect'");
    const QString other = store.otherApi.isEmpty()
                              ? QString()
                              : QStringLiteral(", answers with interface version %1: update Aiva").arg(store.otherApi);
    const QString plain = isInsecureStore(store) ? QStringLiteral(", read over plain http") : QString();
    return {QStringLiteral("store %1").arg(store.id.value()), ok,
            QStringLiteral("%1, %2%3%4%5%6").arg(store.domain, toWord(store.status), plain, other, health, remedy)};
}

Finding workspace(Context& context, std::vector<Finding>& findings) {
    auto open = openForReading(context);
    if (!open) {
        const bool absent = open.error().cause == ErrorCause::WorkspaceAbsent;
        return {QStringLiteral("workspace"), false,
                absent ? QStringLiteral("none here yet; run 'aivactl workspace init'")
                       : QStringLiteral("cannot be opened: ") + open.error().detail};
    }
    const auto repository = StoreRepository::create(*open->database);
    const auto stores = repository ? (*repository)->all() : Result<std::vector<StoreRow>>(repository.error());
    if (!stores) return {QStringLiteral("workspace"), false, stores.error().detail};
    const auto health = ApiHealthRepository::create(*open->database);
    if (!health) return {QStringLiteral("workspace"), false, health.error().detail};
    for (const StoreRow& store : *stores)
        findings.push_back(storeFinding(store, apiHealthText(**health, store.id, context.clock)));
    if (stores->empty())
        findings.push_back(
            {QStringLiteral("stores"), true, QStringLiteral("none connected yet; run 'aivactl store connect'")});
    mailboxes(*open->database, findings);
    privacy(*open->database, context.clock, findings);
    clearing(*open->database, findings);
    findings.push_back(modelEndpoint(*open->database));
    return {QStringLiteral("workspace"), true, open->workspace->dir()};
}

} // namespace

Result<int> runDoctor(Context& context) {
    std::vector<Finding> findings{keychain(), tls(), sqlite()};
    std::vector<Finding> stores;
    findings.push_back(workspace(context, stores));
    findings.insert(findings.end(), stores.begin(), stores.end());
    findings.push_back({QStringLiteral("fonts"), true, QStringLiteral("embedded in the desk; nothing to install")});

    QJsonArray array;
    bool allOk = true;
    for (const Finding& finding : findings) {
        // A machine without a keychain is well when the workspace does not need it.
        if (finding.name != QLatin1String("keychain")) allOk = allOk && finding.ok;
        array.append(QJsonObject{{QStringLiteral("check"), finding.name},
                                 {QStringLiteral("ok"), finding.ok},
                                 {QStringLiteral("detail"), finding.text}});
        if (!context.line.json)
            printText(QStringLiteral("%1  %2  %3")
                          .arg(finding.ok ? QStringLiteral("ok  ") : QStringLiteral("look"),
                               finding.name.leftJustified(14), finding.text));
    }
    if (context.line.json) printJson({{QStringLiteral("ok"), allOk}, {QStringLiteral("checks"), array}});
    return allOk ? Done : Failed;
}

} // namespace aiva::ctl
