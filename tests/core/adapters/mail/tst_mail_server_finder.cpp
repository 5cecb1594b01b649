#include "core/adapters/mail/setup/mail_providers.h"
#include "core/adapters/mail/setup/mail_server_finder.h"
#include "tests/support/await.h"
#include "tests/support/line_server.h"
#include "tests/support/patience.h"

#include <QElapsedTimer>
#include <QMap>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

using Records = std::vector<MailDnsRecord>;

// Answers from a table, nothing for names it lacks; a name in `silent` is never answered.
class TableDns final : public MailDns {
public:
    QMap<QString, Records> table;
    QStringList silent;
    QStringList* asked = nullptr;

    Future<Records> mailHosts(const QString& domain, QObject*) override { return answer(domain); }
    Future<Records> services(const QString& name, QObject*) override { return answer(name); }

private:
    Future<Records> answer(const QString& name) {
        if (asked) *asked << name;
        if (!silent.contains(name)) return readyFuture<Records>(table.value(name));
        m_unanswered.emplace_back();
        m_unanswered.back().start();
        return m_unanswered.back().future();
    }
    std::vector<QPromise<Result<Records>>> m_unanswered;
};

QString placeOf(const MailServer& server) {
    return u"%1:%2:%3"_s.arg(server.host).arg(server.port).arg(toWord(server.security));
}

MailProbe knocking(const QStringList& open, QStringList* knocked = nullptr) {
    return [open, knocked](const MailServer& server, MailProtocol, QObject*) {
        if (knocked) *knocked << placeOf(server);
        return readyFuture<bool>(open.contains(placeOf(server)));
    };
}

} // namespace

class TestMailServerFinder : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void knowsTheProviders_data();
    void knowsTheProviders();
    void takesNobodyForAProvider();
    void asksDns();
    void prefersWhatTheDomainSays();
    void knocksWhereNothingIsSaid();
    void endsInTimeWhenNobodyAnswers();
    void endsWithItsOwner();
    void refusesWhatIsNoAddress();
    void believesOnlyAServerThatGreets();
};

void TestMailServerFinder::knowsTheProviders_data() {
    QTest::addColumn<QString>("domain");
    QTest::addColumn<QString>("mailHost");
    QTest::addColumn<QString>("imap");
    QTest::addColumn<QString>("smtp");
    QTest::addColumn<QString>("oauth");
    const auto row = [](const QString& domain, const QString& mailHost, const QString& imap, const QString& smtp,
                        const QString& oauth = {}) {
        QTest::newRow(qPrintable(domain + mailHost)) << domain << mailHost << imap << smtp << oauth;
    };
    row(u"Gmail.com"_s, {}, u"imap.gmail.com:993:tls"_s, u"smtp.gmail.com:465:tls"_s, u"google"_s);
    row({}, u"aspmx.l.google.com"_s, u"imap.gmail.com:993:tls"_s, u"smtp.gmail.com:465:tls"_s, u"google"_s);
    row({}, u"SMTP.google.com"_s, u"imap.gmail.com:993:tls"_s, u"smtp.gmail.com:465:tls"_s, u"google"_s);
    row(u"outlook.de"_s, {}, u"outlook.office365.com:993:tls"_s, u"smtp-mail.outlook.com:587:starttls"_s,
        u"microsoft"_s);
    row({}, u"shop-example.mail.protection.outlook.com"_s, u"outlook.office365.com:993:tls"_s,
        u"smtp.office365.com:587:starttls"_s, u"microsoft"_s);
    row(u"yahoo.co.uk"_s, {}, u"imap.mail.yahoo.com:993:tls"_s, u"smtp.mail.yahoo.com:465:tls"_s);
    row(u"me.com"_s, {}, u"imap.mail.me.com:993:tls"_s, u"smtp.mail.me.com:587:starttls"_s);
    row({}, u"in1-smtp.messagingengine.com"_s, u"imap.fastmail.com:993:tls"_s, u"smtp.fastmail.com:465:tls"_s);
    row(u"gmx.de"_s, {}, u"imap.gmx.net:993:tls"_s, u"mail.gmx.net:465:tls"_s);
    row(u"web.de"_s, {}, u"imap.web.de:993:tls"_s, u"smtp.web.de:587:starttls"_s);
    row({}, u"mx.zoho.eu"_s, u"imappro.zoho.eu:993:tls"_s, u"smtppro.zoho.eu:465:tls"_s);
    row({}, u"mx00.kundenserver.de"_s, u"imap.ionos.de:993:tls"_s, u"smtp.ionos.de:465:tls"_s);
}

void TestMailServerFinder::knowsTheProviders() {
    QFETCH(QString, domain);
    QFETCH(QString, mailHost);
    const auto guess =
        domain.isEmpty() ? providerOfMailHosts({u"mx.other.example"_s, mailHost}) : providerOfDomain(domain);
    QVERIFY(guess);
    QTEST(placeOf(guess->imap), "imap");
    QTEST(placeOf(guess->smtp), "smtp");
    QTEST(guess->oauth.name, "oauth");
    QCOMPARE(guess->needsOAuth, !guess->oauth.name.isEmpty());
    QVERIFY(guess->oauth.clientId.isEmpty());
    if (guess->needsOAuth) QVERIFY(!guess->oauth.scopes.isEmpty() && guess->oauth.tokenUrl.startsWith(u"https://"_s));
}

void TestMailServerFinder::takesNobodyForAProvider() {
    for (const QString& domain : {u"shop.example"_s, u"notgmail.com"_s, u"gmail.com.example"_s, u"mail.gmail.com"_s,
                                  u"yahoo.evil.example"_s, u"yahoo.com.evil.example"_s, u""_s, u"*"_s})
        QVERIFY2(!providerOfDomain(domain), qPrintable(domain));
    for (const QString& host : {u"mx.shop.example"_s, u"evilgoogle.com"_s, u"google.com.example"_s, u""_s})
        QVERIFY2(!providerOfMailHosts({host}), qPrintable(host));
}

void TestMailServerFinder::asksDns() {
    auto dns = std::make_unique<TableDns>();
    QStringList asked, knocked;
    dns->asked = &asked;
    dns->table[u"shop.example"_s] = {{u"mx.mail.google.com"_s, 25, 10, 0}};
    MailServerFinder finder(std::move(dns), knocking({}, &knocked), {});
    const auto guesses = await(finder.findServers(u" support@Shop.example "_s));
    QVERIFY(guesses && guesses->size() == 1);
    QCOMPARE(guesses->front().origin, u"provider"_s);
    QCOMPARE(guesses->front().userName, u"support@Shop.example"_s);
    QVERIFY(guesses->front().needsOAuth);
    QVERIFY(asked.contains(u"_imaps._tcp.shop.example"_s) && asked.contains(u"_submissions._tcp.shop.example"_s));
    QVERIFY(knocked.isEmpty());
    asked.clear();
    QCOMPARE(await(finder.findServers(u"me@gmail.com"_s))->front().imap.host, u"imap.gmail.com"_s);
    QVERIFY(asked.isEmpty());
}

void TestMailServerFinder::prefersWhatTheDomainSays() {
    auto dns = std::make_unique<TableDns>();
    dns->table[u"_imaps._tcp.shop.example"_s] = {{QString(), 0, 0, 0}}; // not offered
    dns->table[u"_imap._tcp.shop.example"_s] = {{u"box.shop.example"_s, 1143, 1, 0},
                                                {u"old.shop.example"_s, 143, 9, 0}};
    dns->table[u"_submissions._tcp.shop.example"_s] = {{u"out.shop.example"_s, 465, 0, 0}};
    dns->table[u"_submission._tcp.shop.example"_s] = {{u"out.shop.example"_s, 587, 0, 0}};
    MailServerFinder finder(std::move(dns), knocking({}), {});
    const auto guesses = await(finder.findServers(u"a@shop.example"_s));
    QVERIFY(guesses && guesses->size() == 1);
    QCOMPARE(placeOf(guesses->front().imap), u"box.shop.example:1143:starttls"_s);
    QCOMPARE(placeOf(guesses->front().smtp), u"out.shop.example:465:tls"_s);
    QCOMPARE(guesses->front().origin, u"srv"_s);
}

void TestMailServerFinder::knocksWhereNothingIsSaid() {
    const QStringList open{u"mail.shop.example:993:tls"_s, u"imap.shop.example:143:starttls"_s,
                           u"smtp.shop.example:587:starttls"_s};
    MailServerFinder finder(std::make_unique<TableDns>(), knocking(open), {});
    const auto guesses = await(finder.findServers(u"a@shop.example"_s));
    QVERIFY(guesses && guesses->size() == 1);
    QCOMPARE(placeOf(guesses->front().imap), open.at(0));
    QCOMPARE(placeOf(guesses->front().smtp), open.at(2));
    QCOMPARE(guesses->front().origin, u"probe"_s);
    MailServerFinder half(std::make_unique<TableDns>(), knocking(open.mid(0, 1)), {});
    const auto none = await(half.findServers(u"a@shop.example"_s));
    QVERIFY(none && none->empty());
}

void TestMailServerFinder::endsInTimeWhenNobodyAnswers() {
    auto dns = std::make_unique<TableDns>();
    dns->silent << u"shop.example"_s << u"_imap._tcp.shop.example"_s;
    std::vector<std::shared_ptr<QPromise<Result<bool>>>> unanswered;
    const MailProbe mute = [&](const MailServer& server, MailProtocol, QObject*) {
        if (server.host.startsWith(u"mail."_s)) return readyFuture<bool>(true);
        unanswered.push_back(std::make_shared<QPromise<Result<bool>>>());
        unanswered.back()->start();
        return unanswered.back()->future();
    };
    MailServerFinder finder(std::move(dns), mute, {100, 250});
    QElapsedTimer taken;
    taken.start();
    const auto guesses = await(finder.findServers(u"a@shop.example"_s));
    QVERIFY(guesses && guesses->size() == 1);
    QCOMPARE(placeOf(guesses->front().imap), u"mail.shop.example:993:tls"_s);
    // Both times were waited for, less what a coarse timer may come early, and neither was the one it has by default.
    QVERIFY2(taken.elapsed() >= 220 && taken.elapsed() < FinderPace().dnsMs,
             qPrintable(QString::number(taken.elapsed())));
}

void TestMailServerFinder::endsWithItsOwner() {
    auto dns = std::make_unique<TableDns>();
    dns->silent << u"shop.example"_s;
    auto finder = std::make_unique<MailServerFinder>(std::move(dns), knocking({}), FinderPace{50, 100});
    const auto future = finder->findServers(u"a@shop.example"_s);
    finder.reset();
    QVERIFY(future.isCanceled());
}

void TestMailServerFinder::refusesWhatIsNoAddress() {
    MailServerFinder finder(std::make_unique<TableDns>(), knocking({}), {});
    for (const QString& bad : {u""_s, u"support"_s, u"a@"_s, u"a@b c"_s, u"@gmail.com"_s})
        QCOMPARE(await(finder.findServers(bad)).error().kind, ErrorKind::Invalid);
}

void TestMailServerFinder::believesOnlyAServerThatGreets() {
    const auto greets = [this](const QByteArray& words, MailSecurity security, MailProtocol protocol, bool trusted) {
        const int ms = words.isEmpty() ? 500 : 10'000; // only silence is waited for
        const ServerIdentity identity = selfSignedIdentity();
        LineServer server([words](Talk& talk) { talk.say(words); }, [](Talk&, const QByteArray&) {},
                          security == MailSecurity::Tls ? LineServer::Security::Tls : LineServer::Security::Plain,
                          identity);
        const auto answer = await(probeMailServer({u"localhost"_s, server.serverPort(), security}, protocol,
                                                  trusted ? identity.certificate.toPem() : QByteArray(), ms, this));
        return answer && *answer && server.lines().isEmpty();
    };
    QVERIFY(greets("* OK ready\r\n", MailSecurity::Tls, MailProtocol::Imap, true));
    QVERIFY(greets("220 ready\r\n", MailSecurity::StartTls, MailProtocol::Submission, true));
    QVERIFY(!greets("* OK ready\r\n", MailSecurity::Tls, MailProtocol::Imap, false));
    QVERIFY(!greets("* OK ready\r\n", MailSecurity::Tls, MailProtocol::Submission, true));
    QVERIFY(!greets("SSH-2.0\r\n", MailSecurity::StartTls, MailProtocol::Submission, true));
    QVERIFY(!greets("", MailSecurity::StartTls, MailProtocol::Imap, true));
    QVERIFY(!greets(QByteArray(10'000, 'x'), MailSecurity::StartTls, MailProtocol::Imap, true));
}

QTEST_GUILESS_MAIN(TestMailServerFinder)
#include "tst_mail_server_finder.moc"
