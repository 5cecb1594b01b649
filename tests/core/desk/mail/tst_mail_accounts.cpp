// What is saved of a mailbox, and what is not where its secret cannot be kept.
#include "core/desk/mail/mail_accounts.h"
#include "tests/support/patience.h"
#include "tests/support/temporary_workspace.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class TestMailAccounts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // The password of before must not go to the server of now.
    void aMailboxWhoseSecretIsNotKeptIsAsItWas() {
        TemporaryWorkspace workspace;
        const auto mailboxes = MailboxRepository::create(workspace.writer());
        QVERIFY(mailboxes);
        bool isLocked = false;
        MailAdapters adapters;
        adapters.saveSecret = [&isLocked](Database&, const MailAccount&, const SecretString&) -> Result<void> {
            if (!isLocked) return {};
            return Error{ErrorKind::Storage, u"locked"_s, ErrorCause::NoSecretService};
        };
        const SystemClock clock;
        MailAccounts accounts(workspace.writer(), **mailboxes, adapters, {}, clock, {});
        MailAccount account;
        account.address = account.userName = u"anna@acme.example"_s;
        account.imap = {u"imap.one.example"_s, 993, MailSecurity::Tls};
        account.smtp = {u"smtp.one.example"_s, 465, MailSecurity::Tls};
        const auto id = accounts.save(account, SecretString("one"));
        QVERIFY(id);
        MailAccount moved = **(*mailboxes)->byId(*id);
        moved.imap.host = u"imap.two.example"_s;
        isLocked = true;
        const auto refused = accounts.save(moved, SecretString("two"));
        QVERIFY(!refused);
        QCOMPARE(refused.error().cause, ErrorCause::NoSecretService);
        QCOMPARE((**(*mailboxes)->byId(*id)).imap.host, u"imap.one.example"_s);
        QVERIFY(accounts.save(moved, std::nullopt)); // with the secret it has: a person's own word
        QCOMPARE((**(*mailboxes)->byId(*id)).imap.host, u"imap.two.example"_s);
    }
};

QTEST_GUILESS_MAIN(TestMailAccounts)
#include "tst_mail_accounts.moc"
