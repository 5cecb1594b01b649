// aivactl store import: files of a shop nobody can connect any more, from a dry run to a search, told by exit status
// and JSON; and an import killed at many moments that ends in the same cache as one left in peace.
#include "tests/support/programs.h"
#include "tests/support/table_dump.h"

#include "core/storage/workspace/workspace.h"
#include "tests/support/patience.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kPeople = "Customer ID,First Name,Last Name,Email,Default Address Address1,Default Address City,Total "
                           "Spent,Total Orders,Tags\r\n"
                           "'901,Ida,Holm,ida@home.example,Quay 4,Bergen,54.00,1,\"vip, oak\"\r\n"
                           "'902,Jon,Ruiz,jon@home.example,Main St 9,Leeds,0.00,0,\r\n";
const QByteArray kOrders =
    "Name,Email,Financial Status,Fulfillment Status,Fulfilled at,Currency,Subtotal,Shipping,Taxes,"
    "Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Shipping Name,Id\r\n"
    "#2001,ida@home.example,paid,fulfilled,2026-03-02 10:00:00 +0100,EUR,50.00,4.00,0.00,54.00,"
    "2026-03-01 10:00:00 +0100,1,Oak lamp,40.00,Ida Holm,77001\r\n"
    "#2001,ida@home.example,,,,,,,,,,2,Bulb,5.00,,\r\n"
    "#2002,nobody,paid,unfulfilled,,EUR,1.00,0.00,0.00,1.00,2026-03-01 10:00:00 +0100,1,Bulb,"
    "1.00,,77002\r\n";

} // namespace

class StoreImportTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    std::unique_ptr<Ctl> m_ctl;

    QString fileOf(const QByteArray& bytes, const QString& name) const {
        QFile file(m_dir.filePath(name));
        if (file.open(QIODevice::WriteOnly)) file.write(bytes);
        return file.fileName();
    }
    QStringList importArguments() const {
        return {u"store"_s,       u"import"_s,
                u"--customers"_s, m_dir.filePath(u"people.csv"_s),
                u"--orders"_s,    m_dir.filePath(u"orders.csv"_s)};
    }
    static QJsonObject recordsOf(const Finished& run, const QString& resource) {
        return run.lastLine().value(u"records"_s)[resource].toObject();
    }
    static QStringList dumpOf(const Ctl& ctl) {
        QFile file(ctl.keyFile());
        if (!file.open(QIODevice::ReadOnly)) return {u"no key"_s};
        QByteArray key = file.readAll();
        const auto workspace = Workspace::open(ctl.workspaceDir(), SecretString::takeFrom(key));
        if (!workspace) return {workspace.error().detail};
        const auto reader = (*workspace)->openReader();
        return reader ? dumpOfShopTables(**reader) : QStringList{reader.error().detail};
    }

private Q_SLOTS:
    void initTestCase() {
        m_ctl = std::make_unique<Ctl>(m_dir.path());
        QVERIFY(m_ctl->begin());
        fileOf(kPeople, u"people.csv"_s);
        fileOf(kOrders, u"orders.csv"_s);
    }

    void tellsWrongUsageFromWrongFiles() {
        QCOMPARE(m_ctl->run({u"store"_s, u"import"_s}).exitStatus, 2);
        const QList<QStringList> wrongs{{u"--map"_s, u"colour=Email"_s}, {u"--map"_s, u"email"_s},
                                        {u"--currency"_s, u"EURO"_s},    {u"--decimal"_s, u"dot"_s},
                                        {u"--date-order"_s, u"ymd"_s},   {u"--time-zone"_s, u"Berlin"_s}};
        for (const QStringList& wrong : wrongs)
            QCOMPARE(m_ctl->run(importArguments() + wrong).exitStatus, 2);
        QCOMPARE(m_ctl->run({u"store"_s, u"import"_s, u"--orders"_s, u"/nowhere.csv"_s}).exitStatus, 3);
        const Finished swapped =
            m_ctl->run({u"store"_s, u"import"_s, u"--customers"_s, m_dir.filePath(u"orders.csv"_s)});
        QCOMPARE(swapped.exitStatus, 1);
        QVERIFY2(swapped.err.contains("--orders"), swapped.err.constData());
        QVERIFY(m_ctl->run({u"store"_s, u"list"_s}).json().value(u"stores"_s).toArray().isEmpty());
    }

    void aDryRunSaysWhatWouldHappen() {
        const Finished run = m_ctl->run(importArguments() + QStringList{u"--dry-run"_s});
        QVERIFY2(run.exitStatus == 0, run.err.constData());
        const QJsonObject last = run.lastLine();
        QCOMPARE(last.value(u"dry_run"_s).toBool(), true);
        QCOMPARE(recordsOf(run, u"orders"_s).value(u"created"_s).toInt(), 1);
        QCOMPARE(recordsOf(run, u"orders"_s).value(u"failed"_s).toInt(), 1);
        const QJsonObject file = last.value(u"files"_s)[1].toObject();
        QCOMPARE(file.value(u"recognised_as"_s).toString(), u"shopify"_s);
        QCOMPARE(file.value(u"encoding"_s).toString(), u"UTF-8"_s);
        QCOMPARE(file.value(u"columns"_s)[u"order_name"_s].toString(), u"Name"_s);
        QVERIFY(m_ctl->run({u"store"_s, u"list"_s}).json().value(u"stores"_s).toArray().isEmpty());
        QVERIFY(m_ctl->run({u"sync"_s, u"history"_s}).json().value(u"jobs"_s).toArray().isEmpty());
    }

    void imports() {
        const Finished run = m_ctl->run(importArguments() + QStringList{u"--name"_s, u"Old shop"_s});
        QVERIFY2(run.exitStatus == 0, run.err.constData());
        QVERIFY(run.out.startsWith("{\"batch\":1,\"bytes\""));
        const QJsonObject last = run.lastLine();
        QCOMPARE(last.value(u"event"_s).toString(), u"finished"_s);
        QCOMPARE(last.value(u"status"_s).toString(), u"completed_with_errors"_s);
        QCOMPARE(last.value(u"store"_s)[u"is_new"_s].toBool(), true);
        QCOMPARE(recordsOf(run, u"customers"_s).value(u"created"_s).toInt(), 2);
        const QJsonObject error = last.value(u"errors"_s)[0].toObject();
        QCOMPARE(error.value(u"external_id"_s).toString(), u"line 4"_s);
        QVERIFY(!run.out.contains("nobody") && !run.err.contains("nobody"));
    }

    void isThereForEveryOtherCommand() {
        const QJsonObject store = m_ctl->run({u"store"_s, u"list"_s}).json().value(u"stores"_s)[0].toObject();
        QCOMPARE(store.value(u"kind"_s).toString(), u"csv"_s);
        QCOMPARE(store.value(u"name"_s).toString(), u"Old shop"_s);
        QCOMPARE(store.value(u"currency"_s).toString(), u"EUR"_s);
        QCOMPARE(store.value(u"orders"_s).toInt(), 1);
        QCOMPARE(store.value(u"last_sync_status"_s).toString(), u"completed_with_errors"_s);
        const QJsonObject order = m_ctl->run({u"order"_s, u"show"_s, u"2001"_s}).json();
        QCOMPARE(order.value(u"total"_s)[u"amount"_s].toString(), u"54.00"_s);
        QCOMPARE(order.value(u"created_at"_s).toString(), u"2026-03-01T09:00:00Z"_s);
        QCOMPARE(order.value(u"items"_s).toArray().size(), 2);
        const QJsonObject person = m_ctl->run({u"customer"_s, u"show"_s, u"ida@home.example"_s}).json();
        QCOMPARE(person.value(u"name"_s).toString(), u"Ida Holm"_s);
        QCOMPARE(person.value(u"ltv"_s)[u"amount"_s].toString(), u"54.00"_s);
        QCOMPARE(person.value(u"orders"_s).toArray().size(), 1);
        QVERIFY(!m_ctl->run({u"search"_s, u"Holm"_s}).json().value(u"hits"_s).toArray().isEmpty());
        const QJsonObject job = m_ctl->run({u"sync"_s, u"history"_s}).json().value(u"jobs"_s)[0].toObject();
        QCOMPARE(job.value(u"errors"_s).toArray().size(), 1);
        QCOMPARE(job.value(u"records"_s)[u"orders"_s][u"failed"_s].toInt(), 1);
        // A store of files is no shop to ask.
        QCOMPARE(m_ctl->run({u"sync"_s, u"run"_s}).exitStatus, 3);
        QCOMPARE(m_ctl->run({u"workspace"_s, u"check"_s}).json().value(u"ok"_s).toBool(), true);
    }

    void importsAgainByItsName() {
        const Finished again = m_ctl->run(importArguments() + QStringList{u"--name"_s, u"old SHOP"_s});
        QCOMPARE(recordsOf(again, u"customers"_s).value(u"unchanged"_s).toInt(), 2);
        QCOMPARE(recordsOf(again, u"orders"_s).value(u"unchanged"_s).toInt(), 1);
        QCOMPARE(again.lastLine().value(u"store"_s)[u"is_new"_s].toBool(), false);
    }

    void takesColumnsByHand() {
        const QString path = fileOf("Ref;Placed;Who;Sum\nB-7;03/04/2026;lo@home.example;1.250\n", u"hand.csv"_s);
        const QStringList base{u"store"_s, u"import"_s, u"--orders"_s, path, u"--currency"_s, u"EUR"_s};
        QCOMPARE(m_ctl->run(base).exitStatus, 1);
        const QStringList mapped =
            base + QStringList{u"--map"_s, u"order_name=Ref"_s, u"--map"_s,          u"created_at=placed"_s,
                               u"--map"_s, u"email=Who"_s,      u"--map=total=Sum"_s};
        const Finished unsure = m_ctl->run(mapped + QStringList{u"--dry-run"_s});
        QCOMPARE(recordsOf(unsure, u"orders"_s).value(u"failed"_s).toInt(), 1);
        const Finished sure = m_ctl->run(mapped + QStringList{u"--decimal"_s, u"comma"_s, u"--date-order"_s, u"dmy"_s,
                                                              u"--time-zone"_s, u"Europe/Berlin"_s});
        QVERIFY2(sure.exitStatus == 0, sure.err.constData());
        QCOMPARE(sure.lastLine().value(u"store"_s)[u"name"_s].toString(), u"hand"_s);
        const QJsonObject order = m_ctl->run({u"order"_s, u"show"_s, u"B-7"_s}).json();
        QCOMPARE(order.value(u"total"_s)[u"amount"_s].toString(), u"1250.00"_s);
        QCOMPARE(order.value(u"created_at"_s).toString(), u"2026-04-02T22:00:00Z"_s);
    }

    void speaksToPeopleToo() {
        QStringList arguments = m_ctl->globalArguments();
        arguments.removeAll(u"--json"_s);
        QProcess process;
        process.start(qEnvironmentVariable("AIVA_BIN_DIR") + u"/aivactl"_s,
                      arguments + importArguments() + QStringList{u"--dry-run"_s});
        QVERIFY(process.waitForFinished(180'000));
        const QByteArray out = process.readAllStandardOutput();
        QVERIFY2(out.contains("read as shopify") && out.contains("order_name = Name"), out.constData());
        QVERIFY2(out.contains("Dry run, nothing was written"), out.constData());
        QVERIFY2(out.contains("orders line 4:"), out.constData());
    }

    void anImportKilledAndBegunAgainEndsTheSame() {
        QByteArray people = "Customer ID,First Name,Last Name,Email,Created at\n";
        QByteArray orders =
            "Name,Email,Financial Status,Currency,Total,Created at,Lineitem quantity,Lineitem name,Lineitem "
            "price,Id\n";
        constexpr int kRows = 6'000; // several slices of each file
        for (int i = 0; i < kRows; ++i) {
            const QByteArray n = QByteArray::number(i);
            people += n + ",Kim,Berg " + n + ",k" + n + "@home.example,2026-01-01 10:00:00 Z\n";
            orders += "#" + n + ",k" + QByteArray::number(i * 7 % kRows) +
                      "@home.example,paid,EUR,9.00,2026-01-02 10:00:00 Z,1,Bulb,4.00," + n + "\n#" + n +
                      ",,,,,,1,Shade,5.00,\n";
        }
        const QStringList arguments{u"store"_s,       u"import"_s,
                                    u"--customers"_s, fileOf(people, u"many-people.csv"_s),
                                    u"--orders"_s,    fileOf(orders, u"many-orders.csv"_s)};
        QTemporaryDir calmDir;
        const Ctl calm(calmDir.path());
        QVERIFY(calm.begin());
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(calm.run(arguments).exitStatus, 0);
        const int calmMs = static_cast<int>(timer.elapsed());
        QTemporaryDir killedDir;
        const Ctl killed(killedDir.path());
        QVERIFY(killed.begin());
        int kills = 0;
        for (int i = 1; i <= 6; ++i) { // later and later, as what is there already is passed over
            const auto process = killed.start(arguments);
            if (process->waitForFinished(calmMs * i / 9)) continue;
            process->kill();
            process->waitForFinished(60'000);
            ++kills;
        }
        QCOMPARE(killed.run(arguments).exitStatus, 0);
        QVERIFY(kills > 0);
        QCOMPARE(difference(dumpOf(calm), dumpOf(killed)), QString());
        QCOMPARE(killed.run({u"workspace"_s, u"check"_s}).json().value(u"ok"_s).toBool(), true);
        qInfo("killed %d times, a calm import takes %d ms", kills, calmMs);
    }
};

QTEST_GUILESS_MAIN(StoreImportTest)
#include "tst_store_import.moc"
