// A sign-in at a mail provider's page: whose, and as which program. Plain values.
#pragma once

#include "core/base/secret_string.h"
#include "core/domain/mail/mail_account.h"
#include "core/domain/redirect_pages.h"

namespace aiva {

struct MailSignIn {
    OAuthProvider provider;
    SecretString clientSecret; // where the provider gives one to desktop programs, as Google does
    QString address;           // suggested to the provider
    RedirectPages pages = {};
};

} // namespace aiva
