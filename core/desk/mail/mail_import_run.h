// MailImportRun: one import of mail files beside everything else: the files are read and parsed on a thread of their
// own, the messages written on the core thread in short transactions. Owned by DeskCore, gone when done.
#pragma once

#include "core/sync/files/mail_import.h"
#include "core/sync/sync_pace.h"

#include <QObject>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace aiva {

class MailImportRun : public QObject {
    Q_OBJECT
public:
    MailImportRun(std::unique_ptr<MailFilePort> port, const QString& path, const QSet<QString>& ownAddresses,
                  ConversationRepository& conversations, Database& writer, const SyncPace& pace);
    ~MailImportRun() override; // stops reading; what was written stays

    void start();

Q_SIGNALS:
    void rowsChanged();
    // Once. Only the first `counts` messages came in when there is an error.
    void finished(const aiva::MailImportCounts& counts, const std::optional<aiva::Error>& error);

private:
    struct Item {
        QString fileName;
        Result<MessageRecord> message;
    };
    void read();
    bool handOver(Item&& item);
    void wake();
    void write();
    Result<void> writeSome();

    std::unique_ptr<MailFilePort> m_port;
    const QString m_path;
    const SyncPace& m_pace;
    MailImportBatch m_batch;
    bool m_isOver = false;

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Item> m_queue;
    qint64 m_queuedBytes = 0;
    std::optional<Result<void>> m_readResult;
    bool m_stopped = false;
    std::atomic<bool> m_isWoken = false;
    std::thread m_thread;
};

} // namespace aiva
