#include "app/common/mail_adapters.h"

#include "app/common/mail_connection.h"
#include "core/adapters/mail/mime/mail_writer.h"

namespace aiva {

MailAdapters mailAdapters(const Workspace& workspace) {
    MailAdapters adapters;
    adapters.mailbox = [&workspace](const MailAccount& account) {
        return openMailbox(account, keptCredentials(workspace, account));
    };
    adapters.submission = [&workspace](const MailAccount& account) {
        return openSubmission(account, keptCredentials(workspace, account));
    };
    adapters.tryMailbox = [](const MailAccount& account, const SecretString& secret) {
        return openMailbox(account, givenCredentials(account, secret));
    };
    adapters.trySubmission = [](const MailAccount& account, const SecretString& secret) {
        return openSubmission(account, givenCredentials(account, secret));
    };
    adapters.writer = [] { return std::make_unique<MailWriter>(); };
    adapters.saveSecret = [&workspace](Database& writer, const MailAccount& account,
                                       const SecretString& secret) -> Result<void> {
        AIVA_TRY(MailSecrets secrets, MailSecrets::open(workspace, writer));
        return secrets.save(account, secret);
    };
    adapters.removeSecret = [&workspace](Database& writer, const MailAccount& account) -> Result<void> {
        AIVA_TRY(MailSecrets secrets, MailSecrets::open(workspace, writer));
        return secrets.remove(account);
    };
    return adapters;
}

} // namespace aiva
