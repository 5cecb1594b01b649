// Credentials of mailboxes that sign in with OAuth: one AccessTokens per mailbox, shared by its IMAP and SMTP
// connections. Owned beside the HTTP transport on the core thread; refresh tokens stay where the functions keep them.
#pragma once

#include "core/adapters/mail/wire/credentials.h"
#include "core/adapters/oauth/access_tokens.h"

#include <QHash>

#include <functional>
#include <memory>

namespace aiva {

class MailTokens : public QObject {
    Q_OBJECT
public:
    // What is kept of an account: its refresh token, and the secret of the client where the provider wants one.
    struct Kept {
        SecretString refreshToken;
        SecretString clientSecret; // often empty
    };
    using Read = std::function<Result<Kept>(const MailAccount&)>;
    using Keep = std::function<void(const MailAccount&, const SecretString& refreshToken)>;

    MailTokens(HttpTransport& transport, const Clock& clock, Read read, Keep keep, QObject* parent = nullptr);

    // One per connection: asked twice in a row it takes the first token for refused and answers a fresh one. Answers
    // Refused when this object is gone.
    CredentialSource credentialsOf(const MailAccount& account);
    // After a sign-in, or when the account was changed or removed: the next login reads anew.
    void forget(const MailAccount& account);

private:
    // The token given last to one connection.
    struct Given {
        SecretString token;
        UtcTime at;
    };

    Future<MailCredentials> ask(const MailAccount& account, const std::shared_ptr<Given>& given);
    Result<AccessTokens*> tokensOf(const MailAccount& account);

    HttpTransport& m_transport;
    const Clock& m_clock;
    Read m_read;
    Keep m_keep;
    QHash<QString, AccessTokens*> m_tokens; // by address; children
};

} // namespace aiva
