#include "tests/core/team/mailbox_line.h"

#include "core/adapters/mail/imap/imap_mailbox.h"

namespace aiva::test {

std::unique_ptr<MailboxPort> lineTo(const MailRig& rig, const QString& user) {
    const QString userName = rig.account(user).userName;
    ImapPace pace;
    pace.reconnectMs = {10, 50, 200, 500};
    return std::make_unique<ImapMailbox>(
        rig.account(user),
        [userName, user](const SecretString&) {
            return readyFuture<MailCredentials>(MailCredentials{userName, MailRig::password(user), MailAuth::Password});
        },
        pace);
}

} // namespace aiva::test
