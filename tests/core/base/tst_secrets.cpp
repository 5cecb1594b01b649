#include "core/base/log.h"
#include "core/base/secret_string.h"
#include "tests/support/patience.h"

#include <cstring>
#include <type_traits>

using namespace aiva;
using namespace Qt::StringLiterals;

template <typename T>
concept Printable = requires(QDebug debug, T value) {
    debug << value;
};
template <typename T>
concept Comparable = requires(T one, T other) {
    one == other;
};

class TestSecrets : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cannotBePrintedOrComparedByAccident();
    void wipesItselfAndItsSource();
    void copiesAndMovesWithoutLosingBytes();
    void comparesWholeContents();
    void redactsSecretsAndAddresses_data();
    void redactsSecretsAndAddresses();
    void leavesOrdinaryTextAlone_data();
    void leavesOrdinaryTextAlone();
};

void TestSecrets::cannotBePrintedOrComparedByAccident() {
    static_assert(!Printable<SecretString>);
    static_assert(!Comparable<SecretString>);
    static_assert(!std::is_convertible_v<SecretString, QString>);
    static_assert(!std::is_convertible_v<const char*, SecretString>);
    static_assert(Printable<QString> && Comparable<QString>);
}

void TestSecrets::wipesItselfAndItsSource() {
    char memory[] = "shpss_secret";
    wipeMemory(memory, sizeof memory);
    QVERIFY(std::all_of(std::begin(memory), std::end(memory), [](char c) { return c == 0; }));

    QByteArray source("shpss_secret");
    const auto secret = SecretString::takeFrom(source);
    QCOMPARE(secret.reveal(), std::string_view("shpss_secret"));
    QVERIFY(source.isEmpty());

    SecretString other("bytes");
    other.wipe();
    QVERIFY(other.isEmpty());
    QCOMPARE(other.size(), size_t(0));
}

void TestSecrets::copiesAndMovesWithoutLosingBytes() {
    const std::string_view withNul("a\0b", 3);
    SecretString one(withNul);
    SecretString copy = one;
    QCOMPARE(copy.reveal(), withNul);
    SecretString moved = std::move(copy);
    QCOMPARE(moved.reveal(), withNul);
    SecretString assigned("old");
    assigned = moved;
    QCOMPARE(assigned.reveal(), withNul);
    const SecretString& self = assigned;
    assigned = self;
    QCOMPARE(assigned.reveal(), withNul);
    assigned = std::move(moved);
    QCOMPARE(assigned.reveal(), withNul);
    QCOMPARE(static_cast<int>(assigned.data()[2]), int('b'));
}

void TestSecrets::comparesWholeContents() {
    const SecretString secret("abc");
    QVERIFY(secret.equals(SecretString("abc")));
    QVERIFY(!secret.equals(SecretString("abd")));
    QVERIFY(!secret.equals(SecretString("bbc")));
    QVERIFY(!secret.equals(SecretString("ab")));
    QVERIFY(!secret.equals(SecretString()));
    QVERIFY(SecretString().equals(SecretString()));
}

void TestSecrets::redactsSecretsAndAddresses_data() {
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("secret");
    const auto row = [](const char* name, const QString& line, const QString& secret) {
        QTest::newRow(name) << line << secret;
    };
    row("access token", u"token shpat_0123456789abcdef was refused"_s, u"0123456789abcdef"_s);
    row("app secret", u"SHPSS_0123456789ABCDEF"_s, u"0123456789ABCDEF"_s);
    row("refresh token", u"got shprt_abc123"_s, u"abc123"_s);
    row("bearer", u"Authorization: Bearer abc.def-ghi_jkl="_s, u"abc.def"_s);
    row("basic", u"authorization: basic Y2tfMTIzOmNzXzQ1Ng=="_s, u"Y2tfMTIz"_s);
    row("form body", u"client_id=1&client_secret=s3cr3t&x=2"_s, u"s3cr3t"_s);
    row("json", uR"({"access_token":"abc123","scope":"x"})"_s, u"abc123"_s);
    row("json with blanks", uR"({ "refresh_token" : "abc123" })"_s, u"abc123"_s);
    row("callback", u"GET /auth/callback?code=0907a61c0c8d55e99db179b68161bc00&hmac=700e2dadb827fcc8609e9d5ce208b2e9"_s,
        u"0907a61c"_s);
    row("callback hmac", u"GET /auth/callback?code=0907&hmac=700e2dadb827fcc8"_s, u"700e2dad"_s);
    row("password", u"url?user=a&password=hunter2 failed"_s, u"hunter2"_s);
    row("signed url", u"https://storage.example/bulk.jsonl?GoogleAccessId=x&Expires=1&Signature=abcdef%3D done"_s,
        u"abcdef"_s);
    row("address", u"mail of ann.o'neil+shop@sub.example.co.uk arrived"_s, u"shop@sub.example"_s);
    row("address in brackets", u"<ann@x.example>"_s, u"ann@x"_s);
}

void TestSecrets::redactsSecretsAndAddresses() {
    QFETCH(QString, line);
    QFETCH(QString, secret);
    QVERIFY(line.contains(secret));
    const QString clean = redacted(line);
    QVERIFY2(!clean.contains(secret), qPrintable(clean));
    QVERIFY(clean.contains(u"[redacted]"_s));
    QCOMPARE(redacted(clean), clean);
}

void TestSecrets::leavesOrdinaryTextAlone_data() {
    QTest::addColumn<QString>("line");
    for (const QString& line :
         {u"synced 1,042 orders in 3.2 s"_s, u"order #1042 fulfilled"_s, u"HTTP 401 from shop"_s,
          u"GET /admin/api/2026-01/graphql.json"_s, u"error code: 7"_s, uR"({"code":"THROTTLED"})"_s, QString()})
        QTest::newRow(qPrintable(line.isEmpty() ? u"empty"_s : line)) << line;
}

void TestSecrets::leavesOrdinaryTextAlone() {
    QFETCH(QString, line);
    QCOMPARE(redacted(line), line);
}

QTEST_GUILESS_MAIN(TestSecrets)
#include "tst_secrets.moc"
