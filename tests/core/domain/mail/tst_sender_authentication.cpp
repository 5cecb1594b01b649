#include "core/domain/mail/mail_domains.h"
#include "core/domain/mail/sender_authentication.h"
#include "tests/support/patience.h"

#include <QRandomGenerator>

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

const QString kBorder = u"from evil.example (evil.example [203.0.113.6]) by mx.shop.example with ESMTPS id 1"_s;
const QString kLocal = u"from mx.shop.example by box.shop.example with LMTP id 2"_s;

TraceField results(const QString& value) {
    return {u"authentication-results"_s, value};
}

TraceField received(const QString& value) {
    return {u"received"_s, value};
}

MessageRecord mailFrom(const QString& address, const QString& name = {}) {
    MessageRecord mail;
    mail.from = {name, address};
    return mail;
}

SenderContext context() {
    SenderContext context;
    context.authservId = u"mx.shop.example"_s;
    context.ownAddresses = QStringList{u"help@shop.example"_s};
    context.ownDomains = QStringList{u"licht-laden.de"_s};
    context.knownAddresses = QStringList{u"john.smith@customer.example"_s};
    return context;
}

} // namespace

class TestSenderAuthentication : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void judgesWhatTheServerFound_data();
    void judgesWhatTheServerFound();
    void onlyTheTopmostFieldsOfTheTrustedServerCount_data();
    void onlyTheTopmostFieldsOfTheTrustedServerCount();
    void warnsOfDeceptions_data();
    void warnsOfDeceptions();
    void anAuthenticMailMayStillBeSuspicious();
    void domainsAlignOnlyWhenTheyBelongTogether_data();
    void domainsAlignOnlyWhenTheyBelongTogether();
    void knowsLookAlikes_data();
    void knowsLookAlikes();
    void oneEditIsOne_data();
    void oneEditIsOne();
    void namesTheServerOnTop_data();
    void namesTheServerOnTop();
    void suggestsWhomToTrust_data();
    void suggestsWhomToTrust();
    void aSenderNeverVerifiesItself();
};

void TestSenderAuthentication::judgesWhatTheServerFound_data() {
    QTest::addColumn<QString>("found");
    QTest::addColumn<QString>("verdict");
    QTest::addColumn<QString>("aligned");
    const auto row = [](const char* name, const QString& found, const QString& verdict, const QString& aligned = {}) {
        QTest::newRow(name) << found << verdict << aligned;
    };
    const QString domain = u"customer.example"_s;
    row("dmarc", u"dmarc=pass header.from=customer.example"_s, u"verified"_s, domain);
    row("dmarc, about nobody in particular", u"dmarc=pass"_s, u"verified"_s, domain);
    row("dmarc of another From", u"dmarc=pass header.from=evil.example"_s, u"unverified"_s);
    row("dmarc failed", u"dkim=pass header.d=evil.example; dmarc=fail header.from=customer.example"_s, u"failed"_s);
    row("dmarc failed beats a signature", u"dkim=pass header.d=customer.example; dmarc=fail"_s, u"failed"_s, domain);
    row("dkim", u"dkim=pass header.d=customer.example"_s, u"verified"_s, domain);
    row("dkim by identity", u"dkim=pass header.i=@mail.customer.example"_s, u"verified"_s, u"mail.customer.example"_s);
    row("dkim of a stranger", u"dkim=pass header.d=evil.example"_s, u"unverified"_s);
    row("dkim of a suffix", u"dkim=pass header.d=example"_s, u"unverified"_s);
    row("dkim of a look-alike end", u"dkim=pass header.d=evilcustomer.example"_s, u"unverified"_s);
    row("the second signature", u"dkim=fail header.d=customer.example; dkim=pass header.d=customer.example"_s,
        u"verified"_s, domain);
    row("spf", u"spf=pass smtp.mailfrom=bounce@customer.example"_s, u"verified"_s, domain);
    row("spf of a mailing list", u"spf=pass smtp.mailfrom=list.example"_s, u"unverified"_s);
    row("spf failed", u"spf=fail smtp.mailfrom=customer.example"_s, u"failed"_s);
    row("spf failed, but signed", u"spf=fail smtp.mailfrom=x@customer.example; dkim=pass header.d=customer.example"_s,
        u"verified"_s, domain);
    row("spf softly failed", u"spf=softfail smtp.mailfrom=customer.example"_s, u"unverified"_s);
    row("the server could not tell", u"spf=temperror; dkim=permerror; dmarc=none"_s, u"unverified"_s);
    row("unknown methods", u"arc=pass; x-trust=pass header.from=customer.example; iprev=pass"_s, u"unverified"_s);
    row("a word that only begins so", u"dmarc=passed header.from=customer.example"_s, u"unverified"_s);
    row("broken", u"dmarc=pass header.from=customer.example ("_s, u"unverified"_s);
}

void TestSenderAuthentication::judgesWhatTheServerFound() {
    QFETCH(const QString, found);
    MessageRecord mail = mailFrom(u"Jane@Customer.Example"_s);
    mail.trace = {results(u"mx.shop.example; "_s + found), received(kBorder)};
    const SenderCheck check = checkSender(mail, context());
    QTEST(toWord(check.verdict), "verdict");
    QTEST(check.alignedDomain, "aligned");
    QVERIFY2(check.warnings.isEmpty(), qPrintable(check.warnings.join(u' ')));
}

void TestSenderAuthentication::onlyTheTopmostFieldsOfTheTrustedServerCount_data() {
    QTest::addColumn<QString>("trusted");
    QTest::addColumn<std::vector<TraceField>>("trace");
    QTest::addColumn<int>("believed");
    const auto row = [](const char* name, const QString& trusted, const std::vector<TraceField>& trace, int believed) {
        QTest::newRow(name) << trusted << trace << believed;
    };
    const QString us = u"mx.shop.example"_s;
    const TraceField ours = results(u"mx.shop.example; dmarc=pass"_s);
    const TraceField theirs = results(u"mx.other.example; dmarc=pass"_s);
    row("on top", us, {ours, received(kBorder)}, 1);
    row("below local delivery", us, {received(kLocal), ours, received(kBorder)}, 1);
    row("below a hop inside", us,
        {received(u"from gate.lan (gate.lan [10.0.0.3]) by box.lan with ESMTP id 3"_s), ours, received(kBorder)}, 1);
    row("two milters", us, {ours, results(u"mx.shop.example; spf=pass"_s), received(kBorder)}, 2);
    row("another filter between", us, {ours, theirs, ours, received(kBorder)}, 2);
    row("nobody is trusted", {}, {ours, received(kBorder)}, 0);
    row("somebody else is trusted", u"mx.else.example"_s, {ours, received(kBorder)}, 0);
    row("other case", u"MX.Shop.Example"_s, {ours, received(kBorder)}, 1);
    row("forged below the border", us, {received(kBorder), ours}, 0);
    row("forged below the border and local delivery", us, {received(kLocal), received(kBorder), ours}, 0);
    row("forged below a real one", us, {ours, received(kBorder), ours}, 1);
    row("forged with a Received of its own", us,
        {received(kBorder), received(kLocal), ours, received(u"from a by mx.shop.example with LMTP"_s)}, 0);
    row("a private address as its name", us,
        {received(u"from [10.0.0.1] (unknown [203.0.113.6]) by mx.shop.example with ESMTP id 1"_s), ours}, 0);
    row("no address printed", us, {received(u"from mx.shop.example by mx.shop.example with ESMTP id 1"_s), ours}, 0);
    row("a name that speaks of LMTP", us,
        {received(u"from a by b with LMTP (unknown [203.0.113.6]) by mx.shop.example with ESMTP id 1"_s), ours}, 0);
    row("an IPv6 border", us, {received(u"from x (x [IPv6:2001:db8::1]) by mx.shop.example with ESMTP id 1"_s), ours},
        0);
    row("unreadable", us, {results(u"mx.shop.example; dmarc"_s), received(kBorder)}, 0);
    const TraceField google = results(u"mx.google.com; dmarc=pass"_s);
    row("Google writes below its border", u"mx.google.com"_s,
        {received(u"by 2002:a05:6402:0:0:0:0:0 with SMTP id x"_s),
         received(u"from mail.evil.example (mail.evil.example. [203.0.113.6]) by mx.google.com with ESMTPS id y"_s),
         google, received(kBorder), google},
        1);
    row("Microsoft names nobody", u"(unnamed)"_s,
        {received(u"from A.outlook.example (2603::1) by B.outlook.example with HTTPS"_s),
         results(u"spf=pass smtp.mailfrom=b.example; dmarc=pass action=none"_s), received(kBorder)},
        1);
}

void TestSenderAuthentication::onlyTheTopmostFieldsOfTheTrustedServerCount() {
    QFETCH(const QString, trusted);
    QFETCH(const std::vector<TraceField>, trace);
    QTEST(static_cast<int>(trustedAuthenticationResults(trace, trusted).size()), "believed");
}

void TestSenderAuthentication::warnsOfDeceptions_data() {
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("replyTo");
    QTest::addColumn<QString>("warnings");
    const auto row = [](const char* title, const QString& address, const QString& name, const QString& replyTo,
                        const QString& warnings) { QTest::newRow(title) << address << name << replyTo << warnings; };
    const QString jane = u"jane@customer.example"_s;
    row("nothing", jane, u"Jane"_s, {}, {});
    row("its own address as name", jane, u"Jane@Customer.example"_s, {}, {});
    row("another address as name", jane, u"\"help@shop.example\""_s, {}, u"name_contains_address"_s);
    row("an address within the name", jane, u"Support (ceo@shop.example) via"_s, {}, u"name_contains_address"_s);
    row("reply to a sibling", jane, {}, u"jane@mail.customer.example"_s, {});
    row("reply elsewhere", jane, {}, u"jane@collector.example"_s, u"reply_to_elsewhere"_s);
    row("a typing error", u"jane@gmial.com"_s, {}, {}, u"look_alike_domain"_s);
    row("digits for letters", u"jane@paypa1.com"_s, {}, {}, u"look_alike_domain"_s);
    row("Cyrillic", u"jane@gmаil.com"_s, {}, {}, u"look_alike_domain"_s);
    row("encoded Cyrillic", u"jane@xn--gmil-63d.com"_s, {}, {}, u"look_alike_domain"_s);
    row("the store with a hyphen less", u"jane@lichtladen.de"_s, {}, {}, u"look_alike_domain"_s);
    row("the store in front", u"jane@licht-laden.de.evil.example"_s, {}, {}, u"look_alike_domain"_s);
    row("the customer's domain, nearly", u"john.smith@custorner.example"_s, {}, {},
        u"look_alike_domain look_alike_address"_s);
    row("the customer, nearly", u"jon.smith@customer.example"_s, {}, {}, u"look_alike_address"_s);
    row("ourselves", u"help@shop.example"_s, {}, {}, u"own_domain_unproven"_s);
    row("somebody of the store", u"boss@licht-laden.de"_s, {}, {}, u"own_domain_unproven"_s);
    row("nobody", u"(none)"_s, {}, {}, u"no_from"_s);
}

void TestSenderAuthentication::warnsOfDeceptions() {
    QFETCH(const QString, address);
    QFETCH(const QString, name);
    QFETCH(const QString, replyTo);
    MessageRecord mail = mailFrom(address, name);
    if (!replyTo.isEmpty()) mail.replyTo = {{QString(), replyTo}};
    const SenderCheck check = checkSender(mail, context());
    QTEST(check.warnings.join(u' '), "warnings");
    for (const QString& warning : check.warnings)
        QVERIFY(std::find(kSenderWarnings.begin(), kSenderWarnings.end(), warning) != kSenderWarnings.end());
    QCOMPARE(check.verdict, check.warnings.isEmpty() ? SenderVerdict::Unverified : SenderVerdict::Suspicious);
}

void TestSenderAuthentication::anAuthenticMailMayStillBeSuspicious() {
    MessageRecord mail = mailFrom(u"jane@gmial.com"_s);
    mail.trace = {results(u"mx.shop.example; dmarc=pass header.from=gmial.com"_s), received(kBorder)};
    QCOMPARE(checkSender(mail, context()).verdict, SenderVerdict::Suspicious);
    mail.from.email = u"jane@customer.example"_s;
    mail.trace = {results(u"mx.shop.example; dmarc=pass header.from=customer.example"_s), received(kBorder)};
    QCOMPARE(checkSender(mail, context()).verdict, SenderVerdict::Verified);
    mail.authors = 2;
    const SenderCheck two = checkSender(mail, context());
    QCOMPARE(two.verdict, SenderVerdict::Suspicious);
    QCOMPARE(two.warnings, QStringList{u"several_from"_s});
    // Our own mail, proven, is what it is.
    MessageRecord own = mailFrom(u"help@shop.example"_s);
    own.trace = {results(u"mx.shop.example; dkim=pass header.d=shop.example"_s), received(kBorder)};
    QCOMPARE(checkSender(own, context()).verdict, SenderVerdict::Verified);
}

void TestSenderAuthentication::domainsAlignOnlyWhenTheyBelongTogether_data() {
    QTest::addColumn<QString>("one");
    QTest::addColumn<QString>("other");
    QTest::addColumn<bool>("aligned");
    QTest::addColumn<bool>("related");
    const auto row = [](const QString& one, const QString& other, bool aligned, bool related) {
        QTest::newRow(qPrintable(one + u' ' + other)) << one << other << aligned << related;
    };
    row(u"a.example"_s, u"a.example"_s, true, true);
    row(u"m.a.example"_s, u"a.example"_s, true, true);
    row(u"a.example"_s, u"x.m.a.example"_s, true, true);
    row(u"m.a.example"_s, u"n.a.example"_s, false, true);
    row(u"a.example"_s, u"b.example"_s, false, false);
    row(u"ba.example"_s, u"a.example"_s, false, false);
    row(u"a.co.uk"_s, u"co.uk"_s, false, false);
    row(u"a.co.uk"_s, u"b.co.uk"_s, false, false);
    row(u"a.com.au"_s, u"com.au"_s, false, false);
    row(u"one.myshopify.com"_s, u"myshopify.com"_s, false, false);
    row(u"one.myshopify.com"_s, u"two.myshopify.com"_s, false, false);
    row(u"a.example"_s, u"example"_s, false, false);
    row({}, {}, false, false);
    row(u"a.example"_s, {}, false, false);
}

void TestSenderAuthentication::domainsAlignOnlyWhenTheyBelongTogether() {
    QFETCH(const QString, one);
    QFETCH(const QString, other);
    QTEST(isAlignedDomain(one, other), "aligned");
    QTEST(isAlignedDomain(other, one), "aligned");
    QTEST(isRelatedDomain(one, other), "related");
    QTEST(isRelatedDomain(other, one), "related");
}

void TestSenderAuthentication::knowsLookAlikes_data() {
    QTest::addColumn<QString>("domain");
    QTest::addColumn<bool>("alike");
    for (const QString& domain : {u"gmail.co"_s, u"gmaill.com"_s, u"rnicrosoft.com"_s, u"hotmai1.com"_s,
                                  u"yahoo.corn"_s, u"paypal.com.evil.example"_s, u"pаypal.com"_s, u"αmazon.com"_s})
        QTest::newRow(qPrintable(domain)) << domain << true;
    for (const QString& domain : widelyKnownDomains())
        QTest::newRow(qPrintable(u"itself "_s + domain)) << domain << false;
    for (const QString& domain : {u"accounts.google.com"_s, u"müller-lampen.de"_s, u"fmail.ch"_s, u"gmx.li"_s,
                                  u"почта.example"_s, u"shop.example"_s})
        QTest::newRow(qPrintable(domain)) << domain << false;
}

void TestSenderAuthentication::knowsLookAlikes() {
    QFETCH(const QString, domain);
    QTEST(isLookAlikeDomain(domain, widelyKnownDomains()), "alike");
}

void TestSenderAuthentication::oneEditIsOne_data() {
    QTest::addColumn<QString>("one");
    QTest::addColumn<QString>("other");
    QTest::addColumn<bool>("is");
    const auto row = [](const QString& one, const QString& other, bool is) {
        QTest::newRow(qPrintable(one + u' ' + other)) << one << other << is;
    };
    row(u"lamp"_s, u"lamp"_s, false);
    row(u"lamp"_s, u"lamps"_s, true);
    row(u"lamp"_s, u"clamp"_s, true);
    row(u"lamp"_s, u"lap"_s, true);
    row(u"lamp"_s, u"lump"_s, true);
    row(u"lamp"_s, u"lapm"_s, true);
    row(u"lamp"_s, u"palm"_s, false);
    row(u"lamp"_s, u"lampss"_s, false);
    row(u""_s, u"a"_s, true);
}

void TestSenderAuthentication::oneEditIsOne() {
    QFETCH(const QString, one);
    QFETCH(const QString, other);
    QTEST(isOneEditAway(one, other), "is");
    QTEST(isOneEditAway(other, one), "is");
}

void TestSenderAuthentication::namesTheServerOnTop_data() {
    QTest::addColumn<std::vector<TraceField>>("trace");
    QTest::addColumn<QString>("id");
    const auto row = [](const char* name, const std::vector<TraceField>& trace, const QString& id = {}) {
        QTest::newRow(name) << trace << id;
    };
    const TraceField ours = results(u"MX.shop.example 1; dmarc=pass"_s);
    const TraceField theirs = results(u"mx.other.example; dmarc=pass"_s);
    row("on top", {ours, received(kBorder), theirs}, u"mx.shop.example"_s);
    row("below local delivery", {received(kLocal), ours, received(kBorder)}, u"mx.shop.example"_s);
    row("the first of two", {theirs, ours, received(kBorder)}, u"mx.other.example"_s);
    row("no results", {received(kLocal), received(kBorder)});
    row("no trace", {});
    row("the sender's own", {received(kBorder), ours});
    row("unreadable", {results(u"mx.shop.example; dmarc"_s), ours, received(kBorder)});
    row("as long as a domain can be", {results(QString(255, u'm')), received(kBorder)}, QString(255, u'm'));
    row("longer", {results(QString(256, u'm')), received(kBorder)});
    row("several words", {results(u"\"mx shop\"; none"_s), received(kBorder)});
    row("an order of letters that turns", {results(u"mx\u202eshop; none"_s), received(kBorder)});
    row("Google writes below its border",
        {received(u"by 2002:a05:6402:0:0:0:0:0 with SMTP id x"_s), received(kBorder),
         results(u"mx.google.com; dmarc=pass"_s)},
        u"mx.google.com"_s);
    const TraceField unnamed = results(u"dkim=none header.d=none; dmarc=none action=none"_s);
    const QString inside = u"from A.eurprd05.prod.outlook.com (2603::1) by B.eurprd05.prod.outlook.com with HTTPS"_s;
    row("Microsoft names nobody", {received(inside), unnamed, received(kBorder)}, u"(unnamed)"_s);
    row("left by Microsoft in what it sent", {received(kBorder), unnamed, received(inside)});
    row("a server that calls itself Microsoft's",
        {received(u"from x by B.prod.outlook.com (x [203.0.113.6]) by mx.shop.example with ESMTP"_s), unnamed});
    row("nobody, on no server", {unnamed});
}

void TestSenderAuthentication::namesTheServerOnTop() {
    QFETCH(const std::vector<TraceField>, trace);
    QTEST(topmostAuthservId(trace), "id");
}

void TestSenderAuthentication::suggestsWhomToTrust_data() {
    QTest::addColumn<QStringList>("newest");
    QTest::addColumn<QString>("id");
    const auto row = [](const char* name, const QStringList& newest, const QString& id = {}) {
        QTest::newRow(name) << newest << id;
    };
    const QString us = u"mx.shop.example"_s;
    const QString spammer = u"mx.evil.example"_s;
    row("all", {us, us, us}, us);
    row("most", {us, {}, us, us, {}}, us);
    row("too few", {us, us});
    row("half of them", {us, us, us, {}, {}, {}});
    row("a spammer on top", {spammer, us, us, us, us});
    row("a spammer's many where the server adds none", QStringList(9, spammer) + QStringList(11, QString()));
    row("no mail has any", QStringList(20, QString()));
    row("no mail", {});
}

void TestSenderAuthentication::suggestsWhomToTrust() {
    QFETCH(const QStringList, newest);
    QTEST(suggestedAuthservId(newest), "id");
}

// Whatever stands below the border, in any number and order: no mail verifies itself.
void TestSenderAuthentication::aSenderNeverVerifiesItself() {
    const int rounds = std::max(3'000, qEnvironmentVariableIntValue("AIVA_RUNS"));
    QRandomGenerator random(7489);
    const QStringList pieces{u"mx.shop.example; dmarc=pass header.from=customer.example"_s,
                             u"mx.shop.example 1; spf=pass smtp.mailfrom=customer.example"_s,
                             u"mx.google.com; dkim=pass header.d=customer.example"_s,
                             kLocal,
                             u"by mx.shop.example with LMTP"_s,
                             u"from x (x [10.0.0.1]) by mx.shop.example with ESMTP"_s};
    for (int round = 0; round < rounds; ++round) {
        MessageRecord mail = mailFrom(u"jane@customer.example"_s);
        if (random.bounded(2)) mail.trace.push_back(received(kLocal));
        mail.trace.push_back(received(kBorder));
        for (int i = random.bounded(8); i > 0; --i) {
            const QString& piece = pieces.at(random.bounded(static_cast<int>(pieces.size())));
            mail.trace.push_back(piece.contains(u';') ? results(piece) : received(piece));
        }
        QVERIFY(checkSender(mail, context()).verdict != SenderVerdict::Verified);
    }
    qInfo("%d forgeries", rounds);
}

QTEST_GUILESS_MAIN(TestSenderAuthentication)
#include "tst_sender_authentication.moc"
