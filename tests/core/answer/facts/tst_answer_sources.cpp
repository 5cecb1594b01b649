#include "core/answer/facts/context_block.h"
#include "core/answer/facts/fact_collector.h"
#include "tests/core/answer/facts/answer_cache.h"
#include "tests/core/readmodel/plans.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

QStringList namesOf(const AnswerSources& sources) {
    QStringList names;
    if (sources.customer)
        for (const OrderView& order : sources.customer->orders)
            names.append(order.name);
    return names;
}

QStringList titlesOf(const AnswerSources& sources) {
    QStringList titles;
    for (const Knowledge& one : sources.knowledge)
        titles.append(one.title);
    return titles;
}

} // namespace

class AnswerSourcesTest : public QObject {
    Q_OBJECT

    std::unique_ptr<AnswerCache> m_cache;
    StoreId m_acme;
    StoreId m_other;

    void putPerson(StoreId store, const std::string& id, const std::string& email, const QStringList& orders) {
        CustomerRecord record = customer(id, email);
        record.ordersCount = orders.size();
        m_cache->put(store, record);
        for (const QString& number : orders) {
            OrderRecord placed = order(number.toStdString(), id, email);
            placed.createdAt = day(number.toInt() % 100);
            m_cache->put(store, placed);
        }
    }

private Q_SLOTS:
    void init() {
        m_cache = std::make_unique<AnswerCache>();
        m_acme = m_cache->addStore(u"acme.myshopify.com"_s);
    }
    void cleanup() { m_cache.reset(); }

    void readsWhatTheStoreKnowsOfTheSender() {
        m_other = m_cache->addStore(u"other.myshopify.com"_s);
        putPerson(m_acme, "1", "ada@example.com", {u"1001"_s, u"1002"_s});
        CustomerRecord elsewhere = customer("9", "ada@example.com");
        elsewhere.displayName = "Ada Elsewhere";
        elsewhere.tags = {"VIP", "secret club"};
        elsewhere.amountSpent = usd(99'999);
        elsewhere.updatedAt = day(20);
        m_cache->put(m_other, elsewhere);
        m_cache->put(m_other, order("5005", "9", "ada@example.com"));
        putPerson(m_acme, "2", "bob@example.com", {u"1003"_s});
        const MailboxId mailbox = m_cache->addMailbox(u"help@acme.example"_s, m_acme);
        const auto id = m_cache->mail(u"Ada@example.com"_s, u"Where is #5005"_s, u"and order 1003?"_s, mailbox);
        const AnswerSources sources = m_cache->sources(id);
        QCOMPARE(sources.store.id, m_acme);
        QVERIFY(sources.customer);
        QCOMPARE(sources.customer->name, u"Ada 1"_s);
        QCOMPARE(sources.customer->tags, QStringList({u"early bird"_s, u"news"_s}));
        QCOMPARE(sources.customer->ltv, usd(12'345));
        QCOMPARE(sources.customer->ordersCount, 2);
        QCOMPARE(sources.customer->stores.size(), size_t(1));
        QCOMPARE(sources.customer->matchedBy, MatchedBy::Email);
        QCOMPARE(sources.customer->precedence, Precedence::Vip); // the one thing known from elsewhere
        QCOMPARE(namesOf(sources), QStringList({u"#1002"_s, u"#1001"_s}));
        QCOMPARE(sources.namedOrders, QStringList({u"#5005"_s, u"#1003"_s}));
        QCOMPARE(sources.question->subject, u"Where is #5005"_s);
        QCOMPARE(sources.basis.newestMessage, sources.question->id);
        QCOMPARE(factsOf(sources).subjectOrder, QString());
    }

    void knowsNobodyTheStoreDoesNotKnow() {
        m_other = m_cache->addStore(u"other.myshopify.com"_s);
        putPerson(m_other, "1", "ada@example.com", {u"1001"_s});
        const MailboxId mailbox = m_cache->addMailbox(u"help@acme.example"_s, m_acme);
        const AnswerSources sources =
            m_cache->sources(m_cache->mail(u"ada@example.com"_s, u"Hi"_s, u"order 1001"_s, mailbox));
        QCOMPARE(sources.store.id, m_acme);
        QVERIFY(!sources.customer);
        QVERIFY(contextBlock(sources, factsOf(sources)).contains(u"No orders found for this sender."_s));
        QVERIFY(!m_cache->answers().read(ConversationId(999), day(1))->has_value());
    }

    void choosesTheStore_data() {
        QTest::addColumn<QString>("mailbox"); // acme, open, none
        QTest::addColumn<bool>("secondStore");
        QTest::addColumn<bool>("boughtAtBoth");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("store");
        QTest::newRow("the mailbox's") << u"acme"_s << true << true << u"#5005"_s << u"acme"_s;
        QTest::newRow("the only one") << u"none"_s << false << false << u"hello"_s << u"acme"_s;
        QTest::newRow("of a mailbox for both, unclear") << u"open"_s << true << true << u"hello"_s << QString();
        QTest::newRow("where the named order is") << u"open"_s << true << true << u"order 1001"_s << u"acme"_s;
        QTest::newRow("orders of both named") << u"open"_s << true << true << u"#1001 #5005"_s << QString();
        QTest::newRow("known at one alone") << u"none"_s << true << false << u"hello"_s << u"acme"_s;
    }
    void choosesTheStore() {
        QFETCH(QString, mailbox);
        QFETCH(bool, secondStore);
        QFETCH(bool, boughtAtBoth);
        QFETCH(QString, text);
        putPerson(m_acme, "1", "ada@example.com", {u"1001"_s});
        if (secondStore) m_other = m_cache->addStore(u"other.myshopify.com"_s);
        if (boughtAtBoth) putPerson(m_other, "9", "ada@example.com", {u"5005"_s});
        std::optional<MailboxId> box;
        if (mailbox == "acme"_L1) box = m_cache->addMailbox(u"help@acme.example"_s, m_acme);
        if (mailbox == "open"_L1) box = m_cache->addMailbox(u"help@acme.example"_s, std::nullopt);
        const AnswerSources sources = m_cache->sources(m_cache->mail(u"ada@example.com"_s, u"Hi"_s, text, box));
        QTEST(sources.store.name, "store");
        QCOMPARE(sources.customer.has_value(), sources.store.id.isValid());
    }

    void countsNoWeakEvidence_data() {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("matchedBy");
        QTest::newRow("phone in a signature")
            << u"eve@evil.example"_s << u"Where is my order?\n\n-- \nAda\n+1 555 000 1111"_s << u"phone"_s;
        QTest::newRow("order behind a platform")
            << u"mailer@shopify.com"_s << u"Question about order #1001"_s << u"order"_s;
        QTest::newRow("another's order number") << u"eve@evil.example"_s << u"my order #1001"_s << u"none"_s;
    }
    void countsNoWeakEvidence() {
        QFETCH(QString, from);
        QFETCH(QString, text);
        CustomerRecord ada = customer("1", "ada@example.com");
        ada.phone = "+1 555 000 1111";
        m_cache->put(m_acme, ada);
        m_cache->put(m_acme, order("1001", "1", "ada@example.com"));
        const auto id = m_cache->mail(from, u"Hi"_s, text);
        QTEST(m_cache->fixture().text("SELECT matched_by FROM conversations"), "matchedBy");
        const AnswerSources sources = m_cache->sources(id);
        QCOMPARE(sources.store.id, m_acme);
        QVERIFY(!sources.customer);
    }

    void knowsNobodyWhenSomebodyElseWrites() {
        putPerson(m_acme, "1", "ada@example.com", {u"1001"_s});
        const auto id = m_cache->mail(u"ada@example.com"_s, u"Hi"_s, u"hello"_s);
        QVERIFY(m_cache->sources(id).customer);
        Statement forge = *m_cache->fixture().database().prepare("UPDATE messages SET from_email = 'eve@evil.example'");
        QVERIFY(forge.run());
        QVERIFY(!m_cache->sources(id).customer);
    }

    void goesOnAboutTheOrderNamedBefore() {
        QStringList numbers;
        for (int i = 0; i < 14; ++i)
            numbers.append(QString::number(1000 + i));
        putPerson(m_acme, "1", "ada@example.com", numbers);
        const auto id = m_cache->mail(u"ada@example.com"_s, u"Question"_s, u"Where is order 1000?"_s);
        QCOMPARE(m_cache->mail(u"ada@example.com"_s, u"Re: Question"_s, u"Any news?"_s, {}, m_cache->lastMessageId()),
                 id);
        const AnswerSources sources = m_cache->sources(id, day(30));
        QCOMPARE(sources.question->text, u"Any news?"_s);
        QCOMPARE(sources.namedOrders, QStringList(u"#1000"_s));
        QCOMPARE(namesOf(sources).size(), 11); // the ten newest, and the one named
        QCOMPARE(namesOf(sources).last(), u"#1000"_s);
        QCOMPARE(factsOf(sources).subjectOrder, u"#1000"_s);
        QVERIFY(sources.customer->hasMoreOrders);
    }

    void findsWhatTheQuestionIsAbout() {
        m_other = m_cache->addStore(u"other.myshopify.com"_s);
        const MailboxId mailbox = m_cache->addMailbox(u"help@acme.example"_s, m_acme);
        m_cache->addKnowledge(m_acme, KnowledgeKind::Policy, u"Returns"_s, u"30 days from delivery."_s);
        m_cache->addKnowledge(m_acme, KnowledgeKind::Policy, u"Warranty"_s, u"Two years."_s);
        m_cache->addKnowledge(m_acme, KnowledgeKind::Contact, u"E-mail"_s, u"help@acme.example"_s);
        m_cache->addKnowledge(m_acme, KnowledgeKind::HandlingTime, u"Handling"_s, u"24 hours"_s);
        m_cache->addKnowledge(m_other, KnowledgeKind::Policy, u"Other returns"_s, u"No returns."_s);
        m_cache->addKnowledge(m_other, KnowledgeKind::Contact, u"Other"_s, u"help@other.example"_s);
        for (int i = 0; i < 8; ++i)
            m_cache->addKnowledge(m_acme, KnowledgeKind::Faq, u"Beanie %1"_s.arg(i), u"Washing a beanie."_s);
        m_cache->put(m_acme, product("p1", "Merino Beanie"));
        m_cache->put(m_other, product("p1", "Merino Beanie Elsewhere"));
        ProductRecord draft = product("p2", "Merino Beanie Draft");
        draft.status = "DRAFT";
        m_cache->put(m_acme, draft);
        const auto returned =
            m_cache->sources(m_cache->mail(u"x@example.com"_s, u"Hi"_s, u"Can I RETURN it? \" OR NEAR(*)"_s, mailbox));
        QCOMPARE(titlesOf(returned), QStringList({u"Returns"_s, u"E-mail"_s, u"Handling"_s}));
        QVERIFY(returned.products.empty());
        const auto washed =
            m_cache->sources(m_cache->mail(u"x@example.com"_s, u"Beanie"_s, u"Is the merino beanie warm?"_s, mailbox));
        QCOMPARE(washed.knowledge.size(), size_t(5 + 2));
        QCOMPARE(washed.products.size(), size_t(1));
        QCOMPARE(washed.products[0].title, u"Merino Beanie"_s);
        QCOMPARE(washed.products[0].variant, u"Red"_s);
    }

    void findsAProductUnderItsNewTitleOnly() {
        m_cache->put(m_acme, product("p1", "Merino Beanie"));
        ProductRecord renamed = product("p1", "Alpaca Scarf");
        renamed.updatedAt = day(5);
        m_cache->put(m_acme, renamed);
        const auto found = [&](const QString& text) {
            return m_cache->sources(m_cache->mail(u"x@example.com"_s, u"Hi"_s, text)).products.size();
        };
        QCOMPARE(found(u"the merino beanie"_s), size_t(0));
        QCOMPARE(found(u"the alpaca scarf"_s), size_t(1));
    }

    void tellsWhatIsSomebodyElses_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("value");
        QTest::addColumn<bool>("others");
        const auto row = [](const char* name, IdentityKind kind, const QString& value, bool others) {
            QTest::newRow(name) << int(kind) << value << others;
        };
        row("own name", IdentityKind::Name, u"Ada 1"_s, false);
        row("namesake", IdentityKind::Name, u"Same Name"_s, false);
        row("name", IdentityKind::Name, u" bob  2"_s, true);
        row("nobody's name", IdentityKind::Name, u"Bob"_s, false);
        row("own address", IdentityKind::Email, u"Ada@example.com"_s, false);
        row("address", IdentityKind::Email, u"BOB@example.com "_s, true);
        row("nobody's address", IdentityKind::Email, u"zoe@example.com"_s, false);
        row("own phone", IdentityKind::Phone, u"+1 555 000 1111"_s, false);
        row("phone", IdentityKind::Phone, u"+1 (555) 000-2222"_s, true);
        row("no phone", IdentityKind::Phone, u"12"_s, false);
        row("own order", IdentityKind::OrderName, u"#1001"_s, false);
        row("order", IdentityKind::OrderName, u"1002"_s, true);
        row("another store's order", IdentityKind::OrderName, u"#7007"_s, false);
        row("own parcel", IdentityKind::TrackingNumber, u"1Z-1001"_s, false);
        row("parcel", IdentityKind::TrackingNumber, u"1z-1002"_s, true);
        row("another store's parcel", IdentityKind::TrackingNumber, u"1Z-7007"_s, true);
        row("empty", IdentityKind::TrackingNumber, QString(), false);
    }
    void tellsWhatIsSomebodyElses() {
        QFETCH(int, kind);
        QFETCH(QString, value);
        QFETCH(bool, others);
        m_other = m_cache->addStore(u"other.myshopify.com"_s);
        CustomerRecord ada = customer("1", "ada@example.com");
        ada.phone = "+1 555 000 1111";
        m_cache->put(m_acme, ada);
        CustomerRecord bob = customer("2", "bob@example.com");
        bob.displayName = "Bob 2";
        bob.phone = "+1 555 000 2222";
        m_cache->put(m_acme, bob);
        for (const char* id : {"3", "4"}) {
            CustomerRecord same = customer(id, id == std::string("3") ? "ada@example.com" : "same@example.com");
            same.displayName = "Same Name";
            m_cache->put(m_acme, same);
        }
        m_cache->put(m_acme, order("1001", "1", "ada@example.com"));
        m_cache->put(m_acme, order("1002", "2", "bob@example.com"));
        m_cache->put(m_other, order("7007", "", "carl@example.com"));
        const ProfileId own = m_cache->profileOf(u"ada@example.com"_s);
        AnswerReader& answers = m_cache->answers();
        QCOMPARE(answers.belongsToSomebodyElse(m_acme, own, IdentityKind(kind), value), others);
        // To nobody in particular whatever is anybody's is somebody else's.
        if (others) QVERIFY(answers.belongsToSomebodyElse(m_acme, ProfileId(), IdentityKind(kind), value));
    }

    void readsForAnAddressAsForAMail() {
        putPerson(m_acme, "1", "ada@example.com", {u"1001"_s, u"1002"_s});
        const auto ada = m_cache->answers().readForEmail(u"ADA@example.com"_s, u"1001"_s, day(10));
        QVERIFY(ada && *ada);
        QCOMPARE(namesOf(**ada), QStringList({u"#1002"_s, u"#1001"_s}));
        QCOMPARE(factsOf(**ada).subjectOrder, u"#1001"_s);
        const auto nobody = m_cache->answers().readForEmail(u"eve@evil.example"_s, u"#1001"_s, day(10));
        QVERIFY(nobody && *nobody && !(*nobody)->customer);
        QCOMPARE((*nobody)->namedOrders, QStringList(u"#1001"_s));
    }

    void readsNoTableWhole() {
        m_cache->answers();
        QStringList slow = slowSteps(m_cache->reader());
        // A handful of stores, read when a mailbox does not say which.
        slow.removeIf([](const QString& step) { return step.contains(u"FROM stores"_s); });
        QCOMPARE(slow, QStringList());
        QCOMPARE(wholeStoreSteps(m_cache->reader()), QStringList());
    }
};

QTEST_GUILESS_MAIN(AnswerSourcesTest)
#include "tst_answer_sources.moc"
