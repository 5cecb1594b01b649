#include "core/adapters/mail/wire/sasl.h"

#include <algorithm>
#include <array>

namespace aiva {
namespace {

constexpr char kSeparator = '\x01';

SecretString encoded(QByteArray plain) {
    QByteArray base64 = plain.toBase64();
    wipeMemory(plain.data(), static_cast<size_t>(plain.size()));
    return SecretString::takeFrom(base64);
}

// gs2 header: "," and "=" have a meaning there (RFC 5801 §4).
QByteArray gs2Name(const QString& name) {
    return name.toUtf8().replace('=', "=3D").replace(',', "=2C");
}

QByteArray secretBytes(const SecretString& secret) {
    return QByteArray(secret.reveal().data(), static_cast<qsizetype>(secret.size()));
}

} // namespace

QByteArray saslName(SaslMechanism mechanism) {
    switch (mechanism) {
    case SaslMechanism::Plain:
        return "PLAIN";
    case SaslMechanism::Login:
        return "LOGIN";
    case SaslMechanism::XOAuth2:
        return "XOAUTH2";
    case SaslMechanism::OAuthBearer:
        return "OAUTHBEARER";
    }
    return {};
}

std::optional<SaslMechanism> chooseSasl(const QByteArrayList& offered, MailAuth auth) {
    const auto offers = [&offered](SaslMechanism mechanism) {
        return std::any_of(offered.begin(), offered.end(), [name = saslName(mechanism)](const QByteArray& word) {
            return word.compare(name, Qt::CaseInsensitive) == 0;
        });
    };
    using Wanted = std::array<SaslMechanism, 2>;
    const Wanted wanted = auth == MailAuth::OAuth ? Wanted{SaslMechanism::OAuthBearer, SaslMechanism::XOAuth2}
                                                  : Wanted{SaslMechanism::Plain, SaslMechanism::Login};
    for (const SaslMechanism mechanism : wanted)
        if (offers(mechanism)) return mechanism;
    return {};
}

SaslExchange::SaslExchange(SaslMechanism mechanism, const MailCredentials& credentials, const QString& host,
                           quint16 port)
    : m_mechanism(mechanism), m_credentials(credentials), m_host(host), m_port(port) {}

SecretString SaslExchange::respond(const QByteArray& challenge) {
    const int step = m_step++;
    if (m_mechanism == SaslMechanism::Login) {
        return step < 2 ? loginResponse(QByteArray::fromBase64(challenge)) : SecretString("*");
    }
    if (step == 0) return initialResponse();
    // A second challenge is the provider's account of the error (JSON); the answers that end the exchange are laid
    // down per mechanism (RFC 7628 §3.2.3).
    if (step == 1 && m_mechanism == SaslMechanism::OAuthBearer) return encoded(QByteArray(1, kSeparator));
    if (step == 1 && m_mechanism == SaslMechanism::XOAuth2) return {};
    return SecretString("*");
}

SecretString SaslExchange::initialResponse() const {
    const QByteArray user = m_credentials.userName.toUtf8();
    QByteArray secret = secretBytes(m_credentials.secret);
    QByteArray plain;
    plain.reserve(user.size() * 3 + secret.size() + m_host.size() + 64);
    switch (m_mechanism) {
    case SaslMechanism::Plain:
        plain.append('\0').append(user).append('\0').append(secret);
        break;
    case SaslMechanism::XOAuth2:
        plain.append("user=").append(user).append(kSeparator).append("auth=Bearer ").append(secret);
        plain.append(2, kSeparator);
        break;
    case SaslMechanism::OAuthBearer:
        plain.append("n,a=").append(gs2Name(m_credentials.userName)).append(',').append(kSeparator);
        plain.append("host=").append(m_host.toUtf8()).append(kSeparator);
        plain.append("port=").append(QByteArray::number(m_port)).append(kSeparator);
        plain.append("auth=Bearer ").append(secret).append(2, kSeparator);
        break;
    case SaslMechanism::Login:
        break;
    }
    wipeMemory(secret.data(), static_cast<size_t>(secret.size()));
    return encoded(std::move(plain));
}

SecretString SaslExchange::loginResponse(const QByteArray& challenge) const {
    // Servers word their prompts freely; what counts is the order, unless one plainly asks for the other first.
    const bool wantsPassword = m_step == 2 || challenge.toLower().contains("password");
    return encoded(wantsPassword ? secretBytes(m_credentials.secret) : m_credentials.userName.toUtf8());
}

} // namespace aiva
