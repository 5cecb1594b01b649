// What each protocol sends, and what counts as an answer: complete or nothing.
#include "core/adapters/model/model_dialect.h"
#include "tests/core/adapters/model/model_script.h"
#include "tests/support/patience.h"
#include "tests/support/time_allowance.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QJsonArray>
#include <QTimer>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;
using Ending = ScriptedAnswer::Ending;

namespace {

const QStringList kPieces{u"{\"rep"_s, u"ly\": \"Gr\u00fc\u00df"_s, u"e \\u"_s, u"00fc\"}"_s};

void addProtocols() {
    QTest::addColumn<ModelProtocol>("protocol");
    QTest::newRow("Anthropic") << ModelProtocol::AnthropicMessages;
    QTest::newRow("Responses") << ModelProtocol::OpenAiResponses;
    QTest::newRow("Chat") << ModelProtocol::OpenAiChat;
}

} // namespace

class ModelAnswersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void answersWholeText_data() { addProtocols(); }
    void answersWholeText();
    void answersWhereverThePiecesEnd_data() { addProtocols(); }
    void answersWhereverThePiecesEnd();
    void aStreamCutAnywhereIsNoAnswer_data() { addProtocols(); }
    void aStreamCutAnywhereIsNoAnswer();
    void takesNothingThatIsNotWhole_data();
    void takesNothingThatIsNotWhole();
    void handsTheFirstPieceOnWhileTheRestIsMissing_data() { addProtocols(); }
    void handsTheFirstPieceOnWhileTheRestIsMissing();
    void handsThePieceOnWithoutDelay();
    void doesNotWaitForTheConnectionToClose_data() { addProtocols(); }
    void doesNotWaitForTheConnectionToClose();
    void asksAnthropicWithoutSampling();
    void asksOpenAiToStoreNothing();
    void asksALocalChatInItsOwnWords();
    void showsExactlyWhatItSends_data() { addProtocols(); }
    void showsExactlyWhatItSends();
    void listsModels_data() { addProtocols(); }
    void listsModels();
    void readsAnswersInCodeBlocks();
    void takesChatWithoutDone();
};

void ModelAnswersTest::answersWholeText() {
    QFETCH(ModelProtocol, protocol);
    ModelScript script(protocol);
    script.otherwise = script.stream({kPieces});
    const auto answer = script.ask();
    QVERIFY2(answer, qPrintable(answer ? QString() : answer.error().detail));
    QCOMPARE(QString::fromUtf8(answer->json), kPieces.join(QString()));
    QCOMPARE(script.heard.join(QString()), kPieces.join(QString()));
    QCOMPARE(answer->inputTokens, 420);
    QCOMPARE(answer->outputTokens, 38);
    QCOMPARE(answer->requestId, u"req_7"_s);
    QVERIFY(answer->model.endsWith(u"-test"_s));
    QCOMPARE(script.server().requests().size(), 1);
}

void ModelAnswersTest::answersWhereverThePiecesEnd() {
    QFETCH(ModelProtocol, protocol);
    ModelScript script(protocol);
    script.otherwise = script.stream({kPieces});
    script.otherwise.ending = Ending::Trickle;
    script.otherwise.trickleMs = 0;
    const auto answer = script.ask();
    QVERIFY(answer);
    QCOMPARE(QString::fromUtf8(answer->json), kPieces.join(QString()));
}

// Every prefix of a good stream, byte by byte: whole only once the protocol's own proof of an end is in it.
void ModelAnswersTest::aStreamCutAnywhereIsNoAnswer() {
    QFETCH(ModelProtocol, protocol);
    ModelScript script(protocol);
    const QByteArray stream = script.stream({kPieces}).body;
    const QByteArray proof = protocol == ModelProtocol::AnthropicMessages ? "message_stop\"}\n\n"
                             : protocol == ModelProtocol::OpenAiResponses ? "response.completed\"}\n\n"
                                                                          : "\"stop\"";
    ModelEndpoint endpoint;
    endpoint.protocol = protocol;
    const auto dialect = dialectOf(endpoint);
    SseParser parser;
    AnswerSoFar answer;
    qsizetype wholeAt = -1;
    for (qsizetype length = 1; length <= stream.size() && wholeAt < 0; ++length) {
        const auto events = parser.feed(QByteArrayView(stream).sliced(length - 1, 1));
        QVERIFY(events);
        for (const SseEvent& event : *events)
            dialect->read(event, answer);
        QVERIFY(!answer.fault);
        if (dialect->isWhole(answer)) wholeAt = length;
    }
    QVERIFY(wholeAt > 0);
    QVERIFY(stream.left(wholeAt).contains(proof));
    QVERIFY(!stream.left(wholeAt - 1).contains(proof) || protocol == ModelProtocol::OpenAiChat);
    QCOMPARE(answer.text, kPieces.join(QString()));
    qInfo("%lld prefixes were no answer", static_cast<long long>(wholeAt - 1));
}

void ModelAnswersTest::takesNothingThatIsNotWhole_data() {
    QTest::addColumn<ModelProtocol>("protocol");
    QTest::addColumn<QStringList>("pieces");
    QTest::addColumn<QString>("end");
    QTest::addColumn<ErrorCause>("cause");
    const QList<std::pair<const char*, ModelProtocol>> protocols{{"Anthropic", ModelProtocol::AnthropicMessages},
                                                                 {"Responses", ModelProtocol::OpenAiResponses},
                                                                 {"Chat", ModelProtocol::OpenAiChat}};
    for (const auto& [name, protocol] : protocols) {
        QTest::addRow("%s, cut", name) << protocol << kPieces << u"open"_s << ErrorCause::AnswerCut;
        QTest::addRow("%s, cut before a letter", name)
            << protocol << QStringList() << u"open"_s << ErrorCause::AnswerCut;
        QTest::addRow("%s, length", name) << protocol << kPieces << u"length"_s << ErrorCause::AnswerCut;
        QTest::addRow("%s, refusal", name) << protocol << kPieces << u"refusal"_s << ErrorCause::ModelDeclined;
        QTest::addRow("%s, garbage", name) << protocol << QStringList{u"{\"reply\": \"Hi"_s, u" there, oops"_s}
                                           << u"whole"_s << ErrorCause::AnswerMalformed;
        QTest::addRow("%s, nothing", name) << protocol << QStringList() << u"whole"_s << ErrorCause::AnswerMalformed;
        QTest::addRow("%s, two megabytes", name)
            << protocol << QStringList(25, QString(100'000, u'x')) << u"whole"_s << ErrorCause::BodyTooLarge;
    }
}

void ModelAnswersTest::takesNothingThatIsNotWhole() {
    QFETCH(ModelProtocol, protocol);
    QFETCH(QStringList, pieces);
    QFETCH(QString, end);
    QFETCH(ErrorCause, cause);
    ModelScript script(protocol);
    script.otherwise = script.stream({pieces, end});
    const auto answer = script.ask();
    QVERIFY(!answer);
    QCOMPARE(answer.error().cause, cause);
    QVERIFY(!answer.error().detail.contains("oops"_L1));
    QCOMPARE(script.server().requests().size(), 1);
}

void ModelAnswersTest::handsTheFirstPieceOnWhileTheRestIsMissing() {
    QFETCH(ModelProtocol, protocol);
    ModelScript script(protocol);
    const QByteArray begun = script.stream({{kPieces.first()}, u"open"_s}).body;
    script.otherwise = script.stream({kPieces});
    script.otherwise.chunked = false;
    script.otherwise.ending = Ending::Silence;
    script.otherwise.sendBytes = begun.size();
    const auto future =
        script.port().complete(ModelScript::request(), [&script](const QString& piece) { script.heard.append(piece); });
    QTRY_COMPARE(script.heard, QStringList{kPieces.first()});
    QVERIFY(!future.isFinished());
    script.port().cancelAll();
    QCOMPARE(await(future).error().kind, ErrorKind::Refused);
}

// Nothing gathers pieces on the way: what counts is the time between the server's write and the listener.
void ModelAnswersTest::handsThePieceOnWithoutDelay() {
    ModelScript script(ModelProtocol::OpenAiChat);
    ScriptedAnswer answer = script.stream({kPieces});
    answer.ending = Ending::Silence;
    answer.chunked = false;
    answer.sendBytes = script.stream({{kPieces.first()}, u"open"_s}).body.size();
    QList<qint64> delays;
    for (int i = 0; i < 20; ++i) {
        QElapsedTimer timer;
        script.server().setHandler([&](const ScriptedRequest&) {
            timer.start();
            return answer;
        });
        QEventLoop loop; // QTRY_… would sleep ten milliseconds between two looks
        const auto future = script.port().complete(ModelScript::request(), [&](const QString&) {
            delays.append(timer.nsecsElapsed() / 1000);
            loop.quit();
        });
        QTimer::singleShot(20'000, &loop, &QEventLoop::quit);
        loop.exec();
        QCOMPARE(delays.size(), i + 1);
        script.port().cancelAll();
        await(future).has_value();
    }
    std::sort(delays.begin(), delays.end());
    qInfo("from the server's write to the listener: median %lld us, longest %lld us", delays.at(10), delays.last());
    QVERIFY(delays.at(10) < allowed(16) * 1000);
}

void ModelAnswersTest::doesNotWaitForTheConnectionToClose() {
    QFETCH(ModelProtocol, protocol);
    ModelScript script(protocol);
    ModelPace pace = ModelScript::hurried();
    pace.idleMs = 60'000;
    script.reopen(pace);
    script.otherwise = script.stream({kPieces});
    script.otherwise.sendBytes = script.otherwise.body.size();
    script.otherwise.body += ": the server goes on talking";
    script.otherwise.chunked = false;
    script.otherwise.ending = Ending::Silence;
    QVERIFY(script.ask());
}

void ModelAnswersTest::asksAnthropicWithoutSampling() {
    ModelScript script(ModelProtocol::AnthropicMessages);
    script.otherwise = script.stream({kPieces});
    QVERIFY(script.ask());
    const ScriptedRequest& request = script.server().requests().last();
    QCOMPARE(request.target, "/v1/messages");
    QCOMPARE(request.header("anthropic-version"), "2026-10-21");
    QCOMPARE(request.header("x-api-key"), ModelScript::kKey);
    const QJsonObject body = script.sent();
    QCOMPARE(body.keys(),
             (QStringList{u"max_tokens"_s, u"messages"_s, u"model"_s, u"output_config"_s, u"stream"_s, u"system"_s}));
    QCOMPARE(body["output_config"_L1]["format"_L1]["type"_L1].toString(), u"json_schema"_s);
    QCOMPARE(body["system"_L1][0]["text"_L1].toString(), u"the instructions"_s);
    QCOMPARE(body["system"_L1][0]["cache_control"_L1]["type"_L1].toString(), u"ephemeral"_s);
    QCOMPARE(body["messages"_L1][0]["content"_L1][1]["text"_L1].toString(), u"the mail"_s);
}

void ModelAnswersTest::asksOpenAiToStoreNothing() {
    ModelScript script(ModelProtocol::OpenAiResponses);
    script.otherwise = script.stream({kPieces});
    QVERIFY(script.ask());
    const ScriptedRequest& request = script.server().requests().last();
    QCOMPARE(request.target, "/v1/responses");
    QCOMPARE(request.header("Authorization"), "Bearer " + ModelScript::kKey);
    QCOMPARE(script.sent()["store"_L1], QJsonValue(false));
    QCOMPARE(script.sent()["text"_L1]["format"_L1]["strict"_L1], QJsonValue(true));
    HttpTransport transport;
    ModelEndpoint endpoint;
    endpoint.protocol = ModelProtocol::OpenAiChat;
    endpoint.baseUrl = QUrl(u"https://api.openai.com/v1"_s);
    const auto port = openModelPort(transport, script.clock(), endpoint, {});
    const QByteArray body = port->payload(ModelScript::request());
    QVERIFY(body.contains("\"store\":false"));
    QVERIFY(body.contains("max_completion_tokens"));
}

void ModelAnswersTest::asksALocalChatInItsOwnWords() {
    ModelScript script(ModelProtocol::OpenAiChat);
    script.otherwise = script.stream({kPieces});
    QVERIFY(script.ask());
    QCOMPARE(script.server().requests().last().target, "/v1/chat/completions");
    QCOMPARE(script.sent()["max_tokens"_L1].toInt(), 512);
    QVERIFY(!script.sent().contains("store"_L1));
    QVERIFY(!script.sent().contains("max_completion_tokens"_L1));
    QCOMPARE(script.sent()["stream_options"_L1]["include_usage"_L1], QJsonValue(true));
}

void ModelAnswersTest::showsExactlyWhatItSends() {
    QFETCH(ModelProtocol, protocol);
    ModelScript script(protocol);
    script.otherwise = script.stream({kPieces});
    const QByteArray shown = script.port().payload(ModelScript::request());
    QVERIFY(!shown.contains(ModelScript::kKey));
    QVERIFY(script.ask());
    QCOMPARE(script.server().requests().last().body, shown);
}

void ModelAnswersTest::listsModels() {
    QFETCH(ModelProtocol, protocol);
    ModelScript script(protocol);
    script.otherwise = ModelScript::status(200, R"({"data":[{"id":"one"},{"id":"two"},{"name":"no id"}]})");
    const auto names = await(script.port().models());
    QVERIFY(names);
    QCOMPARE(*names, (QStringList{u"one"_s, u"two"_s}));
    QCOMPARE(script.server().requests().last().path(), "/v1/models");
    script.otherwise = ModelScript::status(200, "[]");
    QCOMPARE(await(script.port().models()).error().cause, ErrorCause::AnswerMalformed);
    script.otherwise = ModelScript::status(401);
    QCOMPARE(await(script.port().models()).error().cause, ErrorCause::TokenRefused);
}

void ModelAnswersTest::readsAnswersInCodeBlocks() {
    ModelScript script(ModelProtocol::OpenAiChat);
    script.otherwise = script.stream({{u"```json\n"_s, u"{\"reply\": \"Hi\"}"_s, u"\n```\n"_s}});
    const auto answer = script.ask();
    QVERIFY(answer);
    QCOMPARE(answer->json, "{\"reply\": \"Hi\"}");
}

void ModelAnswersTest::takesChatWithoutDone() {
    ModelScript script(ModelProtocol::OpenAiChat);
    script.otherwise = script.stream({kPieces});
    script.otherwise.body.chop(qstrlen("data: [DONE]\n\n"));
    QVERIFY(script.ask());
}

QTEST_GUILESS_MAIN(ModelAnswersTest)
#include "tst_model_answers.moc"
