#include "core/readmodel/search_query.h"
#include "core/readmodel/store_query.h"
#include "tests/core/readmodel/plans.h"
#include "tests/core/storage/records/record_fixture.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class SearchQueryTest : public QObject {
    Q_OBJECT

    std::unique_ptr<RecordFixture> m_cache;
    std::unique_ptr<RecordWriter> m_writer;
    std::unique_ptr<Database> m_reader;
    std::unique_ptr<SearchQuery> m_query;
    StoreId m_store;

    // "kind title" of each hit.
    QStringList hits(const QString& text, int limit = 10) {
        static const char* const kinds[] = {"message ", "customer ", "order "};
        const auto found = m_query->search(text, limit);
        if (!found) return {u"error "_s + found.error().detail};
        QStringList list;
        for (const SearchHit& hit : *found)
            list.append(QLatin1String(kinds[int(hit.kind)]) + hit.title);
        return list;
    }
    void addMessage(qint64 id, const QString& subject, const QString& text, const QString& from) {
        QVERIFY(m_cache->database().execute("INSERT OR IGNORE INTO conversations (id, subject, base_subject, status, "
                                            "customer_email, customer_name, snippet, message_count, unread_count, "
                                            "first_message_at, last_message_at, customer_spoke_last) "
                                            "VALUES (1, 'S', '', 'open', 'x@y.z', '', '', 1, 0, 1, 1, 1)"));
        auto insert = m_cache->database().prepare(
            "INSERT INTO messages (id, conversation_id, message_id, in_reply_to, direction, from_name, from_email, "
            "recipients, sent_at, subject, folded, automated, unread, raw_size, text, safe_html) "
            "VALUES (?1, 1, 'm' || ?1, '', 'in', '', ?2, '{}', ?1 * 1000, ?3, '[]', 0, 0, 0, ?4, '')");
        QVERIFY(insert->bind(1, id).bind(2, from).bind(3, subject).bind(4, text).run());
        auto index = m_cache->database().prepare("INSERT INTO messages_fts (rowid, subject, from_name, from_email, "
                                                 "text) VALUES (?1, ?3, '', ?2, ?4)");
        QVERIFY(index->bind(1, id).bind(2, from).bind(3, subject).bind(4, text).run());
    }

private Q_SLOTS:
    void init() {
        m_cache = std::make_unique<RecordFixture>();
        m_store = m_cache->addStore(u"acme.myshopify.com"_s);
        m_writer = m_cache->writer(m_store);
        auto ada = customer("1", "ada.lovelace@example.com");
        ada.displayName = "Ada Lovelace";
        ada.addressText = "1 Main Street\nLondon";
        QVERIFY(m_writer->put(ada));
        auto o = order("1042", "1", "ada.lovelace@example.com");
        o.shippingAddressText = "Charles Babbage\n5 Devonshire Street";
        QVERIFY(m_writer->put(o));
        addMessage(1, u"Lamp broken"_s, u"My lamp from order #1042 is broken. Where is Müller?"_s,
                   u"ada.lovelace@example.com"_s);
        addMessage(2, u"Lamp arrived"_s, u"Thank you, the lamp is lovely"_s, u"eve@other.example"_s);
        m_reader = m_cache->reader();
        m_query = *SearchQuery::create(*m_reader);
    }
    void cleanup() {
        m_query.reset();
        m_reader.reset();
        m_writer.reset();
        m_cache.reset();
    }

    void findsWhatIsTyped_data() {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QStringList>("found");
        const QString ada = u"customer Ada Lovelace"_s;
        const QString order = u"order #1042"_s;
        const QString broken = u"message Lamp broken"_s;
        const QString arrived = u"message Lamp arrived"_s;
        QTest::newRow("newest first") << u"lamp"_s << QStringList{arrived, broken};
        QTest::newRow("prefix of the last word") << u"lamp bro"_s << QStringList{broken};
        QTest::newRow("earlier words are whole") << u"lam broken"_s << QStringList{};
        QTest::newRow("a finished word is whole") << u"lam "_s << QStringList{};
        QTest::newRow("order name") << u"#1042"_s << QStringList{order, broken};
        QTest::newRow("bare order name") << u"1042"_s << QStringList{order, broken};
        QTest::newRow("whole address") << u"ada.lovelace@example.com"_s << QStringList{ada, broken};
        QTest::newRow("whole address, other case") << u" ADA.lovelace@Example.com"_s << QStringList{ada, broken};
        QTest::newRow("name") << u"lovelace"_s << QStringList{ada, broken};
        QTest::newRow("address line") << u"london"_s << QStringList{ada};
        QTest::newRow("who an order goes to") << u"babbage"_s << QStringList{order};
        QTest::newRow("accents") << u"muller"_s << QStringList{broken};
        QTest::newRow("nothing") << u""_s << QStringList{};
        QTest::newRow("only signs") << u"\"*()- :^ AND"_s << QStringList{};
        QTest::newRow("quotes are text") << u"\"lamp\" (broken*"_s << QStringList{broken};
        QTest::newRow("column filter is text") << u"subject:lamp"_s << QStringList{};
        QTest::newRow("operators are words") << u"lamp OR thank"_s << QStringList{};
        QTest::newRow("nul") << QString(u"la"_s + QChar(0) + u"mp"_s) << QStringList{arrived, broken};
        QTest::newRow("lone surrogate") << QString(QChar(0xd800)) << QStringList{};
        QTest::newRow("long") << QString(100'000, u'a') << QStringList{};
    }
    void findsWhatIsTyped() {
        QFETCH(QString, typed);
        QTEST(hits(typed), "found");
    }

    void marksTheMatchAndLeadsToTheConversation() {
        QVERIFY(
            m_cache->database().execute("UPDATE conversations SET profile_id = (SELECT profile_id FROM customers)"));
        const auto found = m_query->search(u"broken"_s, 5);
        QCOMPARE(found->size(), size_t(1));
        QVERIFY(found->front().snippet.contains(u"\u0002broken\u0003"_s) ||
                found->front().snippet.contains(u"\u0002Broken\u0003"_s));
        QCOMPARE(found->front().conversation, ConversationId(1));
        QCOMPARE(found->front().at, UtcTime(1'000));
        const auto people = m_query->search(u"lovelace"_s, 5);
        QCOMPARE(people->front().conversation, ConversationId(1));
        QVERIFY(people->front().profile.isValid());
    }

    void aFormerAddressFindsThePerson() {
        auto ada = customer("1", "new@example.com");
        ada.displayName = "Ada Lovelace";
        ada.updatedAt = day(11);
        QVERIFY(m_writer->put(ada));
        QVERIFY(hits(u"ada.lovelace@example.com"_s).contains(u"customer Ada Lovelace"_s));
    }

    void respectsTheLimitPerKind() {
        for (int i = 10; i < 30; ++i)
            addMessage(i, u"More lamps"_s, u"lamp"_s, u"x@y.z"_s);
        QCOMPARE(hits(u"lamp"_s, 3).size(), 3);
        QVERIFY(hits(u"lamp"_s, 0).isEmpty());
    }

    void readsNoTableWhole() { QCOMPARE(slowSteps(*m_reader).join(u'\n'), QString()); }

    void countsStoresAndFindsProducts() {
        QVERIFY(m_writer->put(product("P1", "50% Lamp_Shade")));
        QVERIFY(m_writer->put(product("P2", "Rug")));
        const auto stores = StoreQuery::create(*m_reader);
        const auto views = (*stores)->stores();
        QCOMPARE(views->size(), size_t(1));
        QCOMPARE(views->front().customers, 1);
        QCOMPARE(views->front().orders, 1);
        QCOMPARE(views->front().products, 2);
        QCOMPARE(views->front().store.domain, u"acme.myshopify.com"_s);
        const auto count = [&](const QString& text) { return int((*stores)->products(text, 10)->size()); };
        QCOMPARE(count(u"lamp_"_s), 2);
        QCOMPARE(count(u"50%"_s), 2);
        QCOMPARE(count(u"5%p"_s), 0);
        QCOMPARE(count(u"sku-p2-1"_s), 1);
        QCOMPARE(count(u"blue"_s), 2);
        const ProductView red = (*stores)->products(u"SKU-P1-1"_s, 10)->front();
        QCOMPARE(red.title, u"50% Lamp_Shade"_s);
        QCOMPARE(red.variant, u"Red"_s);
        QCOMPARE(red.price, usd(1'999));
        QCOMPARE(red.inventory, std::optional<qint64>(5));
        QCOMPARE(int((*stores)->products(u"lamp"_s, 1)->size()), 1);
    }
};

QTEST_GUILESS_MAIN(SearchQueryTest)
#include "tst_search_query.moc"
