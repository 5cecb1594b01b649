// From the greeting to a logged-in connection: CAPABILITY, STARTTLS, AUTHENTICATE or LOGIN, ID, ENABLE, NAMESPACE.
// Used once per connection by ImapSession, which drops it when the line is lost.
#pragma once

#include "core/adapters/mail/imap/imap_capabilities.h"
#include "core/adapters/mail/imap/imap_link.h"
#include "core/adapters/mail/wire/sasl.h"
#include "core/domain/mail/mail_account.h"

#include <QObject>

#include <functional>
#include <optional>

namespace aiva {

// Asks for credentials, as CredentialSource; the answer comes back on the asker's thread.
using CredentialAnswer = std::function<void(const Result<MailCredentials>&)>;
using CredentialAsk = std::function<void(const SecretString& refused, CredentialAnswer)>;

// Where the user's own folders are: "INBOX." on some servers (RFC 2342).
struct ImapNamespace {
    QByteArray prefix;
    QByteArrayList foreign; // prefixes of other users' and shared folders
};

struct ImapWelcome {
    ImapCapabilities capabilities;
    bool enabledQresync = false;
    QString serverName;
    ImapNamespace names;
};

class ImapLogin : public QObject {
    Q_OBJECT
public:
    ImapLogin(ImapLink& link, const MailAccount& account, CredentialAsk ask, QObject* parent);

    const ImapWelcome& welcome() const { return m_welcome; }

Q_SIGNALS:
    void done();
    void refused(const aiva::Error& error);

private:
    void onGreeted(const ImapResponse& greeting);
    void onSaid(const ImapResponse& response);
    void askCapabilities(void (ImapLogin::*next)());
    void secure();
    void authenticate();
    void logIn(const MailCredentials& credentials);
    void authenticateWith(SaslMechanism mechanism, const MailCredentials& credentials);
    void onAnswered(const ImapResponse& response, MailAuth auth);
    void introduce();
    void fail(const Error& error);

    ImapLink& m_link;
    MailAccount m_account;
    CredentialAsk m_ask;
    ImapWelcome m_welcome;
    std::optional<ImapCapabilities> m_said; // capabilities told since the last step
    bool m_isPreauthenticated = false;
    SecretString m_shown; // the token, until the server has answered
    int m_attempts = 0;
};

} // namespace aiva
