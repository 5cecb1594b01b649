// Imports mail from files (mbox, Maildir, .eml) into conversations. The reader behind MailFilePort parses off-process
// hostile input safely; this drives it message by message, so memory does not grow with the file.
#pragma once

#include "core/base/result.h"
#include "core/ports/mail_file_port.h"
#include "core/storage/conversation_repository.h"

#include <QSet>
#include <QString>

#include <functional>

namespace aiva {

struct MailImportCounts {
    qint64 read = 0;
    qint64 added = 0;
    qint64 known = 0;   // Message-ID already here
    qint64 refused = 0; // broke a guard or is no mail; each with a cause
    QStringList causes; // first 100: "<file name>: cause", no mail content
};

// Messages from one of `ownAddresses` are outbound. progress(read) is called every 100 messages and returning false
// stops.
Result<MailImportCounts> importMail(MailFilePort& port, const QString& path, const QSet<QString>& ownAddresses,
                                    ConversationRepository& conversations, Database& writer,
                                    const std::function<bool(qint64 read)>& progress);

} // namespace aiva
