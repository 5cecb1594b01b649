// Imports mail from files (mbox, Maildir, .eml) into conversations, message by message, so that memory does not grow
// with the file. importMail() blocks and serves aivactl; the desk feeds MailImportBatch from a reading thread.
#pragma once

#include "core/base/result.h"
#include "core/ports/mail_file_port.h"
#include "core/storage/conversations/conversation_repository.h"

#include <QSet>
#include <QString>

#include <functional>
#include <memory>

namespace aiva {

struct MailImportCounts {
    qint64 read = 0;
    qint64 added = 0;
    qint64 known = 0;   // Message-ID already here
    qint64 refused = 0; // broke a guard or is no mail; each with a cause
    QStringList causes; // first 100: "<file name>: cause", no mail content
};

// Writes messages a hundred to a transaction. Lives on the writer's thread.
class MailImportBatch {
public:
    // Messages from one of `ownAddresses` are outbound.
    MailImportBatch(ConversationRepository& conversations, Database& writer, const QSet<QString>& ownAddresses);
    ~MailImportBatch(); // what was not committed is undone

    Result<void> add(const QString& fileName, const Result<MessageRecord>& message);
    // Ends the open transaction, if any; the counts are then true.
    Result<void> commit();
    const MailImportCounts& counts() const { return m_counts; }

private:
    void refuse(const QString& fileName, const Error& error);

    ConversationRepository& m_conversations;
    Database& m_writer;
    QSet<QString> m_ownAddresses; // normalised
    std::unique_ptr<Transaction> m_transaction;
    int m_pending = 0;
    MailImportCounts m_counts;
};

// progress(read) is called every 100 messages and returning false stops.
Result<MailImportCounts> importMail(MailFilePort& port, const QString& path, const QSet<QString>& ownAddresses,
                                    ConversationRepository& conversations, Database& writer,
                                    const std::function<bool(qint64 read)>& progress);

} // namespace aiva
