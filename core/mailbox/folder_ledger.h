// FolderLedger: writes what a folder pass learns, in the order it was learned, in transactions short enough for other
// writers. A message and its location are one transaction; what was listed counts as known only once all of it is
// written: a kill anywhere loses and doubles nothing. Used by MailboxSyncRun; never talks to a server.
#pragma once

#include "core/base/clock.h"
#include "core/mailbox/mail_sync_values.h"
#include "core/mailbox/mailbox_pace.h"
#include "core/ports/mailbox_port.h"
#include "core/storage/conversations/conversation_repository.h"
#include "core/storage/mailboxes/mailbox_repository.h"

#include <QElapsedTimer>
#include <QSet>

#include <deque>
#include <variant>

namespace aiva {

// What outlives every run.
struct MailboxBooks {
    MailboxRepository& mailboxes;
    ConversationRepository& conversations;
    Database& writer;
};

class FolderLedger {
public:
    // Mail from one of `ownAddresses` (normalised), and everything in a Sent folder, is outbound.
    FolderLedger(const MailboxBooks& books, MailFolderRow folder, QSet<QString> ownAddresses, const Clock& clock,
                 const MailboxPace& pace);

    const MailFolderRow& folder() const { return m_folder; }
    // Without a mod-sequence when everything is to be compared.
    KnownFolder known() const;
    bool isFresh() const { return m_folder.listedAt && m_clock.now().msSince(*m_folder.listedAt) < m_pace.relistMs; }

    void take(const FolderChanges& changes) { m_work.push_back(ChangesWork{changes, {}, 0, 0, false}); }
    void take(const std::vector<ServerMessage>& messages) { m_work.push_back(MailsWork{messages, 0}); }
    bool hasWork() const { return !m_work.empty(); }
    qint64 unwrittenMails() const;

    struct Slice {
        MailSyncCounts counts;
        MailArrivals arrivals;
        FolderNews news;
        bool changesDone = false;   // the last of a listing was written: there may be more to fetch
        bool mustListAgain = false; // it does not add up with what the server holds: list everything
        bool batchDone = false;     // the last of a batch of mails was
    };
    // One transaction.
    Result<Slice> writeSome();

    Result<std::vector<quint32>> toFetch() { return m_books.mailboxes.uidsToFetch(m_folder.id, -1); }
    Result<std::vector<SeenWanted>> seenWanted() { return m_books.mailboxes.seenWanted(m_folder.id, 500); }
    Result<void> settleSeen(const std::vector<SeenWanted>& changes);
    Result<void> dropSeenWanted(const std::vector<SeenWanted>& changes);
    Result<void> setFault(quint32 uid, const Error& error);

private:
    struct ChangesWork {
        FolderChanges changes;
        std::vector<quint32> gone;
        size_t nextGone = 0;
        size_t nextUpdate = 0;
        bool isBegun = false;
    };
    struct MailsWork {
        std::vector<ServerMessage> messages;
        size_t next = 0;
    };
    // True when the work is done.
    Result<bool> write(ChangesWork& work, Slice& slice);
    Result<bool> write(MailsWork& work, Slice& slice);
    Result<void> begin(ChangesWork& work);
    Result<void> finish(const ChangesWork& work, Slice& slice);
    Result<void> write(const ServerMessage& mail, Slice& slice);
    Result<void> add(const ServerMessage& mail, const MessageRecord& message, Slice& slice);
    bool isSliceOver() const { return m_sliceTime.elapsed() >= m_pace.sliceMs || m_pace.isHurried(); }

    MailboxBooks m_books;
    MailFolderRow m_folder;
    const QSet<QString> m_ownAddresses;
    const Clock& m_clock;
    const MailboxPace& m_pace;
    quint32 m_newFrom; // UIDs from here on came since the folder was last listed; 0: never listed
    std::deque<std::variant<ChangesWork, MailsWork>> m_work;
    QElapsedTimer m_sliceTime;
};

} // namespace aiva
