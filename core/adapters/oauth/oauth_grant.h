// What a mailbox keeps of a sign-in, under one name in the keychain: the refresh token, and the secret of the client
// where the provider gives one to desktop programs and asks for it with every token, as Google does.
#pragma once

#include "core/base/secret_string.h"

namespace aiva {

struct OAuthGrant {
    SecretString refreshToken;
    SecretString clientSecret; // often empty
};

// "TOKEN" or "TOKEN SECRET": neither holds a blank (RFC 6749 appendix A).
SecretString packedGrant(const OAuthGrant& grant);
OAuthGrant grantFrom(const SecretString& packed);

} // namespace aiva
