#include "core/adapters/mail/files/mail_file_reader.h"

#include "core/adapters/mail/files/mail_file_list.h"
#include "core/adapters/mail/files/mbox_splitter.h"
#include "core/adapters/mail/mime/mail_decoder.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QThread>

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

struct Decoded {
    QString fileName;
    Result<MessageRecord> message;
    qint64 weight = 0; // bytes it came from
};

// Hands decoded mails from the decoding thread to the caller's, in order, bounded in number and bytes.
class Channel {
public:
    // Blocks while full. False when the receiver gave up.
    bool send(Decoded decoded) {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_stopped || m_queue.empty() || (m_queue.size() < 64 && m_weight < kMost); });
        if (m_stopped) return false;
        m_weight += decoded.weight;
        m_queue.push_back(std::move(decoded));
        m_changed.notify_all();
        return true;
    }
    void finish() {
        const std::lock_guard lock(m_mutex);
        m_finished = true;
        m_changed.notify_all();
    }
    // Absent at the end.
    std::optional<Decoded> receive() {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_finished || !m_queue.empty(); });
        if (m_queue.empty()) return std::nullopt;
        Decoded decoded = std::move(m_queue.front());
        m_queue.pop_front();
        m_weight -= decoded.weight;
        m_changed.notify_all();
        return decoded;
    }
    void stop() {
        const std::lock_guard lock(m_mutex);
        m_stopped = true;
        m_changed.notify_all();
    }

private:
    static constexpr qint64 kMost = 16LL * 1024 * 1024;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Decoded> m_queue;
    qint64 m_weight = 0;
    bool m_finished = false;
    bool m_stopped = false;
};

Error tooLarge() {
    return {ErrorKind::Invalid, u"message too large"_s};
}

UtcTime fileTimeOf(const QString& file) {
    return UtcTime(QFileInfo(file).lastModified().toMSecsSinceEpoch());
}

void decodeMbox(const MailFileList& list, const QString& path, Channel& channel) {
    QFile file(path);
    const QString name = QDir(list.root).relativeFilePath(path);
    if (!file.open(QIODevice::ReadOnly)) {
        channel.send({name, Error{ErrorKind::NotFound, u"mail file cannot be read"_s}, 0});
        return;
    }
    const MailLimits limits;
    const UtcTime fileTime = fileTimeOf(path);
    MboxSplitter splitter(file, limits.messageBytes);
    for (qint64 number = 1; auto message = splitter.next(); ++number) {
        const QString messageName = u"%1#%2"_s.arg(name).arg(number);
        Result<MessageRecord> decoded =
            message->isTooLarge ? Result<MessageRecord>(tooLarge()) : decodeMail(message->raw, fileTime, limits);
        if (!channel.send({messageName, std::move(decoded), message->raw.size()})) return;
    }
}

Result<MessageRecord> decodeFile(const QString& path) {
    const MailLimits limits;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return Error{ErrorKind::NotFound, u"mail file cannot be read"_s};
    if (file.size() > limits.messageBytes) return tooLarge();
    QByteArray raw = file.read(limits.messageBytes + 1);
    if (raw.startsWith("\xEF\xBB\xBF")) raw.remove(0, 3);
    return decodeMail(raw, fileTimeOf(path), limits);
}

void decodeFiles(const MailFileList& list, Channel& channel) {
    const QDir root(list.root);
    for (const QString& path : list.files) {
        if (list.layout == MailFileList::Layout::Mbox) {
            decodeMbox(list, path, channel);
            continue;
        }
        if (!channel.send({root.relativeFilePath(path), decodeFile(path), QFileInfo(path).size()})) break;
    }
    channel.finish();
}

} // namespace

Result<void> MailFileReader::read(const QString& path, const Handler& handler) {
    AIVA_TRY(const MailFileList list, listMailFiles(path));
    Channel channel;
    const std::unique_ptr<QThread> decoder(QThread::create([&] { decodeFiles(list, channel); }));
    decoder->setObjectName(u"mail decoder"_s);
    decoder->setStackSize(kMailDecoderStackBytes);
    decoder->start();
    while (std::optional<Decoded> decoded = channel.receive())
        if (!handler(decoded->fileName, std::move(decoded->message))) break;
    channel.stop();
    decoder->wait();
    return {};
}

} // namespace aiva
