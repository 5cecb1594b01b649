// Fetching from Pub/Sub: acknowledged after the disk and not before, patient in trouble, and bounded.
#include "core/adapters/pubsub/pubsub_puller.h"
#include "tests/support/fake_pubsub.h"
#include "tests/support/patience.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

ScriptedAnswer status(int code, const QByteArray& body = "{}") {
    ScriptedAnswer answer;
    answer.status = code;
    answer.body = body;
    return answer;
}

QtMessageHandler formerHandler = nullptr;
QByteArray logged;
void keepLog(QtMsgType type, const QMessageLogContext& context, const QString& text) {
    logged += text.toUtf8() + '\n';
    if (formerHandler) formerHandler(type, context, text);
}

} // namespace

class TestPubSubPuller : public QObject {
    Q_OBJECT

    HttpTransport m_http;
    SystemClock m_clock;
    std::unique_ptr<FakePubSub> m_google;
    std::unique_ptr<WebhookPull> m_pull;
    std::vector<PulledMessage> m_taken;
    std::deque<Error> m_takeErrors;
    QList<std::optional<Error>> m_states;
    int m_tokensWhenChanged = 0; // the first time
    int m_drained = 0;
    size_t m_takenWhenDrained = 0; // the first time
    qsizetype m_waitingWhenTaken = 0;

    PullPlace place() const { return {FakePubSub::project, FakePubSub::subscription, m_google->baseUrl().toString()}; }
    SecretString key() const {
        const QByteArray file = m_google->keyFile();
        return SecretString(std::string_view(file.constData(), static_cast<size_t>(file.size())));
    }
    Result<std::unique_ptr<WebhookPull>> make(const PullPlace& where, int most = 100) {
        PullEvents events;
        events.take = [this](const std::vector<PulledMessage>& messages) -> Result<void> {
            m_waitingWhenTaken = m_google->waiting();
            if (!m_takeErrors.empty()) {
                const Error error = m_takeErrors.front();
                m_takeErrors.pop_front();
                return error;
            }
            m_taken.insert(m_taken.end(), messages.begin(), messages.end());
            return {};
        };
        events.changed = [this](const PullState& state) {
            if (m_states.isEmpty()) m_tokensWhenChanged = m_google->tokens;
            m_states.append(state.error);
        };
        events.drained = [this] {
            if (++m_drained == 1) m_takenWhenDrained = m_taken.size();
        };
        PubSubPace pace;
        pace.firstWaitMs = 20;
        pace.longestWaitMs = 200;
        pace.longestIdleMs = 100;
        pace.messages = most;
        return pullFromPubSub(m_http, m_clock, where, key(), PullWait::AtOnce, std::move(events), pace);
    }
    void start(int messages = 100) {
        auto made = make(place(), messages);
        QVERIFY(made);
        m_pull = *std::move(made);
    }
    void publish(const QByteArray& id) {
        m_google->publishShopify("hush", "acme.myshopify.com", "orders/create", id, "{\"id\":" + id + "}");
    }

private Q_SLOTS:
    void initTestCase() { formerHandler = qInstallMessageHandler(keepLog); }
    void init() {
        m_google = std::make_unique<FakePubSub>();
        m_taken.clear();
        m_takeErrors.clear();
        m_states.clear();
        m_drained = 0;
        logged.clear();
    }
    void cleanup() {
        m_pull.reset();
        QCOMPARE(m_google->faults, QStringList());
        for (const QByteArray& secret : m_google->secrets())
            QVERIFY(secret.isEmpty() || !logged.contains(secret));
    }

    void handsOverEachMessageAndAcknowledgesItAfterwards() {
        publish("1");
        publish("2");
        start();
        QTRY_COMPARE(m_taken.size(), size_t(2));
        QCOMPARE(m_waitingWhenTaken, 2); // not acknowledged while they were taken
        QTRY_COMPARE(m_google->waiting(), 0);
        QCOMPARE(m_taken[0].body, QByteArray("{\"id\":1}"));
        QVERIFY(std::find(m_taken[0].attributes.begin(), m_taken[0].attributes.end(),
                          std::pair<QByteArray, QByteArray>("X-Shopify-Topic", "orders/create")) !=
                m_taken[0].attributes.end());
        QTRY_VERIFY(m_drained > 0);
        publish("3");
        QTRY_COMPARE(m_taken.size(), size_t(3));
        QCOMPARE(m_google->tokens, 1);
        QCOMPARE(m_pull->state().messages, 3);
        QVERIFY(m_pull->state().answeredAt && !m_pull->state().error);
    }

    void fetchesABacklogInBatches() {
        for (int i = 1; i <= 25; ++i)
            publish(QByteArray::number(i));
        start(10);
        QTRY_COMPARE(m_taken.size(), size_t(25));
        QTRY_COMPARE(m_google->waiting(), 0);
        QCOMPARE(m_google->acknowledges, 3);
    }

    void oneEmptyAnswerIsNotTheEnd_data() {
        QTest::addColumn<QByteArray>("empty");
        QTest::newRow("an empty object") << QByteArray("{}");
        QTest::newRow("no body") << QByteArray();
    }
    void oneEmptyAnswerIsNotTheEnd() {
        QFETCH(const QByteArray, empty);
        m_google->nextPulls = {status(200, empty)};
        publish("1");
        start();
        QTRY_VERIFY(m_drained > 0);
        QCOMPARE(m_takenWhenDrained, size_t(1));
        QVERIFY(std::none_of(m_states.begin(), m_states.end(), [](const auto& error) { return error.has_value(); }));
    }

    void acknowledgesNothingThatIsNotOnTheDisk() {
        m_takeErrors = {Error{ErrorKind::Storage, u"full"_s, ErrorCause::DiskFull}};
        publish("1");
        start();
        QTRY_VERIFY(!m_states.isEmpty());
        QCOMPARE(m_states.first()->cause, ErrorCause::DiskFull);
        QCOMPARE(m_google->acknowledges, 0);
        QCOMPARE(m_google->waiting(), 1);
        m_google->expireLeases();
        QTRY_COMPARE(m_google->waiting(), 0);
        QCOMPARE(m_taken.size(), size_t(1));
    }

    void whatCouldNotBeAcknowledgedComesAgain() {
        m_google->nextAcknowledges = {status(503)};
        publish("1");
        start();
        QTRY_COMPARE(m_google->acknowledges, 1);
        QTRY_VERIFY(!m_states.isEmpty() && m_states.first());
        m_google->expireLeases();
        QTRY_COMPARE(m_google->waiting(), 0);
        QCOMPARE(m_taken.size(), size_t(2)); // who takes them knows the second
    }

    void asksForAFreshTokenOnceAfterA401() {
        start();
        QTRY_VERIFY(m_drained > 0);
        QCOMPARE(m_google->tokens, 1);
        m_google->revokeToken();
        publish("1");
        QTRY_COMPARE(m_taken.size(), size_t(1));
        QCOMPARE(m_google->tokens, 2);
        QVERIFY(std::none_of(m_states.begin(), m_states.end(), [](const auto& error) { return error.has_value(); }));
    }

    void aSecond401IsTrouble() {
        m_google->nextPulls = {status(401), status(401)};
        start();
        QTRY_VERIFY(!m_states.isEmpty());
        QCOMPARE(m_states.first()->cause, ErrorCause::QueueKeyRefused);
        QCOMPARE(m_tokensWhenChanged, 2);
        QTRY_VERIFY(m_drained > 0); // and it goes on
    }

    void saysWhatIsWrong_data() {
        QTest::addColumn<int>("pullStatus");
        QTest::addColumn<int>("tokenStatus");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* name, int pull, int token, const QByteArray& body, const char* words) {
            QTest::newRow(name) << pull << token << body << QString::fromLatin1(words);
        };
        row("no role", 403, 0, "{}", "Auth/QueueRoleMissing");
        row("no subscription", 404, 0, "{}", "NotFound");
        row("too many", 429, 0, "{}", "RateLimited");
        row("in trouble", 503, 0, "{}", "Network");
        row("half an answer", 200, 0, "{\"receivedMessages\":[{\"ackId\":\"a\"", "Network/BodyTruncated");
        row("a list", 200, 0, "[]", "Network/BodyTruncated");
        row("key deleted", 0, 400, "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT Signature.\"}",
            "Auth/QueueKeyRefused");
        row("clock", 0, 400,
            "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT: Token must be a short-lived token (60 "
            "minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.\"}",
            "Auth/ClockSkew");
        row("Google in trouble", 0, 500, "", "Network");
        row("no token", 0, 200, "{}", "Invalid");
        row("a token of two lines", 0, 200, "{\"access_token\":\"a\\nb\"}", "Invalid");
    }
    void saysWhatIsWrong() {
        QFETCH(const int, pullStatus);
        QFETCH(const int, tokenStatus);
        QFETCH(const QByteArray, body);
        QFETCH(const QString, words);
        if (pullStatus > 0) m_google->nextPulls = {status(pullStatus, body)};
        if (tokenStatus > 0) m_google->nextTokens = {status(tokenStatus, body)};
        start();
        QTRY_VERIFY(!m_states.isEmpty());
        QVERIFY(m_states.first());
        QCOMPARE(errorWords(*m_states.first()), words);
        QTRY_VERIFY(m_drained > 0); // after a wait it goes on by itself
        QVERIFY(!m_pull->state().error);
    }

    void aBrokenMessageIsDealtWithOnce() {
        m_google->publishBroken();
        publish("2");
        start();
        QTRY_COMPARE(m_taken.size(), size_t(2));
        QVERIFY(m_taken[0].isBroken);
        QVERIFY(m_taken[0].body.isEmpty());
        QVERIFY(!m_taken[1].isBroken);
        QTRY_COMPARE(m_google->waiting(), 0);
    }

    void aFloodIsCutAndFetchedInSmallerPieces() {
        m_google->nextPulls = {status(200, QByteArray(17 * 1024 * 1024, ' '))};
        publish("1");
        start();
        QTRY_VERIFY_WITH_TIMEOUT(!m_states.isEmpty() && m_states.first(), 30'000);
        QCOMPARE(m_states.first()->cause, ErrorCause::BodyTooLarge);
        QTRY_COMPARE(m_taken.size(), size_t(1));
    }

    void goesQuietlyInTheMiddle() {
        ScriptedAnswer silent = status(200);
        silent.ending = ScriptedAnswer::Ending::Silence;
        m_google->nextPulls = {silent};
        start();
        QTRY_COMPARE(m_google->pulls, 1);
        m_pull.reset();
        QTest::qWait(50);
        QVERIFY(m_states.isEmpty() && m_taken.empty());
    }

    void refusesPlacesThatAreNone() {
        const auto refused = [this](const QString& project, const QString& subscription, const QString& base) {
            const auto made = make({project, subscription, base});
            return made ? u"made"_s : errorWords(made.error());
        };
        QCOMPARE(refused(u"acme"_s, u"desk"_s, {}), u"Invalid"_s);
        QCOMPARE(refused(u"Acme-Project"_s, u"desk"_s, {}), u"Invalid"_s);
        QCOMPARE(refused(u"acme-project"_s, u"a/../b"_s, {}), u"Invalid"_s);
        QCOMPARE(refused(u"acme-project"_s, u"google"_s, {}), u"Invalid"_s);
        QCOMPARE(refused(u"acme-project"_s, u"desk"_s, u"https://pubsub.example"_s), u"Refused/HostNotAllowed"_s);
        QCOMPARE(refused(u"acme-project"_s, u"desk"_s, u"http://127.0.0.1:9/x"_s), u"Refused/HostNotAllowed"_s);
    }

    void waitsEverLongerWithinBounds() {
        QCOMPARE(pullWaitMs(1, 1'000, 60'000, 1.0), 1'000);
        QCOMPARE(pullWaitMs(1, 1'000, 60'000, 0.0), 500);
        QCOMPARE(pullWaitMs(4, 1'000, 60'000, 1.0), 8'000);
        QCOMPARE(pullWaitMs(1'000'000, 1'000, 60'000, 1.0), 60'000);
        QCOMPARE(pullWaitMs(1'000'000, 1'000, 60'000, 0.0), 30'000);
    }
};

QTEST_GUILESS_MAIN(TestPubSubPuller)
#include "tst_pubsub_puller.moc"
