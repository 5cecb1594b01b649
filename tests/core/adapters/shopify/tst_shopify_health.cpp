// What a shop's port tells of its exchanges (S6): each once, as it ended.
#include "shop_script.h"
#include "tests/support/heard_api.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kShop =
    R"({"data":{"shop":{"id":"gid://shopify/Shop/1","name":"Acme","myshopifyDomain":"acme.myshopify.com",)"
    R"("currencyCode":"EUR","ianaTimezone":"Europe/Berlin","plan":{"publicDisplayName":"Basic"}},)"
    R"("currentAppInstallation":{"accessScopes":[{"handle":"read_orders"}]}}})";

} // namespace

class ShopifyHealthTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tellsHowAnExchangeEnded_data() {
        QTest::addColumn<QList<ScriptedAnswer>>("answers");
        QTest::addColumn<QStringList>("told");
        using Answers = QList<ScriptedAnswer>;
        const ScriptedAnswer good = ShopScript::json(kShop);
        const QString answered = u"answered"_s;
        QTest::newRow("an answer") << Answers{good} << QStringList{answered};
        QTest::newRow("too many requests") << Answers{ShopScript::status(429, {{"Retry-After", "0.2"}}), good}
                                           << QStringList{u"RateLimited"_s, u"held 200"_s, answered};
        QTest::newRow("throttled") << Answers{ShopScript::throttled(300, 290, 100), good}
                                   << QStringList{u"RateLimited"_s, u"held 1000"_s, answered};
        // What is renewed by itself is no trouble.
        QTest::newRow("a token that ended")
            << Answers{ShopScript::status(401), good} << QStringList{answered, answered};
        QTest::newRow("a token that is refused") << Answers{ShopScript::status(401), ShopScript::status(401)}
                                                 << QStringList{answered, u"Auth/TokenRefused"_s};
        QTest::newRow("a failure") << Answers{ShopScript::status(500)} << QStringList{u"Network"_s};
        QTest::newRow("a web page") << Answers{ShopScript::json("<html>")} << QStringList{u"Network"_s};
        QTest::newRow("frozen") << Answers{ShopScript::status(402)} << QStringList{u"Refused/ShopFrozen"_s};
    }
    void tellsHowAnExchangeEnded() {
        QFETCH(const QList<ScriptedAnswer>, answers);
        ShopScript script;
        script.next = {answers.begin(), answers.end()};
        const auto heard = std::make_shared<HeardApi>();
        script.store().setApiListener(heard);
        (void)await(script.store().shop());
        QTEST(heard->log, "told");
        QVERIFY(heard->slowestMs < 20'000);
    }

    void measuresHowLongAnAnswerTakes() {
        ShopScript script;
        script.otherwise = [](const GraphQlRequest&) {
            QThread::msleep(60);
            return ShopScript::json(kShop);
        };
        const auto heard = std::make_shared<HeardApi>();
        script.store().setApiListener(heard);
        QVERIFY(await(script.store().shop()));
        QVERIFY2(heard->slowestMs >= 60, qPrintable(QString::number(heard->slowestMs)));
    }

    void tellsNothingOfWhatWasCancelled() {
        ShopScript script;
        ScriptedAnswer silent = ShopScript::json(kShop);
        silent.ending = ScriptedAnswer::Ending::Silence;
        script.next = {silent};
        const auto heard = std::make_shared<HeardApi>();
        script.store().setApiListener(heard);
        const auto asked = script.store().shop();
        QTRY_COMPARE(script.graphQl.size(), 1);
        script.store().cancelAll();
        QVERIFY(!await(asked));
        QCOMPARE(heard->log, QStringList());
    }
};

QTEST_GUILESS_MAIN(ShopifyHealthTest)
#include "tst_shopify_health.moc"
