#include "core/domain/mail/customer_side.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace Qt::StringLiterals;

class TestCustomerSide : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void saysWhomAMailIsWith_data();
    void saysWhomAMailIsWith();
    void anAnswerIsWithTheFirstWhoIsNotUs();
    void ordersInQuotationsDoNotCount();
};

void TestCustomerSide::saysWhomAMailIsWith_data() {
    QTest::addColumn<QString>("from");
    QTest::addColumn<QStringList>("replyTo");
    QTest::addColumn<QString>("subject");
    QTest::addColumn<QString>("customer");
    QTest::addColumn<QString>("party");
    const auto row = [](const char* name, const QString& from, const QStringList& replyTo, const QString& subject,
                        const QString& customer, const QString& party) {
        QTest::newRow(name) << from << replyTo << subject << customer << party;
    };
    const QStringList none;
    const auto ann = u"ann@x.example"_s;
    row("a person", ann, none, u"Order #1042"_s, ann, {});
    row("a person with another Reply-To", ann, {u"other@x.example"_s}, u"Hi"_s, ann, {});
    row("nobody", {}, none, u"Hi"_s, {}, {});
    row("a form of a shop platform", u"mailer@shopify.com"_s, {ann}, u"New customer message"_s, ann, {});
    row("a form on our own site", u"help@shop.example"_s, {ann}, u"Contact"_s, ann, {});
    row("a form of a no-reply address", u"no-reply@forms.example"_s, {ann}, u"Contact"_s, ann, {});
    row("a form that names two people", u"noreply@forms.example"_s, {ann, u"bob@y.example"_s}, u"Contact"_s,
        u"noreply@forms.example"_s, {});
    row("a form answered to ourselves", u"noreply@forms.example"_s, {u"help@shop.example"_s}, u"Contact"_s,
        u"noreply@forms.example"_s, {});
    row("an order notification", u"store+123@t.shopifyemail.com"_s, none, u"[Acme] Order #1042 placed by Ann"_s, {},
        u"store+123@t.shopifyemail.com 1042"_s);
    row("a notification of our own shop", u"help@shop.example"_s, none, u"Order #1042 placed"_s, {},
        u"help@shop.example 1042"_s);
    row("a platform's notice without an order", u"mailer@shopify.com"_s, none, u"Your invoice"_s, {}, {});
    row("Etsy", u"noreply@mail.etsy.com"_s, {u"convo-1@mail.etsy.com"_s}, u"About order #2987654321"_s, {},
        u"noreply@mail.etsy.com 2987654321"_s);
    row("Amazon's own notice", u"seller-notification@amazon.co.uk"_s, none, u"Order ID: 026-1234567-7654321"_s, {},
        u"seller-notification@amazon.co.uk 026-1234567-7654321"_s);
    row("a buyer behind Amazon's relay", u"abc123@marketplace.amazon.co.uk"_s, none, u"Order 026-1234567-7654321"_s,
        u"abc123@marketplace.amazon.co.uk"_s, {});
    row("a buyer behind eBay's relay", u"ann_x@members.ebay.de"_s, none, u"Order 12-34567-89012"_s,
        u"ann_x@members.ebay.de"_s, {});
    row("eBay itself", u"ebay@ebay.de"_s, none, u"Order 12-34567-89012 sold"_s, {}, u"ebay@ebay.de 12-34567-89012"_s);
    row("a domain that only looks like one", u"ann@notshopify.com"_s, none, u"Order #1042"_s, u"ann@notshopify.com"_s,
        {});
    row("a brand as somebody's subdomain", u"ann@amazon.fans.example"_s, none, u"Order #1042"_s,
        u"ann@amazon.fans.example"_s, {});
}

void TestCustomerSide::saysWhomAMailIsWith() {
    QFETCH(QString, from);
    QFETCH(QStringList, replyTo);
    QFETCH(QString, subject);
    MessageRecord mail;
    mail.from.email = from;
    for (const QString& address : replyTo)
        mail.replyTo << MailAddress{{}, address};
    mail.subject = subject;
    const CustomerSide side = customerSideOfInbound(mail, {u"help@shop.example"_s, u"sales@shop.example"_s});
    QTEST(side.customer.email, "customer");
    QTEST(side.sharedParty(), "party");
}

void TestCustomerSide::anAnswerIsWithTheFirstWhoIsNotUs() {
    MessageRecord mail;
    mail.from.email = u"help@shop.example"_s;
    mail.to = {{{}, u"Sales@Shop.example"_s}, {u"Ann"_s, u"ann@x.example"_s}};
    const QStringList own{u"help@shop.example"_s, u"sales@shop.example"_s};
    QCOMPARE(customerSideOfOutbound(mail, own).customer.email, u"ann@x.example"_s);
    mail.to = {{{}, u"transaction@etsy.com"_s}};
    mail.subject = u"Re: Order #2987654321"_s;
    QCOMPARE(customerSideOfOutbound(mail, own).sharedParty(), u"transaction@etsy.com 2987654321"_s);
    mail.to = {{{}, u"help@shop.example"_s}};
    mail.subject = u"Order #1042 placed"_s;
    QCOMPARE(customerSideOfOutbound(mail, own).sharedParty(), u"help@shop.example 1042"_s);
    mail.to.clear();
    QVERIFY(customerSideOfOutbound(mail, own).customer.email.isEmpty());
}

void TestCustomerSide::ordersInQuotationsDoNotCount() {
    MessageRecord mail;
    mail.from.email = u"transaction@etsy.com"_s;
    mail.text = u"> about order #1111111\nAbout order #2222222"_s;
    mail.folded = {{0, 1, false}};
    QCOMPARE(customerSideOfInbound(mail, {}).order, u"2222222"_s);
}

QTEST_GUILESS_MAIN(TestCustomerSide)
#include "tst_customer_side.moc"
