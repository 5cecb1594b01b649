// Against Google's own emulator of Pub/Sub, where this machine has it. It asks nobody for a token; ours comes from a
// token endpoint on loopback.
#include "core/adapters/pubsub/pubsub_puller.h"
#include "tests/support/await.h"
#include "tests/support/fake_pubsub.h"
#include "tests/support/patience.h"

#include <QDir>
#include <QElapsedTimer>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QStandardPaths>
#include <QTcpServer>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class TestPubSubEmulator : public QObject {
    Q_OBJECT

    QProcess m_emulator;
    QNetworkAccessManager m_network;
    QString m_base;

    int ask(const QByteArray& method, const QString& path, const QByteArray& body = {}) {
        QNetworkRequest request(QUrl(m_base + u"/v1/projects/acme-project"_s + path));
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
        const std::unique_ptr<QNetworkReply> reply(m_network.sendCustomRequest(request, method, body));
        if (!QTest::qWaitFor([&] { return reply->isFinished(); }, 30'000)) return 0;
        return reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    }

private Q_SLOTS:
    void initTestCase() {
        const QDir folder(u"/usr/lib/google-cloud-sdk/platform/pubsub-emulator/lib"_s);
        const QStringList jars = folder.entryList({u"cloud-pubsub-emulator-*.jar"_s});
        const QString java = QStandardPaths::findExecutable(u"java"_s);
        if (jars.isEmpty() || java.isEmpty()) QSKIP("the Pub/Sub emulator is absent");
        QTcpServer probe;
        QVERIFY(probe.listen(QHostAddress::LocalHost));
        const quint16 port = probe.serverPort();
        probe.close();
        m_base = u"http://127.0.0.1:%1"_s.arg(port);
        m_emulator.setStandardOutputFile(QProcess::nullDevice());
        m_emulator.setStandardErrorFile(QProcess::nullDevice());
        m_emulator.start(java,
                         {u"-jar"_s, folder.filePath(jars.last()), u"--host=127.0.0.1"_s, u"--port=%1"_s.arg(port)});
        QVERIFY(m_emulator.waitForStarted(30'000));
        // Java takes its time on a busy machine, and may have done at last what was given up before.
        int made = 0;
        QTRY_VERIFY_WITH_TIMEOUT((made = ask("PUT", u"/topics/orders-topic"_s)) == 200 || made == 409, 120'000);
        QCOMPARE(ask("PUT", u"/subscriptions/aiva-desk"_s,
                     "{\"topic\":\"projects/acme-project/topics/orders-topic\",\"ackDeadlineSeconds\":10}"),
                 200);
    }
    void cleanupTestCase() {
        if (m_emulator.state() == QProcess::NotRunning) return;
        m_emulator.terminate();
        if (!m_emulator.waitForFinished(10'000)) m_emulator.kill();
        m_emulator.waitForFinished(5'000);
    }

    void fetchesAndAcknowledges() {
        QCOMPARE(
            ask("POST", u"/topics/orders-topic:publish"_s,
                "{\"messages\":[{\"data\":\"eyJpZCI6MX0=\",\"attributes\":{\"X-Shopify-Topic\":\"orders/create\"}},"
                "{\"data\":\"eyJpZCI6Mn0=\",\"attributes\":{\"X-Shopify-Topic\":\"orders/create\"}}]}"),
            200);
        FakePubSub google; // for its tokens
        const QByteArray file = google.keyFile();
        HttpTransport http;
        SystemClock clock;
        std::vector<PulledMessage> taken;
        int drained = 0;
        int troubles = 0;
        PullEvents events;
        events.take = [&](const std::vector<PulledMessage>& messages) -> Result<void> {
            taken.insert(taken.end(), messages.begin(), messages.end());
            return {};
        };
        events.drained = [&] { ++drained; };
        events.changed = [&](const PullState& state) { troubles += state.error ? 1 : 0; };
        const auto pull =
            pullFromPubSub(http, clock, {u"acme-project"_s, u"aiva-desk"_s, m_base},
                           SecretString(std::string_view(file.constData(), static_cast<size_t>(file.size()))),
                           PullWait::AtOnce, events);
        QVERIFY(pull);
        QTRY_VERIFY_WITH_TIMEOUT(taken.size() >= 2 && drained > 0, 60'000);
        // Past the deadline what is not acknowledged would come again.
        QTest::qWait(12'000);
        QCOMPARE(taken.size(), size_t(2));
        QCOMPARE(troubles, 0);
        QByteArrayList bodies{taken[0].body, taken[1].body};
        std::sort(bodies.begin(), bodies.end());
        QCOMPARE(bodies, (QByteArrayList{"{\"id\":1}", "{\"id\":2}"}));
        QCOMPARE(taken[0].attributes.front().second, QByteArray("orders/create"));
    }
};

QTEST_GUILESS_MAIN(TestPubSubEmulator)
#include "tst_pubsub_emulator.moc"
