// `aivactl webhook` as a script sees it, with the sandbox as the shop that sends.
#include "tests/flow/shop_control.h"
#include "tests/support/corpora.h"
#include "tests/support/patience.h"
#include "tests/support/programs.h"
#include "tests/support/table_dump.h"
#include "tests/support/webhook_client.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class TestWebhookCli : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<Ctl> m_ctl;

    QByteArray secret() const { return m_sandbox->text("client_secret").toUtf8(); }
    QByteArray shop() const { return m_sandbox->text("shop").toUtf8(); }
    Finished deliver(const QByteArray& topic, const QByteArray& body, const QByteArray& hmac) const {
        return m_ctl->run({u"webhook"_s, u"deliver"_s, u"--topic"_s, QString::fromLatin1(topic), u"--hmac"_s,
                           QString::fromLatin1(hmac), u"--shop"_s, QString::fromLatin1(shop())},
                          body);
    }
    QStringList rowsOf(const QByteArray& sql) const {
        const WorkspaceOnDisk workspace(m_ctl->workspaceDir(), m_ctl->keyFile());
        return workspace.database() ? rows(*workspace.database(), sql) : QStringList{u"no workspace"_s};
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(QFileInfo(binDir() + u"/aivactl"_s).isExecutable(), "AIVA_BIN_DIR has no aivactl");
        m_sandbox = std::make_unique<Sandbox>(
            QStringList{u"--customers"_s, u"20"_s, u"--orders"_s, u"60"_s, u"--days"_s, u"80"_s});
        QVERIFY(m_sandbox->isRunning());
        m_ctl = std::make_unique<Ctl>(m_dir.path());
        QCOMPARE(m_ctl->run({u"workspace"_s, u"init"_s}).exitStatus, 0);
        QCOMPARE(m_ctl->run(m_sandbox->connectArguments(), m_sandbox->connectInput()).exitStatus, 0);
        QCOMPARE(m_ctl->run({u"sync"_s, u"run"_s, u"--full"_s}).exitStatus, 0);
    }

    void deliversOnceAndSaysSo() {
        const QByteArray body = R"({"admin_graphql_api_id":"gid://shopify/BulkOperation/1","status":"completed"})";
        const QByteArray hmac = signatureOf(secret(), body);
        const Finished first = deliver("bulk_operations/finish", body, hmac);
        QCOMPARE(first.json().value(u"result"_s).toString(), u"accepted"_s);
        QCOMPARE(first.json().value(u"reason"_s).toString(), u"noted"_s);
        QCOMPARE(first.exitStatus, 0);
        const Finished second = deliver("bulk_operations/finish", body, hmac);
        QCOMPARE(second.json().value(u"result"_s).toString(), u"duplicate"_s);
        QCOMPARE(second.exitStatus, 0);
    }

    void rejectsWhatIsForged() {
        const QByteArray body = R"({"id":1})";
        const Finished forged = deliver("orders/delete", body, signatureOf("guess", body));
        QCOMPARE(forged.json().value(u"result"_s).toString(), u"rejected"_s);
        QCOMPARE(forged.json().value(u"reason"_s).toString(), u"wrong_signature"_s);
        QCOMPARE(forged.exitStatus, 4);
        const Finished large = deliver("orders/delete", QByteArray(5 * 1024 * 1024 + 1, ' '), "x");
        QCOMPARE(large.json().value(u"reason"_s).toString(), u"too_large"_s);
        QCOMPARE(large.exitStatus, 4);
        QCOMPARE(m_ctl->run({u"webhook"_s, u"deliver"_s}).exitStatus, 2);
        QCOMPARE(m_ctl->run({u"webhook"_s, u"listen"_s}).exitStatus, 2);
        QCOMPARE(m_ctl->run({u"webhook"_s, u"listen"_s, u"--port"_s, u"70000"_s}).exitStatus, 2);
    }

    void appliesWhatTheShopSends() {
        const auto listener = m_ctl->start({u"webhook"_s, u"listen"_s, u"--port"_s, u"0"_s});
        const QJsonObject listening = nextLine(*listener);
        QCOMPARE(listening.value(u"event"_s).toString(), u"listening"_s);
        const int port = listening.value(u"port"_s).toInt();
        QVERIFY(port > 0);
        const QByteArray url = "http://127.0.0.1:" + QByteArray::number(port) + "/webhooks/shopify";
        const QByteArray asked = "{\"url\":\"" + url + "\",\"orders\":5,\"customers\":2,\"products\":2}";
        const QJsonArray sent =
            QJsonDocument::fromJson(askSandbox(m_sandbox->text("base_url"), "POST", "/sandbox/webhooks", asked))
                .object()
                .value(u"sent"_s)
                .toArray();
        QCOMPARE(sent.size(), 9);
        QStringList results;
        for (const QJsonValue& one : sent)
            QCOMPARE(one.toObject().value(u"status"_s).toInt(), 200);
        for (int i = 0; i < 9; ++i)
            results << nextLine(*listener).value(u"result"_s).toString();
        // Customers are asked about; orders and products are there at once, those older than a first sync's window too.
        QCOMPARE(results.count(u"asked"_s), 2);
        QCOMPARE(results.count(u"updated"_s) + results.count(u"created"_s), 7);
        // What the deliveries leave unsaid is asked for: in the end the cache is what the shop is, field by field.
        QTRY_COMPARE_WITH_TIMEOUT(rowsOf("SELECT count(*) FROM record_rereads"), QStringList{u"0"_s}, 60'000);
        const WorkspaceOnDisk workspace(m_ctl->workspaceDir(), m_ctl->keyFile());
        QCOMPARE(difference(truthOf(m_sandbox->text("base_url"), m_sandbox->text("currency"), UtcTime(0)),
                            cacheLines(*workspace.database())),
                 QString());
        listener->terminate();
        QVERIFY(listener->waitForFinished(60'000));
        QCOMPARE(listener->exitCode(), 0);
        QCOMPARE(nextLine(*listener).value(u"event"_s).toString(), u"finished"_s);
    }

    void privacyRequestsShowInTheDoctor() {
        const QByteArray body =
            "{\"shop_domain\":\"" + shop() + "\",\"customer\":{\"id\":1,\"email\":\"ada@mail.example\"}}";
        QCOMPARE(deliver("customers/data_request", body, signatureOf(secret(), body)).exitStatus, 0);
        const Finished doctor = m_ctl->run({u"doctor"_s});
        bool isShown = false;
        for (const QJsonValue& check : doctor.json().value(u"checks"_s).toArray())
            isShown |= check.toObject().value(u"check"_s).toString() == u"privacy"_s &&
                       check.toObject().value(u"detail"_s).toString().startsWith(u"1 waiting"_s);
        QVERIFY2(isShown, doctor.out.constData());
        QVERIFY(!doctor.out.contains("ada@mail"));
    }
};

QTEST_GUILESS_MAIN(TestWebhookCli)
#include "tst_webhook_cli.moc"
