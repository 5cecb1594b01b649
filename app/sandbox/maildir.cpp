#include "app/sandbox/maildir.h"

#include "app/sandbox/mail/mailbox.h"

#include <QDir>
#include <QFile>

using namespace Qt::StringLiterals;

namespace aiva {
namespace {

using sandbox::Letter;

constexpr qint64 kUnseenMs = 25LL * 60 * 1000;
constexpr qint64 kUnreadMs = 26LL * 3600 * 1000;

// Unread until somebody looked: what the shop has not answered since yesterday.
bool isUnread(const std::vector<Letter>& thread, std::size_t position, UtcTime now) {
    const Letter& letter = thread[position];
    const qint64 age = now.msSince(letter.date);
    const bool last = position + 1 == thread.size();
    // A third was opened and left for later; the newest nobody has seen yet.
    const bool opened = age > kUnseenMs && letter.messageId[0] % 3 == 0;
    return last && !letter.outgoing && age < kUnreadMs && !opened;
}

QString fileName(const std::vector<Letter>& thread, std::size_t position, bool unread) {
    const Letter& letter = thread[position];
    const QString name = u"%1.R%2.acme"_s.arg(letter.date.ms() / 1000)
                             .arg(QString::fromStdString(letter.messageId.substr(0, letter.messageId.find('@'))));
    if (unread) return u"new/"_s + name;
    const bool answered = position + 1 < thread.size() && !letter.outgoing && thread[position + 1].outgoing;
#ifdef Q_OS_WIN
    const QString separator = u";2,"_s; // a colon cannot be part of a file name there
#else
    const QString separator = u":2,"_s;
#endif
    return u"cur/"_s + name + separator + (answered ? u"RS"_s : u"S"_s);
}

Result<void> writeLetter(const QDir& directory, const QString& name, const Letter& letter) {
    QFile file(directory.filePath(name));
    const std::string bytes = sandbox::mailBytes(letter);
    const auto size = static_cast<qint64>(bytes.size());
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes.data(), size) != size || !file.flush())
        return Error{ErrorKind::Storage, u"cannot write "_s + file.fileName()};
    return {};
}

} // namespace

Result<qint64> writeMaildir(const SandboxOptions& options, const QString& directory) {
    const QDir root(directory);
    for (const QString& folder : {u"cur"_s, u"new"_s, u"tmp"_s})
        if (!root.mkpath(folder)) return Error{ErrorKind::Storage, u"cannot create "_s + root.filePath(folder)};
    const sandbox::World world(options);
    const sandbox::MailWriter writer(world, options);
    qint64 count = 0;
    Result<void> outcome;
    writer.write([&](const std::vector<Letter>& thread) {
        for (std::size_t i = 0; i < thread.size() && outcome; ++i) {
            outcome = writeLetter(root, fileName(thread, i, isUnread(thread, i, world.now())), thread[i]);
            if (outcome) ++count;
        }
        return outcome.has_value();
    });
    if (!outcome) return outcome.error();
    return count;
}

} // namespace aiva
