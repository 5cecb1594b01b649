// What sites in the wild do to their answers, and what is read of them all the same.
#include "tests/core/adapters/woocommerce/woo_site.h"
#include "tests/support/heard_api.h"

#include <set>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class TestWooSites : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void waitsAsLongAsItIsAskedTo() {
        int asked = 0;
        Site site(Scheme::Http, siteThat([&asked](const ScriptedRequest&) {
                      if (++asked > 1) return kStatus;
                      ScriptedAnswer answer = page(429);
                      answer.headers.emplace_back("Retry-After", "0.2");
                      return answer;
                  }));
        QList<qint64> waits;
        site.store->setThrottleListener([&waits](qint64 ms) { waits.append(ms); });
        QVERIFY(await(site.store->shop()));
        QCOMPARE(waits, (QList<qint64>{200, 0}));
    }

    void waitsUntilTheMomentTheShopNames() {
        int asked = 0;
        Site site(Scheme::Http, siteThat([&asked](const ScriptedRequest&) {
                      if (++asked > 1) return kStatus;
                      ScriptedAnswer answer = page(429);
                      answer.headers.emplace_back("Date", "Sat, 01 Jan 2000 00:00:00 GMT");
                      answer.headers.emplace_back("Retry-After", "Sat, 01 Jan 2000 00:00:00 GMT");
                      return answer;
                  }));
        QList<qint64> waits;
        site.store->setThrottleListener([&waits](qint64 ms) { waits.append(ms); });
        QVERIFY(await(site.store->shop()));
        QCOMPARE(waits, (QList<qint64>{100, 0}));
    }

    // How a site wants to be asked is found out with answers that are no trouble.
    void tellsOfEachExchangeOnce() {
        int asked = 0;
        Site site(Scheme::Http, siteThat([&asked](const ScriptedRequest&) {
                      if (++asked == 1) return keyError("Invalid nonce - nonce has already been used.");
                      if (asked > 2) return refusal("woocommerce_rest_cannot_view", "No.", 403);
                      ScriptedAnswer answer = page(429);
                      answer.headers.emplace_back("Retry-After", "0.2");
                      return answer;
                  }));
        const auto heard = std::make_shared<HeardApi>();
        site.store->setApiListener(heard);
        const auto facts = await(site.store->shop());
        QVERIFY(!facts);
        const QStringList told{u"answered"_s, u"answered"_s,         u"RateLimited"_s, u"held 200"_s,
                               u"answered"_s, u"Auth/ScopeMissing"_s}; // settings are for few, orders are needed
        QCOMPARE(heard->log, told);
    }

    void asksAgainWithAnotherNonceWhenOneWasSeen() {
        int asked = 0;
        Site site(Scheme::Http, siteThat([&asked](const ScriptedRequest&) {
                      return ++asked == 1 ? keyError("Invalid nonce - nonce has already been used.") : kStatus;
                  }));
        QVERIFY(await(site.store->shop()));
        std::set<QString> nonces;
        for (const ScriptedRequest& request : site.server.requests())
            if (isSigned(request)) nonces.insert(queryOf(request).queryItemValue(u"oauth_nonce"_s));
        QCOMPARE(nonces.size(), size_t(2));
    }

    void readsJsonBehindAByteOrderMark() {
        ScriptedAnswer marked = kStatus;
        marked.body.prepend("\xEF\xBB\xBF\n\n");
        Site site(Scheme::Http, siteThat([marked](const ScriptedRequest&) { return marked; }));
        QVERIFY(await(site.store->shop()));
    }

    void readsJsonAmongNotices() {
        ScriptedAnswer noisy = behindNotices(kStatus);
        noisy.body += "\n<!-- Cached for you -->\n";
        Site site(Scheme::Http, siteThat([noisy](const ScriptedRequest&) { return noisy; }));
        const auto facts = await(site.store->shop());
        QVERIFY2(facts, facts ? "" : qPrintable(facts.error().detail));
        QCOMPARE(facts->currency, u"EUR"_s);
    }

    // Caches keep the lists and drop what their headers say.
    void readsAllVariationsWhereNobodySaysHowManyThereAre() {
        Site site(Scheme::Http, siteThat([](const ScriptedRequest& request) {
                      if (request.path().endsWith("/system_status")) return kStatus;
                      if (!request.path().endsWith("/variations"))
                          return answered(R"([{"id":60,"name":"Tee","status":"publish","variations":[61,62],)"
                                          R"("date_modified_gmt":"2026-01-03T03:04:05"}])");
                      const int first = queryOf(request).queryItemValue(u"page"_s).toInt() * 100;
                      QByteArrayList variations;
                      for (int id = first; id < std::min(first + 100, 205); ++id)
                          variations.append("{\"id\":" + QByteArray::number(id) + ",\"price\":\"1.00\"}");
                      return answered('[' + variations.join(',') + ']');
                  }));
        QVERIFY(await(site.store->shop()));
        const auto page = await(site.store->page({Resource::Products, {}, {}}, {}));
        QVERIFY(page && page->products.size() == 1);
        QCOMPARE(page->products[0].variants.size(), size_t(105));
        QVERIFY(page->faults.empty());
    }

    // Older sites do not sort by change.
    void countsInNoOrder() {
        Site site(Scheme::Http, siteThat([](const ScriptedRequest& request) {
                      if (queryOf(request).hasQueryItem(u"orderby"_s))
                          return refusal("rest_invalid_param", "Invalid parameter(s): orderby", 400);
                      ScriptedAnswer answer = answered("[]");
                      answer.headers = {{"Content-Type", "application/json"}, {"X-WP-Total", "7"}};
                      return answer;
                  }));
        const auto count = await(site.store->count({Resource::Orders, UtcTime(1'000'000'000'000), {}}));
        QCOMPARE(count.value_or(std::nullopt), std::optional<qint64>(7));
    }

    void hasNoBulkExport() {
        Site site(Scheme::Http, siteThat([](const ScriptedRequest&) { return kStatus; }));
        const auto started = await(site.store->startBulk({Resource::Orders, {}, {}}));
        QVERIFY(!started);
        QCOMPARE(started.error().cause, ErrorCause::NotSupported);
        QCOMPARE(started.error().kind, ErrorKind::Invalid); // what makes sync page instead
        QCOMPARE(await(site.store->revoke()).value_or(true), false);
    }

    void answersWhenItIsCancelled() {
        Site site(Scheme::Http, [](const ScriptedRequest&) {
            ScriptedAnswer silent = kStatus;
            silent.ending = ScriptedAnswer::Ending::Silence;
            return silent;
        });
        const auto asked = site.store->count({Resource::Orders, {}, {}});
        QTRY_COMPARE(site.server.requests().size(), 1);
        site.store->cancelAll();
        const auto count = await(asked);
        QVERIFY(!count && count.error().kind == ErrorKind::Refused);
    }
};

QTEST_GUILESS_MAIN(TestWooSites)
#include "tst_woo_sites.moc"
