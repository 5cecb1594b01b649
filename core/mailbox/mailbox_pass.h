// MailboxPass: one pass over the followed folders of a mailbox, beside each other: the line takes their commands in
// turn, so that Sent does not wait for a large INBOX. Used by MailboxKeeper and `aivactl mail sync`, on the core
// thread. Gone when done; the port outlives it.
#pragma once

#include "core/mailbox/mailbox_sync_run.h"

#include <memory>

namespace aiva {

class MailboxPass : public QObject {
    Q_OBJECT
public:
    MailboxPass(MailboxPort& port, const MailboxBooks& books, MailboxId mailbox, const Clock& clock,
                const MailboxPace& pace);
    ~MailboxPass() override;

    enum class Scope { Inbox, AllFolders };
    // Inbox: as the cache knows it, without listing folders.
    void start(Scope scope);
    // Something happened in INBOX, or to read marks here, while the pass runs.
    void refreshInbox();
    void carrySeen();
    // Ends at once; what is written stays.
    void cancel();

Q_SIGNALS:
    void progressed(const aiva::FolderProgress& progress);
    void rowsChanged();
    void messagesArrived(const aiva::MailArrivals& arrivals);
    void newsCame(const aiva::FolderNews& news);         // before messagesArrived of the same mails
    void finished(const aiva::MailSyncOutcome& outcome); // once; last_sync_at is written before

private:
    void listFolders();
    Result<void> follow(const std::vector<MailFolder>& listed);
    Result<void> startRun(const MailFolderRow& folder);
    void takeFinished(MailboxSyncRun* run, const MailSyncCounts& counts, const std::optional<Error>& error);
    Result<bool> startInbox();
    void fail(const Error& error);
    void settle(SyncStatus status);

    MailboxPort& m_port;
    MailboxBooks m_books;
    const MailboxId m_mailbox;
    const Clock& m_clock;
    const MailboxPace& m_pace;
    QSet<QString> m_ownAddresses;
    std::vector<std::unique_ptr<MailboxSyncRun>> m_runs;
    size_t m_open = 0; // runs not finished
    std::optional<MailFolderRow> m_inbox;
    MailSyncOutcome m_outcome;
    qint64 m_startedAt = 0;
    bool m_inboxIsOpen = false;
    bool m_isOver = false;
};

} // namespace aiva
