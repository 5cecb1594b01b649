// How a list is walked to its end, and what is none.
#include "tests/core/adapters/woocommerce/woo_site.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

// WordPress says so of posts and of people, each in its own way.
ScriptedAnswer behindTheEnd(const ScriptedRequest& request) {
    const bool arePeople = request.path().endsWith("/customers");
    return refusal(arePeople ? "rest_user_invalid_page_number" : "rest_post_invalid_page_number", "Larger than pages",
                   400);
}

} // namespace

class TestWooWalks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aListThatHasBecomeShorterIsAtItsEnd() {
        Site site(Scheme::Http, siteThat(behindTheEnd));
        const auto page = await(site.store->page({Resource::Orders, {}, {}}, u"2/100"_s));
        QVERIFY2(page, page ? "" : qPrintable(page.error().detail));
        QVERIFY(page->orders.empty() && page->nextCursor.isEmpty());
        const auto marks = await(site.store->marks({Resource::Orders, {}, {}}, u"2/100"_s));
        QVERIFY2(marks, marks ? "" : qPrintable(marks.error().detail));
        QVERIFY(marks->marks.empty() && marks->nextCursor.isEmpty());
    }

    // The records of the next list would be missed, and nobody would ask for them again.
    void whatFailsAfterwardsIsNoEnd() {
        bool isDown = false;
        Site site(Scheme::Http, siteThat([&isDown](const ScriptedRequest& request) {
                      return isDown ? page(502) : behindTheEnd(request);
                  }));
        QVERIFY(await(site.store->page({Resource::Orders, {}, {}}, u"2/100"_s)));
        isDown = true;
        const auto products = await(site.store->page({Resource::Products, {}, {}}, {}));
        QVERIFY(!products);
        QCOMPARE(products.error().kind, ErrorKind::Network);
    }

    // Those who bought are read after those who registered.
    void goesOnWithBuyersBehindTheLastRegistration() {
        Site site(Scheme::Http, siteThat(behindTheEnd));
        const auto page = await(site.store->page({Resource::Customers, UtcTime(1'000'000'000'000), {}}, u"2/100"_s));
        QVERIFY2(page, page ? "" : qPrintable(page.error().detail));
        QCOMPARE(page->nextCursor, u"o1/100"_s);
    }

    // They would look as if they had bought nothing.
    void customersAreNotTakenWithoutTheTotalsTheShopTells_data() {
        QTest::addColumn<bool>("isCancelled");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("cancelled") << true << ErrorKind::Refused;
        QTest::newRow("the key is gone") << false << ErrorKind::Auth;
    }
    void customersAreNotTakenWithoutTheTotalsTheShopTells() {
        QFETCH(const bool, isCancelled);
        QFETCH(const ErrorKind, kind);
        bool asksTotals = false;
        Site site(Scheme::Http, siteThat([&asksTotals, isCancelled](const ScriptedRequest& request) {
                      if (request.path().endsWith("/system_status")) return kStatus;
                      if (request.path().endsWith("/v3/customers"))
                          return answered(
                              R"([{"id":7,"email":"ada@mail.example","date_created_gmt":"2026-01-03T03:04:05"}])");
                      asksTotals = true;
                      ScriptedAnswer answer = keyError("Consumer key is invalid.");
                      if (isCancelled) answer.ending = ScriptedAnswer::Ending::Silence;
                      return answer;
                  }));
        QVERIFY(await(site.store->shop()));
        const auto asked = site.store->page({Resource::Customers, {}, {}}, {});
        QTRY_VERIFY(asksTotals);
        if (isCancelled) site.store->cancelAll();
        const auto page = await(asked);
        QVERIFY(!page);
        QCOMPARE(page.error().kind, kind);
    }

    void asksNoFurtherOnceItIsCancelled() {
        Site site(Scheme::Http, siteThat([](const ScriptedRequest& request) {
                      ScriptedAnswer answer = answered("[]");
                      if (!request.path().endsWith("/orders")) answer.ending = ScriptedAnswer::Ending::Silence;
                      return answer;
                  }));
        const auto asked = site.store->lookup(Resource::Orders, {"7", "8", "9"});
        QTRY_COMPARE(site.server.requests().size(), 2); // the list, and the first that is not in it
        site.store->cancelAll();
        const auto found = await(asked);
        QVERIFY(!found);
        QCOMPARE(found.error().kind, ErrorKind::Refused);
        QCOMPARE(site.server.requests().size(), 2);
    }

    void aProductKeepsItsVariationsWhereNoPageIsBehindThem() {
        Site site(Scheme::Http, siteThat([](const ScriptedRequest& request) {
                      if (request.path().endsWith("/system_status")) return kStatus;
                      if (!request.path().endsWith("/variations"))
                          return answered(R"([{"id":60,"name":"Tee","status":"publish","variations":[61,62],)"
                                          R"("date_modified_gmt":"2026-01-03T03:04:05"}])");
                      if (queryOf(request).queryItemValue(u"page"_s) != u"1"_s) return behindTheEnd(request);
                      QByteArrayList variations;
                      for (int id = 100; id < 200; ++id)
                          variations.append("{\"id\":" + QByteArray::number(id) + ",\"price\":\"1.00\"}");
                      return answered('[' + variations.join(',') + ']');
                  }));
        QVERIFY(await(site.store->shop()));
        const auto page = await(site.store->page({Resource::Products, {}, {}}, {}));
        QVERIFY(page && page->faults.empty() && page->products.size() == 1);
        QCOMPARE(page->products[0].variants.size(), size_t(100));
    }

    // Kept as one without any, it would lose those that are known.
    void aProductWhoseVariationsAreNoListIsNotTaken() {
        Site site(Scheme::Http, siteThat([](const ScriptedRequest& request) {
                      if (request.path().endsWith("/system_status")) return kStatus;
                      if (request.path().endsWith("/60/variations")) return answered("{}");
                      if (request.path().endsWith("/variations")) return answered(R"([{"id":72,"price":"1.00"}])");
                      return answered(R"([{"id":60,"name":"Tee","status":"publish","variations":[61,62],)"
                                      R"("date_modified_gmt":"2026-01-03T03:04:05"},)"
                                      R"({"id":70,"name":"Cap","status":"publish","variations":[72],)"
                                      R"("date_modified_gmt":"2026-01-03T03:04:05"}])");
                  }));
        QVERIFY(await(site.store->shop()));
        const auto page = await(site.store->page({Resource::Products, {}, {}}, {}));
        QVERIFY(page);
        QCOMPARE(page->faults, (std::vector<RecordFault>{{"products", "60", "its variations cannot be read"}}));
        QCOMPARE(page->products.size(), size_t(1));
        QCOMPARE(page->products[0].externalId, std::string("70"));
    }
};

QTEST_GUILESS_MAIN(TestWooWalks)
#include "tst_woo_walks.moc"
