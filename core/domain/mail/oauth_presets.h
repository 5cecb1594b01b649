// The OAuth2 endpoints of the two providers that no longer take passwords, without a client id. Pure.
#pragma once

#include "core/domain/mail/mail_account.h"

namespace aiva {

// developers.google.com/identity/protocols/oauth2/native-app; scope for IMAP and SMTP.
OAuthProvider googleOAuth();
// learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth
OAuthProvider microsoftOAuth();

} // namespace aiva
