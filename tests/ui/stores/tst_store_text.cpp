#include "tests/support/patience.h"
#include "ui/stores/api_text.h"
#include "ui/stores/job_text.h"
#include "ui/stores/store_text.h"
#include "ui/widgets/format.h"

#include <QLocale>

using namespace aiva;
using namespace Qt::StringLiterals;

class TestStoreText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(u"en_US"_s)); }

    void saysWhenItSyncsNextOnlyWhereItIsKnown() {
        const UtcTime now(1'790'000'000'000);
        StoreState state;
        state.view.store.schedule = u"hourly"_s;
        QCOMPARE(nextSyncText(state, now), u"every hour"_s);
        state.standing.nextAt = now;
        QCOMPARE(nextSyncText(state, now), u"every hour · next in a moment"_s);
    }

    void knowsAShopsDomainHoweverItIsPasted_data() {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("domain");
        const QString acme = u"acme.myshopify.com"_s;
        QTest::newRow("plain") << acme << acme;
        QTest::newRow("capitals and blanks") << u"  Acme.MyShopify.com "_s << acme;
        QTest::newRow("with a scheme") << u"https://acme.myshopify.com/admin"_s << acme;
        QTest::newRow("of the admin") << u"https://admin.shopify.com/store/acme/orders?x=1"_s << acme;
        QTest::newRow("another host behind it") << u"acme.myshopify.com.evil.example"_s << QString();
        QTest::newRow("the public address") << u"https://acme.com"_s << QString();
        QTest::newRow("a bare name") << u"acme"_s << QString();
        QTest::newRow("a leading hyphen") << u"-acme.myshopify.com"_s << QString();
        QTest::newRow("two lines") << u"acme.myshopify.com\nx"_s << QString();
        QTest::newRow("of the admin, in capitals") << u"https://Admin.Shopify.com/store/Acme"_s << acme;
        QTest::newRow("with a query at once") << u"https://acme.myshopify.com?x=1"_s << acme;
        QTest::newRow("the admin behind something else") << u"acme/admin.shopify.com/store/"_s << QString();
        QTest::newRow("too long a name") << QString(64, u'a') + u".myshopify.com"_s << QString();
        QTest::newRow("nothing") << QString() << QString();
    }
    void knowsAShopsDomainHoweverItIsPasted() {
        QFETCH(const QString, typed);
        QFETCH(const QString, domain);
        QCOMPARE(shopDomainOf(typed), domain);
    }

    void knowsWhatIsReadInClear() {
        QVERIFY(isReadInClear(u"http://laden.example"_s));
        for (const char* site :
             {"https://laden.example", "http://localhost:8080", "http://127.0.0.1:8080", "laden.example", ""})
            QVERIFY2(!isReadInClear(QString::fromLatin1(site)), site);
    }

    void writingIncludesReading() {
        QCOMPARE(missingScopes(neededScopes().split(u',')), QStringList());
        QCOMPARE(missingScopes({u"write_customers"_s, u"write_orders"_s, u"read_products"_s}),
                 QStringList{u"read_inventory"_s});
        QCOMPARE(missingScopes({}).size(), 4);
    }

    void saysHowLongSomethingTook_data() {
        QTest::addColumn<qint64>("ms");
        QTest::addColumn<QString>("text");
        QTest::newRow("an instant") << qint64(120) << u"less than 1 s"_s;
        QTest::newRow("seconds") << qint64(12'400) << u"12 s"_s;
        QTest::newRow("minutes") << qint64(200'000) << u"3 min 20 s"_s;
        QTest::newRow("a minute and a bit") << qint64(65'000) << u"1 min 05 s"_s;
        QTest::newRow("hours") << qint64(3'900'000) << u"1 h 05 min"_s;
    }
    void saysHowLongSomethingTook() {
        QFETCH(const qint64, ms);
        QFETCH(const QString, text);
        QCOMPARE(durationText(ms), text);
    }

    void countsTheErrorsOfAJob() {
        SyncJobRow job;
        job.status = SyncStatus::CompletedWithErrors;
        job.counts[Resource::Orders].failed = 2;
        job.counts[Resource::Customers].failed = 1;
        QCOMPARE(jobResultText(job), u"completed with 3 errors"_s);
        job.status = SyncStatus::Failed;
        QCOMPARE(jobResultText(job), u"failed"_s);
    }

    void saysWhenItWillBeDone() {
        SyncProgress progress;
        progress.elapsedMs = 10'000;
        progress.resources = {{Resource::Customers, ResourceProgress::State::Done, 100, 100},
                              {Resource::Orders, ResourceProgress::State::Running, 100, 800}};
        QCOMPARE(timeLeftMs(progress), std::optional<qint64>(35'000));
        QCOMPARE(timeLeftText(progress), u"less than a minute left"_s);
        progress.resources.back().total = 8'000;
        QCOMPARE(timeLeftText(progress), u"about 7 min left"_s);
        progress.resources.back().total = 0; // nobody knows
        QCOMPARE(timeLeftText(progress), QString());
        progress.estimatedMs = 130'000;
        QCOMPARE(timeLeftText(progress), u"about 2 min left"_s);
        progress.slowedByMs = 500;
        QCOMPARE(timeLeftText(progress), u"the shop asked for a pause"_s);
    }

    void saysHowAnInterfaceDoes() {
        const UtcTime now(1'800'000'000'000);
        ApiHealth health;
        QCOMPARE(apiHealthText(health, now), QString());
        health.answered = 1'240;
        health.answeredMs = 260'400;
        QCOMPARE(apiHealthText(health, now), u"1,240 requests in 24 h · 210 ms each"_s);
        health.limited = 10;
        health.heldBackMs = 12'000;
        QCOMPARE(apiHealthText(health, now), u"1,250 requests in 24 h · 210 ms each · held back 12 s"_s);
        ApiHealth failed; // nothing was answered
        failed.unreachable = 2;
        failed.failedAt = now;
        const QString at = formatTime(now, now, QLocale());
        QCOMPARE(apiHealthText(failed, now), u"2 requests in 24 h · 2 went wrong, last %1"_s.arg(at));
    }

    void addsUpStoresOfOneCurrencyOnly() {
        StoreState one;
        one.view.store.currency = u"USD"_s;
        one.view.customers = 1'000;
        one.view.orders = 3;
        StoreState two = one;
        StoreState other = one;
        other.view.store.currency = u"EUR"_s;
        const QStringList lines = totalsTexts({one, two, other});
        QCOMPARE(lines.size(), 2);
        QVERIFY(lines[0].startsWith(u"EUR · "_s));
        QVERIFY(lines[1].startsWith(u"USD · "_s));
        QVERIFY(lines[1].contains(u"2,000 customers · 6 orders"_s));
    }

    void tellsOfAFirstSyncWithCountsAndDuration() {
        StoreNotice notice;
        notice.name = u"Acme"_s;
        notice.outcome.counts[Resource::Customers].processed = 1'204;
        notice.outcome.durationMs = 75'000;
        QCOMPARE(noticeTitle(notice), u"Acme is ready"_s);
        QCOMPARE(noticeText(notice), u"The first sync brought 1,204 customers in 1 min 15 s."_s);
        notice.outcome.status = SyncStatus::CompletedWithErrors;
        notice.outcome.counts[Resource::Customers].failed = 3;
        QCOMPARE(noticeText(notice),
                 u"The first sync brought 1,204 customers in 1 min 15 s; 3 records could not be read."_s);
    }
};

QTEST_MAIN(TestStoreText)
#include "tst_store_text.moc"
