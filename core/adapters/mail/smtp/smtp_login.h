// From the greeting to a logged-in connection: EHLO, STARTTLS and EHLO again, AUTH. Used once per connection by
// SmtpSubmission.
#pragma once

#include "core/adapters/mail/smtp/smtp_errors.h"
#include "core/adapters/mail/smtp/smtp_session.h"
#include "core/adapters/mail/wire/sasl.h"

#include <memory>

namespace aiva {

// What the server offers after login (RFC 5321 §4.1.1.1).
struct SmtpAbilities {
    bool startTls = false;
    bool pipelining = false;
    bool eightBit = false;
    bool smtpUtf8 = false;
    bool sizeOffered = false;
    qint64 size = 0; // 0: no limit said
    QByteArrayList saslMechanisms;
};

SmtpAbilities abilitiesIn(const SmtpReply& ehloReply);

class SmtpLogin : public QObject {
    Q_OBJECT
public:
    SmtpLogin(SmtpSession& session, const MailServer& server, CredentialSource credentials, QObject* parent);

    void start();
    const SmtpAbilities& abilities() const { return m_abilities; }

Q_SIGNALS:
    void done();
    void refused(const aiva::Error& error);

private:
    void sayHello();
    void onHello(const SmtpReply& reply);
    void askCredentials();
    void logIn(const MailCredentials& credentials);
    void onAnswered(const std::shared_ptr<SaslExchange>& exchange, const SmtpReply& reply);

    SmtpSession& m_session;
    MailServer m_server;
    CredentialSource m_credentials;
    SmtpAbilities m_abilities;
    bool m_isSecured = false;
    SecretString m_shown; // the token, until the server has answered
    int m_attempts = 0;
};

} // namespace aiva
