#include "core/adapters/secrets/key_file.h"

#include <QFile>
#include <QFileInfo>

#include <openssl/rand.h>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace aiva {

using namespace Qt::StringLiterals;

static constexpr qint64 kKeySize = 32;

static Result<void> checkPrivate(const QFileInfo& info) {
#ifdef Q_OS_UNIX
    constexpr auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ExeGroup |
                            QFileDevice::ReadOther | QFileDevice::WriteOther | QFileDevice::ExeOther;
    if (info.permissions() & others)
        return Error{ErrorKind::Refused, u"other users can read the key file %1: chmod 600 it"_s.arg(info.filePath())};
    if (info.ownerId() != ::geteuid() && ::geteuid() != 0)
        return Error{ErrorKind::Refused, u"the key file %1 belongs to another user"_s.arg(info.filePath())};
#else
    Q_UNUSED(info); // profile folders are private there, and modes say nothing
#endif
    return {};
}

Result<SecretString> readKeyFile(const QString& path) {
    const QFileInfo info(path);
    if (!info.exists()) return Error{ErrorKind::NotFound, u"there is no key file %1"_s.arg(path)};
    if (!info.isFile()) return Error{ErrorKind::Invalid, u"%1 is not a file"_s.arg(path)};
    AIVA_CHECK(checkPrivate(info));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return Error{ErrorKind::Storage, u"the key file %1 cannot be read: %2"_s.arg(path, file.errorString())};
    // One byte more than a key shows a file that is too long.
    QByteArray bytes = file.read(kKeySize + 1);
    const bool isKey = bytes.size() == kKeySize;
    SecretString key = SecretString::takeFrom(bytes);
    if (!isKey) return Error{ErrorKind::Invalid, u"the key file %1 does not hold exactly 32 bytes"_s.arg(path)};
    return key;
}

Result<SecretString> createKeyFile(const QString& path) {
    if (QFileInfo::exists(path)) return Error{ErrorKind::Conflict, u"there is a file already: %1"_s.arg(path)};
    QByteArray bytes(kKeySize, Qt::Uninitialized);
    if (RAND_priv_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(bytes.size())) != 1)
        return Error{ErrorKind::Internal, u"the system gives no random bytes"_s};
    QFile file(path);
    // Private before the key is in it.
    bool written = file.open(QIODevice::WriteOnly | QIODevice::NewOnly | QIODevice::Unbuffered) &&
                   file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) &&
                   file.write(bytes) == kKeySize;
#ifdef Q_OS_UNIX
    written = written && ::fsync(file.handle()) == 0;
#endif
    SecretString key = SecretString::takeFrom(bytes);
    if (written) return key;
    const QString why = file.errorString();
    if (file.isOpen()) file.remove(); // a partial key would only mislead
    return Error{ErrorKind::Storage, u"the key file %1 cannot be written: %2"_s.arg(path, why)};
}

} // namespace aiva
