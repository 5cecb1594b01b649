#include "core/domain/mail/authentication_results.h"
#include "tests/support/patience.h"
#include "tests/support/time_allowance.h"

#include <QElapsedTimer>
#include <QRandomGenerator>

using namespace aiva;
using namespace Qt::StringLiterals;

class TestAuthenticationResults : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsWhatServersWrite_data();
    void readsWhatServersWrite();
    void refusesWhatIsNotOfTheForm_data();
    void refusesWhatIsNotOfTheForm();
    void hostileLengthsCostLittle_data();
    void hostileLengthsCostLittle();
    void garbageNeverPassesForAResult();
};

// "id: method=result name=value …; …", as one line.
static QString spelled(const AuthenticationResults& results) {
    QStringList lines;
    for (const AuthenticationResult& result : results.results) {
        QString line = result.method + u'=' + result.result;
        for (const AuthenticationResult::Property& property : result.properties)
            line += u' ' + property.name + u'=' + property.value;
        lines << line;
    }
    return results.authservId + ": "_L1 + lines.join("; "_L1);
}

void TestAuthenticationResults::readsWhatServersWrite_data() {
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("read");
    const auto row = [](const char* name, const QString& field, const QString& read) {
        QTest::newRow(name) << field << read;
    };
    row("none", u"example.org 1; none"_s, u"example.org: "_s);
    row("none, no version", u"example.org; none"_s, u"example.org: "_s);
    row("id alone", u"example.org"_s, u"example.org: "_s);
    row("spf", u"example.com; spf=pass smtp.mailfrom=example.net"_s,
        u"example.com: spf=pass smtp.mailfrom=example.net"_s);
    row("comments everywhere",
        u"foo.example.net (foobar (nested \\) one)) 1 (baz); dkim (Because I like it) / 1 (One yay) = (wait for it) "
        u"fail "
        "policy (A dot can go here) . (like that) expired (this surprised me) = (as I wasn't expecting it) 1362471462"_s,
        {});
    row("comments", u"mx.one (a;b=c) ; (x) spf (y) = (z) pass (w) smtp.mailfrom (v) = (u) a@b.example (t)"_s,
        u"mx.one: spf=pass smtp.mailfrom=a@b.example"_s);
    row("quoted", u"\"mx two\"; dkim=pass reason=\"good; \\\"signature\\\"\" header.d=\"b.example\""_s,
        u"mx two: dkim=pass reason=good; \"signature\" header.d=b.example"_s);
    row("method version", u"mx.one 1; dkim/1=pass header.d=b.example"_s, u"mx.one: dkim=pass header.d=b.example"_s);
    row("upper case", u"MX.One; SPF=Pass SMTP.MailFrom=A@B.example"_s, u"mx.one: spf=pass smtp.mailfrom=A@B.example"_s);
    row("empty bounce sender", u"mx.one; spf=none smtp.mailfrom=; dkim=none"_s,
        u"mx.one: spf=none smtp.mailfrom=; dkim=none"_s);
    row("quoted local part", u"mx.one; spf=pass smtp.mailfrom=\"a b\"@c.example"_s,
        u"mx.one: spf=pass smtp.mailfrom=a b@c.example"_s);
    row("Gmail",
        u"mx.google.com; dkim=pass header.i=@shop.example header.s=s1 header.b=AbC+/d1; spf=pass (google.com: domain "
        "of bounce@m.shop.example designates 192.0.2.1 as permitted sender) smtp.mailfrom=bounce@m.shop.example; "
        "dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=shop.example"_s,
        u"mx.google.com: dkim=pass header.i=@shop.example header.s=s1 header.b=AbC+/d1; spf=pass "
        "smtp.mailfrom=bounce@m.shop.example; dmarc=pass header.from=shop.example"_s);
    row("Microsoft",
        u"spf=pass (sender IP is 192.0.2.2) smtp.mailfrom=shop.example; dkim=pass (signature was verified) "
        "header.d=shop.example;dmarc=pass action=none header.from=shop.example;compauth=pass reason=100"_s,
        u"(unnamed): spf=pass smtp.mailfrom=shop.example; dkim=pass header.d=shop.example; dmarc=pass action=none "
        "header.from=shop.example; compauth=pass reason=100"_s);
    row("OpenDKIM",
        u"mail.shop.example; dkim=pass (2048-bit key; secure) header.d=b.example header.i=@b.example "
        "header.a=rsa-sha256 header.s=x header.b=Ab12==; dkim-atps=neutral"_s,
        u"mail.shop.example: dkim=pass header.d=b.example header.i=@b.example header.a=rsa-sha256 header.s=x "
        "header.b=Ab12; dkim-atps=neutral"_s);
    row("a semicolon at the end", u"mx.one; spf=fail smtp.mailfrom=b.example;"_s,
        u"mx.one: spf=fail smtp.mailfrom=b.example"_s);
}

void TestAuthenticationResults::readsWhatServersWrite() {
    QFETCH(const QString, field);
    QFETCH(const QString, read);
    const auto results = parseAuthenticationResults(field);
    QCOMPARE(results ? spelled(*results) : QString(), read);
}

void TestAuthenticationResults::refusesWhatIsNotOfTheForm_data() {
    QTest::addColumn<QString>("field");
    for (const QString& field :
         {u""_s, u";"_s, u"; spf=pass"_s, u"mx.one spf=pass"_s, u"mx.one 2; spf=pass"_s, u"mx.one; spf"_s,
          u"mx.one; spf="_s, u"mx.one; =pass"_s, u"mx.one; spf=pass smtp.mailfrom"_s, u"mx.one; spf=pass (open"_s,
          u"mx.one; spf=pass x=\"open"_s, u"mx.one; spf=pass) x=y"_s, u"mx.one; none; dmarc=pass"_s,
          u"mx.one; spf=pass; none"_s, u"mx.one; spf=pass dkim = pass = pass x"_s, u"mx.one; \"spf\"=pass"_s,
          u"mx.one; spf=\"pass\""_s, u"mx.one; dmärc=pass<x>"_s, u"one two three; spf=pass"_s})
        QTest::newRow(qPrintable(u'\'' + field + u'\'')) << field;
}

void TestAuthenticationResults::refusesWhatIsNotOfTheForm() {
    QFETCH(const QString, field);
    const auto results = parseAuthenticationResults(field);
    QVERIFY2(!results, results ? qPrintable(spelled(*results)) : "");
}

void TestAuthenticationResults::hostileLengthsCostLittle_data() {
    QTest::addColumn<QString>("field");
    QTest::newRow("comments in comments") << u"mx.one "_s + QString(8000, u'(');
    QTest::newRow("results") << u"mx.one"_s + u"; spf=pass"_s.repeated(700);
    QTest::newRow("properties") << u"mx.one; spf=pass"_s + u" a.b=c"_s.repeated(1200);
    QTest::newRow("quoted pairs") << u"\""_s + u"\\\""_s.repeated(4000);
    QTest::newRow("a megabyte") << u"mx.one; spf=pass "_s + QString(1024 * 1024, u'x');
}

void TestAuthenticationResults::hostileLengthsCostLittle() {
    QFETCH(const QString, field);
    QElapsedTimer time;
    time.start();
    const auto results = parseAuthenticationResults(field);
    QVERIFY(time.elapsed() < test::allowed(3'000));
    if (results) QVERIFY(results->results.size() <= 50);
}

// Any mutation of a field that fails must not pass: the words are the server's or nobody's.
void TestAuthenticationResults::garbageNeverPassesForAResult() {
    const int rounds = std::max(20'000, qEnvironmentVariableIntValue("AIVA_RUNS"));
    QRandomGenerator random(8601);
    const QString alphabet = u"abcspfdkim=;.()\"\\/ \t1@-\u00e9\u0000"_s;
    const QString seed = u"mx.one 1; spf=fail (a) smtp.mailfrom=b.example; dkim=fail header.d=\"b\"; dmarc=fail"_s;
    for (int round = 0; round < rounds; ++round) {
        QString field = seed;
        for (int edit = random.bounded(1, 8); edit > 0; --edit) {
            const int at = random.bounded(static_cast<int>(field.size()));
            if (random.bounded(2))
                field[at] = alphabet.at(random.bounded(static_cast<int>(alphabet.size())));
            else
                field.remove(at, random.bounded(1, 6));
            if (field.isEmpty()) break;
        }
        const auto results = parseAuthenticationResults(field);
        if (!results) continue;
        for (const AuthenticationResult& result : results->results) {
            QVERIFY2(result.result != u"pass"_s, qPrintable(field));
            QVERIFY(!result.method.isEmpty() && !result.method.contains(u' '));
        }
    }
    qInfo("%d fields", rounds);
}

QTEST_GUILESS_MAIN(TestAuthenticationResults)
#include "tst_authentication_results.moc"
