// Many customers behind one sender's address: kept apart by the order a mail names, matched by that order.
#include "core/storage/conversations/conversation_repository.h"
#include "tests/support/patience.h"
#include "tests/support/table_dump.h"
#include "tests/support/temporary_workspace.h"

using namespace aiva;
using namespace Qt::StringLiterals;
using Direction = ConversationRepository::Direction;

namespace {

MessageRecord mail(const QString& id, const QString& from, const QString& subject, qint64 minutes,
                   const QStringList& references = {}) {
    MessageRecord message;
    message.messageId = id;
    message.from = {u"Marketplace"_s, from};
    message.to = {{u"Shop"_s, u"help@shop.example"_s}};
    message.subject = subject;
    message.date = UtcTime(1'770'000'000'000 + minutes * 60'000);
    message.references = references;
    return message;
}

const auto kEtsy = u"transaction@etsy.com"_s;

} // namespace

class TestMarketplaceMail : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void threadsByOrderNeverBySender();
    void referencesDoNotJoinTwoOrders();
    void mailWithoutAnOrderStandsAlone();
    void matchesTheCustomerByTheOrder();
    void matchesLaterWhenTheOrderIsSynced();
    void ordersOfTwoShopsMatchNobody();
    void correctingOneLeavesTheOthers();
    void aCorrectionTakenBackLeavesTheOneBefore();
    void answersGoToTheConversationOfTheOrder();
    void aFormIsWithWhoeverFilledItIn();
    void twoOrdersOfOneBuyerAreTwoMatters();

private:
    ConversationId add(const MessageRecord& message, Direction direction = Direction::Inbound);
    void order(qint64 store, const QString& name, qint64 profile);
    QStringList rows(const QByteArray& sql) { return test::rows(m_workspace->writer(), sql); }

    std::unique_ptr<test::TemporaryWorkspace> m_workspace;
    std::unique_ptr<ConversationRepository> m_repository;
};

void TestMarketplaceMail::init() {
    m_repository.reset();
    m_workspace = std::make_unique<test::TemporaryWorkspace>();
    QVERIFY(m_workspace->isOpen());
    auto repository = ConversationRepository::create(m_workspace->writer());
    QVERIFY2(repository, repository ? "" : qPrintable(repository.error().detail));
    m_repository = std::move(*repository);
    m_workspace->addStore(u"one.myshopify.com"_s);
    m_workspace->addStore(u"two.myshopify.com"_s);
    QVERIFY(m_workspace->writer().execute("INSERT INTO profiles (id) VALUES (7), (8)"));
}

ConversationId TestMarketplaceMail::add(const MessageRecord& message, Direction direction) {
    const auto added = m_repository->add(message, direction);
    if (!added) qFatal("%s", qPrintable(added.error().detail));
    return added->conversation;
}

void TestMarketplaceMail::order(qint64 store, const QString& name, qint64 profile) {
    auto insert = m_workspace->writer().prepare(R"(
        INSERT INTO orders (store_id, external_id, profile_id, awaits_customer, customer_external_id, name, email, phone,
            note, financial_status, fulfillment_status, cancel_reason, status_page_url, shipping_address_text, tags,
            currency, total_minor, subtotal_minor, tax_minor, discounts_minor, shipping_minor, refunded_minor,
            created_at, updated_at, content_hash)
        VALUES (?1, ?2, ?3, 0, '', ?2, '', '', '', '', '', '', '', '', '', 'EUR', 1, 1, 0, 0, 0, 0, 0, 0, 0))");
    if (!insert || !insert->bind(1, store).bind(2, name).bind(3, profile).run()) qFatal("order");
}

void TestMarketplaceMail::threadsByOrderNeverBySender() {
    const auto one = add(mail(u"a"_s, kEtsy, u"You sold an item, order #3001"_s, 0));
    const auto two = add(mail(u"b"_s, kEtsy, u"You sold an item, order #3002"_s, 1));
    QVERIFY(one != two);
    QCOMPARE(add(mail(u"c"_s, kEtsy, u"A question about order #3001"_s, 60 * 24 * 90)), one);
    QVERIFY(add(mail(u"d"_s, u"transaction@etsy.co.uk"_s, u"Order #3001"_s, 2)) != one);
    QCOMPARE(rows("SELECT DISTINCT customer_email FROM conversations"), QStringList{QString()});
}

void TestMarketplaceMail::referencesDoNotJoinTwoOrders() {
    const auto one = add(mail(u"a"_s, kEtsy, u"Order #3001"_s, 0));
    QVERIFY(add(mail(u"b"_s, kEtsy, u"Order #3002"_s, 1, {u"a"_s})) != one);
    QVERIFY(add(mail(u"c"_s, kEtsy, u"No order"_s, 1, {u"a"_s})) != one);
    QCOMPARE(add(mail(u"d"_s, kEtsy, u"Order #3001"_s, 1, {u"b"_s})), one);
}

void TestMarketplaceMail::mailWithoutAnOrderStandsAlone() {
    const auto one = add(mail(u"a"_s, kEtsy, u"News"_s, 0));
    QVERIFY(add(mail(u"b"_s, kEtsy, u"News"_s, 1, {u"a"_s})) != one);
}

void TestMarketplaceMail::matchesTheCustomerByTheOrder() {
    order(1, u"#3001"_s, 7);
    add(mail(u"a"_s, kEtsy, u"Order #3001"_s, 0));
    add(mail(u"b"_s, kEtsy, u"Order #9999"_s, 0));
    QCOMPARE(rows("SELECT profile_id, matched_by, match_detail, store_id FROM conversations ORDER BY id"),
             (QStringList{u"7|order|#3001|1"_s, u"NULL|none||NULL"_s}));
}

void TestMarketplaceMail::matchesLaterWhenTheOrderIsSynced() {
    add(mail(u"a"_s, kEtsy, u"Order #3001"_s, 0));
    order(2, u"#3001"_s, 8);
    const auto changed = m_repository->rematch(500);
    QVERIFY(changed && *changed == 1);
    QCOMPARE(rows("SELECT profile_id, matched_by, store_id FROM conversations"), QStringList{u"8|order|2"_s});
}

void TestMarketplaceMail::ordersOfTwoShopsMatchNobody() {
    order(1, u"#3001"_s, 7);
    order(2, u"#3001"_s, 8);
    add(mail(u"a"_s, kEtsy, u"Order #3001"_s, 0));
    QCOMPARE(rows("SELECT profile_id FROM conversations"), QStringList{u"NULL"_s});
}

void TestMarketplaceMail::correctingOneLeavesTheOthers() {
    order(1, u"#3002"_s, 8);
    const auto one = add(mail(u"a"_s, kEtsy, u"Order #3001"_s, 0));
    const auto two = add(mail(u"b"_s, kEtsy, u"Order #3002"_s, 1));
    QVERIFY(m_repository->linkToProfile(one, ProfileId(7), UtcTime(1)));
    QVERIFY(m_repository->linkToProfile(two, ProfileId(7), UtcTime(2)));
    QVERIFY(*m_repository->revertLink(two, UtcTime(3)));
    QCOMPARE(rows("SELECT profile_id, matched_by FROM conversations ORDER BY id"),
             (QStringList{u"7|manual"_s, u"8|order"_s}));
    QVERIFY(m_repository->add(mail(u"c"_s, kEtsy, u"Order #3003"_s, 2), Direction::Inbound));
    QCOMPARE(rows("SELECT profile_id FROM conversations ORDER BY id DESC LIMIT 1"), QStringList{u"NULL"_s});
}

// Such mail has no address to remember a correction by: each stands for its conversation.
void TestMarketplaceMail::aCorrectionTakenBackLeavesTheOneBefore() {
    order(1, u"#3001"_s, 8);
    const auto one = add(mail(u"a"_s, kEtsy, u"Order #3001"_s, 0));
    QVERIFY(m_repository->linkToProfile(one, ProfileId(7), UtcTime(1)));
    QVERIFY(m_repository->linkToProfile(one, std::nullopt, UtcTime(2)));
    QVERIFY(*m_repository->revertLink(one, UtcTime(3)));
    QCOMPARE(rows("SELECT profile_id, matched_by FROM conversations"), QStringList{u"7|manual"_s});
    QVERIFY(*m_repository->revertLink(one, UtcTime(4)));
    QCOMPARE(rows("SELECT profile_id, matched_by FROM conversations"), QStringList{u"8|order"_s});
    QVERIFY(!*m_repository->revertLink(one, UtcTime(5)));
}

void TestMarketplaceMail::answersGoToTheConversationOfTheOrder() {
    const auto one = add(mail(u"a"_s, kEtsy, u"Order #3001"_s, 0));
    MessageRecord answer = mail(u"b"_s, u"help@shop.example"_s, u"Re: Order #3001"_s, 5, {u"a"_s});
    answer.to = {{{}, kEtsy}};
    QCOMPARE(add(answer, Direction::Outbound), one);
    QCOMPARE(rows("SELECT customer_spoke_last FROM conversations"), QStringList{u"0"_s});
}

void TestMarketplaceMail::aFormIsWithWhoeverFilledItIn() {
    MessageRecord form = mail(u"a"_s, u"mailer@shopify.com"_s, u"New customer message"_s, 0);
    form.replyTo = {{u"Ann"_s, u"ann@x.example"_s}};
    const auto one = add(form);
    form.messageId = u"b"_s;
    form.replyTo = {{u"Bob"_s, u"bob@y.example"_s}};
    const auto two = add(form);
    QVERIFY(one != two);
    QCOMPARE(rows("SELECT customer_email, customer_name FROM conversations ORDER BY id"),
             (QStringList{u"ann@x.example|Ann"_s, u"bob@y.example|Bob"_s}));
    MessageRecord reply = mail(u"c"_s, u"help@shop.example"_s, u"Re: New customer message"_s, 5, {u"a"_s});
    reply.to = {{{}, u"ann@x.example"_s}};
    QCOMPARE(add(reply, Direction::Outbound), one);
}

void TestMarketplaceMail::twoOrdersOfOneBuyerAreTwoMatters() {
    const auto relay = u"abc@marketplace.amazon.de"_s;
    const auto one = add(mail(u"a"_s, relay, u"Inquiry (Order: 305-1234567-1234567)"_s, 0));
    const auto two = add(mail(u"b"_s, relay, u"Inquiry (Order: 305-7654321-7654321)"_s, 1));
    QVERIFY(one != two);
    QCOMPARE(add(mail(u"c"_s, relay, u"Re: Inquiry (Order: 305-1234567-1234567)"_s, 2)), one);
}

QTEST_GUILESS_MAIN(TestMarketplaceMail)
#include "tst_marketplace_mail.moc"
