// MailAccounts: setting mailboxes up and taking them down: servers found, login tested, rows and secrets saved. Owned
// by MailCore, on the core thread. Runs no sync and sends nothing but the test's own mail.
#pragma once

#include "core/desk/mail/mail_adapters.h"
#include "core/desk/mail/mail_setup_run.h"
#include "core/storage/mailboxes/mailbox_repository.h"

#include <QObject>

#include <memory>

namespace aiva {

class MailAccounts : public QObject {
    Q_OBJECT
public:
    MailAccounts(Database& writer, MailboxRepository& mailboxes, const MailAdapters& adapters,
                 MailSetupRun::SharingTest sharing, const Clock& clock, const MailSetupPace& pace = {});
    ~MailAccounts() override;

    Future<std::vector<MailServerGuess>> findServers(const QString& address);
    // One at a time: a second test ends the first, which answers Refused.
    Future<MailAccount> test(const MailAccount& account, const SecretString& secret);
    void cancelTest();
    Future<SecretString> signIn(const MailSignIn& wanted);
    // The row first: a secret without a row would stay behind for ever; a row without a secret asks to be reconnected.
    // A row that was there before is put back where the secret is not kept.
    Result<MailboxId> save(const MailAccount& account, const std::optional<SecretString>& secret);
    Result<void> disconnect(MailboxId mailbox);

Q_SIGNALS:
    void stepped(const aiva::MailSetupStep& step);
    void openUrl(const QUrl& url);

private:
    void endTest(const Result<MailAccount>& answer);

    Database& m_writer;
    MailboxRepository& m_mailboxes;
    const MailAdapters& m_adapters;
    const MailSetupRun::SharingTest m_sharing;
    const Clock& m_clock;
    const MailSetupPace m_pace;
    std::unique_ptr<MailSetupPort> m_finder;
    std::unique_ptr<MailWriterPort> m_mailWriter;
    std::unique_ptr<MailSetupRun> m_test;
    std::shared_ptr<QPromise<Result<MailAccount>>> m_testAnswer;
};

} // namespace aiva
