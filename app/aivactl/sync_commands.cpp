#include "app/aivactl/commands.h"
#include "app/aivactl/json_views.h"
#include "app/common/store_connection.h"

#include "core/storage/stores/spool_sweep.h"
#include "core/sync/api_health_keeper.h"
#include "core/sync/reconcile/reconcile_run.h"
#include "core/sync/store_lease.h"
#include "core/sync/store_sync_run.h"

#include <QJsonArray>

#include <cstdio>
#include <limits>

namespace aiva::ctl {
namespace {

void showProgress(const Context& context, const SyncProgress& progress) {
    if (context.line.json) return printJson(progressJson(progress));
    if (!isOnTerminal()) return;
    const QString total = progress.total > 0 ? QStringLiteral(" of %1").arg(progress.total) : QString();
    const QString slowed = progress.slowedByMs > 0 ? QStringLiteral(" (slowing down)") : QString();
    std::fprintf(stderr, "\r\033[K%s %lld%s%s", toWord(progress.resource).toUtf8().constData(),
                 static_cast<long long>(progress.done), total.toUtf8().constData(), slowed.toUtf8().constData());
}

Result<SyncRequest> requestOf(const CommandLine& line) {
    SyncRequest request;
    if (line.has("full") + line.has("incremental") + line.has("history") > 1)
        return Error{ErrorKind::Invalid, QStringLiteral("--full, --incremental and --history exclude each other")};
    if (line.has("history") && line.has("only"))
        return Error{ErrorKind::Invalid, QStringLiteral("--history reads orders; it does not go with --only")};
    request.kind = line.has("full") ? SyncKind::Full : line.has("history") ? SyncKind::History : SyncKind::Incremental;
    if (line.has("only")) {
        request.resources.clear();
        for (const QString& word : line.value("only").split(QLatin1Char(','))) {
            const std::optional<Resource> resource = fromWord<Resource>(word);
            if (!resource)
                return Error{ErrorKind::Invalid, QStringLiteral("--only takes customers, orders and products")};
            request.resources.insert(*resource);
        }
    }
    const QString transport = line.value("transport");
    if (transport == QLatin1String("paged"))
        request.transport = SyncRequest::Transport::Paged;
    else if (transport == QLatin1String("bulk"))
        request.transport = SyncRequest::Transport::Bulk;
    else if (!transport.isEmpty())
        return Error{ErrorKind::Invalid, QStringLiteral("--transport takes paged or bulk")};
    return request;
}

// Whoever is at it, the desk or another command, goes on undisturbed.
Result<StoreLease> leaseOf(const OpenWorkspace& open, StoreId store) {
    AIVA_TRY(StoreLease lease, takeStoreLease(*open.workspace, store));
    if (lease) return lease;
    return Error{ErrorKind::Conflict, QStringLiteral("it is syncing store %1").arg(store.value()),
                 ErrorCause::WorkspaceBusy};
}

SyncOutcome execute(const Context& context, OpenWorkspace& open, StorePort& port, const SyncRequest& request) {
    StoreSyncRun run(*open.workspace, *open.database, port, context.clock, request);
    std::optional<SyncOutcome> outcome;
    QObject::connect(&run, &StoreSyncRun::progressed, &run,
                     [&](const SyncProgress& progress) { showProgress(context, progress); });
    QObject::connect(&run, &StoreSyncRun::finished, &run, [&](const SyncOutcome& result) {
        outcome = result;
        QCoreApplication::quit();
    });
    run.start();
    while (!outcome)
        QCoreApplication::exec();
    return *outcome;
}

// Several stores' outcomes as one: counts added, the worst status kept.
void add(SyncOutcome& total, const SyncOutcome& next) {
    const auto isWorse = [](SyncStatus a, SyncStatus b) {
        const auto rank = [](SyncStatus s) {
            return s == SyncStatus::Completed ? 0 : s == SyncStatus::CompletedWithErrors ? 1 : 2;
        };
        return rank(a) > rank(b);
    };
    if (isWorse(next.status, total.status)) total.status = next.status;
    for (auto it = next.counts.begin(); it != next.counts.end(); ++it) {
        SyncCounts& counts = total.counts[it.key()];
        counts.processed += it->processed;
        counts.created += it->created;
        counts.updated += it->updated;
        counts.failed += it->failed;
    }
    if (next.error) total.error = next.error;
    total.durationMs += next.durationMs;
}

// Orders older than 60 days stay invisible, whatever is asked for.
bool showsLittleHistory(OpenWorkspace& open, StoreId id) {
    const auto stores = StoreRepository::create(*open.database);
    const auto row = stores ? (*stores)->byId(id) : stores.error();
    return row && *row && (*row)->kind == StoreKind::Shopify && (*row)->historyLimited;
}

int report(const Context& context, const SyncOutcome& outcome, bool isHistoryLimited) {
    const bool hasBegun = !outcome.counts.isEmpty();
    if (context.line.json) {
        printJson({{QStringLiteral("event"), QStringLiteral("finished")},
                   {QStringLiteral("status"), toWord(outcome.status)},
                   {QStringLiteral("records"), countsJson(outcome.counts)},
                   {QStringLiteral("duration_ms"), outcome.durationMs},
                   {QStringLiteral("history_limited"), isHistoryLimited}});
    } else if (hasBegun) {
        if (isOnTerminal()) std::fputs("\r\033[K", stderr);
        QStringList parts;
        for (auto it = outcome.counts.begin(); it != outcome.counts.end(); ++it)
            parts.append(QStringLiteral("%1 %2 (%3 new, %4 changed, %5 failed)")
                             .arg(it->processed)
                             .arg(toWord(it.key()))
                             .arg(it->created)
                             .arg(it->updated)
                             .arg(it->failed));
        printText(QStringLiteral("%1 in %2 s: %3")
                      .arg(toWord(outcome.status).replace(QLatin1Char('_'), QLatin1Char(' ')))
                      .arg(static_cast<double>(outcome.durationMs) / 1000.0, 0, 'f', 1)
                      .arg(parts.join(QStringLiteral(", "))));
        if (isHistoryLimited)
            printText(QStringLiteral("Shopify shows this app the orders of the last 60 days only; for older ones add "
                                     "read_all_orders to its scopes, release it and connect the store again."));
    }
    if (outcome.error) return printError(*outcome.error);
    return outcome.status == SyncStatus::Completed || outcome.status == SyncStatus::CompletedWithErrors ? Done : Failed;
}

Result<std::vector<StoreRow>> storesToSync(const Context& context, Database& database) {
    AIVA_TRY(const auto repository, StoreRepository::create(database));
    AIVA_TRY(std::vector<StoreRow> stores, repository->all());
    const bool named = context.line.has("store");
    const qint64 wanted = context.line.value("store").toLongLong();
    std::erase_if(stores, [&](const StoreRow& store) {
        const bool isOnline = store.kind != StoreKind::Csv && store.status != StoreStatus::Disconnected;
        return named ? store.id != StoreId(wanted) : !isOnline;
    });
    if (stores.empty())
        return Error{ErrorKind::NotFound,
                     named ? QStringLiteral("no store has this id") : QStringLiteral("no connected store")};
    return stores;
}

Result<int> run(Context& context) {
    const Result<SyncRequest> parsed = requestOf(context.line);
    if (!parsed) return printUsageError(parsed.error().detail);
    AIVA_TRY(auto open, openForWriting(context));
    AIVA_CHECK(sweepSpools(*open.workspace, *open.database));
    AIVA_TRY(const std::vector<StoreRow> stores, storesToSync(context, *open.database));
    AIVA_TRY(StoreSecrets secrets, StoreSecrets::open(*open.workspace, *open.database));
    ApiHealthKeeper health(*open.database, context.clock);
    HttpTransport http;
    SyncOutcome total;
    bool isHistoryLimited = false;
    for (const StoreRow& store : stores) {
        SyncRequest request = *parsed;
        request.store = store.id;
        const auto lease = leaseOf(open, store.id);
        const auto port = lease ? openStorePort(http, context.clock, secrets, store) : lease.error();
        if (!port) {
            total.status = SyncStatus::Failed;
            total.error = port.error();
            continue;
        }
        health.watch(**port, store.id);
        const SyncOutcome outcome = execute(context, open, **port, request);
        add(total, outcome);
        isHistoryLimited = isHistoryLimited || showsLittleHistory(open, store.id);
        if (!outcome.isBehind) continue;
        request.kind = SyncKind::Incremental;
        add(total, execute(context, open, **port, request));
    }
    return report(context, total, isHistoryLimited);
}

Result<int> history(Context& context) {
    AIVA_TRY(auto open, openForReading(context));
    AIVA_TRY(const auto repository, SyncRepository::create(*open.database));
    std::optional<StoreId> store;
    if (context.line.has("store")) store = StoreId(context.line.value("store").toLongLong());
    AIVA_TRY(const std::vector<SyncJobRow> jobs, repository->history(store, 100));
    if (context.line.json) {
        QJsonArray array;
        for (const SyncJobRow& job : jobs)
            array.append(jobJson(job));
        printJson({{QStringLiteral("jobs"), array}});
        return Done;
    }
    for (const SyncJobRow& job : jobs) {
        printText(QStringLiteral("%1  store %2  %3  %4  %5")
                      .arg(job.id.value())
                      .arg(job.storeId.value())
                      .arg(job.startedAt.isoText(), toWord(job.kind), toWord(job.status)));
        for (const RecordFault& fault : job.faults)
            printText(QStringLiteral("    %1 %2: %3")
                          .arg(QString::fromStdString(fault.resource), QString::fromStdString(fault.externalId),
                               QString::fromStdString(fault.cause)));
    }
    return Done;
}

ReconcileReport compare(const Context& context, OpenWorkspace& open, StorePort& port, StoreId store) {
    ReconcileRun run(*open.database, port, context.clock, store, SyncPace());
    std::optional<ReconcileReport> report;
    QObject::connect(&run, &ReconcileRun::progressed, &run, [&](const SyncProgress& progress) {
        if (!context.line.json) showProgress(context, progress);
    });
    QObject::connect(&run, &ReconcileRun::finished, &run, [&](const ReconcileReport& result) {
        report = result;
        QCoreApplication::quit();
    });
    run.start();
    while (!report)
        QCoreApplication::exec();
    return *report;
}

void printComparison(const StoreRow& store, const ReconcileReport& report) {
    if (isOnTerminal()) std::fputs("\r\033[K", stderr);
    printText(QStringLiteral("%1  %2").arg(store.id.value()).arg(store.name.isEmpty() ? store.domain : store.name));
    for (auto it = report.resources.begin(); it != report.resources.end(); ++it)
        printText(QStringLiteral("    %1: %2 at the source, %3 here; %4 were missing, %5 out of date, %6 removed%7")
                      .arg(toWord(it.key()), it->source ? QString::number(*it->source) : QStringLiteral("?"))
                      .arg(it->here)
                      .arg(it->missing.size())
                      .arg(it->outdated.size())
                      .arg(it->removed.size())
                      .arg(it->isComplete ? QString() : QStringLiteral(" (not complete)")));
    for (const ReconcileReport::Merge& merge : report.merged)
        printText(QStringLiteral("    %1 was merged into %2").arg(merge.from, merge.into));
    if (report.brokenReferences > 0)
        printText(QStringLiteral("    %1 orders named a customer nobody has; %2 repaired")
                      .arg(report.brokenReferences)
                      .arg(report.repairedReferences));
    for (const RecordFault& problem : report.problems)
        printText(QStringLiteral("    %1 %2: %3")
                      .arg(QString::fromStdString(problem.resource), QString::fromStdString(problem.externalId),
                           QString::fromStdString(problem.cause)));
}

Result<int> reconcile(Context& context) {
    AIVA_TRY(auto open, openForWriting(context));
    AIVA_TRY(const std::vector<StoreRow> stores, storesToSync(context, *open.database));
    AIVA_TRY(StoreSecrets secrets, StoreSecrets::open(*open.workspace, *open.database));
    ApiHealthKeeper health(*open.database, context.clock);
    HttpTransport http;
    QJsonArray array;
    std::optional<Error> error;
    bool isComplete = true;
    for (const StoreRow& store : stores) {
        const auto lease = leaseOf(open, store.id);
        const auto port = lease ? openStorePort(http, context.clock, secrets, store) : lease.error();
        ReconcileReport report;
        if (port) {
            health.watch(**port, store.id);
            report = compare(context, open, **port, store.id);
        } else {
            report.store = store.id;
            report.at = context.clock.now();
            report.error = port.error();
        }
        if (report.error) error = report.error;
        isComplete = isComplete && report.isComplete();
        if (context.line.json)
            array.append(report.toJson(std::numeric_limits<qsizetype>::max()));
        else if (port)
            printComparison(store, report);
    }
    if (context.line.json) printJson({{QStringLiteral("stores"), array}});
    if (error) return printError(*error);
    return isComplete ? Done : Failed;
}

} // namespace

Result<int> runSync(Context& context) {
    const QString verb = context.line.word(1);
    if (verb == QLatin1String("run")) return run(context);
    if (verb == QLatin1String("history")) return history(context);
    if (verb == QLatin1String("reconcile")) return reconcile(context);
    return printUsageError(QStringLiteral("sync run, sync history or sync reconcile"));
}

} // namespace aiva::ctl
