// What an endpoint may say instead of an answer, and what is done about it: waited, asked differently, or told.
#include "tests/core/adapters/model/model_script.h"

#include "core/adapters/model/model_fault.h"
#include "tests/support/patience.h"

#include <QElapsedTimer>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;
using Ending = ScriptedAnswer::Ending;

namespace {

const ScriptedText kText{{u"{\"reply\": "_s, u"\"Hello\"}"_s}};

QByteArray anthropicError(const QByteArray& type, const QByteArray& details = "{}") {
    return "{\"type\":\"error\",\"error\":{\"type\":\"" + type +
           "\",\"message\":\"PRIVATE words\",\"details\":" + details + "}}";
}

QByteArray openAiError(const QByteArray& code, const QByteArray& message = "PRIVATE words") {
    return "{\"error\":{\"message\":\"" + message + "\",\"type\":\"x\",\"code\":\"" + code + "\"}}";
}

} // namespace

class ModelFaultsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void saysWhatAStatusMeans_data();
    void saysWhatAStatusMeans();
    void retriesWhatPasses_data();
    void retriesWhatPasses();
    void readsHowLongToWait_data();
    void readsHowLongToWait();
    void waitsAsLongAsTold();
    void doesNotWaitLongerThanAPersonWould();
    void obeysShouldRetry();
    void retriesAConnectionThatNeverWas();
    void asksAgainAfterAnErrorBeforeTheFirstLetter();
    void doesNotAskAgainOnceLettersWereShown();
    void givesUpTheFormAChatDislikes();
    void asksAModelOnThisMachineLessFirmlyWhateverItSays();
    void saysWhenAnEventIsGarbage();
    void refusesWhatIsNoStream();
    void timesOutWhenItFallsSilent();
    void sendsNothingUnencryptedElsewhere();
    void oneRequestCanBeGivenUp();
    void survivesAListenerThatCancels();
    void answersWhenThePortDies();
};

void ModelFaultsTest::saysWhatAStatusMeans_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<ErrorCause>("cause");
    QTest::addColumn<int>("requests"); // 1: final
    const auto row = [](const char* name, int status, const QByteArray& body, ErrorKind kind, ErrorCause cause,
                        int requests) { QTest::newRow(name) << status << body << kind << cause << requests; };
    using K = ErrorKind;
    using C = ErrorCause;
    // On this machine each form is tried.
    row("bad request", 400, anthropicError("invalid_request_error"), K::Invalid, C::None, 3);
    row("wrong key", 401, anthropicError("authentication_error"), K::Auth, C::TokenRefused, 1);
    row("billing", 402, anthropicError("billing_error"), K::Refused, C::SpendLimit, 1);
    row("forbidden", 403, anthropicError("permission_error"), K::Auth, C::TokenRefused, 1);
    row("model gone", 404, anthropicError("not_found_error"), K::NotFound, C::ModelMissing, 1);
    row("model gone, in words", 400, openAiError("model_not_found"), K::NotFound, C::ModelMissing, 1);
    row("request time-out", 408, "{}", K::Timeout, C::None, 3);
    row("conflict", 409, anthropicError("conflict_error"), K::Conflict, C::None, 3);
    row("too large", 413, "<html>", K::Invalid, C::None, 1);
    row("rate limit", 429, anthropicError("rate_limit_error"), K::RateLimited, C::ModelBusy, 3);
    row("quota", 429, openAiError("insufficient_quota"), K::Refused, C::SpendLimit, 1);
    row("monthly cap", 429, anthropicError("rate_limit_error", R"({"error_code":"enforced_spend_limit_reached"})"),
        K::Refused, C::SpendLimit, 1);
    row("server error", 500, anthropicError("api_error"), K::Network, C::None, 3);
    row("unavailable", 503, "busy", K::RateLimited, C::ModelBusy, 3);
    row("gateway time-out", 504, anthropicError("timeout_error"), K::Timeout, C::None, 3);
    row("overloaded", 529, anthropicError("overloaded_error"), K::RateLimited, C::ModelBusy, 3);
    row("error as a text", 500, R"({"error":"PRIVATE words"})", K::Network, C::None, 3);
}

void ModelFaultsTest::saysWhatAStatusMeans() {
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(ErrorKind, kind);
    QFETCH(ErrorCause, cause);
    QFETCH(int, requests);
    ModelScript script(ModelProtocol::AnthropicMessages);
    script.otherwise = ModelScript::status(status, body);
    const auto answer = script.ask();
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, kind);
    QCOMPARE(answer.error().cause, cause);
    QCOMPARE(script.server().requests().size(), requests);
    QVERIFY(!answer.error().detail.contains("PRIVATE"_L1, Qt::CaseInsensitive));
    QVERIFY(!answer.error().detail.contains("SECRET"_L1));
}

void ModelFaultsTest::retriesWhatPasses_data() {
    QTest::addColumn<int>("status");
    for (const int status : {408, 409, 429, 500, 502, 503, 529})
        QTest::addRow("%d", status) << status;
}

void ModelFaultsTest::retriesWhatPasses() {
    QFETCH(int, status);
    ModelScript script(ModelProtocol::OpenAiChat);
    script.next = {ModelScript::status(status), ModelScript::status(status)};
    script.otherwise = script.stream(kText);
    QVERIFY(script.ask());
    QCOMPARE(script.server().requests().size(), 3);
}

void ModelFaultsTest::readsHowLongToWait_data() {
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<qint64>("ms"); // -1: says nothing
    QTest::newRow("milliseconds") << QByteArray("retry-after-ms") << QByteArray("250") << 250LL;
    QTest::newRow("seconds") << QByteArray("Retry-After") << QByteArray("7") << 7000LL;
    QTest::newRow("a fraction") << QByteArray("retry-after") << QByteArray("0.5") << 500LL;
    QTest::newRow("a date") << QByteArray("retry-after") << QByteArray("Fri, 15 Jan 2027 08:00:30 GMT") << 30'000LL;
    QTest::newRow("a date gone by") << QByteArray("retry-after") << QByteArray("Fri, 15 Jan 2027 07:00:00 GMT") << 0LL;
    QTest::newRow("negative") << QByteArray("retry-after") << QByteArray("-3") << -1LL;
    QTest::newRow("not a number") << QByteArray("retry-after") << QByteArray("nan") << -1LL;
    QTest::newRow("words") << QByteArray("retry-after") << QByteArray("soon") << -1LL;
    QTest::newRow("nothing") << QByteArray("x") << QByteArray("1") << -1LL;
}

void ModelFaultsTest::readsHowLongToWait() {
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QFETCH(qint64, ms);
    const ManualClock clock(UtcTime(1'800'000'000'000)); // 2027-01-15 08:00:00
    HttpResponse response;
    response.headers = {{name, value}};
    QCOMPARE(toldWaitMs(response, clock).value_or(-1), ms);
}

void ModelFaultsTest::waitsAsLongAsTold() {
    ModelScript script(ModelProtocol::OpenAiResponses);
    script.next = {ModelScript::status(429, "{}", {{"retry-after-ms", "300"}, {"retry-after", "40"}})};
    script.otherwise = script.stream(kText);
    QElapsedTimer timer;
    timer.start();
    QVERIFY(script.ask());
    // Less what a coarse timer may come early.
    QVERIFY2(timer.elapsed() >= 280, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(script.server().requests().size(), 2);
}

void ModelFaultsTest::doesNotWaitLongerThanAPersonWould() {
    ModelScript script(ModelProtocol::OpenAiResponses);
    script.otherwise = ModelScript::status(429, "{}", {{"retry-after", "3600"}});
    QCOMPARE(script.ask().error().cause, ErrorCause::ModelBusy);
    QCOMPARE(script.server().requests().size(), 1);
}

void ModelFaultsTest::obeysShouldRetry() {
    ModelScript script(ModelProtocol::AnthropicMessages);
    script.otherwise = ModelScript::status(500, "{}", {{"x-should-retry", "false"}});
    QVERIFY(!script.ask());
    QCOMPARE(script.server().requests().size(), 1);
    script.next = {ModelScript::status(413, "{}", {{"x-should-retry", "true"}})};
    script.otherwise = script.stream(kText);
    QVERIFY(script.ask());
}

void ModelFaultsTest::retriesAConnectionThatNeverWas() {
    ModelScript script(ModelProtocol::AnthropicMessages);
    ScriptedAnswer reset;
    reset.ending = Ending::Reset;
    reset.sendBytes = -1;
    script.next = {reset, reset};
    script.otherwise = script.stream(kText);
    const auto answer = script.ask();
    QVERIFY2(answer, qPrintable(answer ? QString() : answer.error().detail));
}

void ModelFaultsTest::asksAgainAfterAnErrorBeforeTheFirstLetter() {
    ModelScript script(ModelProtocol::AnthropicMessages);
    script.next = {ModelScript::events("event: error\ndata: " + anthropicError("overloaded_error") + "\n\n")};
    script.otherwise = script.stream(kText);
    QVERIFY(script.ask());
    QCOMPARE(script.server().requests().size(), 2);
}

void ModelFaultsTest::doesNotAskAgainOnceLettersWereShown() {
    ModelScript script(ModelProtocol::AnthropicMessages);
    const QByteArray begun = script.stream({kText.pieces, u"open"_s}).body;
    script.otherwise =
        ModelScript::events(begun + "event: error\ndata: " + anthropicError("overloaded_error") + "\n\n");
    const auto answer = script.ask();
    QVERIFY(!answer);
    QCOMPARE(answer.error().cause, ErrorCause::ModelBusy);
    QCOMPARE(script.server().requests().size(), 1);
}

void ModelFaultsTest::givesUpTheFormAChatDislikes() {
    ModelScript script(ModelProtocol::OpenAiChat);
    const ScriptedAnswer dislike =
        ModelScript::status(400, openAiError("x", "Either json_schema or grammar, not both"));
    script.next = {dislike, dislike};
    script.otherwise = script.stream(kText);
    QVERIFY(script.ask());
    QCOMPARE(script.sent(0)["response_format"_L1]["type"_L1].toString(), u"json_schema"_s);
    QCOMPARE(script.sent(1)["response_format"_L1]["type"_L1].toString(), u"json_object"_s);
    QVERIFY(!script.sent(2).contains("response_format"_L1));
    QVERIFY(script.sent(2)["messages"_L1][0]["content"_L1].toString().contains("\"reply\""_L1));
    // What was learned is kept.
    QVERIFY(script.ask());
    QCOMPARE(script.server().requests().size(), 4);
}

void ModelFaultsTest::asksAModelOnThisMachineLessFirmlyWhateverItSays() {
    ModelScript script(ModelProtocol::OpenAiChat);
    script.otherwise = ModelScript::status(400, openAiError("context_length_exceeded"));
    QCOMPARE(script.ask().error().kind, ErrorKind::Invalid);
    QCOMPARE(script.server().requests().size(), 3);
}

void ModelFaultsTest::saysWhenAnEventIsGarbage() {
    ModelScript script(ModelProtocol::OpenAiResponses);
    script.otherwise = ModelScript::events("data: {\"type\":\"response\n\n");
    QCOMPARE(script.ask().error().cause, ErrorCause::AnswerMalformed);
    QCOMPARE(script.server().requests().size(), 1);
}

void ModelFaultsTest::refusesWhatIsNoStream() {
    ModelScript script(ModelProtocol::OpenAiResponses);
    script.otherwise = ModelScript::status(200, "<html>sign in</html>", {{"Content-Type", "text/html"}});
    QCOMPARE(script.ask().error().cause, ErrorCause::AnswerMalformed);
}

void ModelFaultsTest::timesOutWhenItFallsSilent() {
    ModelScript script(ModelProtocol::OpenAiChat);
    ModelPace pace = ModelScript::hurried();
    pace.idleMs = 500;
    script.reopen(pace);
    script.otherwise = script.stream({kText.pieces, u"open"_s});
    script.otherwise.sendBytes = script.otherwise.body.size();
    script.otherwise.ending = Ending::Silence;
    QCOMPARE(script.ask().error().kind, ErrorKind::Timeout);
}

void ModelFaultsTest::sendsNothingUnencryptedElsewhere() {
    HttpTransport transport;
    const ManualClock clock(UtcTime(0));
    for (const QString& address :
         {u"http://192.0.2.1/v1"_s, u"http://127.evil.example/v1"_s, u"ftp://localhost/v1"_s}) {
        ModelEndpoint endpoint;
        endpoint.baseUrl = QUrl(address);
        const auto port = openModelPort(transport, clock, endpoint, SecretString("key"), ModelScript::hurried());
        QCOMPARE(await(port->complete(ModelScript::request(), {})).error().cause, ErrorCause::HostNotAllowed);
        QCOMPARE(await(port->models()).error().cause, ErrorCause::HostNotAllowed);
    }
}

void ModelFaultsTest::oneRequestCanBeGivenUp() {
    ModelScript script(ModelProtocol::OpenAiChat);
    script.otherwise = script.stream(kText);
    script.otherwise.isHeld = true;
    bool heardFirst = false;
    auto first = script.port().complete(ModelScript::request(), [&](const QString&) { heardFirst = true; });
    const auto second = script.port().complete(ModelScript::request(), {});
    QTRY_COMPARE(script.server().requests().size(), 2);
    first.cancel();
    script.server().sendHeld();
    QVERIFY(await(second));
    script.otherwise.isHeld = false;
    QVERIFY(script.ask()); // whatever comes has come by now
    QVERIFY(!heardFirst);
}

void ModelFaultsTest::survivesAListenerThatCancels() {
    ModelScript script(ModelProtocol::OpenAiChat);
    script.otherwise = script.stream(kText);
    const auto future =
        script.port().complete(ModelScript::request(), [&](const QString&) { script.port().cancelAll(); });
    QCOMPARE(await(future).error().kind, ErrorKind::Refused);
}

void ModelFaultsTest::answersWhenThePortDies() {
    ModelScript script(ModelProtocol::OpenAiChat);
    script.otherwise = script.stream(kText);
    script.otherwise.ending = Ending::Silence;
    const auto answer = script.port().complete(ModelScript::request(), {});
    const auto names = script.port().models();
    QTRY_COMPARE(script.server().requests().size(), 2);
    script.reopen(ModelScript::hurried());
    QCOMPARE(await(answer).error().kind, ErrorKind::Refused);
    QCOMPARE(await(names).error().kind, ErrorKind::Refused);
}

QTEST_GUILESS_MAIN(ModelFaultsTest)
#include "tst_model_faults.moc"
