// aivactl privacy: a person of a shop erased for good, though the shop still lists them; a shop's own request answered
// by whoever takes it in; and kill -9 in the middle, which leaves everything or nothing.
#include "core/storage/workspace/workspace.h"
#include "tests/core/privacy/cache_traces.h"
#include "tests/core/privacy/privacy_world.h"
#include "tests/support/patience.h"
#include "tests/support/programs.h"
#include "tests/support/table_dump.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMessageAuthenticationCode>
#include <QTemporaryDir>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class PrivacyCliTest : public QObject {
    Q_OBJECT

    template <typename Work>
    static void inWorkspace(const Ctl& ctl, Work work) {
        QFile file(ctl.keyFile());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QByteArray key = file.readAll();
        const auto workspace = Workspace::open(ctl.workspaceDir(), SecretString::takeFrom(key));
        QVERIFY2(workspace, workspace ? "" : qPrintable(workspace.error().detail));
        const auto writer = (*workspace)->openWriter();
        QVERIFY(writer);
        work(**workspace, **writer);
    }
    static QString answer(const Ctl& ctl, const QByteArray& sql) {
        QString text;
        inWorkspace(ctl, [&](const Workspace&, Database& db) { text = rows(db, sql).value(0); });
        return text;
    }
    // A workspace with a generated cache, to be copied.
    static void makeWorld(const Ctl& ctl, WorldPerson& person) {
        QVERIFY(ctl.begin());
        inWorkspace(ctl, [&](const Workspace&, Database& db) {
            const PrivacyWorld world(99, 12, db);
            QVERIFY(world.isMade());
            person = world.people().at(3);
        });
    }

private Q_SLOTS:
    void erasesOneOfAShopThatStillListsThem();
    void answersAShopsOwnRequests();
    void aDisconnectedStoreStaysUntilItIsDropped();
    void saysWhatIsWrong();
    void leavesAllOrNothingWhenKilled();
};

void PrivacyCliTest::erasesOneOfAShopThatStillListsThem() {
    QTemporaryDir dir;
    const Ctl ctl(dir.path());
    const Sandbox sandbox({u"--customers"_s, u"40"_s, u"--orders"_s, u"120"_s, u"--seed"_s, u"5"_s});
    QVERIFY(sandbox.isRunning());
    QVERIFY(ctl.begin());
    QCOMPARE(ctl.run(sandbox.connectArguments(), sandbox.connectInput()).exitStatus, 0);
    const Finished synced = ctl.run({u"sync"_s, u"run"_s, u"--full"_s});
    QVERIFY2(synced.exitStatus == 0, synced.err.constData());
    const QString email =
        answer(ctl, "SELECT lower(c.email) FROM customers c JOIN orders o ON o.profile_id = c.profile_id "
                    "WHERE c.email <> '' GROUP BY c.id ORDER BY count(*) DESC LIMIT 1");
    QVERIFY(!email.isEmpty());
    const QByteArray sums = "SELECT count(*) || ' ' || sum(total_minor) || ' ' || sum(refunded_minor) FROM orders";
    const QString totals = answer(ctl, sums);

    const QString out = dir.filePath(u"export"_s);
    const Finished given = ctl.run({u"privacy"_s, u"export"_s, email, u"--to"_s, out});
    QVERIFY2(given.exitStatus == 0, given.err.constData());
    QVERIFY(QFile::exists(out + u"/index.html"_s));
    QVERIFY(given.json()[u"exported"_s][u"rows"_s][u"orders"_s].toInt() > 0);
    QCOMPARE(ctl.run({u"privacy"_s, u"export"_s, email, u"--to"_s, out}).exitStatus, 1);

    const Finished erased = ctl.run({u"privacy"_s, u"erase"_s, email});
    QVERIFY2(erased.exitStatus == 0, erased.err.constData());
    QCOMPARE(erased.json()[u"erased"_s][u"customers"_s].toInt(), 1);
    QCOMPARE(erased.json()[u"cleanup"_s][u"left"_s].toInt(), 0);
    QCOMPARE(ctl.run({u"privacy"_s, u"erase"_s, email}).exitStatus, 3);
    QCOMPARE(ctl.run({u"customer"_s, u"show"_s, email}).exitStatus, 3);
    QCOMPARE(answer(ctl, sums), totals);

    // The shop still has them: neither a sync nor a comparison brings them back, and nobody complains.
    QCOMPARE(ctl.run({u"sync"_s, u"run"_s, u"--full"_s}).exitStatus, 0);
    const Finished compared = ctl.run({u"sync"_s, u"reconcile"_s});
    QVERIFY2(compared.exitStatus == 0, compared.out.constData());
    QCOMPARE(ctl.run({u"customer"_s, u"show"_s, email}).exitStatus, 3);
    QCOMPARE(answer(ctl, sums), totals);
    QCOMPARE(answer(ctl, "SELECT count(*) FROM orders WHERE lower(email) = '" + email.toUtf8() + "'"), u"0"_s);
    QCOMPARE(ctl.run({u"workspace"_s, u"check"_s}).exitStatus, 0);
    const QByteArray log = ctl.run({u"privacy"_s, u"audit"_s}).out;
    QVERIFY(log.contains("person_exported") && log.contains("person_erased"));
    QVERIFY(!log.contains(email.toUtf8()));

    const Finished dropped = ctl.run({u"privacy"_s, u"drop-store"_s, u"1"_s});
    QVERIFY2(dropped.exitStatus == 0, dropped.err.constData());
    QCOMPARE(answer(ctl, "SELECT count(*) FROM orders"), u"0"_s);
    QCOMPARE(answer(ctl, "SELECT count(*) FROM sealed_secrets"), u"0"_s);
    QCOMPARE(ctl.run({u"privacy"_s, u"drop-store"_s, u"1"_s}).exitStatus, 3);
    QCOMPARE(ctl.run({u"workspace"_s, u"check"_s}).exitStatus, 0);
}

void PrivacyCliTest::answersAShopsOwnRequests() {
    QTemporaryDir dir;
    const Ctl ctl(dir.path());
    const Sandbox sandbox({u"--customers"_s, u"20"_s, u"--orders"_s, u"40"_s});
    QVERIFY(sandbox.isRunning());
    QVERIFY(ctl.begin());
    QCOMPARE(ctl.run(sandbox.connectArguments(), sandbox.connectInput()).exitStatus, 0);
    QCOMPARE(ctl.run({u"sync"_s, u"run"_s}).exitStatus, 0);
    const QString shop = answer(ctl, "SELECT domain FROM stores");
    const QString customer = answer(ctl, "SELECT external_id || ' ' || email FROM customers WHERE email <> '' LIMIT 1");
    QString subject = customer;
    const auto deliver = [&](const QString& topic) {
        const QByteArray body =
            QJsonDocument(
                QJsonObject{
                    {u"shop_domain"_s, shop},
                    {u"customer"_s, QJsonObject{{u"id"_s, subject.section(u' ', 0, 0).section(u'/', -1).toLongLong()},
                                                {u"email"_s, subject.section(u' ', 1)}}}})
                .toJson(QJsonDocument::Compact);
        const QByteArray hmac =
            QMessageAuthenticationCode::hash(body, sandbox.text("client_secret").toUtf8(), QCryptographicHash::Sha256)
                .toBase64();
        return ctl.run({u"webhook"_s, u"deliver"_s, u"--topic"_s, topic, u"--hmac"_s, QString::fromLatin1(hmac),
                        u"--shop"_s, shop},
                       body);
    };
    QCOMPARE(deliver(u"customers/data_request"_s).json()[u"result"_s].toString(), u"accepted"_s);
    const QByteArray doctor = ctl.run({u"doctor"_s}).out;
    QVERIFY2(doctor.contains("data_request") && doctor.contains("is due 20"), doctor.constData());
    // Answered by its number, which the doctor shows, and only once.
    const QString request = answer(ctl, "SELECT id FROM privacy_tasks WHERE state = 'pending'");
    QVERIFY2(doctor.contains("privacy export --request " + request.toUtf8()), doctor.constData());
    QCOMPARE(ctl.run({u"privacy"_s, u"close"_s, request}).exitStatus, 1); // something is kept
    const QString given = dir.filePath(u"given"_s);
    const QStringList giving{u"privacy"_s, u"export"_s, u"--request"_s, request, u"--to"_s, given};
    const Finished answered = ctl.run(giving);
    QVERIFY2(answered.exitStatus == 0, answered.err.constData());
    QCOMPARE(answered.json()[u"exported"_s][u"requests_closed"_s].toInt(), 1);
    QFile person(given + u"/person.json"_s);
    QVERIFY(person.open(QIODevice::ReadOnly));
    QVERIFY(person.readAll().contains(customer.section(u' ', 1).toUtf8()));
    QCOMPARE(ctl.run(giving.mid(0, 5) + QStringList(dir.filePath(u"again"_s))).exitStatus, 3);
    // About nobody known: that is the answer.
    subject = u"gid://shopify/Customer/1 eve@else.example"_s;
    QCOMPARE(deliver(u"customers/data_request"_s).json()[u"result"_s].toString(), u"accepted"_s);
    const QString nobodys = answer(ctl, "SELECT id FROM privacy_tasks WHERE state = 'pending'");
    const QString nowhere = dir.filePath(u"nowhere"_s);
    QCOMPARE(ctl.run({u"privacy"_s, u"export"_s, u"--request"_s, nobodys, u"--to"_s, nowhere}).exitStatus, 3);
    QVERIFY(!QFile::exists(nowhere));
    QCOMPARE(ctl.run({u"privacy"_s, u"close"_s, nobodys}).exitStatus, 0);
    QCOMPARE(ctl.run({u"privacy"_s, u"close"_s, nobodys}).exitStatus, 3);
    subject = customer;
    QCOMPARE(deliver(u"customers/redact"_s).json()[u"result"_s].toString(), u"accepted"_s);
    QCOMPARE(ctl.run({u"customer"_s, u"show"_s, customer.section(u' ', 1)}).exitStatus, 3);
    // Both are answered: there is nothing left to give.
    QCOMPARE(answer(ctl, "SELECT count(*) FROM privacy_tasks WHERE state = 'pending'"), u"0"_s);
    QVERIFY(!answer(ctl, "SELECT group_concat(subject) FROM privacy_tasks").contains(customer.section(u' ', 1)));
    QVERIFY(!ctl.run({u"doctor"_s}).out.contains("data_request"));
    // The shop itself is still connected: its end waits for its time.
    QCOMPARE(deliver(u"shop/redact"_s).json()[u"result"_s].toString(), u"accepted"_s);
    QCOMPARE(answer(ctl, "SELECT count(*) FROM stores"), u"1"_s);
    QCOMPARE(ctl.run({u"store"_s, u"disconnect"_s, u"1"_s}).exitStatus, 0);
    QCOMPARE(deliver(u"customers/redact"_s).exitStatus, 4); // its key is forgotten
}

// Without its keys no request of its shop can be proved: what is kept is in the hands of who disconnected it.
void PrivacyCliTest::aDisconnectedStoreStaysUntilItIsDropped() {
    QTemporaryDir dir;
    const Ctl ctl(dir.path());
    const Sandbox sandbox({u"--customers"_s, u"20"_s, u"--orders"_s, u"40"_s});
    QVERIFY(sandbox.isRunning());
    QVERIFY(ctl.begin());
    QCOMPARE(ctl.run(sandbox.connectArguments(), sandbox.connectInput()).exitStatus, 0);
    QCOMPARE(ctl.run({u"sync"_s, u"run"_s}).exitStatus, 0);
    const int orders = answer(ctl, "SELECT count(*) FROM orders").toInt();
    QVERIFY(orders > 0);
    QCOMPARE(ctl.run({u"store"_s, u"disconnect"_s, u"1"_s}).exitStatus, 0);
    QCOMPARE(answer(ctl, "SELECT count(*) FROM orders").toInt(), orders);
    QCOMPARE(answer(ctl, "SELECT count(*) FROM sealed_secrets"), u"0"_s);
    const Finished dropped = ctl.run({u"privacy"_s, u"drop-store"_s, u"1"_s});
    QVERIFY2(dropped.exitStatus == 0, dropped.err.constData());
    QCOMPARE(dropped.json()[u"dropped"_s][u"orders"_s].toInt(), orders);
    QCOMPARE(dropped.json()[u"cleanup"_s][u"left"_s].toInt(), 0);
    for (const char* table : {"orders", "customers", "products", "stores", "sealed_secrets"})
        QCOMPARE(answer(ctl, QByteArray("SELECT count(*) FROM ") + table), u"0"_s);
}

void PrivacyCliTest::saysWhatIsWrong() {
    QTemporaryDir dir;
    const Ctl ctl(dir.path());
    QVERIFY(ctl.begin());
    for (const QStringList& wrong : {QStringList{},
                                     {u"erase"_s},
                                     {u"export"_s, u"a@b.example"_s},
                                     {u"export"_s, u"--request"_s, u"x"_s, u"--to"_s, u"y"_s},
                                     {u"export"_s, u"a@b.example"_s, u"--request"_s, u"1"_s, u"--to"_s, u"y"_s},
                                     {u"close"_s},
                                     {u"close"_s, u"x"_s},
                                     {u"burn"_s},
                                     {u"erase"_s, u"a@b.example"_s, u"more"_s},
                                     {u"drop-store"_s, u"x"_s}}) {
        const Finished run = ctl.run(QStringList{u"privacy"_s} + wrong);
        QVERIFY2(run.exitStatus == 2 || run.exitStatus == 1, qPrintable(wrong.join(u' ')));
        QCOMPARE(run.err.count('\n'), 1);
    }
    const Finished nobody = ctl.run({u"privacy"_s, u"erase"_s, u"nobody@else.example"_s});
    QCOMPARE(nobody.exitStatus, 3);
    QVERIFY(!nobody.err.contains("nobody@else.example"));
}

void PrivacyCliTest::leavesAllOrNothingWhenKilled() {
    QTemporaryDir dir;
    const Ctl first(dir.path());
    WorldPerson person;
    makeWorld(first, person);
    if (QTest::currentTestFailed()) return;
    const auto copyTo = [&](int round) {
        const QString to = dir.filePath(u"round%1"_s.arg(round));
        return Ctl(to).copyFrom(first) ? to : QString();
    };
    QElapsedTimer timer;
    const Ctl measured(copyTo(0));
    timer.start();
    QCOMPARE(measured.run({u"privacy"_s, u"erase"_s, person.email}).exitStatus, 0);
    const int whole = static_cast<int>(timer.elapsed());

    const int rounds = qEnvironmentVariableIsSet("AIVA_RUNS") ? qEnvironmentVariableIntValue("AIVA_RUNS") : 12;
    QRandomGenerator random(7);
    int before = 0;
    int after = 0;
    int unfinished = 0;
    for (int round = 1; round <= rounds; ++round) {
        const QString home = copyTo(round);
        QVERIFY(!home.isEmpty());
        const Ctl ctl(home);
        const auto process = ctl.start({u"privacy"_s, u"erase"_s, person.email});
        QTest::qWait(random.bounded(whole / 20, whole));
        process->kill();
        process->waitForFinished(60'000);
        const Finished checked = ctl.run({u"workspace"_s, u"check"_s});
        QVERIFY2(checked.exitStatus == 0, checked.out.constData());
        bool isErased = false;
        inWorkspace(ctl, [&](const Workspace&, Database& db) {
            isErased = rows(db, "SELECT count(*) FROM audit WHERE kind = 'person_erased'") == QStringList(u"1"_s);
            QCOMPARE(tracesInTables(db, person.traces()).isEmpty(), isErased);
            if (isErased && rows(db, "SELECT count(*) FROM privacy_cleanups") != QStringList(u"0"_s)) ++unfinished;
        });
        ++(isErased ? after : before);
        QCOMPARE(ctl.run({u"privacy"_s, u"erase"_s, person.email}).exitStatus, isErased ? 3 : 0);
        inWorkspace(ctl, [&](const Workspace& workspace, Database& db) {
            QCOMPARE(rows(db, "SELECT count(*) FROM privacy_cleanups"), QStringList(u"0"_s));
            QCOMPARE(tracesInIndexes(db, person.traces()), QStringList());
            QCOMPARE(tracesInPages(db, person.traces()), QStringList());
            const auto problems = workspace.check();
            QVERIFY(problems);
            QCOMPARE(*problems, QStringList());
        });
        QDir(home).removeRecursively();
    }
    qInfo("%d kills: %d before, %d after, %d of them with clearing left", rounds, before, after, unfinished);
    QCOMPARE(before + after, rounds);
}

QTEST_GUILESS_MAIN(PrivacyCliTest)
#include "tst_privacy_cli.moc"
