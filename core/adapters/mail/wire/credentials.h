// What a mail server is shown at login, and where it comes from. Asked at each login on the thread of the adapter's
// owner; kept no longer than the login takes.
#pragma once

#include "core/base/async.h"
#include "core/base/secret_string.h"
#include "core/domain/names.h"

#include <QString>

#include <functional>

namespace aiva {

struct MailCredentials {
    QString userName;
    SecretString secret; // the password, or an OAuth access token
    MailAuth auth = MailAuth::Password;
};

// For OAuth each call should answer a token that is still valid. A refused login asks once more with the token that was
// refused, which is else empty: the answer must then be another one.
using CredentialSource = std::function<Future<MailCredentials>(const SecretString& refused)>;

} // namespace aiva
