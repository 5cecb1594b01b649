#include "core/adapters/mail/imap/mail_decode_queue.h"

#include "core/adapters/mail/mime/mail_decoder.h"

namespace aiva {

MailDecodeQueue::MailDecodeQueue() : m_worker(new QObject) {
    m_thread.setObjectName(QStringLiteral("mail decoder"));
    m_thread.setStackSize(kMailDecoderStackBytes);
    m_worker->moveToThread(&m_thread);
    m_thread.start();
}

MailDecodeQueue::~MailDecodeQueue() {
    m_thread.requestInterruption();
    m_thread.quit();
    m_thread.wait();
    delete m_worker;
}

void MailDecodeQueue::run(std::function<void()> work) {
    QMetaObject::invokeMethod(
        m_worker,
        [this, work = std::move(work)] {
            if (!m_thread.isInterruptionRequested()) work();
        },
        Qt::QueuedConnection);
}

void MailDecodeQueue::decode(qint64 bytes, std::function<void()> work) {
    m_pendingBytes += bytes;
    run([this, bytes, work = std::move(work)] {
        work();
        m_pendingBytes -= bytes;
    });
}

} // namespace aiva
