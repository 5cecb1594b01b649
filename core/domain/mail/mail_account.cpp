#include "core/domain/mail/mail_account.h"

using namespace Qt::StringLiterals;

namespace aiva {

QString mailSecretName(const MailAccount& account) {
    return (account.auth == MailAuth::Password ? u"mail-password/"_s : u"mail-refresh-token/"_s) + account.address;
}

} // namespace aiva
