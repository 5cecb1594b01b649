// A mailbox signed in to in the browser, through the adapters the window has: an HTTP client for the browser, a
// loopback server for the provider. And what a locked keychain says of it.
#include "app/common/mail_adapters.h"
#include "app/common/mail_connection.h"
#include "core/adapters/oauth/oauth_grant.h"
#include "tests/support/await.h"
#include "tests/support/plain_browser.h"
#include "tests/support/scripted_server.h"
#include "tests/support/shared_keychain.h"
#include "tests/support/temporary_workspace.h"

#include <QUrlQuery>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class TestMailSignIn : public QObject {
    Q_OBJECT

    SystemClock m_clock;
    std::unique_ptr<TemporaryWorkspace> m_workspace;
    std::unique_ptr<ScriptedServer> m_provider;
    std::unique_ptr<MailAdapters> m_adapters;
    QUrl m_opened;

    Future<SecretString> signIn() {
        MailSignIn wanted;
        wanted.provider.name = u"own"_s;
        wanted.provider.clientId = u"id"_s;
        wanted.provider.authorizeUrl = u"https://login.example/authorize"_s;
        wanted.provider.tokenUrl = m_provider->baseUrl().toString() + u"/token"_s;
        wanted.clientSecret = SecretString("desktop");
        return m_adapters->signIn(wanted, [this](const QUrl& url) { m_opened = url; });
    }
    // As the provider sends the browser back.
    int comeBack(const QString& answer) const {
        const QUrlQuery asked(m_opened);
        QUrl url(asked.queryItemValue(u"redirect_uri"_s, QUrl::FullyDecoded));
        url.setQuery(answer + u"&state="_s + asked.queryItemValue(u"state"_s));
        return PlainBrowser().open(url).status;
    }

private Q_SLOTS:
    void init() {
        m_workspace = std::make_unique<TemporaryWorkspace>();
        m_provider = std::make_unique<ScriptedServer>([](const ScriptedRequest&) {
            ScriptedAnswer answer;
            answer.body = "{\"access_token\":\"at\",\"refresh_token\":\"rt\",\"expires_in\":3600}";
            return answer;
        });
        m_adapters = std::make_unique<MailAdapters>(mailAdapters(m_workspace->workspace(), m_clock));
    }
    void cleanup() { m_adapters.reset(); }

    void answersWithWhatIsKept() {
        const auto grant = signIn();
        QCOMPARE(comeBack(u"code=c"_s), 200);
        const auto packed = await(grant);
        QVERIFY2(packed, packed ? "" : qPrintable(packed.error().detail));
        QVERIFY(grantFrom(*packed).refreshToken.equals(SecretString("rt")));
        QVERIFY(grantFrom(*packed).clientSecret.equals(SecretString("desktop")));
    }

    void saysThatThePersonDeclined() {
        const auto grant = signIn();
        QCOMPARE(comeBack(u"error=access_denied"_s), 200);
        const auto packed = await(grant);
        QVERIFY(!packed);
        QCOMPARE(packed.error().kind, ErrorKind::Refused);
    }

    // A person who closes the program before coming back leaves nothing waiting.
    void endsWithTheAdapters() {
        const auto grant = signIn();
        m_adapters.reset();
        const auto packed = await(grant);
        QVERIFY(!packed);
        QCOMPARE(packed.error().kind, ErrorKind::Refused);
        QCOMPARE(comeBack(u"code=c"_s), 0); // nobody listens any more
    }

    // The same mailbox in two workspaces: neither signs the other out.
    void aSignInInTheKeychainIsOfItsWorkspaceAlone() {
        const auto keychain = std::make_shared<SharedKeychain>();
        TemporaryWorkspace other;
        auto here = *MailSecrets::open(m_workspace->workspace(), m_workspace->writer(), keychain);
        auto there = *MailSecrets::open(other.workspace(), other.writer(), keychain);
        MailAccount account;
        account.address = u"support@shop.example"_s;
        QVERIFY(here.save(account, SecretString("of app A")));
        QVERIFY(there.save(account, SecretString("of app B")));
        QVERIFY(here.secret(account)->equals(SecretString("of app A")));
        QVERIFY(here.remove(account));
        QCOMPARE(here.secret(account).error().cause, ErrorCause::LoginExpired);
        QVERIFY(there.secret(account)->equals(SecretString("of app B")));
        QVERIFY(there.remove(account));
        // What was kept before that is still found.
        keychain->kept[mailSecretName(account)] = "old";
        QVERIFY(here.secret(account)->equals(SecretString("old")));
        QVERIFY(here.remove(account) && keychain->kept.isEmpty());
    }

    // Nobody has to sign in again because the keychain was locked for the night.
    // A renewal may end after the mailbox was signed in to anew, or disconnected, by another process perhaps.
    void aRenewalTakesThePlaceOfWhatItRenewedOnly() {
        MailAccount account;
        account.address = u"anna@acme.example"_s;
        account.auth = MailAuth::OAuth;
        auto secrets = *MailSecrets::open(m_workspace->workspace(), m_workspace->writer());
        const auto refreshToken = [&] { return grantFrom(*secrets.secret(account)).refreshToken; };
        const SecretString client("desktop");
        QVERIFY(secrets.save(account, packedGrant({SecretString("rt1"), client})));
        QVERIFY(secrets.renew(account, {SecretString("rt2"), client}, SecretString("rt1")));
        QVERIFY(refreshToken().equals(SecretString("rt2")));
        const auto late = secrets.renew(account, {SecretString("rt3"), client}, SecretString("rt1"));
        QCOMPARE(late.error().kind, ErrorKind::Conflict);
        QVERIFY(refreshToken().equals(SecretString("rt2")));
        QVERIFY(secrets.remove(account));
        const auto gone = secrets.renew(account, {SecretString("rt3"), client}, SecretString("rt2"));
        QCOMPARE(gone.error().cause, ErrorCause::LoginExpired);
        QVERIFY(!secrets.secret(account));
    }

    void aLockedKeychainIsNoSignInGone() {
        const auto keychain = std::make_shared<SharedKeychain>();
        auto secrets = *MailSecrets::open(m_workspace->workspace(), m_workspace->writer(), keychain);
        MailAccount account;
        account.address = u"support@shop.example"_s;
        QCOMPARE(secrets.secret(account).error().cause, ErrorCause::LoginExpired);
        QVERIFY(secrets.save(account, SecretString("kept")));
        keychain->isLocked = true;
        QCOMPARE(secrets.secret(account).error().cause, ErrorCause::NoSecretService);
        keychain->isLocked = false;
        QVERIFY(secrets.secret(account)->equals(SecretString("kept")));
        QVERIFY(secrets.remove(account));
        QCOMPARE(secrets.secret(account).error().cause, ErrorCause::LoginExpired);
    }
};

QTEST_GUILESS_MAIN(TestMailSignIn)
#include "tst_mail_sign_in.moc"
