// What has to be done at a shop so that it tells us what we want to hear, and the run that does it.
#include "core/webhook/subscription_plan.h"
#include "core/webhook/subscription_run.h"
#include "core/webhook/subscription_topics.h"
#include "tests/support/await.h"
#include "tests/support/fake_webhooks.h"
#include "tests/support/patience.h"

#include <QRegularExpression>

#include <algorithm>
#include <map>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;
using Do = SubscriptionStep::Do;

namespace {

const QString kMark = u"aiva-1a2b3c4d"_s;
const QString kAddress = u"https://tunnel.example/webhooks/shopify"_s;
const QStringList kGranted{u"read_customers"_s, u"read_orders"_s, u"read_products"_s};

SubscriptionGoal shopifyGoal() {
    return {StoreKind::Shopify, kAddress, kMark, kGranted, false};
}

WebhookSubscription ours(const QString& topic, const QString& id, const QString& address = kAddress) {
    return {id, topic, address, subscriptionName(kMark, topic), true, true};
}

// The steps about one topic: "create", "repair 7 address".
QStringList stepsOf(const std::vector<SubscriptionStep>& steps, const QString& topic) {
    static const std::map<Do, QString> words{{Do::Keep, u"keep"_s},
                                             {Do::Create, u"create"_s},
                                             {Do::Repair, u"repair"_s},
                                             {Do::Remove, u"remove"_s},
                                             {Do::Skip, u"skip"_s}};
    QStringList found;
    for (const SubscriptionStep& step : steps)
        if (step.topic == topic) found << u"%1 %2 %3"_s.arg(words.at(step.what), step.id, step.reason).simplified();
    return found;
}

} // namespace

class TestSubscriptions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void asksForEverythingThatIsGranted() {
        const auto steps = planSubscriptions(shopifyGoal(), {});
        QCOMPARE(steps.size(), wantedTopics(StoreKind::Shopify).size());
        QCOMPARE(stepsOf(steps, u"orders/updated"_s), QStringList{u"create"_s});
        QCOMPARE(stepsOf(steps, u"app/uninstalled"_s), QStringList{u"create"_s});
        QCOMPARE(stepsOf(steps, u"customers/merge"_s), QStringList{u"skip read_customer_merge"_s});
        QCOMPARE(stepsOf(steps, u"returns/request"_s), QStringList{u"skip read_returns read_marketplace_returns"_s});
        SubscriptionGoal without = shopifyGoal();
        without.granted = {u"write_orders"_s}; // writing includes reading
        QCOMPARE(stepsOf(planSubscriptions(without, {}), u"orders/updated"_s), QStringList{u"create"_s});
        QCOMPARE(stepsOf(planSubscriptions(without, {}), u"products/update"_s), QStringList{u"skip read_products"_s});
        // A WooCommerce key has no scopes.
        const SubscriptionGoal woo{StoreKind::WooCommerce, u"https://t.example/webhooks/woocommerce"_s, kMark, {}};
        for (const SubscriptionStep& step : planSubscriptions(woo, {}))
            QCOMPARE(step.what, Do::Create);
    }

    void neverAsksForComplianceTopics() {
        for (const StoreKind kind : {StoreKind::Shopify, StoreKind::WooCommerce})
            for (const WantedTopic& wanted : wantedTopics(kind))
                QVERIFY2(!wanted.topic.contains(u"redact"_s) && !wanted.topic.contains(u"data_request"_s),
                         qPrintable(wanted.topic));
    }

    void mendsOnlyWhatIsOurs_data() {
        QTest::addColumn<QString>("wrong");
        QTest::addColumn<QStringList>("steps");
        QTest::newRow("well") << u"none"_s << QStringList{u"keep 7"_s};
        QTest::newRow("elsewhere") << u"address"_s << QStringList{u"repair 7 address"_s};
        QTest::newRow("xml") << u"format"_s << QStringList{u"repair 7 format"_s};
        QTest::newRow("paused") << u"paused"_s << QStringList{u"repair 7 paused"_s};
        QTest::newRow("an old key") << u"key"_s << QStringList{u"repair 7 key"_s};
        QTest::newRow("another workspace's") << u"mark"_s << QStringList{u"keep 7 anothers"_s};
        QTest::newRow("another workspace's elsewhere") << u"mark elsewhere"_s << QStringList{u"create"_s};
        QTest::newRow("another's without a name") << u"no name"_s << QStringList{u"keep 7 anothers"_s};
        QTest::newRow("another's in xml") << u"no name xml"_s << QStringList{u"create"_s};
    }
    void mendsOnlyWhatIsOurs() {
        QFETCH(const QString, wrong);
        QFETCH(const QStringList, steps);
        WebhookSubscription one = ours(u"orders/updated"_s, u"7"_s);
        SubscriptionGoal goal = shopifyGoal();
        if (wrong == u"address"_s || wrong.endsWith(u"elsewhere"_s)) one.address = u"https://old.example/x"_s;
        if (wrong.contains(u"format"_s) || wrong.endsWith(u"xml"_s)) one.isJson = false;
        if (wrong == u"paused"_s) one.isActive = false;
        if (wrong == u"key"_s) goal.isKeyNew = true;
        if (wrong.startsWith(u"mark"_s)) one.name = u"aiva-ffffffff-orders-updated"_s;
        if (wrong.startsWith(u"no name"_s)) one.name.clear();
        QCOMPARE(stepsOf(planSubscriptions(goal, {one}), u"orders/updated"_s), steps);
    }

    void atWooCommerceAnothersWebhookServesUsNothing() {
        // It is signed with a secret nobody told us.
        const SubscriptionGoal goal{StoreKind::WooCommerce, u"https://t.example/webhooks/woocommerce"_s, kMark, {}};
        const WebhookSubscription theirs{u"3"_s, u"order.updated"_s, goal.address, u"ERP"_s, true, true};
        QCOMPARE(stepsOf(planSubscriptions(goal, {theirs}), u"order.updated"_s), QStringList{u"create"_s});
    }

    void keepsOneOfSeveralAndDropsWhatIsNotWanted() {
        const auto steps =
            planSubscriptions(shopifyGoal(), {ours(u"orders/updated"_s, u"1"_s, u"https://old.example/x"_s),
                                              ours(u"orders/updated"_s, u"2"_s),
                                              ours(u"orders/updated"_s, u"3"_s),
                                              ours(u"inventory_levels/update"_s, u"4"_s),
                                              {u"5"_s, u"inventory_levels/update"_s, kAddress, u"erp"_s, true, true}});
        QCOMPARE(stepsOf(steps, u"orders/updated"_s),
                 (QStringList{u"keep 2"_s, u"remove 3 twice"_s, u"remove 1 twice"_s}));
        QCOMPARE(stepsOf(steps, u"inventory_levels/update"_s), QStringList{u"remove 4 unwanted"_s});
    }

    void takesBackOnlyWhatIsOurs() {
        const auto steps = planUnsubscribing(
            kMark, {ours(u"orders/updated"_s, u"1"_s), {u"2"_s, u"orders/paid"_s, kAddress, u"erp"_s, true, true}});
        QCOMPARE(steps.size(), size_t(1));
        QCOMPARE(steps.front().id, u"1"_s);
        QVERIFY(planUnsubscribing({}, {ours(u"orders/updated"_s, u"1"_s)}).empty());
    }

    void givesNamesEveryShopTakes() {
        static const QRegularExpression form(u"^[A-Za-z0-9_-]{1,50}$"_s);
        QStringList names;
        for (const StoreKind kind : {StoreKind::Shopify, StoreKind::WooCommerce})
            for (const WantedTopic& wanted : wantedTopics(kind)) {
                names << subscriptionName(kMark, wanted.topic);
                QVERIFY2(form.match(names.back()).hasMatch(), qPrintable(names.back()));
            }
        QCOMPARE(names.removeDuplicates(), 0);
    }

    void readsTheAddressPeopleGive_data() {
        QTest::addColumn<StoreKind>("kind");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<bool>("isLocal");
        QTest::addColumn<QString>("address"); // empty: refused
        const auto row = [](const char* name, StoreKind kind, const QString& typed, bool isLocal,
                            const QString& address) { QTest::newRow(name) << kind << typed << isLocal << address; };
        const StoreKind shopify = StoreKind::Shopify;
        const StoreKind woo = StoreKind::WooCommerce;
        row("bare", shopify, u" https://Tunnel.example "_s, false, kAddress);
        row("slash", shopify, u"https://tunnel.example/"_s, false, kAddress);
        row("WooCommerce", woo, u"https://tunnel.example"_s, false, u"https://tunnel.example/webhooks/woocommerce"_s);
        row("path of a proxy", shopify, u"https://a.example/hooks"_s, false, u"https://a.example/hooks"_s);
        row("port", shopify, u"https://a.example:8443"_s, false, u"https://a.example:8443/webhooks/shopify"_s);
        row("pub/sub", shopify, u"pubsub://acme-project:orders-topic"_s, false,
            u"pubsub://acme-project:orders-topic"_s);
        row("pub/sub at WooCommerce", woo, u"pubsub://acme-project:orders-topic"_s, false, {});
        row("pub/sub without a topic", shopify, u"pubsub://acme-project"_s, false, {});
        row("pub/sub of Google", shopify, u"pubsub://acme-project:google-topic"_s, false, {});
        row("http", shopify, u"http://tunnel.example"_s, false, {});
        row("http to here", shopify, u"http://127.0.0.1:8787"_s, false, {});
        row("http to here from here", shopify, u"http://127.0.0.1:8787"_s, true,
            u"http://127.0.0.1:8787/webhooks/shopify"_s);
        row("looks like here", shopify, u"http://127.0.0.1.example"_s, true, {});
        row("localhost", shopify, u"https://localhost:8787"_s, false, {});
        row("user", shopify, u"https://a:b@tunnel.example"_s, false, {});
        row("query", shopify, u"https://tunnel.example/?token=1"_s, false, {});
        row("word", shopify, u"tunnel.example"_s, false, {});
        row("nothing", shopify, {}, false, {});
    }
    void readsTheAddressPeopleGive() {
        QFETCH(const StoreKind, kind);
        QFETCH(const QString, typed);
        QFETCH(const bool, isLocal);
        QFETCH(const QString, address);
        const auto read = webhookAddress(kind, typed, isLocal ? u"http://127.0.0.2:8080"_s : QString());
        QCOMPARE(read.value_or(QString()), address);
        if (!read) QCOMPARE(read.error().kind, ErrorKind::Invalid);
    }

    void makesTheShopWhatIsWantedAndThenHasNothingToDo() {
        FakeWebhooks shop;
        shop.known = {ours(u"orders/updated"_s, u"1"_s, u"https://old.example/x"_s),
                      {u"9"_s, u"orders/paid"_s, u"https://erp.example"_s, u"erp"_s, true, true}};
        SubscriptionRun first(shop, shopifyGoal(), SecretString("k3y"));
        const auto report = await(first.start(SubscriptionRun::Aim::Subscribe));
        QVERIFY(report);
        QVERIFY(report->isComplete());
        QCOMPARE(report->count(Do::Repair), 1);
        QCOMPARE(shop.key, QByteArray("k3y"));
        QCOMPARE(shop.known.front().address, kAddress);
        QVERIFY(std::any_of(shop.known.begin(), shop.known.end(), [](const auto& one) { return one.id == u"9"_s; }));
        shop.calls.clear();
        SubscriptionRun second(shop, shopifyGoal(), {});
        const auto again = await(second.start(SubscriptionRun::Aim::Subscribe));
        QVERIFY(again && again->isComplete());
        QVERIFY2(shop.calls.isEmpty(), qPrintable(shop.calls.join(u'|')));
        SubscriptionRun third(shop, shopifyGoal(), {});
        QVERIFY(await(third.start(SubscriptionRun::Aim::Unsubscribe)));
        QCOMPARE(shop.known.size(), size_t(1)); // theirs
    }

    void oneRefusedTopicDoesNotKeepTheOthers() {
        FakeWebhooks shop;
        shop.refusals[u"orders/create"_s] = {ErrorKind::Auth, u"no"_s, ErrorCause::ScopeMissing};
        SubscriptionRun run(shop, shopifyGoal(), {});
        const auto report = await(run.start(SubscriptionRun::Aim::Subscribe));
        QVERIFY(report);
        QVERIFY(!report->isComplete());
        QCOMPARE(report->firstError()->cause, ErrorCause::ScopeMissing);
        QVERIFY(shop.calls.contains(u"subscribe products/delete"_s));
    }

    void aShopThatIsGoneEndsTheRun() {
        FakeWebhooks shop;
        shop.refusals[u"orders/create"_s] = {ErrorKind::Network, u"gone"_s};
        SubscriptionRun run(shop, shopifyGoal(), {});
        const auto report = await(run.start(SubscriptionRun::Aim::Subscribe));
        QCOMPARE(report.error().kind, ErrorKind::Network);
        QVERIFY(!shop.calls.contains(u"subscribe products/delete"_s));
        shop.listError = Error{ErrorKind::Auth, u"no"_s, ErrorCause::TokenRefused};
        SubscriptionRun other(shop, shopifyGoal(), {});
        QCOMPARE(await(other.start(SubscriptionRun::Aim::Look)).error().cause, ErrorCause::TokenRefused);
    }

    void anAddressTheShopDoesNotTakeIsTriedOnce() {
        FakeWebhooks shop;
        shop.refusals[u"customers/create"_s] = {ErrorKind::Invalid, u"internal"_s, ErrorCause::HostNotAllowed};
        SubscriptionRun run(shop, shopifyGoal(), {});
        const auto report = await(run.start(SubscriptionRun::Aim::Subscribe));
        QVERIFY(!report);
        QCOMPARE(report.error().cause, ErrorCause::HostNotAllowed);
        QCOMPARE(shop.calls.last(), u"subscribe customers/create"_s);
    }

    void namesTheScopesThatAreMissing() {
        FakeWebhooks shop;
        SubscriptionGoal goal = shopifyGoal();
        goal.granted = {u"read_orders"_s};
        SubscriptionRun run(shop, goal, {});
        const auto report = await(run.start(SubscriptionRun::Aim::Look));
        QVERIFY(report && !report->isComplete());
        QCOMPARE(report->missingScopes(), (QStringList{u"read_customers"_s, u"read_products"_s}));
        QVERIFY(shop.calls.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestSubscriptions)
#include "tst_subscriptions.moc"
