#include "core/domain/mail/oauth_presets.h"

namespace aiva {

using namespace Qt::StringLiterals;

OAuthProvider googleOAuth() {
    OAuthProvider provider;
    provider.name = u"google"_s;
    provider.authorizeUrl = u"https://accounts.google.com/o/oauth2/v2/auth"_s;
    provider.tokenUrl = u"https://oauth2.googleapis.com/token"_s;
    provider.scopes = QStringList{u"https://mail.google.com/"_s};
    return provider;
}

OAuthProvider microsoftOAuth() {
    OAuthProvider provider;
    provider.name = u"microsoft"_s;
    provider.authorizeUrl = u"https://login.microsoftonline.com/common/oauth2/v2.0/authorize"_s;
    provider.tokenUrl = u"https://login.microsoftonline.com/common/oauth2/v2.0/token"_s;
    provider.scopes = QStringList{u"https://outlook.office.com/IMAP.AccessAsUser.All"_s,
                                  u"https://outlook.office.com/SMTP.Send"_s, u"offline_access"_s};
    return provider;
}

} // namespace aiva
