// Decodes mail beside the connection, on a thread of its own with the stack the decoder asks for, so that reading the
// line never waits for MIME. Owned by ImapMailbox; fed by the fetch runs.
#pragma once

#include "core/base/utc_time.h"
#include "core/ports/mailbox_port.h"

#include <QObject>
#include <QThread>

#include <atomic>
#include <functional>

namespace aiva {

class MailDecodeQueue {
public:
    MailDecodeQueue();
    ~MailDecodeQueue(); // what is queued is not decoded any more

    // Runs on the decoder's thread, in the order asked for.
    void run(std::function<void()> work);
    // As run(), for a mail of so many bytes, which count as pending until it is done.
    void decode(qint64 bytes, std::function<void()> work);
    qint64 pendingBytes() const { return m_pendingBytes; }

private:
    QThread m_thread;
    QObject* m_worker;
    std::atomic<qint64> m_pendingBytes = 0;
};

} // namespace aiva
