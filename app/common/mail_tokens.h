// Credentials of mailboxes that sign in with OAuth: one AccessTokens per mailbox, shared by its IMAP and SMTP
// connections. Owned beside the HTTP transport on the core thread; refresh tokens stay where the functions keep them.
#pragma once

#include "core/adapters/mail/wire/credentials.h"
#include "core/adapters/oauth/access_tokens.h"
#include "core/adapters/oauth/oauth_grant.h"

#include <QHash>

#include <functional>

namespace aiva {

class MailTokens : public QObject {
    Q_OBJECT
public:
    using Read = std::function<Result<OAuthGrant>(const MailAccount&)>;
    // In the place of the grant with this refresh token only. False: it was not kept.
    using Keep = std::function<bool(const MailAccount&, const OAuthGrant&, const SecretString& replaced)>;

    MailTokens(HttpTransport& transport, const Clock& clock, Read read, Keep keep, QObject* parent = nullptr);

    // For any number of connections. Answers Refused when this object is gone.
    CredentialSource credentialsOf(const MailAccount& account);
    // After a sign-in, or when the account was changed or removed: the next login reads anew.
    void forget(const MailAccount& account);

private:
    Future<MailCredentials> ask(const MailAccount& account, const SecretString& refused);
    Result<AccessTokens*> tokensOf(const MailAccount& account);

    HttpTransport& m_transport;
    const Clock& m_clock;
    Read m_read;
    Keep m_keep;
    QHash<QString, AccessTokens*> m_tokens; // by address; children
};

} // namespace aiva
