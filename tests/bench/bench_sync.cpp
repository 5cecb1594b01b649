// bench_sync limit: what a rate-limited shop gives over the paged API, beside what its limit allows, with a real
//   aiva-sandbox behind HTTP.
// bench_sync grow DIR: the cost of an incremental sync as the cache grows; DIR holds a large cache of `bench_desk
// fill`. bench_sync idle [SECONDS]: processor time of the desk with three stores in realtime mode and nothing to do.
// One JSON line a figure: {"what","figure","peer","ratio","target"}. The programs lie in AIVA_BIN_DIR.
#include "core/adapters/http/http_transport.h"
#include "core/adapters/store/shopify/shopify_connection.h"
#include "core/storage/stores/store_repository.h"
#include "core/storage/workspace/workspace.h"
#include "core/sync/store_sync_run.h"
#include "tests/bench/big_cache.h"
#include "tests/flow/shop_control.h"
#include "tests/support/fake_store_port.h"
#include "tests/support/programs.h"
#include "tests/support/temporary_workspace.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QThread>

#include <cstdio>
#include <sqlite3.h>
#include <unistd.h>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kPagedCustomers = 10'000;
constexpr int kPagedOrders = 10'000;
constexpr int kChanged = 1'000;

template <typename T>
T need(Result<T> result) {
    if (!result) qFatal("%s", qPrintable(result.error().detail));
    return *std::move(result);
}

void need(Result<void> result) {
    if (!result) qFatal("%s", qPrintable(result.error().detail));
}

void print(const QString& what, const QString& figure, const QString& peer, const QString& ratio,
           const QString& target) {
    const QJsonObject line{
        {u"what"_s, what}, {u"figure"_s, figure}, {u"peer"_s, peer}, {u"ratio"_s, ratio}, {u"target"_s, target}};
    std::printf("%s\n", QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

double synced(const Workspace& workspace, Database& writer, StorePort& port, const SyncRequest& request) {
    const SystemClock clock;
    QElapsedTimer timer;
    timer.start();
    StoreSyncRun run(workspace, writer, port, clock, request);
    SyncOutcome outcome;
    QObject::connect(&run, &StoreSyncRun::finished, &run, [&](const SyncOutcome& result) {
        outcome = result;
        QCoreApplication::quit();
    });
    run.start();
    QCoreApplication::exec();
    if (outcome.status != SyncStatus::Completed)
        qFatal("the sync did not complete: %s", outcome.error ? qPrintable(outcome.error->detail) : "");
    return static_cast<double>(timer.nsecsElapsed()) / 1e9;
}

QJsonObject stats(const Sandbox& sandbox) {
    return QJsonDocument::fromJson(askSandbox(sandbox.text("base_url"), "GET", "/sandbox/stats")).object();
}

void measureLimit(Resource resource, const QStringList& size, int records) {
    Sandbox sandbox(size);
    if (!sandbox.isRunning()) qFatal("aiva-sandbox does not start");
    const SystemClock clock;
    HttpTransport http;
    ShopifyConnection connection;
    connection.shopDomain = sandbox.text("shop");
    connection.baseUrl = QUrl(sandbox.text("base_url"));
    connection.credentials =
        ShopifyClientCredentials{sandbox.text("client_id"), SecretString(sandbox.text("client_secret").toStdString())};
    const auto shop = makeShopifyStore(http, clock, connection);
    TemporaryWorkspace home;
    SyncRequest request;
    request.store = home.addStore(sandbox.text("shop"));
    request.resources = {resource};
    request.transport = SyncRequest::Transport::Paged;
    request.orderDays = 10'000;
    const double seconds = synced(home.workspace(), home.writer(), *shop, request);
    const QJsonObject seen = stats(sandbox);
    const double spent = seen.value("spent_points"_L1).toDouble();
    const int refused = seen.value("requests"_L1).toObject().value("throttled"_L1).toInt();
    // The bucket is full at the beginning; what it holds at the end was not needed any more.
    const double implied = std::max(0.0, (spent - 2'000) / 100);
    const double share = implied > 0 ? spent / (2'000 + 100 * seconds) : 1;
    print(u"%1 %2, paged: %3 points in %4 s"_s.arg(records).arg(toWord(resource)).arg(spent).arg(seconds, 0, 'f', 1),
          u"%1 % of what the limit allows, %2 refused"_s.arg(share * 100, 0, 'f', 1).arg(refused),
          u"the limit implies %1 s"_s.arg(implied, 0, 'f', 1),
          implied > 0 ? u"%1×"_s.arg(seconds / implied, 0, 'f', 2) : QString(), u"≥ 90 %, 0 refused"_s);
}

struct Incremental {
    double seconds = 0;
    int pagesRead = 0; // that the connection did not have at hand
    int pagesWritten = 0;
};

int pages(const Database& database, int what) {
    int now = 0;
    int most = 0;
    sqlite3_db_status(database.handle(), what, &now, &most, 1);
    return now;
}

// `changed` orders of a cache with `orders` of them, as an incremental sync finds them; the second time, so that both
// caches are warm.
Incremental incremental(const Workspace& workspace, qint64 orders, bool isSpread) {
    const auto writer = need(workspace.openWriter());
    FakeShop source;
    source.facts.domain = source.facts.name = u"big.myshopify.com"_s;
    source.facts.currency = u"USD"_s;
    source.facts.timeZone = u"UTC"_s;
    source.facts.historyLimited = false;
    FakeStorePort port(source);
    port.pageSize = 250;
    SyncRequest request;
    request.store = need(need(StoreRepository::create(*writer))->all()).front().id;
    request.transport = SyncRequest::Transport::Paged;
    request.resources = {Resource::Orders};
    synced(workspace, *writer, port, request); // where the next one begins
    request.kind = SyncKind::Incremental;
    Incremental last;
    const UtcTime born = SystemClock().now(); // an order that changes is as old as before
    for (int round = 0; round < 3; ++round) {
        QThread::sleep(1);
        const UtcTime now = SystemClock().now();
        port.source.orders.clear();
        for (qint64 n = 0; n < kChanged; ++n) {
            OrderRecord order = bench::bigOrder(isSpread ? n * (orders / kChanged) : n, orders / 5, born);
            order.updatedAt = now.plusMs(n);
            order.note = "round " + std::to_string(round) + " of " + std::to_string(now.ms());
            port.source.orders.push_back(order);
        }
        pages(*writer, SQLITE_DBSTATUS_CACHE_MISS);
        pages(*writer, SQLITE_DBSTATUS_CACHE_WRITE);
        last.seconds = synced(workspace, *writer, port, request);
        last.pagesRead = pages(*writer, SQLITE_DBSTATUS_CACHE_MISS);
        last.pagesWritten = pages(*writer, SQLITE_DBSTATUS_CACHE_WRITE);
    }
    return last;
}

void measureGrowth(const QString& dir) {
    QTemporaryDir small;
    const auto little =
        need(Workspace::create(small.filePath(u"w"_s), SecretString(std::string(32, 'b')), KeySource::KeyFile));
    {
        const auto writer = need(little->openWriter());
        bench::fillBigCache(*writer, 10'000, 500);
    }
    const auto large = need(Workspace::open(dir, SecretString(std::string(32, 'b'))));
    qint64 orders = 0;
    {
        const auto reader = need(large->openReader());
        auto count = need(reader->prepare("SELECT count(*) FROM orders WHERE store_id = 1"));
        if (need(count.step())) orders = count.integer(0);
    }
    for (const bool isSpread : {false, true}) {
        const Incremental few = incremental(*little, 10'000, isSpread);
        const Incremental many = incremental(*large, orders, isSpread);
        const auto told = [](const Incremental& one) {
            return u"%1 ms, %2 pages read, %3 written"_s.arg(one.seconds * 1'000, 0, 'f', 0)
                .arg(one.pagesRead)
                .arg(one.pagesWritten);
        };
        print(u"incremental sync of %1 changed orders, %2, in a cache of %3"_s.arg(kChanged)
                  .arg(isSpread ? u"anywhere"_s : u"the newest"_s)
                  .arg(orders),
              told(many), u"10000 orders: "_s + told(few), u"%1×"_s.arg(many.seconds / few.seconds, 0, 'f', 2),
              u"flat"_s);
    }
}

double processorSeconds(qint64 pid) {
    QFile file(u"/proc/%1/stat"_s.arg(pid));
    if (!file.open(QIODevice::ReadOnly)) qFatal("the desk has ended");
    const QByteArray line = file.readAll();
    const QList<QByteArray> fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
    return (fields.at(11).toDouble() + fields.at(12).toDouble()) / double(sysconf(_SC_CLK_TCK));
}

void measureIdle(int seconds) {
    QTemporaryDir dir;
    const Ctl ctl(dir.path());
    if (ctl.run({u"workspace"_s, u"init"_s}).exitStatus != 0) qFatal("no workspace");
    std::vector<std::unique_ptr<Sandbox>> shops;
    for (int i = 0; i < 3; ++i) {
        shops.push_back(std::make_unique<Sandbox>(
            QStringList{u"--seed"_s, QString::number(i + 1), u"--shop"_s, u"bench-%1.myshopify.com"_s.arg(i)}));
        const Finished connected = ctl.run(shops.back()->connectArguments(), shops.back()->connectInput());
        if (connected.exitStatus != 0) qFatal("%s", connected.err.constData());
    }
    if (ctl.run({u"sync"_s, u"run"_s}).exitStatus != 0) qFatal("no first sync");
    {
        QFile key(ctl.keyFile());
        if (!key.open(QIODevice::ReadOnly)) qFatal("no key");
        const auto workspace = need(Workspace::open(ctl.workspaceDir(), SecretString(key.readAll().toStdString())));
        const auto writer = need(workspace->openWriter());
        const auto stores = need(StoreRepository::create(*writer));
        for (const StoreRow& store : need(stores->all()))
            need(stores->setSchedule(store.id, u"realtime"_s));
    }
    QProcess desk;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    desk.setProcessEnvironment(environment);
    desk.start(environment.value(u"AIVA_BIN_DIR"_s) + u"/aiva"_s,
               {u"--workspace"_s, ctl.workspaceDir(), u"--key-file"_s, ctl.keyFile()});
    if (!desk.waitForStarted()) qFatal("the desk does not start");
    QThread::sleep(20); // its first look around
    const double before = processorSeconds(desk.processId());
    QThread::sleep(static_cast<unsigned long>(seconds));
    const double used = processorSeconds(desk.processId()) - before;
    desk.kill();
    desk.waitForFinished();
    print(u"desk idle for %1 s, three stores in realtime mode"_s.arg(seconds),
          u"%1 % of a processor"_s.arg(100 * used / seconds, 0, 'f', 2), QString(), QString(), u"< 1 %"_s);
}

} // namespace

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const QString mode = arguments.value(1);
    if (mode == "limit"_L1) {
        measureLimit(Resource::Customers, {u"--customers"_s, QString::number(kPagedCustomers), u"--orders"_s, u"200"_s},
                     kPagedCustomers);
        measureLimit(Resource::Orders, {u"--customers"_s, u"2000"_s, u"--orders"_s, QString::number(kPagedOrders)},
                     kPagedOrders);
        return 0;
    }
    if (mode == "grow"_L1 && arguments.size() == 3) {
        measureGrowth(arguments.at(2));
        return 0;
    }
    if (mode == "idle"_L1) {
        measureIdle(arguments.size() > 2 ? arguments.at(2).toInt() : 120);
        return 0;
    }
    return 2;
}
