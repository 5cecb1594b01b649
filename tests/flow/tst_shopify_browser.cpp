// A store connected in the browser, through aivactl and the sandbox: the grant is kept, renewed, never lost when the
// program is killed or an answer is, and given back at the end.
#include "core/base/clock.h"
#include "core/domain/shop/store_access.h"
#include "tests/flow/shop_control.h"
#include "tests/support/corpora.h"
#include "tests/support/patience.h"
#include "tests/support/plain_browser.h"
#include "tests/support/programs.h"
#include "tests/support/rig_process.h"

#include <QDirIterator>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTcpServer>
#include <QTemporaryDir>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class TestShopifyBrowser : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Ctl> m_ctl;
    std::unique_ptr<Sandbox> m_sandbox;
    PlainBrowser m_browser;
    std::unique_ptr<RigPort> m_place; // where the browser comes back to
    quint16 m_port = 0;
    QByteArray m_said; // everything aivactl wrote, to look for secrets in

    void openShop(const QStringList& more = {}) {
        m_sandbox = std::make_unique<Sandbox>(QStringList{u"--customers"_s, u"40"_s, u"--orders"_s, u"90"_s,
                                                          u"--days"_s, u"60"_s, u"--restore-rate"_s, u"1000000"_s} +
                                              more);
        QVERIFY(m_sandbox->isRunning());
        control({{u"redirect_urls"_s, QJsonArray{storeRedirect(m_port)}}});
    }
    void control(const QJsonObject& wanted) {
        const QByteArray answer = askSandbox(m_sandbox->text("base_url"), "POST", "/sandbox/oauth",
                                             QJsonDocument(wanted).toJson(QJsonDocument::Compact));
        QVERIFY2(!answer.isEmpty() && !answer.contains("error"), answer.constData());
    }
    void order(const QByteArray& faults) {
        askSandbox(m_sandbox->text("base_url"), "POST", "/sandbox/faults", "{\"next\":[" + faults + "]}");
    }
    int requests(const QString& name) {
        const QByteArray stats = askSandbox(m_sandbox->text("base_url"), "GET", "/sandbox/stats");
        return QJsonDocument::fromJson(stats).object()[u"requests"_s][name].toInt();
    }

    QStringList browserArguments() const {
        return m_sandbox->connectArguments() + QStringList{u"--browser"_s, u"--port"_s, QString::number(m_port)};
    }
    Finished ended(QProcess& process, int waitMs = 180'000) {
        if (process.state() != QProcess::NotRunning && !process.waitForFinished(waitMs)) process.kill();
        process.waitForFinished(5'000);
        Finished finished;
        if (process.exitStatus() == QProcess::NormalExit) finished.exitStatus = process.exitCode();
        finished.out = process.readAllStandardOutput();
        finished.err = process.readAllStandardError();
        m_said += finished.out + finished.err;
        return finished;
    }
    // As a person does it: starts the command, opens what it prints, and waits.
    Finished connectInBrowser(BrowserPage* page = nullptr, const QStringList& more = {}) {
        const auto process = m_ctl->start(browserArguments() + more);
        process->write(m_sandbox->connectInput());
        process->closeWriteChannel();
        process->setReadChannel(QProcess::StandardError);
        QByteArray err = process->readAllStandardError();
        while (!err.contains("Waiting for the browser") && process->waitForReadyRead(60'000))
            err += process->readAllStandardError();
        m_said += err;
        const QByteArray url = err.mid(err.indexOf("http")).split('\n').front().trimmed();
        const BrowserPage seen = m_browser.open(QUrl::fromEncoded(url));
        if (page) *page = seen;
        Finished finished = ended(*process);
        finished.err.prepend(err);
        return finished;
    }
    Finished run(const QStringList& arguments) {
        Finished finished = m_ctl->run(arguments);
        m_said += finished.out + finished.err;
        return finished;
    }
    Finished sync() { return run({u"sync"_s, u"run"_s}); }
    QJsonArray stores() { return run({u"store"_s, u"list"_s}).json().value(u"stores"_s).toArray(); }
    QString status() { return stores().at(0).toObject().value(u"status"_s).toString(); }

private Q_SLOTS:
    void init() {
        QVERIFY2(QFileInfo(binDir() + u"/aivactl"_s).isExecutable(), "AIVA_BIN_DIR has no aivactl");
        m_dir = std::make_unique<QTemporaryDir>();
        m_ctl = std::make_unique<Ctl>(m_dir->path());
        m_place = std::make_unique<RigPort>();
        m_port = m_place->number();
        QVERIFY(m_port > 0);
        m_said.clear();
        QVERIFY(m_ctl->begin());
    }
    void cleanup() {
        m_sandbox.reset();
        for (const char* secret : {"shpat_", "shprt_", "shpss_", "shpua_"})
            QVERIFY2(!m_said.contains(secret), m_said.constData());
    }

    void connectsSyncsAndGivesItBack() {
        openShop();
        BrowserPage page;
        const Finished connected = connectInBrowser(&page);
        QVERIFY2(connected.exitStatus == 0, connected.err.constData());
        QVERIFY(page.text.contains("You are signed in"));
        QCOMPARE(connected.json().value(u"status"_s).toString(), u"never_synced"_s);
        QCOMPARE(connected.json().value(u"domain"_s).toString(), m_sandbox->text("shop"));
        QVERIFY(connected.err.contains(storeRedirect(m_port).toLatin1()));

        const Finished synced = sync();
        QVERIFY2(synced.exitStatus == 0, synced.err.constData());
        QCOMPARE(status(), u"connected"_s);
        QCOMPARE(stores().at(0)[u"customers"_s].toInt(), 40);
        QCOMPARE(requests(u"refresh"_s), 0);
        QCOMPARE(requests(u"redeem"_s), 1);
        const QByteArray key = m_sandbox->text("client_secret").toUtf8();
        QDirIterator files(m_dir->path(), QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray bytes = file.readAll();
            for (const QByteArray& secret : {QByteArray("shpat_"), QByteArray("shprt_"), key})
                QVERIFY2(!bytes.contains(secret), qPrintable(file.fileName()));
        }

        const Finished gone = run({u"store"_s, u"disconnect"_s, u"1"_s});
        QCOMPARE(gone.exitStatus, 0);
        QCOMPARE(gone.err, QByteArray());
        QCOMPARE(requests(u"revoke"_s), 1);
        QCOMPARE(status(), u"disconnected"_s);
        QCOMPARE(stores().at(0)[u"customers"_s].toInt(), 40); // what is cached stays
        const Finished refused = run({u"sync"_s, u"run"_s, u"--store"_s, u"1"_s});
        QCOMPARE(refused.exitStatus, 4);
        QVERIFY2(refused.err.contains("connect the store again"), refused.err.constData());

        // The same shop again keeps its row and history.
        QCOMPARE(connectInBrowser().exitStatus, 0);
        QCOMPARE(stores().size(), 1);
        QCOMPARE(sync().exitStatus, 0);
        QVERIFY(!m_said.contains(key));
    }

    void savesNothingUnlessItWasAllowed() {
        openShop();
        control({{u"person"_s, u"declines"_s}});
        const Finished declined = connectInBrowser();
        QCOMPARE(declined.exitStatus, 1);
        QVERIFY2(declined.err.contains("was not allowed"), declined.err.constData());
        control({{u"person"_s, u"installs"_s}, {u"grants"_s, QJsonArray{u"read_customers"_s}}});
        const Finished little = connectInBrowser();
        QCOMPARE(little.exitStatus, 4);
        QVERIFY2(little.err.contains("read_orders, read_products, read_inventory"), little.err.constData());
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost, m_port));
        const Finished taken = m_ctl->run(browserArguments(), m_sandbox->connectInput());
        QCOMPARE(taken.exitStatus, 1);
        QVERIFY2(taken.err.contains("is taken by another program"), taken.err.constData());
        QCOMPARE(stores().size(), 0);
    }

    void wantsWhatABrowserNeeds_data() {
        QTest::addColumn<QStringList>("more");
        QTest::newRow("a token") << QStringList{u"--token-stdin"_s, u"--browser"_s};
        QTest::newRow("no client") << QStringList{u"--browser"_s};
        QTest::newRow("a port alone") << QStringList{u"--client-id"_s, u"a"_s, u"--client-secret-stdin"_s, u"--port"_s,
                                                     u"1234"_s};
        QTest::newRow("a day without a browser")
            << QStringList{u"--client-id"_s, u"a"_s, u"--client-secret-stdin"_s, u"--online"_s};
        QTest::newRow("no port") << QStringList{u"--client-id"_s, u"a"_s,      u"--client-secret-stdin"_s,
                                                u"--browser"_s,   u"--port"_s, u"70000"_s};
    }
    void wantsWhatABrowserNeeds() {
        QFETCH(QStringList, more);
        const Finished finished =
            m_ctl->run(QStringList{u"store"_s, u"connect"_s, u"shopify"_s, u"--shop"_s, u"acme.myshopify.com"_s} + more,
                       "secret\n");
        QCOMPARE(finished.exitStatus, 2);
        QCOMPARE(finished.err.count('\n'), 1);
    }

    // With one's own rights for a day: nothing renews it, its end is said in one sentence, and the shop is not asked
    // for what the clock says.
    void connectsForADay() {
        openShop();
        control({{u"lifetime_s"_s, 20}});
        const Finished connected = connectInBrowser(nullptr, {u"--online"_s});
        QVERIFY2(connected.exitStatus == 0, connected.err.constData());
        const QString until = connected.json().value(u"signed_in_until"_s).toString();
        QVERIFY(!until.isEmpty());
        QCOMPARE(sync().exitStatus, 0);
        QCOMPARE(status(), u"connected"_s);
        const auto end = UtcTime::parseIso(until.toStdString());
        QVERIFY(end);
        QTRY_VERIFY_WITH_TIMEOUT(SystemClock().now() > *end, 40'000);
        const Finished over = sync();
        QCOMPARE(over.exitStatus, 4);
        QCOMPARE(over.err.count("aivactl: "), 1);
        QVERIFY2(over.err.contains("The sign-in of a day to the shop has ended"), over.err.constData());
        QCOMPARE(status(), u"disconnected"_s);
        QCOMPARE(requests(u"unauthorized"_s), 0);
        QCOMPARE(requests(u"refresh"_s), 0);
        QCOMPARE(stores().at(0)[u"customers"_s].toInt(), 40); // what is cached stays

        // To stay, this time: the same store, and no end.
        control({{u"lifetime_s"_s, 3'600}});
        QCOMPARE(connectInBrowser().exitStatus, 0);
        QCOMPARE(stores().size(), 1);
        QVERIFY(stores().at(0)[u"signed_in_until"_s].isNull());
        QCOMPARE(sync().exitStatus, 0);
    }

    // The shop's word counts where our clock knows nothing of an end.
    void endsADayWhenTheShopSaysSo() {
        openShop();
        QCOMPARE(connectInBrowser(nullptr, {u"--online"_s}).exitStatus, 0);
        control({{u"expire"_s, true}});
        QCOMPARE(sync().exitStatus, 4);
        QCOMPARE(status(), u"disconnected"_s);
        QCOMPARE(requests(u"refresh"_s), 0);
        control({{u"rights"_s, QJsonArray{u"read_customers"_s, u"read_products"_s}}});
        const Finished little = connectInBrowser(nullptr, {u"--online"_s});
        QCOMPARE(little.exitStatus, 4);
        QVERIFY2(little.err.contains("read_orders"), little.err.constData());
        QCOMPARE(connectInBrowser().exitStatus, 0); // the app itself may
    }

    // The laptop was closed over the token's hour: renewed before the first question, not after a refusal.
    void renewsATokenThatExpiredInSleep() {
        openShop();
        control({{u"lifetime_s"_s, 2}});
        QCOMPARE(connectInBrowser().exitStatus, 0);
        control({{u"lifetime_s"_s, 3'600}}); // of the next one: a sync may take longer than two seconds
        QTest::qSleep(2'100);
        const int renewed = requests(u"refresh"_s);
        const int refused = requests(u"unauthorized"_s);
        QCOMPARE(sync().exitStatus, 0);
        QVERIFY(requests(u"refresh"_s) > renewed);
        QCOMPARE(requests(u"unauthorized"_s), refused);
    }

    // The shop ended it early: a refusal, one renewal, and the sync goes on.
    void renewsOnceAtARefusal() {
        openShop();
        QCOMPARE(connectInBrowser().exitStatus, 0);
        control({{u"expire"_s, true}});
        QCOMPARE(sync().exitStatus, 0);
        QCOMPARE(requests(u"refresh"_s), 1);
        QCOMPARE(sync().exitStatus, 0);
        QCOMPARE(requests(u"refresh"_s), 1); // kept
    }

    void survivesALostAnswer_data() {
        QTest::addColumn<QByteArray>("kind");
        for (const char* kind : {"reset", "502", "html"})
            QTest::newRow(kind) << QByteArray(kind);
    }
    void survivesALostAnswer() {
        QFETCH(QByteArray, kind);
        openShop();
        QCOMPARE(connectInBrowser().exitStatus, 0);
        control({{u"expire"_s, true}});
        order("{\"match\":\"granted\",\"kind\":\"" + kind + "\"}");
        sync(); // may try again by itself
        QVERIFY2(status() != u"disconnected"_s, m_said.constData());
        const Finished synced = sync();
        QVERIFY2(synced.exitStatus == 0, synced.err.constData());
        QCOMPARE(status(), u"connected"_s);
        QVERIFY(requests(u"refresh"_s) >= 2);
    }

    void saysCalmlyThatItWasRevokedWhileSyncing() {
        openShop();
        QCOMPARE(connectInBrowser().exitStatus, 0);
        // The orders fail for a moment, and by the time they are asked for again the access is gone.
        order(R"({"match":"OrdersPage","kind":"503","count":3})");
        const auto process = m_ctl->start({u"sync"_s, u"run"_s, u"--transport"_s, u"paged"_s});
        QVERIFY(QTest::qWaitFor([&] { return requests(u"OrdersPage"_s) > 0 || process->state() != QProcess::Running; },
                                60'000));
        QVERIFY(requests(u"CustomersPage"_s) > 0);
        control({{u"revoke"_s, true}});
        order({});
        const Finished finished = ended(*process);
        QCOMPARE(finished.exitStatus, 4);
        QCOMPARE(finished.err.count("aivactl: "), 1); // one calm sentence
        QVERIFY2(finished.err.contains("connect the store again"), finished.err.constData());
        QCOMPARE(status(), u"disconnected"_s);
        // Nothing is left to give back: it still disconnects, and connects again.
        QCOMPARE(run({u"store"_s, u"disconnect"_s, u"1"_s}).exitStatus, 0);
        QCOMPARE(connectInBrowser().exitStatus, 0);
        QCOMPARE(sync().exitStatus, 0);
    }

    // kill -9 at random moments of syncs that all begin with a renewal: before the question, before the answer, before
    // it is kept, before it is used. Whatever was lost, the next run goes on.
    void losesNothingWhenKilledWhileRenewing() {
        const int kills = std::max(qEnvironmentVariableIntValue("AIVA_RUNS"), 8);
        const int given = qEnvironmentVariableIntValue("AIVA_SEED");
        const quint32 seed = given > 0 ? static_cast<quint32>(given) : QRandomGenerator::global()->generate() % 100'000;
        QRandomGenerator random(seed);
        openShop({u"--latency"_s, u"40"_s});
        control({{u"lifetime_s"_s, 5}}); // never five minutes more: each run renews
        QCOMPARE(connectInBrowser().exitStatus, 0);
        QElapsedTimer timer;
        timer.start();
        QVERIFY(sync().exitStatus == 0);
        const int calm = static_cast<int>(timer.elapsed());
        int killed = 0;
        int unheard = 0; // renewed by the shop, not used by us
        for (int i = 0; i < kills; ++i) {
            const int before = requests(u"refresh"_s);
            const auto process = m_ctl->start({u"sync"_s, u"run"_s});
            // Half of them as soon as the shop has renewed: between its answer and its use.
            if (i % 2 == 0)
                process->waitForFinished(static_cast<int>(random.bounded(calm + 1)));
            else
                while (process->state() == QProcess::Running && requests(u"refresh"_s) == before &&
                       timer.elapsed() < 300'000)
                    process->waitForFinished(1);
            if (process->state() == QProcess::Running) {
                process->kill();
                ++killed;
            }
            process->waitForFinished(60'000);
            process->readAllStandardOutput();
            unheard += requests(u"refresh"_s) > before ? 1 : 0;
            if (i % 3 != 0) continue; // several kills in a row
            const Finished synced = sync();
            QVERIFY2(synced.exitStatus == 0, synced.err.constData());
        }
        QCOMPARE(sync().exitStatus, 0);
        QCOMPARE(status(), u"connected"_s);
        QCOMPARE(run({u"workspace"_s, u"check"_s}).json().value(u"ok"_s).toBool(), true);
        qInfo("AIVA_SEED=%u: %d of %d killed, %d of them after the shop had renewed", seed, killed, kills, unheard);
        QVERIFY(killed > kills / 3);
    }

    // Two programs at one workspace know one pair between them.
    void sharesTheGrantBetweenProcesses() {
        openShop({u"--latency"_s, u"30"_s});
        QCOMPARE(connectInBrowser().exitStatus, 0);
        control({{u"expire"_s, true}});
        std::vector<std::unique_ptr<QProcess>> processes;
        // One of them syncs: a second sync would leave the store to it.
        processes.push_back(m_ctl->start({u"sync"_s, u"run"_s, u"--only"_s, u"products"_s}));
        for (int i = 0; i < 2; ++i)
            processes.push_back(m_ctl->start({u"webhook"_s, u"list"_s, u"--store"_s, u"1"_s}));
        for (const auto& process : processes) {
            const Finished finished = ended(*process);
            QVERIFY2(finished.exitStatus == 0, finished.err.constData());
        }
        QCOMPARE(requests(u"refresh"_s), 1);
        QCOMPARE(sync().exitStatus, 0);
        QCOMPARE(status(), u"connected"_s);
    }
};

QTEST_GUILESS_MAIN(TestShopifyBrowser)
#include "tst_shopify_browser.moc"
