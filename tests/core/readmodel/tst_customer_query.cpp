#include "core/readmodel/customer_query.h"
#include "core/storage/conversations/conversation_repository.h"
#include "core/storage/stores/store_repository.h"
#include "tests/core/readmodel/plans.h"
#include "tests/core/storage/records/record_fixture.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class CustomerQueryTest : public QObject {
    Q_OBJECT

    std::unique_ptr<RecordFixture> m_cache;
    std::unique_ptr<Database> m_reader;
    std::unique_ptr<CustomerQuery> m_query;
    StoreId m_store;
    std::unique_ptr<RecordWriter> m_writer;

    template <typename Record>
    void put(const Record& record) {
        QVERIFY(m_writer->put(record));
    }
    CustomerView person(const QString& email, int limit = 10) {
        auto found = m_query->byEmail(email, limit);
        if (!found || !*found) qFatal("nobody has this address");
        return **found;
    }
    bool isKnown(const QString& email) { return m_query->byEmail(email)->has_value(); }
    void addConversation(qint64 id, const QString& email, std::optional<ProfileId> profile, MatchedBy by,
                         const QString& detail, qint64 at = 1'000) {
        auto insert = m_cache->database().prepare(
            "INSERT INTO conversations (id, subject, base_subject, status, customer_email, customer_name, profile_id, "
            "matched_by, match_detail, snippet, message_count, unread_count, first_message_at, last_message_at, "
            "customer_spoke_last) VALUES (?1, 'S' || ?1, '', 'open', ?2, '', ?3, ?4, ?5, '', 1, 0, ?6, ?6, 1)");
        insert->bind(1, id).bind(2, email).bind(4, toWord(by)).bind(5, detail).bind(6, at);
        if (profile) insert->bind(3, *profile);
        QVERIFY(insert->run());
    }

private Q_SLOTS:
    void init() {
        m_cache = std::make_unique<RecordFixture>();
        m_store = m_cache->addStore(u"acme.myshopify.com"_s);
        m_writer = m_cache->writer(m_store);
        m_reader = m_cache->reader();
        m_query = *CustomerQuery::create(*m_reader);
    }
    void cleanup() {
        m_query.reset();
        m_reader.reset();
        m_writer.reset();
        m_cache.reset();
    }

    void tellsWhoAnAddressBelongsTo() {
        auto c = customer("gid://shopify/Customer/1", "Ada@Example.com");
        c.displayName = "Ada Lovelace";
        c.phone = "+15550001111";
        c.note = "likes lamps";
        c.amountSpent = usd(45'000);
        c.ordersCount = 3;
        put(c);
        for (int i = 0; i < 3; ++i) {
            auto o = order(std::to_string(1040 + i), c.externalId, "ada@example.com");
            o.createdAt = day(i);
            if (i == 1) o.refunded = usd(2'500);
            put(o);
        }
        QVERIFY(m_query);
        const CustomerView ada = person(u" ADA@example.com"_s, 2);
        QCOMPARE(ada.name, u"Ada Lovelace"_s);
        QCOMPARE(ada.email, u"ada@example.com"_s);
        QCOMPARE(ada.emails, QStringList(u"ada@example.com"_s));
        QCOMPARE(ada.phone, u"+15550001111"_s);
        QCOMPARE(ada.note, u"likes lamps"_s);
        QCOMPARE(ada.tags, QStringList({u"early bird"_s, u"news"_s}));
        QCOMPARE(ada.precedence, Precedence::Returning);
        QCOMPARE(ada.ltv, usd(45'000));
        QCOMPARE(ada.ltvNetOfRefunds, usd(42'500));
        QCOMPARE(ada.averageOrder, std::optional(usd(15'000)));
        QCOMPARE(ada.ordersCount, 3);
        QCOMPARE(ada.firstOrderAt, std::optional(day(0)));
        QCOMPARE(ada.lastOrderAt, std::optional(day(2)));
        QCOMPARE(ada.matchedBy, MatchedBy::Email);
        QCOMPARE(ada.matchDetail, u"ada@example.com"_s);
        QCOMPARE(ada.stores.size(), size_t(1));
        QCOMPARE(ada.stores[0].externalId, u"gid://shopify/Customer/1"_s);
        QCOMPARE(ada.stores[0].storeName, u"acme"_s);
        QCOMPARE(ada.stores[0].status, StoreStatus::Connected);
        QVERIFY(ada.historyLimited);
        QCOMPARE(ada.orders.size(), size_t(2));
        QCOMPARE(ada.orders[0].name, u"#1042"_s);
        QVERIFY(ada.hasMoreOrders);
        QVERIFY(!person(u"ada@example.com"_s, 3).hasMoreOrders);
        QVERIFY(!isKnown(u"nobody@example.com"_s));
        QVERIFY(!isKnown(u"no address"_s));
    }

    void showsAnOrderWhole() {
        auto o = order("1042", "", "guest@example.com");
        o.items = {item("b", "Lamp"), item("a", "Bulb")};
        FulfillmentRecord second = o.fulfillments[0];
        second.externalId = "0-sorts-first";
        second.displayStatus.clear();
        second.createdAt = day(8);
        second.inTransitAt.reset();
        second.tracking = {{"DHL", "D1", "https://dhl.example/1"}, {"DHL", "D2", ""}};
        o.fulfillments.push_back(second);
        o.fulfillments[0].deliveredAt = day(9);
        o.refunds = {{"r2", day(12), usd(20), ""}, {"r1", day(11), usd(10), ""}};
        o.cancelledAt = day(13);
        put(o);
        const OrderView view = person(u"guest@example.com"_s).orders.at(0);
        QCOMPARE(view.storeId, m_store);
        QCOMPARE(view.name, u"#1042"_s);
        QCOMPARE(view.total, usd(5'000));
        QCOMPARE(view.tax, usd(500));
        QCOMPARE(view.cancelledAt, std::optional(day(13)));
        QCOMPARE(view.financialStatus, u"PAID"_s);
        QCOMPARE(view.items.size(), size_t(2));
        QCOMPARE(view.items[0].title, u"Lamp"_s); // the source's order, not the ids'
        QCOMPARE(view.items[0].unitPrice, usd(2'250));
        QCOMPARE(view.items[0].currentQuantity, 1);
        QCOMPARE(view.tracking.size(), size_t(3));
        QCOMPARE(view.tracking[0].number, u"1Z-1042"_s);
        QCOMPARE(view.tracking[0].status, u"IN_TRANSIT"_s);
        QCOMPARE(view.tracking[0].lastEventAt, day(9));
        QCOMPARE(view.tracking[1].number, u"D1"_s);
        QCOMPARE(view.tracking[1].status, u"SUCCESS"_s);
        QCOMPARE(view.tracking[1].lastEventAt, day(8));
        QCOMPARE(view.tracking[2].number, u"D2"_s);
        QCOMPARE(view.refunds.size(), size_t(2));
        QCOMPARE(view.refunds[0].total, usd(10));
    }

    void onePersonAcrossStoresSumsOneCurrencyOnly() {
        const StoreId europe = m_cache->addStore(u"europe.myshopify.com"_s, u"EUR"_s);
        const auto eur = [](qint64 minor) { return Money(minor, *Currency::parse("EUR")); };
        auto c = customer("1", "ada@example.com");
        c.ordersCount = 1;
        c.amountSpent = usd(10'000);
        put(c);
        c.ordersCount = 4;
        c.amountSpent = eur(20'000);
        c.displayName = "Ada L.";
        c.tags = {"news", "europe"};
        c.updatedAt = day(20);
        QVERIFY(m_cache->writer(europe)->put(c));
        const CustomerView ada = person(u"ada@example.com"_s);
        QCOMPARE(ada.stores.size(), size_t(2));
        QCOMPARE(ada.ordersCount, 5);
        QCOMPARE(ada.ltv, eur(20'000));
        QCOMPARE(ada.averageOrder, std::optional(eur(5'000)));
        QCOMPARE(ada.name, u"Ada L."_s); // touched last
        QCOMPARE(ada.tags, QStringList({u"news"_s, u"europe"_s, u"early bird"_s}));
        QCOMPARE(ada.precedence, Precedence::Returning);
    }

    // A customer of one store and a guest of another: no record counts what the guest bought, and it is theirs all the
    // same.
    void countsWhatTheyBoughtAsAGuestElsewhere() {
        const StoreId europe = m_cache->addStore(u"europe.myshopify.com"_s, u"EUR"_s);
        auto c = customer("1", "ada@example.com");
        c.ordersCount = 1;
        c.amountSpent = usd(10'000);
        put(c);
        put(order("1001", "1", "ada@example.com")); // the one the record counts
        auto guest = order("2001", "", "ada@example.com");
        guest.currency = *Currency::parse("EUR");
        guest.total = Money(60'000, guest.currency);
        QVERIFY(m_cache->writer(europe)->put(guest));
        const CustomerView ada = person(u"ada@example.com"_s);
        QCOMPARE(ada.ordersCount, 2);
        QCOMPARE(ada.precedence, Precedence::Vip);
        QVERIFY(ada.ltv == usd(10'000) || ada.ltv == Money(60'000, guest.currency)); // one of them, never the sum
        const auto atHome = m_query->atStore(ada.profile, m_store, u"ada@example.com"_s);
        QVERIFY(atHome && *atHome);
        QCOMPARE((*atHome)->precedence, Precedence::Vip); // kept from wherever it was earned
        QCOMPARE((*atHome)->ordersCount, 1);
        QCOMPARE((*atHome)->ltv, usd(10'000));
        // The inbox says the same.
        auto conversations = ConversationRepository::create(m_cache->database());
        MessageRecord mail;
        mail.messageId = u"a@x"_s;
        mail.from.email = u"ada@example.com"_s;
        QVERIFY((*conversations)->add(mail, ConversationRepository::Direction::Inbound));
        QCOMPARE(m_cache->text("SELECT precedence FROM conversations"), u"VIP"_s);
    }

    void precedenceFollowsAmountsAndTags_data() {
        QTest::addColumn<qint64>("spent");
        QTest::addColumn<qint64>("orders");
        QTest::addColumn<QString>("tag");
        QTest::addColumn<QString>("precedence");
        QTest::newRow("threshold is not above") << qint64(50'000) << qint64(3) << u"x"_s << u"RETURNING"_s;
        QTest::newRow("above") << qint64(50'001) << qint64(1) << u"x"_s << u"VIP"_s;
        QTest::newRow("tag in any case") << qint64(0) << qint64(0) << u"vIp"_s << u"VIP"_s;
        QTest::newRow("one order") << qint64(100) << qint64(1) << u"vip club"_s << u"NEW"_s;
        QTest::newRow("none") << qint64(0) << qint64(0) << u"x"_s << u"PROSPECT"_s;
    }
    void precedenceFollowsAmountsAndTags() {
        QFETCH(qint64, spent);
        QFETCH(qint64, orders);
        QFETCH(QString, tag);
        auto c = customer("1", "ada@example.com");
        c.amountSpent = usd(spent);
        c.ordersCount = orders;
        c.tags = {tag.toStdString()};
        put(c);
        QTEST(toWord(person(u"ada@example.com"_s).precedence), "precedence");
    }

    void guestsAreMadeOfTheirOrders() {
        auto first = order("1001", "", "Guest@Example.com");
        first.shippingAddressText = "Grace Hopper\n1 Navy Yard";
        first.phone = "+1555";
        put(first);
        auto cancelled = order("1002", "", "guest@example.com");
        cancelled.cancelledAt = day(6);
        cancelled.createdAt = day(4);
        put(cancelled);
        const CustomerView guest = person(u"guest@example.com"_s);
        QCOMPARE(guest.name, u"Grace Hopper"_s);
        QCOMPARE(guest.phone, u"+1555"_s);
        QCOMPARE(guest.ordersCount, 2);
        QCOMPARE(guest.ltv, usd(5'000));
        QCOMPARE(guest.precedence, Precedence::Returning);
        QCOMPARE(guest.stores.size(), size_t(1));
        QCOMPARE(guest.stores[0].externalId, QString());
    }

    void aFormerAddressStillFindsThePersonAndSaysSo() {
        put(customer("1", "old@example.com"));
        auto c = customer("1", "new@example.com");
        c.updatedAt = day(11);
        put(c);
        const CustomerView ada = person(u"old@example.com"_s);
        QCOMPARE(ada.matchedBy, MatchedBy::Alias);
        QCOMPARE(ada.email, u"old@example.com"_s);
        QCOMPARE(ada.emails, QStringList({u"old@example.com"_s, u"new@example.com"_s}));
        QCOMPARE(person(u"new@example.com"_s).matchedBy, MatchedBy::Email);
    }

    void conversationsShowWhoTheyWereMatchedWith() {
        put(customer("1", "ada@example.com"));
        const ProfileId ada = person(u"ada@example.com"_s).profile;
        addConversation(1, u"office@example.com"_s, ada, MatchedBy::Order, u"#1042"_s, 3'000);
        addConversation(2, u"stranger@example.com"_s, {}, MatchedBy::None, {});
        addConversation(3, u"ada@example.com"_s, ada, MatchedBy::Email, u"ada@example.com"_s, 2'000);
        addConversation(4, u"ada@example.com"_s, ada, MatchedBy::Email, u"ada@example.com"_s, 5'000);
        const auto matched = m_query->forConversation(ConversationId(1));
        QVERIFY(matched && *matched);
        QCOMPARE((*matched)->matchedBy, MatchedBy::Order);
        QCOMPARE((*matched)->matchDetail, u"#1042"_s);
        QCOMPARE((*matched)->email, u"ada@example.com"_s);
        QVERIFY(!*m_query->forConversation(ConversationId(2)));
        QVERIFY(!*m_query->forConversation(ConversationId(99)));
        const auto past = m_query->pastConversations(ada, ConversationId(3), 5);
        QCOMPARE(past->size(), size_t(2));
        QCOMPARE((*past)[0].id, ConversationId(4));
        QCOMPARE((*past)[1].id, ConversationId(1));
        QCOMPARE((*m_query->byProfile(ada))->name, u"Ada 1"_s);
        QVERIFY(!*m_query->byProfile(ProfileId(999)));
    }

    void findsOrdersByNameWithOrWithoutHash_data() {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<int>("found");
        QTest::newRow("hash") << u"#1042"_s << 2;
        QTest::newRow("bare") << u" 1042 "_s << 2;
        QTest::newRow("other case") << u"en-7"_s << 1;
        QTest::newRow("part") << u"104"_s << 0;
        QTest::newRow("empty") << u"#"_s << 0;
    }
    void findsOrdersByNameWithOrWithoutHash() {
        QFETCH(QString, typed);
        const StoreId other = m_cache->addStore(u"other.myshopify.com"_s);
        put(order("1042", "", ""));
        auto newer = order("1042", "", "");
        newer.createdAt = day(9);
        QVERIFY(m_cache->writer(other)->put(newer));
        auto prefixed = order("7", "", "");
        prefixed.name = "EN-7";
        put(prefixed);
        const auto orders = m_query->orders(typed);
        QVERIFY(orders);
        QTEST(int(orders->size()), "found");
        if (orders->size() == 2) QCOMPARE((*orders)[0].storeId, other);
    }

    void readsNoTableWhole() { QCOMPARE(slowSteps(*m_reader).join(u'\n'), QString()); }
};

QTEST_GUILESS_MAIN(CustomerQueryTest)
#include "tst_customer_query.moc"
