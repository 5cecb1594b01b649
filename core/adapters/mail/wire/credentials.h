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

// For OAuth each call should answer a token that is still valid; a refused login asks once more, which must then
// answer a fresh one.
using CredentialSource = std::function<Future<MailCredentials>()>;

} // namespace aiva
