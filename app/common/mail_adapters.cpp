#include "app/common/mail_adapters.h"

#include "app/common/mail_connection.h"
#include "app/common/mail_tokens.h"
#include "core/adapters/http/answer.h"
#include "core/adapters/mail/mime/mail_writer.h"
#include "core/adapters/mail/setup/mail_server_finder.h"
#include "core/adapters/oauth/oauth_sign_in.h"
#include "core/adapters/pictures/web_pictures.h"
#include "core/base/log.h"

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

// What signs in with OAuth needs: made on the core thread at first use.
class OAuthParts {
public:
    OAuthParts(const Workspace& workspace, const Clock& clock) : m_workspace(workspace), m_clock(clock) {}

    // The packed grant.
    Future<SecretString> signIn(const MailSignIn& wanted, const std::function<void(const QUrl&)>& openUrl) {
        if (!m_signIns) m_signIns = std::make_unique<QObject>();
        auto* run = new OAuthSignIn(transport(), OAuthClient{wanted.provider, wanted.clientSecret}, m_signIns.get());
        const auto answer = std::make_shared<Answer<SecretString>>();
        whenDone(run->start({wanted.address, wanted.pages}, openUrl), run,
                 [run, answer, clientSecret = wanted.clientSecret](const Result<TokenAnswer>& tokens) {
                     run->deleteLater();
                     answer->say(tokens ? Result<SecretString>(packedGrant({tokens->refreshToken, clientSecret}))
                                        : Result<SecretString>(tokens.error()));
                 });
        return answer->future();
    }
    CredentialSource kept(const MailAccount& account) { return tokens().credentialsOf(account); }
    // A grant that is not kept yet; what it needs lives as long as the source.
    CredentialSource given(const MailAccount& account, const SecretString& packed) {
        auto tokens = std::make_shared<MailTokens>(
            transport(), m_clock, [packed](const MailAccount&) -> Result<OAuthGrant> { return grantFrom(packed); },
            [](const MailAccount&, const OAuthGrant&, const SecretString&) { return false; });
        return
            [tokens, source = tokens->credentialsOf(account)](const SecretString& refused) { return source(refused); };
    }
    void forget(const MailAccount& account) {
        if (m_tokens) m_tokens->forget(account);
    }

private:
    HttpTransport& transport() {
        if (!m_transport) m_transport = std::make_unique<HttpTransport>();
        return *m_transport;
    }
    MailTokens& tokens() {
        if (!m_tokens)
            m_tokens = std::make_unique<MailTokens>(
                transport(), m_clock, [this](const MailAccount& account) { return read(account); },
                [this](const MailAccount& account, const OAuthGrant& grant, const SecretString& replaced) {
                    return keep(account, grant, replaced);
                });
        return *m_tokens;
    }
    Result<OAuthGrant> read(const MailAccount& account) {
        AIVA_TRY(const auto reader, m_workspace.openReader());
        AIVA_TRY(MailSecrets secrets, MailSecrets::open(m_workspace, *reader));
        AIVA_TRY(const SecretString packed, secrets.secret(account));
        return grantFrom(packed);
    }
    // Providers may exchange the refresh token; the old one may be good no more.
    bool keep(const MailAccount& account, const OAuthGrant& grant, const SecretString& replaced) {
        const Result<void> kept = write(account, grant, replaced);
        if (!kept) qCWarning(logMail) << "the new sign-in of a mailbox was not kept:" << kept.error().detail;
        return kept.has_value();
    }
    Result<void> write(const MailAccount& account, const OAuthGrant& grant, const SecretString& replaced) {
        AIVA_TRY(const auto writer, m_workspace.openWriter());
        AIVA_TRY(MailSecrets secrets, MailSecrets::open(m_workspace, *writer));
        return secrets.renew(account, grant, replaced);
    }

    const Workspace& m_workspace;
    const Clock& m_clock;
    std::unique_ptr<HttpTransport> m_transport;
    std::unique_ptr<MailTokens> m_tokens; // before its transport
    std::unique_ptr<QObject> m_signIns;   // parent of those under way; before their transport, too
};

void addLines(MailAdapters& adapters, const Workspace& workspace, const std::shared_ptr<OAuthParts>& oauth) {
    const auto kept = [&workspace, oauth](const MailAccount& account) {
        return account.auth == MailAuth::OAuth ? oauth->kept(account) : keptCredentials(workspace, account);
    };
    const auto given = [oauth](const MailAccount& account, const SecretString& secret) {
        return account.auth == MailAuth::OAuth ? oauth->given(account, secret) : givenCredentials(account, secret);
    };
    adapters.mailbox = [kept](const MailAccount& account) { return openMailbox(account, kept(account)); };
    adapters.submission = [kept](const MailAccount& account) { return openSubmission(account, kept(account)); };
    adapters.tryMailbox = [given](const MailAccount& account, const SecretString& secret) {
        return openMailbox(account, given(account, secret));
    };
    adapters.trySubmission = [given](const MailAccount& account, const SecretString& secret) {
        return openSubmission(account, given(account, secret));
    };
}

} // namespace

MailAdapters mailAdapters(const Workspace& workspace, const Clock& clock) {
    MailAdapters adapters;
    const auto oauth = std::make_shared<OAuthParts>(workspace, clock);
    addLines(adapters, workspace, oauth);
    adapters.setup = [] { return std::make_unique<MailServerFinder>(); };
    adapters.writer = [] { return std::make_unique<MailWriter>(); };
    adapters.pictures = [] { return std::make_unique<WebPictures>(); };
    adapters.saveSecret = [&workspace, oauth](Database& writer, const MailAccount& account,
                                              const SecretString& secret) -> Result<void> {
        AIVA_TRY(MailSecrets secrets, MailSecrets::open(workspace, writer));
        oauth->forget(account);
        return secrets.save(account, secret);
    };
    adapters.removeSecret = [&workspace, oauth](Database& writer, const MailAccount& account) -> Result<void> {
        AIVA_TRY(MailSecrets secrets, MailSecrets::open(workspace, writer));
        oauth->forget(account);
        return secrets.remove(account);
    };
    adapters.signIn = [oauth](const MailSignIn& wanted, const std::function<void(const QUrl&)>& openUrl) {
        return oauth->signIn(wanted, openUrl);
    };
    adapters.personName = qEnvironmentVariable("USER", qEnvironmentVariable("USERNAME"));
    return adapters;
}

} // namespace aiva
