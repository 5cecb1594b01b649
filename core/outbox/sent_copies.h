// Looks for the copies of one of our mails on the server, by its Message-ID: what proves that it was accepted, and what
// is filed under Sent. Runs once and is gone; made by SendRun and SentFiling.
#pragma once

#include "core/base/async.h"
#include "core/ports/mailbox_port.h"

#include <QObject>
#include <QPointer>

#include <deque>
#include <functional>

namespace aiva {

struct SentCopies {
    QString sentFolder; // empty when the server has none
    std::vector<quint32> inSent;
    std::vector<quint32> inInbox;
    bool isElsewhere = false; // archive, junk, trash …: filters of the user's moved it

    bool isAny() const { return !inSent.empty() || !inInbox.empty() || isElsewhere; }
};

class SentCopiesRun final : public QObject {
    Q_OBJECT
public:
    using Done = std::function<void(const Result<SentCopies>&)>;
    // Calls `done` once, on this thread, unless the run dies first.
    SentCopiesRun(MailboxPort& port, QString messageId, Done done, QObject* parent);
    void start();

private:
    void takeFolders(const std::vector<MailFolder>& folders);
    void lookNext();
    void end(const Result<SentCopies>& result);

    const QPointer<MailboxPort> m_port; // a mailbox may be disconnected at any time
    const QString m_messageId;
    Done m_done;
    std::deque<MailFolder> m_folders; // still to look into
    SentCopies m_found;
};

} // namespace aiva
