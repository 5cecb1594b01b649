#include "core/desk/mail/mail_import_run.h"

#include <QElapsedTimer>

namespace aiva {
namespace {

constexpr qint64 kQueuedBytes = 16 << 20;
constexpr size_t kQueuedItems = 256;
// Writing time of one transaction: other commands wait at most this long.
constexpr qint64 kSliceMs = 40;

qint64 bytesOf(const Result<MessageRecord>& message) {
    if (!message) return 0;
    qint64 bytes = 2 * (message->text.size() + message->safeHtml.size());
    for (const AttachmentRecord& attachment : message->attachments)
        bytes += attachment.content.size();
    return bytes;
}

} // namespace

MailImportRun::MailImportRun(std::unique_ptr<MailFilePort> port, const QString& path, const QSet<QString>& ownAddresses,
                             ConversationRepository& conversations, Database& writer, const SyncPace& pace)
    : m_port(std::move(port)), m_path(path), m_pace(pace), m_batch(conversations, writer, ownAddresses) {}

MailImportRun::~MailImportRun() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopped = true;
    }
    m_changed.notify_all();
    if (m_thread.joinable()) m_thread.join();
}

void MailImportRun::start() {
    m_thread = std::thread([this] { read(); });
}

void MailImportRun::read() {
    auto result = m_port->read(m_path, [this](const QString& fileName, Result<MessageRecord> message) {
        return handOver({fileName, std::move(message)});
    });
    {
        const std::lock_guard lock(m_mutex);
        m_readResult = std::move(result);
    }
    wake();
}

bool MailImportRun::handOver(Item&& item) {
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock,
                       [this] { return m_stopped || (m_queue.size() < kQueuedItems && m_queuedBytes < kQueuedBytes); });
        if (m_stopped) return false;
        m_queuedBytes += bytesOf(item.message);
        m_queue.push_back(std::move(item));
    }
    wake();
    return true;
}

void MailImportRun::wake() {
    if (!m_isWoken.exchange(true)) QMetaObject::invokeMethod(this, &MailImportRun::write, Qt::QueuedConnection);
}

void MailImportRun::write() {
    m_isWoken = false;
    if (m_isOver) return;
    const auto written = writeSome();
    Q_EMIT rowsChanged();
    std::optional<Error> error;
    {
        const std::lock_guard lock(m_mutex);
        if (written && !m_queue.empty()) return wake();
        if (written && !m_readResult) return;
        if (!written)
            error = written.error();
        else if (!*m_readResult)
            error = m_readResult->error();
    }
    m_isOver = true;
    Q_EMIT finished(m_batch.counts(), error);
}

Result<void> MailImportRun::writeSome() {
    QElapsedTimer timer;
    timer.start();
    do {
        std::optional<Item> item;
        {
            const std::lock_guard lock(m_mutex);
            if (m_queue.empty()) break;
            item = std::move(m_queue.front());
            m_queue.pop_front();
            m_queuedBytes -= bytesOf(item->message);
        }
        m_changed.notify_all();
        AIVA_CHECK(m_batch.add(item->fileName, item->message));
    } while (timer.elapsed() < kSliceMs && !m_pace.isHurried());
    return m_batch.commit();
}

} // namespace aiva
