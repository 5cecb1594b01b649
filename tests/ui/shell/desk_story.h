// A small workspace on disk with a shop, people, orders and mail, and a desk on it: what the window's tests look at.
// The mail is that of a morning in a shop for widgets; the clock stands still at 09:43.
#pragma once

#include "core/desk/desk.h"
#include "core/domain/mail/message_record.h"
#include "core/storage/workspace/workspace.h"
#include "tests/support/fake_store_port.h"
#include "tests/ui/support/fake_mail_desk.h"
#include "ui/models/mail_reads.h"

#include <QTemporaryDir>

#include <memory>

namespace aiva::test {

class DeskStory {
public:
    enum class Filling { Empty, Morning };
    explicit DeskStory(Filling filling = Filling::Morning);
    ~DeskStory();

    bool isOpen() const { return m_desk != nullptr; }
    Desk& desk() { return *m_desk; }
    FakeMailDesk& mailDesk() { return m_mail; }
    // Answers what stands in `outbox`, `mailboxes` and `cannedReplies`.
    MailReads mailReads();
    const Workspace& workspace() const { return *m_workspace; }
    QString dir() const { return m_workspace->dir(); }
    ManualClock& clock() { return m_clock; }
    StoreId store() const { return m_store; }
    // The conversation with that subject; invalid when there is none.
    ConversationId conversation(const QString& subject);
    // Writes beside the desk, as another process would; call changed() on the views by the desk's own notices.
    void closeDesk();
    bool openDesk();
    // With the desk closed.
    void add(const MessageRecord& message);
    void setStoreStatus(StoreStatus status);
    // A mailbox shared by Kim (me), Anna and Ben, all conversations in it: Anna has "Invoice for #1029", I have "Where
    // is my order?", Ben is answering "Rossz méret érkezett".
    void shareMailbox();
    void addMany(int conversations);

    std::vector<OutboxView> outbox;
    std::optional<OutboxView> pending; // of its conversation
    std::vector<MailboxView> mailboxes;
    std::vector<CannedReply> cannedReplies;

    // The shop the desk syncs with; set before the sync starts.
    std::function<std::unique_ptr<StorePort>()> port;

private:
    void fillShop(Database& writer);
    void fillMail(Database& writer);

    QTemporaryDir m_dir;
    ManualClock m_clock;
    std::unique_ptr<Workspace> m_workspace;
    StoreId m_store;
    std::unique_ptr<Desk> m_desk;
    FakeMailDesk m_mail;
};

// Of every story, for a second process.
SecretString storyKey();

// A mail as the adapter decodes it. `minutesAgo` before the story's now.
MessageRecord mail(const QString& name, const QString& email, const QString& subject, const QString& text,
                   int minutesAgo);

} // namespace aiva::test
