#include "core/adapters/oauth/oauth_grant.h"

#include <QByteArray>

namespace aiva {

SecretString packedGrant(const OAuthGrant& grant) {
    if (grant.clientSecret.isEmpty()) return grant.refreshToken;
    QByteArray bytes;
    bytes.reserve(static_cast<qsizetype>(grant.refreshToken.size() + grant.clientSecret.size() + 1));
    bytes.append(grant.refreshToken.reveal().data(), static_cast<qsizetype>(grant.refreshToken.size()));
    bytes.append(' ');
    bytes.append(grant.clientSecret.reveal().data(), static_cast<qsizetype>(grant.clientSecret.size()));
    return SecretString::takeFrom(bytes);
}

OAuthGrant grantFrom(const SecretString& packed) {
    const std::string_view bytes = packed.reveal();
    const size_t blank = bytes.find(' ');
    if (blank == std::string_view::npos) return {packed, {}};
    return {SecretString(bytes.substr(0, blank)), SecretString(bytes.substr(blank + 1))};
}

} // namespace aiva
