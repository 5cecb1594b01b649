// A Google service account as its JSON key file gives it, and the proof of it that is exchanged for an access token
// (RFC 7523: a JWT signed with RS256). Read strictly; the private key is in no error and in no log.
#pragma once

#include "core/base/result.h"
#include "core/base/secret_string.h"
#include "core/base/utc_time.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <memory>

struct evp_pkey_st;

namespace aiva {

class ServiceAccount {
public:
    // Invalid with what is wrong: another kind of file, no RSA key of 2048 bits or more, a token address that is
    // neither https nor on this machine.
    static Result<ServiceAccount> parse(const SecretString& file);

    const QString& email() const { return m_email; }
    const QUrl& tokenUri() const { return m_tokenUri; }
    // Of the file, no more than parse() needs: to be kept.
    SecretString kept() const;
    // header.claims.signature, good for an hour from `now`.
    Result<QByteArray> assertion(const QByteArray& scope, UtcTime now) const;

private:
    QString m_email;
    QString m_keyId;
    QUrl m_tokenUri;
    SecretString m_pem;
    std::shared_ptr<evp_pkey_st> m_key;
};

} // namespace aiva
