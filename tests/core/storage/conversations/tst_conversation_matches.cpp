// Whom a conversation is matched with, by hand and by itself, and how that follows what the shops say afterwards.
#include "core/domain/mail/quoted_text.h"
#include "core/storage/records/record_remover.h"
#include "core/storage/records/record_writer.h"
#include "tests/core/storage/conversations/conversation_fixture.h"
#include "tests/support/patience.h"
#include "tests/support/table_dump.h"

#include <QRandomGenerator>

using namespace aiva;
using namespace Qt::StringLiterals;
using aiva::test::ConversationFixture;
using aiva::test::mailFrom;

class TestConversationMatches : public QObject, ConversationFixture {
    Q_OBJECT
private Q_SLOTS:
    void init() { open(); }
    void cleanup() { close(); }

    void matchesByAddressAndAlias();
    void matchesByPhoneOnlyWhenOneHasIt();
    void matchesByOrderOnlyWhenItIsTheSendersOwn();
    void namedOrderChoosesTheStore();
    void correctionIsRememberedAndReversible();
    void rematchFindsNewCustomersAndRefreshesPrecedence();
    void whatChangedIsAsGoodAsEverything_data();
    void whatChangedIsAsGoodAsEverything();
    void looksAtNobodyWhenNothingChanged();
    void matchesBothHalvesOfAMergeTakenBack();
};

void TestConversationMatches::matchesByAddressAndAlias() {
    sql("INSERT INTO profiles (id) VALUES (7);"
        "INSERT INTO profile_emails (email, profile_id, source) VALUES ('ann@x.example', 7, 'shop'), "
        "('ann@work.example', "
        "7, 'alias')");
    const auto one = add(mailFrom(u"a@x"_s, u"Ann@X.example"_s, u"Hello"_s, 0));
    QCOMPARE(text("SELECT matched_by || ' ' || match_detail || ' ' || profile_id FROM conversations"),
             u"email ann@x.example 7"_s);
    // Another address of the same person continues the conversation.
    QCOMPARE(add(mailFrom(u"b@x"_s, u"ann@work.example"_s, u"Re: Hello"_s, 1, {u"a@x"_s})), one);
    add(mailFrom(u"c@x"_s, u"ann@work.example"_s, u"New matter"_s, 2));
    QCOMPARE(text("SELECT matched_by FROM conversations WHERE base_subject = 'new matter'"), u"alias"_s);
}

void TestConversationMatches::matchesByPhoneOnlyWhenOneHasIt() {
    sql("INSERT INTO profiles (id) VALUES (7), (8);"
        "INSERT INTO profile_phones (phone, profile_id) VALUES ('+491701234567', 7), ('+491709999999', 7), "
        "('+491709999999', 8)");
    MessageRecord one = mailFrom(u"a@x"_s, u"new@x.example"_s, u"one"_s, 0);
    one.text = u"Hi\n\n-- \nAnn\nTel. +49 (0)170 / 123 45 67"_s;
    one.folded = foldedRanges(one.text);
    add(one);
    QCOMPARE(text("SELECT matched_by || ' ' || match_detail || ' ' || profile_id FROM conversations"),
             u"phone +491701234567 7"_s);
    MessageRecord two = mailFrom(u"b@x"_s, u"other@x.example"_s, u"two"_s, 0);
    two.text = u"Hi, call 0049 170 9999999"_s;
    add(two);
    QCOMPARE(text("SELECT matched_by FROM conversations WHERE subject = 'two'"), u"none"_s);
    // Deep in the text a number is something the person talks about.
    MessageRecord three = mailFrom(u"c@x"_s, u"third@x.example"_s, u"three"_s, 0);
    three.text = u"My friend has +49 170 1234567\n1\n2\n3\n4\n5\n6\n7\n8\n9"_s;
    add(three);
    QCOMPARE(text("SELECT matched_by FROM conversations WHERE subject = 'three'"), u"none"_s);
}

void TestConversationMatches::matchesByOrderOnlyWhenItIsTheSendersOwn() {
    sql("INSERT INTO profiles (id) VALUES (7)");
    order(2, u"#1042"_s, u"Ann@Home.example"_s, 5);
    MessageRecord stranger = mailFrom(u"a@x"_s, u"eve@evil.example"_s, u"Where is order 1042?"_s, 0);
    add(stranger);
    QCOMPARE(text("SELECT matched_by || ifnull(profile_id, '-') || ifnull(store_id, '-') FROM conversations"),
             u"none--"_s);
    MessageRecord owner = mailFrom(u"b@x"_s, u"ann@home.example"_s, u"Question"_s, 0);
    owner.text = u"Where is my order no. 1042?"_s;
    add(owner);
    QCOMPARE(text("SELECT matched_by || ' ' || match_detail || ' ' || profile_id || ' ' || store_id FROM conversations "
                  "WHERE subject = 'Question'"),
             u"order #1042 7 2"_s);
}

void TestConversationMatches::namedOrderChoosesTheStore() {
    sql("INSERT INTO profiles (id) VALUES (7);"
        "INSERT INTO profile_emails (email, profile_id, source) VALUES ('ann@x.example', 7, 'shop')");
    order(1, u"#1042"_s, {}, 5);
    order(2, u"#2001"_s, {}, 9);
    add(mailFrom(u"a@x"_s, u"ann@x.example"_s, u"About #1042"_s, 0));
    QCOMPARE(number("SELECT store_id FROM conversations"), 1);
    add(mailFrom(u"b@x"_s, u"ann@x.example"_s, u"Something"_s, 0));
    QCOMPARE(number("SELECT store_id FROM conversations WHERE subject = 'Something'"), 2); // the latest order's
}

void TestConversationMatches::correctionIsRememberedAndReversible() {
    sql("INSERT INTO profiles (id) VALUES (7), (8);"
        "INSERT INTO profile_emails (email, profile_id, source) VALUES ('ann@x.example', 7, 'shop')");
    const auto id = add(mailFrom(u"a@x"_s, u"ann@x.example"_s, u"one"_s, 0));
    add(mailFrom(u"b@x"_s, u"ann@x.example"_s, u"two"_s, 1));
    QVERIFY(m_repository->linkToProfile(id, ProfileId(8), UtcTime(5)));
    QCOMPARE(number("SELECT count(*) FROM conversations WHERE profile_id = 8 AND matched_by = 'manual'"), 2);
    add(mailFrom(u"c@x"_s, u"ann@x.example"_s, u"three"_s, 2));
    QCOMPARE(number("SELECT count(*) FROM conversations WHERE profile_id = 8"), 3);
    const auto unchanged = m_repository->rematch(500);
    QVERIFY(unchanged && *unchanged == 0);
    const auto reverted = m_repository->revertLink(id, UtcTime(9));
    QVERIFY(reverted && *reverted);
    QCOMPARE(number("SELECT count(*) FROM conversations WHERE profile_id = 7 AND matched_by = 'email'"), 3);
    QCOMPARE(number("SELECT reverted_at FROM match_corrections"), 9);
    const auto nothingLeft = m_repository->revertLink(id, UtcTime(10));
    QVERIFY(nothingLeft && !*nothingLeft);
    // "Nobody we know" is a decision too.
    QVERIFY(m_repository->linkToProfile(id, std::nullopt, UtcTime(11)));
    QVERIFY(m_repository->rematch(500));
    QCOMPARE(number("SELECT count(*) FROM conversations WHERE profile_id IS NULL"), 3);
}

void TestConversationMatches::rematchFindsNewCustomersAndRefreshesPrecedence() {
    add(mailFrom(u"a@x"_s, u"ann@x.example"_s, u"one"_s, 0));
    QCOMPARE(text("SELECT precedence FROM conversations"), u"PROSPECT"_s);
    sql("INSERT INTO profiles (id) VALUES (7);"
        "INSERT INTO profile_emails (email, profile_id, source) VALUES ('ann@x.example', 7, 'shop');"
        "INSERT INTO customers VALUES (1, 1, 'c1', 7, 'Ann', 'Ann', '', 'ann@x.example', '', '', '', '', '', '', 2, "
        "45000, 'EUR', 0, 0, 0)");
    auto changed = m_repository->rematch(500);
    QVERIFY(changed);
    QCOMPARE(*changed, 1);
    QCOMPARE(text("SELECT precedence || matched_by || store_id FROM conversations"), u"RETURNINGemail1"_s);
    changed = m_repository->rematch(400);
    QVERIFY(changed && *changed == 1);
    QCOMPARE(text("SELECT precedence FROM conversations"), u"VIP"_s);
    changed = m_repository->rematch(400);
    QVERIFY(changed && *changed == 0);
    add(mailFrom(u"b@x"_s, u"ann@x.example"_s, u"two"_s, 1)); // the rule last given holds for new mail
    QCOMPARE(number("SELECT count(*) FROM conversations WHERE precedence = 'VIP'"), 2);
}

namespace {

// A few people, so that they meet: in two stores, under each other's addresses, as guests and as customers.
class Crowd {
public:
    Crowd(Database& database, quint32 seed) : m_random(seed) {
        for (const qint64 store : {1, 2}) {
            m_writers.push_back(*RecordWriter::create(database, StoreId(store)));
            m_removers.push_back(*RecordRemover::create(database, StoreId(store)));
        }
    }
    QString address() { return u"p%1@x.example"_s.arg(m_random.bounded(6)); }
    // Some name an order, which both stores may have.
    QString matter(int number) {
        return m_random.bounded(2) == 0 ? u"matter %1"_s.arg(number)
                                        : u"order #%1 (%2)"_s.arg(100 + m_random.bounded(8)).arg(number);
    }
    void change() {
        const size_t store = m_random.bounded(2u);
        switch (m_random.bounded(8)) {
        case 0:
            QVERIFY(m_removers[store]->remove(Resource::Customers, customerId()));
            break;
        case 1:
            QVERIFY(m_removers[store]->remove(Resource::Orders, orderId()));
            break;
        case 2:
        case 3:
        case 4:
            QVERIFY(m_writers[store]->put(customer()));
            break;
        default:
            QVERIFY(m_writers[store]->put(order()));
        }
    }

private:
    std::string customerId() { return "c" + std::to_string(m_random.bounded(5)); }
    std::string orderId() { return "o" + std::to_string(m_random.bounded(8)); }
    CustomerRecord customer() {
        CustomerRecord record;
        record.externalId = customerId();
        record.email = m_random.bounded(5) == 0 ? std::string() : address().toStdString();
        record.ordersCount = m_random.bounded(3);
        record.amountSpent = Money(m_random.bounded(2) * 60'000, *Currency::parse("USD"));
        if (m_random.bounded(6) == 0) record.tags = {"vip"};
        record.createdAt = record.updatedAt = UtcTime(++m_time);
        return record;
    }
    OrderRecord order() {
        OrderRecord record;
        record.externalId = orderId();
        record.name = "#10" + record.externalId.substr(1);
        if (m_random.bounded(2) == 0) record.customerExternalId = customerId();
        record.email = address().toStdString();
        record.currency = *Currency::parse("USD");
        record.total = Money(m_random.bounded(2) * 60'000, record.currency);
        record.createdAt = record.updatedAt = UtcTime(++m_time);
        if (m_random.bounded(4) == 0) record.cancelledAt = record.updatedAt;
        return record;
    }

    QRandomGenerator m_random;
    qint64 m_time = 0;
    std::vector<std::unique_ptr<RecordWriter>> m_writers;
    std::vector<std::unique_ptr<RecordRemover>> m_removers;
};

constexpr auto kMatches =
    "SELECT id, coalesce(profile_id, 0), matched_by, precedence, coalesce(store_id, 0) FROM conversations ORDER BY id";

} // namespace

void TestConversationMatches::whatChangedIsAsGoodAsEverything_data() {
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 12; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

// After every few changes of the shops, matching those who changed leaves nothing for a look at everybody to find.
void TestConversationMatches::whatChangedIsAsGoodAsEverything() {
    QFETCH(quint32, seed);
    Crowd crowd(*m_database, seed);
    int found = 0;
    for (int round = 0; round < 60; ++round) {
        add(mailFrom(u"m%1@x"_s.arg(round), crowd.address(), crowd.matter(round), round * 50'000));
        {
            auto transaction = Transaction::begin(*m_database);
            QVERIFY(transaction);
            for (int i = 0; i < 3; ++i)
                crowd.change();
            QVERIFY((*transaction)->commit());
        }
        const auto changed = m_repository->rematch(500);
        QVERIFY2(changed, changed ? "" : qPrintable(changed.error().detail));
        found += static_cast<int>(*changed);
        QCOMPARE(number("SELECT count(*) FROM profiles_changed"), 0);
        const QStringList matched = test::rows(*m_database, kMatches);
        sql("DELETE FROM ranking_rule");
        QVERIFY(m_repository->rematch(500));
        QVERIFY2(test::rows(*m_database, kMatches) == matched,
                 qPrintable(test::difference(matched, test::rows(*m_database, kMatches))));
    }
    QVERIFY2(found > 20, "the changes do not concern the mail");
}

// What an update does not change marks nobody: the cost of a sync must not depend on what was there before.
void TestConversationMatches::looksAtNobodyWhenNothingChanged() {
    sql("INSERT INTO profiles (id) VALUES (7);"
        "INSERT INTO customers VALUES (1, 1, 'c1', 7, 'Ann', 'Ann', '', '', '', '', '', '', '', '', 2, 45000, 'EUR', "
        "0, 0, 0)");
    indexCustomers();
    order(1, u"#1"_s, u"ann@x.example"_s, 1);
    QVERIFY(m_repository->rematch(500));
    sql("UPDATE customers SET display_name = 'Anna', tags = tags, spent_minor = spent_minor;"
        "UPDATE orders SET note = 'later', total_minor = total_minor, cancelled_at = cancelled_at");
    QCOMPARE(number("SELECT count(*) FROM profiles_changed"), 0);
    sql("UPDATE orders SET cancelled_at = 5");
    QCOMPARE(number("SELECT profile_id FROM profiles_changed"), 7);
}

// What a merge puts away is as old as the merge.
void TestConversationMatches::matchesBothHalvesOfAMergeTakenBack() {
    sql("INSERT INTO profiles (id) VALUES (7);"
        "INSERT INTO profile_emails (email, profile_id, source) VALUES ('ann@x.example', 7, 'shop')");
    const auto one = add(mailFrom(u"a@x"_s, u"ann@x.example"_s, u"one"_s, 0));
    const auto two = add(mailFrom(u"b@x"_s, u"ann@x.example"_s, u"two"_s, 1));
    QVERIFY(m_repository->merge(one, two, UtcTime(5)));
    sql("INSERT INTO customers VALUES (1, 1, 'c1', 7, 'Ann', 'Ann', '', 'ann@x.example', '', '', '', '', '', '', 2, "
        "60000, 'EUR', 0, 0, 0);"
        "INSERT OR IGNORE INTO profiles_changed VALUES (7)");
    QVERIFY(m_repository->rematch(500));
    QCOMPARE(text("SELECT group_concat(precedence) FROM conversations"), u"VIP"_s);
    const auto reverted = m_repository->revertMove(one, UtcTime(9));
    QVERIFY2(reverted && *reverted, reverted ? "" : qPrintable(reverted.error().detail));
    QVERIFY(m_repository->rematch(500));
    QCOMPARE(text("SELECT group_concat(precedence) FROM conversations"), u"VIP,VIP"_s);
}

QTEST_GUILESS_MAIN(TestConversationMatches)
#include "tst_conversation_matches.moc"
