// `aivactl webhook pull`: a shop's messages out of Pub/Sub into the cache, each acknowledged once it is on the disk.
#include "tests/flow/shop_control.h"
#include "tests/support/corpora.h"
#include "tests/support/fake_pubsub.h"
#include "tests/support/patience.h"
#include "tests/support/programs.h"
#include "tests/support/table_dump.h"

#include <QDirIterator>
#include <QFileInfo>
#include <QJsonDocument>
#include <QTemporaryDir>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class TestWebhookPull : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<Ctl> m_ctl;
    std::unique_ptr<FakePubSub> m_google;

    QByteArray secret() const { return m_sandbox->text("client_secret").toUtf8(); }
    QByteArray shop() const { return m_sandbox->text("shop").toUtf8(); }
    QStringList arguments(const QStringList& more) const {
        return QStringList{u"webhook"_s,        u"pull"_s,
                           u"--project"_s,      FakePubSub::project,
                           u"--subscription"_s, FakePubSub::subscription,
                           u"--base-url"_s,     m_google->baseUrl().toString()} +
               more;
    }
    // The fake lives in this process: its event loop has to run meanwhile.
    Finished run(const QStringList& arguments, const QByteArray& input = {}) const {
        const auto process = m_ctl->start(arguments);
        process->write(input);
        process->closeWriteChannel();
        Finished finished;
        if (!QTest::qWaitFor([&] { return process->state() == QProcess::NotRunning; }, 180'000)) return finished;
        finished.exitStatus = process->exitStatus() == QProcess::NormalExit ? process->exitCode() : -1;
        finished.out = process->readAllStandardOutput();
        finished.err = process->readAllStandardError();
        return finished;
    }
    QStringList rowsOf(const QByteArray& sql) const {
        const WorkspaceOnDisk workspace(m_ctl->workspaceDir(), m_ctl->keyFile());
        return workspace.database() ? rows(*workspace.database(), sql) : QStringList{u"no workspace"_s};
    }
    static QByteArray note(int number) {
        return "{\"admin_graphql_api_id\":\"gid://shopify/BulkOperation/" + QByteArray::number(number) + "\"}";
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(QFileInfo(binDir() + u"/aivactl"_s).isExecutable(), "AIVA_BIN_DIR has no aivactl");
        m_sandbox = std::make_unique<Sandbox>(
            QStringList{u"--customers"_s, u"10"_s, u"--orders"_s, u"20"_s, u"--days"_s, u"50"_s});
        QVERIFY(m_sandbox->isRunning());
        m_ctl = std::make_unique<Ctl>(m_dir.path());
        m_google = std::make_unique<FakePubSub>();
        QCOMPARE(m_ctl->run({u"workspace"_s, u"init"_s}).exitStatus, 0);
        QCOMPARE(m_ctl->run(m_sandbox->connectArguments(), m_sandbox->connectInput()).exitStatus, 0);
    }

    void needsTheKeyFileOnce() {
        const Finished without = run(arguments({u"--once"_s}));
        QCOMPARE(without.exitStatus, 1);
        QVERIFY2(without.err.contains("--service-account-stdin"), without.err.constData());
        const Finished wrong = run(arguments({u"--once"_s, u"--service-account-stdin"_s}), "{\"type\":\"other\"}");
        QCOMPARE(wrong.exitStatus, 1);
        QVERIFY2(wrong.err.contains("service account"), wrong.err.constData());
        QCOMPARE(wrong.err.count('\n'), 1);
        const Finished first = run(arguments({u"--once"_s, u"--service-account-stdin"_s}), m_google->keyFile());
        QVERIFY2(first.exitStatus == 0, first.err.constData());
        QCOMPARE(first.lastLine().value(u"event"_s).toString(), u"finished"_s);
        const Finished second = run(arguments({u"--once"_s}));
        QVERIFY2(second.exitStatus == 0, second.err.constData());
    }

    void takesWhatIsAShopsAndBooksTheRest() {
        for (int i = 0; i < 3; ++i)
            m_google->publishShopify(secret(), shop(), "bulk_operations/finish", "w" + QByteArray::number(i), note(i));
        m_google->publishShopify({}, shop(), "bulk_operations/finish", "unsigned", note(4));
        m_google->publishShopify("guess", shop(), "bulk_operations/finish", "forged", note(5));
        m_google->publishShopify(secret(), "other.myshopify.com", "orders/create", "stranger", note(6));
        m_google->publish({{"hello", "world"}}, "{}");
        m_google->publishBroken();
        m_google->publishShopify(secret(), shop(), "bulk_operations/finish", "w1", note(1)); // again
        const Finished pulled = run(arguments({u"--once"_s}));
        QVERIFY2(pulled.exitStatus == 0, pulled.err.constData());
        QCOMPARE(m_google->waiting(), 0); // poison does not come for ever
        QCOMPARE(rowsOf("SELECT delivery_id, state, result FROM webhook_deliveries ORDER BY delivery_id"),
                 (QStringList{u"unsigned|done|noted"_s, u"w0|done|noted"_s, u"w1|done|noted"_s, u"w2|done|noted"_s}));
        QCOMPARE(rowsOf("SELECT reason, deliveries FROM webhook_refusals ORDER BY reason"),
                 (QStringList{u"malformed|1"_s, u"unknown_shop|2"_s, u"wrong_signature|1"_s}));
        const QList<QByteArray> lines = pulled.out.trimmed().split('\n');
        QCOMPARE(QJsonDocument::fromJson(lines.first()).object().value(u"event"_s).toString(), u"pulling"_s);
        QCOMPARE(lines.size(), 6);
        QCOMPARE(pulled.lastLine().value(u"deliveries"_s).toInt(), 4);
    }

    void oneEmptyAnswerIsNotTheEnd() {
        ScriptedAnswer empty;
        empty.body = "{}";
        m_google->nextPulls = {empty};
        m_google->publishShopify(secret(), shop(), "bulk_operations/finish", "behind", note(7));
        const Finished pulled = run(arguments({u"--once"_s}));
        QVERIFY2(pulled.exitStatus == 0, pulled.err.constData());
        QCOMPARE(m_google->waiting(), 0);
        QCOMPARE(pulled.lastLine().value(u"deliveries"_s).toInt(), 1);
    }

    void carriesOutWhatAShopAsksToErase() {
        const QByteArray body = "{\"shop_id\":1,\"shop_domain\":\"" + shop() +
                                "\",\"customer\":{\"id\":191167,\"email\":\"john@mail.example\"},"
                                "\"orders_to_redact\":[]}";
        m_google->publishShopify(secret(), shop(), "customers/redact", "redact", body);
        const Finished pulled = run(arguments({u"--once"_s}));
        QVERIFY2(pulled.exitStatus == 0, pulled.err.constData());
        QCOMPARE(rowsOf("SELECT kind, state FROM privacy_tasks"), QStringList{u"customer_redact|done"_s});
    }

    void saysWhyItCannotFetch() {
        ScriptedAnswer refused;
        refused.status = 403;
        m_google->nextPulls = {refused};
        const Finished without = run(arguments({u"--once"_s}));
        QCOMPARE(without.exitStatus, 4);
        QVERIFY2(without.err.contains("Pub/Sub Subscriber") && !without.err.contains("read_orders"),
                 without.err.constData());
        QCOMPARE(run({u"webhook"_s, u"pull"_s, u"--project"_s, FakePubSub::project}).exitStatus, 2);
        const Finished elsewhere =
            run({u"webhook"_s, u"pull"_s, u"--project"_s, FakePubSub::project, u"--subscription"_s,
                 FakePubSub::subscription, u"--base-url"_s, u"https://pubsub.example"_s});
        QCOMPARE(elsewhere.exitStatus, 1);
    }

    void goesOnUntilItIsStopped() {
        const auto process = m_ctl->start(arguments({}));
        QTRY_VERIFY_WITH_TIMEOUT(m_google->pulls > 0 && process->canReadLine(), 60'000);
        m_google->publishShopify(secret(), shop(), "bulk_operations/finish", "later", note(9));
        QTRY_COMPARE_WITH_TIMEOUT(m_google->waiting(), 0, 60'000);
        process->terminate();
        QTRY_COMPARE_WITH_TIMEOUT(process->state(), QProcess::NotRunning, 60'000);
        QCOMPARE(process->exitCode(), 0);
        QVERIFY(process->readAllStandardOutput().contains("\"id\":\"later\""));
    }

    void nothingSecretLiesOnTheDisk() {
        const QByteArray key = m_google->secrets().last();
        QVERIFY(key.size() > 40);
        int files = 0;
        QDirIterator it(m_dir.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            QFile file(it.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains(key), qPrintable(file.fileName()));
            ++files;
        }
        QVERIFY(files > 0);
        QCOMPARE(m_google->faults, QStringList());
    }
};

QTEST_GUILESS_MAIN(TestWebhookPull)
#include "tst_webhook_pull.moc"
