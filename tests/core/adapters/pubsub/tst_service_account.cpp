// Key files of Google service accounts: read strictly, kept small, and never told.
#include "core/adapters/pubsub/service_account.h"
#include "tests/support/fake_pubsub.h"
#include "tests/support/patience.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <openssl/evp.h>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

std::shared_ptr<EVP_PKEY> freshEdKey() {
    EVP_PKEY* key = nullptr;
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
        EVP_PKEY_CTX_new_id(EVP_PKEY_ED25519, nullptr), &EVP_PKEY_CTX_free);
    if (EVP_PKEY_keygen_init(context.get()) == 1) EVP_PKEY_keygen(context.get(), &key);
    return {key, &EVP_PKEY_free};
}

} // namespace

class TestServiceAccount : public QObject {
    Q_OBJECT

    QJsonObject m_file;

    static SecretString secret(const QByteArray& text) {
        return SecretString(std::string_view(text.constData(), static_cast<size_t>(text.size())));
    }
    static SecretString secret(const QJsonObject& file) { return secret(QJsonDocument(file).toJson()); }

private Q_SLOTS:
    void initTestCase() {
        m_file = {{u"type"_s, u"service_account"_s},
                  {u"project_id"_s, u"acme-project"_s},
                  {u"private_key_id"_s, u"0123abcd"_s},
                  {u"private_key"_s, QString::fromLatin1(privatePem(freshRsaKey().get()))},
                  {u"client_email"_s, u"aiva@acme-project.iam.gserviceaccount.com"_s},
                  {u"token_uri"_s, u"https://oauth2.googleapis.com/token"_s}};
    }

    void readsAGenuineOneAndKeepsNoMoreThanIsNeeded() {
        const auto account = ServiceAccount::parse(secret(m_file));
        QVERIFY(account);
        QCOMPARE(account->email(), u"aiva@acme-project.iam.gserviceaccount.com"_s);
        QCOMPARE(account->tokenUri(), QUrl(u"https://oauth2.googleapis.com/token"_s));
        const SecretString kept = account->kept();
        QVERIFY(!QByteArray(kept.reveal().data(), qsizetype(kept.size())).contains("project_id"));
        const auto again = ServiceAccount::parse(kept);
        QVERIFY(again);
        QCOMPARE(again->email(), account->email());
    }

    void signsWhatGoogleWants() {
        const auto account = ServiceAccount::parse(secret(m_file));
        const auto now = UtcTime(1'800'000'000'000);
        const auto assertion = account->assertion("https://www.googleapis.com/auth/pubsub", now);
        QVERIFY(assertion);
        const QByteArrayList parts = assertion->split('.');
        QCOMPARE(parts.size(), 3);
        const auto read = [](const QByteArray& part) {
            return QJsonDocument::fromJson(QByteArray::fromBase64(part, QByteArray::Base64UrlEncoding)).object();
        };
        QCOMPARE(read(parts[0]),
                 (QJsonObject{{u"alg"_s, u"RS256"_s}, {u"typ"_s, u"JWT"_s}, {u"kid"_s, u"0123abcd"_s}}));
        QCOMPARE(read(parts[1]), (QJsonObject{{u"iss"_s, account->email()},
                                              {u"scope"_s, u"https://www.googleapis.com/auth/pubsub"_s},
                                              {u"aud"_s, u"https://oauth2.googleapis.com/token"_s},
                                              {u"iat"_s, 1'800'000'000},
                                              {u"exp"_s, 1'800'003'600}}));
        QCOMPARE(QByteArray::fromBase64(parts[2], QByteArray::Base64UrlEncoding).size(), 256);
        QVERIFY(!assertion->contains('='));
    }

    void refusesEverythingElse_data() {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("value");
        const auto row = [](const char* name, const char* field, const QString& value) {
            QTest::newRow(name) << QString::fromLatin1(field) << value;
        };
        row("an OAuth client's", "type", u"authorized_user"_s);
        row("no type", "type", {});
        row("no address", "client_email", {});
        row("an address of two lines", "client_email", u"a@b\nc"_s);
        row("no key id", "private_key_id", {});
        row("a key id with a quote", "private_key_id", u"a\"b"_s);
        row("no key", "private_key", {});
        row("a broken key", "private_key", u"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"_s);
        row("a short key", "private_key", QString::fromLatin1(privatePem(freshRsaKey(1024).get())));
        row("another kind of key", "private_key", QString::fromLatin1(privatePem(freshEdKey().get())));
        row("no token address", "token_uri", {});
        row("a plain token address", "token_uri", u"http://oauth2.googleapis.com/token"_s);
        row("a token address with a user", "token_uri", u"https://a:b@oauth2.googleapis.com/token"_s);
        row("a file as token address", "token_uri", u"file:///etc/passwd"_s);
        row("too long", "project_id", QString(40'000, u'x'));
    }
    void refusesEverythingElse() {
        QFETCH(const QString, field);
        QFETCH(const QString, value);
        QJsonObject file = m_file;
        file[field] = value;
        const auto account = ServiceAccount::parse(secret(file));
        QVERIFY(!account);
        QCOMPARE(account.error().kind, ErrorKind::Invalid);
        QVERIFY(!account.error().detail.contains(u"BEGIN"_s));
    }

    void refusesWhatIsNoJson() {
        QVERIFY(!ServiceAccount::parse(secret(QByteArray("-----BEGIN PRIVATE KEY-----"))));
        QVERIFY(!ServiceAccount::parse(secret(QByteArray())));
        QVERIFY(!ServiceAccount::parse(secret(QByteArray("[]"))));
    }

    void takesATokenAddressOnThisMachine() {
        QJsonObject file = m_file;
        file[u"token_uri"_s] = u"http://127.0.0.1:9/token"_s;
        QVERIFY(ServiceAccount::parse(secret(file)));
    }
};

QTEST_GUILESS_MAIN(TestServiceAccount)
#include "tst_service_account.moc"
