// What a conversation is matched by (D5): an address says more than a phone number, that more than an order number, and
// it counts whichever came first, the mail or what the shop says.
#include "core/domain/mail/quoted_text.h"
#include "core/storage/records/record_writer.h"
#include "tests/core/storage/conversations/conversation_fixture.h"
#include "tests/support/patience.h"
#include "tests/support/table_dump.h"

using namespace aiva;
using namespace Qt::StringLiterals;
using aiva::test::ConversationFixture;
using aiva::test::mailFrom;

class TestMatchEvidence : public QObject, ConversationFixture {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void anOrderSyncedAfterTheMailMatchesIt_data();
    void anOrderSyncedAfterTheMailMatchesIt();
    void anOrderPutRightMatchesTheMail();
    void aStandInForACustomerMakesWay();
    void anAddressTakesOverFromAnOrder();
    void anAddressTakesOverFromAPhone();
    void anOrderThatChangesHandsTakesItsMailAlong();
    void anOrderThatIsGoneStillProved();
    void aNumberTwoHaveProvesNothingAnyMore();
    void aNumberGoesWithItsCustomer();
    void ordersOfTwoPeopleProveNobody();
    void anOrderAloneAgainProvesAgain();
    void whatAPersonDecidedStays();

private:
    void put(qint64 store, const CustomerRecord& record) { QVERIFY(m_writers.at(size_t(store))->put(record)); }
    void put(qint64 store, const OrderRecord& record) { QVERIFY(m_writers.at(size_t(store))->put(record)); }
    CustomerRecord customer(const std::string& id, const std::string& email, const std::string& phone = {});
    OrderRecord order(const std::string& id, const std::string& customer, const std::string& email);
    void mail(const QString& from, const QString& text);
    // "by customer" of the newest conversation; the person's customer records by store and id.
    QString matched();
    void rematch() { QVERIFY(m_repository->rematch(500)); }
    void rematchAll() {
        sql("DELETE FROM ranking_rule");
        rematch();
    }

    std::vector<std::unique_ptr<RecordWriter>> m_writers; // by store, none at 0
    qint64 m_time = 0;
    int m_mails = 0;
};

void TestMatchEvidence::init() {
    open();
    m_writers.resize(3);
    for (const qint64 store : {1, 2})
        m_writers.at(size_t(store)) = *RecordWriter::create(*m_database, StoreId(store));
    rematch();
}

void TestMatchEvidence::cleanup() {
    m_writers.clear();
    close();
}

CustomerRecord TestMatchEvidence::customer(const std::string& id, const std::string& email, const std::string& phone) {
    CustomerRecord record;
    record.externalId = id;
    record.email = email;
    record.phone = phone;
    record.amountSpent = Money(100, *Currency::parse("USD"));
    record.createdAt = record.updatedAt = UtcTime(++m_time);
    return record;
}

OrderRecord TestMatchEvidence::order(const std::string& id, const std::string& customer, const std::string& email) {
    OrderRecord record;
    record.externalId = id;
    record.name = "#" + id;
    record.customerExternalId = customer;
    record.email = email;
    record.currency = *Currency::parse("USD");
    record.createdAt = record.updatedAt = UtcTime(++m_time);
    return record;
}

void TestMatchEvidence::mail(const QString& from, const QString& text) {
    ++m_mails;
    MessageRecord message = mailFrom(u"m%1@x"_s.arg(m_mails), from, u"Question %1"_s.arg(m_mails), m_mails);
    message.text = text;
    message.folded = foldedRanges(text);
    add(message);
}

QString TestMatchEvidence::matched() {
    return test::rows(
               *m_database,
               "SELECT matched_by || ' ' || ifnull((SELECT group_concat(store_id || external_id) FROM customers c "
               "WHERE c.profile_id = v.profile_id), '-') FROM conversations v ORDER BY id DESC LIMIT 1")
        .value(0);
}

void TestMatchEvidence::anOrderSyncedAfterTheMailMatchesIt_data() {
    QTest::addColumn<bool>("looksAtAll");
    QTest::newRow("what changed") << false;
    QTest::newRow("everything") << true;
}

void TestMatchEvidence::anOrderSyncedAfterTheMailMatchesIt() {
    QFETCH(bool, looksAtAll);
    const auto match = [&] { looksAtAll ? rematchAll() : rematch(); };
    put(1, customer("ann", "ann@x.example"));
    mail(u"Work@X.example"_s, u"Where is order #1042?"_s);
    QCOMPARE(matched(), u"none -"_s);
    match();
    QCOMPARE(matched(), u"none -"_s);
    put(1, order("1042", "ann", " work@x.EXAMPLE"));
    match();
    QCOMPARE(matched(), u"order 1ann"_s);
}

void TestMatchEvidence::anOrderPutRightMatchesTheMail() {
    put(1, customer("ann", "ann@x.example"));
    put(1, order("1042", "ann", "wrok@x.example"));
    mail(u"work@x.example"_s, u"Where is order #1042?"_s);
    rematch();
    QCOMPARE(matched(), u"none -"_s);
    put(1, order("1042", "ann", "work@x.example"));
    rematch();
    QCOMPARE(matched(), u"order 1ann"_s);
}

// Orders come before their customers in a first sync: for a while they are whoever's their address is.
void TestMatchEvidence::aStandInForACustomerMakesWay() {
    put(1, order("1042", "ann", "work@x.example"));
    mail(u"work@x.example"_s, u"Where is order #1042?"_s);
    QCOMPARE(test::rows(*m_database, "SELECT matched_by FROM conversations"), QStringList{u"email"_s});
    put(1, customer("ann", "ann@x.example"));
    rematch();
    QCOMPARE(matched(), u"order 1ann"_s);
    QCOMPARE(number("SELECT count(*) FROM profiles"), 1);
    // A guest's order that the shop gives to a customer of its.
    put(1, order("1043", {}, "home@x.example"));
    mail(u"home@x.example"_s, u"Where is order #1043?"_s);
    put(1, order("1043", "ann", "home@x.example"));
    rematch();
    QCOMPARE(matched(), u"order 1ann"_s);
    QCOMPARE(number("SELECT count(*) FROM profiles"), 1);
}

// The one who wrote had their parcel ordered by somebody else; now they are a customer themselves.
void TestMatchEvidence::anAddressTakesOverFromAnOrder() {
    put(1, customer("ann", "ann@x.example"));
    put(1, order("1042", "ann", "bob@y.example"));
    mail(u"bob@y.example"_s, u"Where is order #1042?"_s);
    QCOMPARE(matched(), u"order 1ann"_s);
    put(1, customer("bob", "bob@y.example"));
    rematch();
    QCOMPARE(matched(), u"email 1bob"_s);
}

void TestMatchEvidence::anAddressTakesOverFromAPhone() {
    put(1, customer("ann", "ann@x.example", "+491701234567"));
    mail(u"bob@y.example"_s, u"Hi\n\n-- \nBob\nTel. +49 170 1234567"_s);
    QCOMPARE(matched(), u"phone 1ann"_s);
    put(2, customer("bob", "bob@y.example"));
    rematch();
    QCOMPARE(matched(), u"email 2bob"_s);
}

void TestMatchEvidence::anOrderThatChangesHandsTakesItsMailAlong() {
    put(1, customer("ann", "ann@x.example"));
    put(1, customer("eva", "eva@x.example"));
    put(1, order("1042", "ann", "bob@y.example"));
    mail(u"bob@y.example"_s, u"Where is order #1042?"_s);
    rematch();
    QCOMPARE(matched(), u"order 1ann"_s);
    put(1, order("1042", "eva", "bob@y.example"));
    rematch();
    QCOMPARE(matched(), u"order 1eva"_s);
}

void TestMatchEvidence::anOrderThatIsGoneStillProved() {
    put(1, customer("ann", "ann@x.example"));
    put(1, order("1042", "ann", "bob@y.example"));
    mail(u"bob@y.example"_s, u"Where is order #1042?"_s);
    sql("DELETE FROM orders");
    rematch();
    QCOMPARE(matched(), u"order 1ann"_s);
}

void TestMatchEvidence::aNumberTwoHaveProvesNothingAnyMore() {
    put(1, customer("ann", "ann@x.example", "+491701234567"));
    mail(u"bob@y.example"_s, u"Hi\n\n-- \nBob\nTel. +49 170 1234567"_s);
    QCOMPARE(matched(), u"phone 1ann"_s);
    put(1, customer("eva", "eva@x.example", "+49 170 1234567"));
    rematch();
    QCOMPARE(matched(), u"none -"_s);
}

// Two customers under one address are one person, until one of them takes an address of their own.
void TestMatchEvidence::aNumberGoesWithItsCustomer() {
    put(1, customer("ann", "home@x.example", "+491701234567"));
    put(2, customer("bob", "home@x.example", "+491709999999"));
    put(2, customer("eva", "eva@x.example"));
    put(1, customer("ann", "eva@x.example", "+491705555555"));
    mail(u"new@y.example"_s, u"Hi\n\n-- \nAnn\nTel. +49 170 1234567"_s);
    QCOMPARE(matched(), u"none -"_s); // it was ann's, who has another now
    mail(u"new@y.example"_s, u"Hi\n\n-- \nBob\nTel. +49 170 9999999"_s);
    QCOMPARE(matched(), u"phone 2bob"_s);
}

// Two stores count alike, and one address stands on an order of either.
void TestMatchEvidence::ordersOfTwoPeopleProveNobody() {
    put(1, customer("ann", "ann@x.example"));
    put(2, customer("eva", "eva@x.example"));
    put(1, order("1042", "ann", "bob@y.example"));
    put(2, order("1042", "eva", "bob@y.example"));
    mail(u"bob@y.example"_s, u"Where is order #1042?"_s);
    QCOMPARE(matched(), u"none -"_s);
    put(1, order("1043", "ann", "bob@y.example"));
    mail(u"bob@y.example"_s, u"Where is order #1043?"_s);
    QCOMPARE(matched(), u"order 1ann"_s);
    put(2, order("1043", "eva", "bob@y.example"));
    rematch();
    QCOMPARE(matched(), u"none -"_s);
}

void TestMatchEvidence::anOrderAloneAgainProvesAgain() {
    put(1, customer("ann", "ann@x.example"));
    put(2, customer("eva", "eva@x.example"));
    put(1, order("1042", "ann", "bob@y.example"));
    put(2, order("1042", "eva", "bob@y.example"));
    mail(u"bob@y.example"_s, u"Where is order #1042?"_s);
    rematch();
    QCOMPARE(matched(), u"none -"_s);
    sql("DELETE FROM orders WHERE store_id = 2");
    rematch();
    QCOMPARE(matched(), u"order 1ann"_s);
}

void TestMatchEvidence::whatAPersonDecidedStays() {
    put(1, customer("ann", "ann@x.example"));
    mail(u"bob@y.example"_s, u"Where is order #1042?"_s);
    QVERIFY(m_repository->linkToProfile(ConversationId(1), std::nullopt, UtcTime(5)));
    put(1, order("1042", "ann", "bob@y.example"));
    put(2, customer("bob", "bob@y.example"));
    rematch();
    rematchAll();
    QCOMPARE(matched(), u"manual -"_s);
}

QTEST_GUILESS_MAIN(TestMatchEvidence)
#include "tst_match_evidence.moc"
