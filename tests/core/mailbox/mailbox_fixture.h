// A mailbox with its cache: a fake server, a line to it, a workspace, and what a test asks of them.
#pragma once

#include "core/mailbox/mailbox_keeper.h"
#include "tests/support/fake_mailbox_port.h"
#include "tests/support/patience.h"
#include "tests/support/table_dump.h"
#include "tests/support/temporary_workspace.h"

#include <QSignalSpy>

namespace aiva::test {

class MailboxFixture {
public:
    MailboxFixture();

    FakeMailServer server;
    std::unique_ptr<FakeMailboxPort> port = std::make_unique<FakeMailboxPort>(server);
    ManualClock clock{UtcTime(1'760'000'000'000)};
    MailboxPace pace;
    MailboxId mailbox;

    MailboxBooks books() { return {*m_mailboxes, *m_conversations, m_workspace.writer()}; }
    MailboxRepository& mailboxes() { return *m_mailboxes; }
    ConversationRepository& conversations() { return *m_conversations; }
    // One pass to its end; nothing of it is left.
    MailSyncOutcome sync(MailboxPass::Scope scope = MailboxPass::Scope::AllFolders);
    // The process died: what is not committed is undone, everything is opened anew.
    void reopen();

    QStringList rows(const QByteArray& sql) { return test::rows(m_workspace.writer(), sql); }
    QString one(const QByteArray& sql) { return rows(sql).value(0); }
    // What does not agree between server and cache, or within the cache; empty when all is well.
    QStringList disagreements();
    ConversationId conversationOf(const QString& messageId);

    // Mail of customer `number % 7`, or of ours to them.
    static MessageRecord mail(int number);
    static MessageRecord ours(int number);

private:
    void openBooks();
    QStringList disagreementsOf(const QString& folder);

    TemporaryWorkspace m_workspace;
    std::unique_ptr<MailboxRepository> m_mailboxes;
    std::unique_ptr<ConversationRepository> m_conversations;
};

} // namespace aiva::test
