// The client's side of SASL logins (RFC 4616, 4954, 7628, and XOAUTH2): which mechanism, and what to answer to each
// challenge. Pure; used by the IMAP and SMTP logins, which carry the base64 and the framing.
#pragma once

#include "core/adapters/mail/wire/credentials.h"

#include <QByteArrayList>

#include <optional>

namespace aiva {

enum class SaslMechanism { Plain, Login, XOAuth2, OAuthBearer };

QByteArray saslName(SaslMechanism mechanism); // "PLAIN" …

// The best of those the server offers (names without "AUTH=", any case); absent when none fits.
std::optional<SaslMechanism> chooseSasl(const QByteArrayList& offered, MailAuth auth);

class SaslExchange {
public:
    // `host` and `port` as connected to: OAUTHBEARER tells them to the server.
    SaslExchange(SaslMechanism mechanism, const MailCredentials& credentials, const QString& host, quint16 port);

    SaslMechanism mechanism() const { return m_mechanism; }
    // LOGIN has none: the server speaks first.
    bool hasInitialResponse() const { return m_mechanism != SaslMechanism::Login; }

    // The next response in base64, without CRLF, for a challenge in base64 (empty for the initial response). Call
    // either with the server's first, empty challenge or for the initial response, not for both. When a mechanism has
    // nothing more to say the answer is "*", which cancels the exchange.
    SecretString respond(const QByteArray& challenge = {});

private:
    SecretString initialResponse() const;
    SecretString loginResponse(const QByteArray& challenge) const;

    SaslMechanism m_mechanism;
    MailCredentials m_credentials;
    QString m_host;
    quint16 m_port;
    int m_step = 0;
};

} // namespace aiva
