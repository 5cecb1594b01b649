// MailboxSyncRun: one pass over one folder: what changed, then the mails that are not here yet, newest first, and what
// was read here carried to the server. Owned by MailboxPass, on the core thread, gone when done. Asks for the next
// batch while one is written. Never retries a lost server: that is MailboxKeeper's.
#pragma once

#include "core/base/clock.h"
#include "core/mailbox/folder_ledger.h"

#include <QObject>

#include <map>
#include <set>

namespace aiva {

class MailboxSyncRun : public QObject {
    Q_OBJECT
public:
    MailboxSyncRun(MailboxPort& port, const MailboxBooks& books, const MailFolderRow& folder,
                   const QSet<QString>& ownAddresses, const Clock& clock, const MailboxPace& pace);

    const QString& folderName() const { return m_ledger.folder().name; }
    void start() { refresh(); }
    // Something happened in the folder: asks for changes before the next batch.
    void refresh();
    // Something was read here.
    void carrySeen();
    // Writes and tells nothing any more.
    void stop() { m_isOver = true; }
    bool isOver() const { return m_isOver; }

Q_SIGNALS:
    void progressed(const aiva::FolderProgress& progress);
    void rowsChanged();
    void messagesArrived(const aiva::MailArrivals& arrivals);
    void newsCame(const aiva::FolderNews& news); // before messagesArrived of the same mails
    // Once. What was written before an error stays.
    void finished(const aiva::MailSyncCounts& counts, const std::optional<aiva::Error>& error);

private:
    enum class Talk { Quiet, Changes, Fetch, Probe, Seen };

    void next();
    void askChanges();
    void askBatch();
    void takeBatch(const std::vector<quint32>& uids, const Result<std::vector<ServerMessage>>& answer);
    void resize(const std::vector<ServerMessage>& messages);
    void probe(const std::vector<quint32>& uids, const Error& error);
    void isolate(const std::vector<quint32>& uids, const Error& error);
    void storeSeen(const std::vector<SeenWanted>& wanted);
    void settleSeen(const std::vector<SeenWanted>& changes, const Result<bool>& answer);
    void scheduleWrite();
    void writeSome();
    Result<void> reload();
    void finish(const std::optional<Error>& error);

    MailboxPort& m_port;
    const Clock& m_clock;
    const MailboxPace& m_pace;
    FolderLedger m_ledger;
    std::vector<quint32> m_toFetch;   // ascending: the newest is taken from the end
    std::set<quint32> m_skipped;      // asked for and not given: expunged, as the next listing will say
    std::map<quint32, int> m_strikes; // how often the line was lost over this one mail
    std::vector<quint32> m_asked;
    MailSyncCounts m_counts;
    size_t m_batch;
    size_t m_unwritten = 0; // batches
    qint64 m_askedAt = 0;
    qint64 m_done = 0;
    int m_faultsInARow = 0;
    Talk m_talk = Talk::Quiet;
    bool m_changesWanted = false;
    bool m_isListing = false; // asked for changes, or writing them
    bool m_seenWanted = true;
    bool m_isWriteScheduled = false;
    bool m_isOver = false;
};

} // namespace aiva
