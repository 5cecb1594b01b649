#include "core/storage/vault/spool_file.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

#ifdef Q_OS_UNIX
#include <unistd.h>
#else
#include <io.h>
#endif

namespace aiva {

using namespace Qt::StringLiterals;

static constexpr QByteArrayView kMagicSpool = "AIVASPL1";
static constexpr int kSaltSize = 16;
static constexpr int kOverhead = AuthenticatedCipher::overhead;
static constexpr unsigned char kSpoolFrame = 32; // AuthenticatedCipher::Place::kind

static unsigned char* bytesOf(QByteArray& bytes) {
    return reinterpret_cast<unsigned char*>(bytes.data());
}

static Error damagedSpool(const QString& what) {
    return {ErrorKind::Storage, u"the spool is damaged: "_s + what, ErrorCause::DamagedFile};
}

static Error unwritable(const QFile& file) {
    const bool isFull = file.error() == QFileDevice::ResourceError || file.error() == QFileDevice::WriteError;
    return {ErrorKind::Storage, u"the spool cannot be written: "_s + file.errorString(),
            isFull ? ErrorCause::DiskFull : ErrorCause::ReadOnlyDisk};
}

Result<QString> SpoolFile::pathOf(const QString& spoolDir, const QString& name) {
    static const QRegularExpression plain(u"\\A[A-Za-z0-9][A-Za-z0-9._-]{0,99}\\z"_s);
    if (!plain.match(name).hasMatch()) return Error{ErrorKind::Invalid, u"not a name for a spool"_s};
    return QDir(spoolDir).filePath(name + u".spool"_s);
}

QStringList SpoolFile::namesIn(const QString& spoolDir) {
    QStringList names;
    for (const QString& file : QDir(spoolDir).entryList({u"*.spool"_s}, QDir::Files))
        names << file.chopped(6);
    return names;
}

QByteArray SpoolFile::headerContext(const QByteArray& salt) const {
    return kMagicSpool.toByteArray() + salt + QFileInfo(m_file.fileName()).fileName().toUtf8();
}

Result<void> SpoolFile::useKey(const QByteArray& salt, const KeySource& keySource) {
    AIVA_TRY(const KeyBytes key, keySource(salt));
    if (!m_cipher.setKey(key)) return Error{ErrorKind::Internal, u"the cipher cannot be set up"_s};
    m_sealed.resize(sealedFrameSize);
    return {};
}

Result<std::unique_ptr<SpoolFile>> SpoolFile::create(const QString& path, const KeySource& keySource) {
    std::unique_ptr<SpoolFile> spool(new SpoolFile(path));
    AIVA_TRY(const QByteArray salt, randomBytes(kSaltSize));
    AIVA_CHECK(spool->useKey(salt, keySource));
    unsigned char nonceAndTag[kOverhead];
    if (!spool->m_cipher.seal(spool->headerContext(salt), nullptr, 0, nullptr, nonceAndTag))
        return Error{ErrorKind::Internal, u"the spool's header cannot be sealed"_s};
    QByteArray header =
        kMagicSpool.toByteArray() + salt + QByteArray(reinterpret_cast<const char*>(nonceAndTag), kOverhead);
    QFile& file = spool->m_file;
    if (!file.open(QIODevice::ReadWrite | QIODevice::Truncate | QIODevice::Unbuffered) ||
        !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) || file.write(header) != headerSize)
        return unwritable(file);
    return spool;
}

Result<std::unique_ptr<SpoolFile>> SpoolFile::open(const QString& path, const KeySource& keySource, Access access) {
    std::unique_ptr<SpoolFile> spool(new SpoolFile(path));
    QFile& file = spool->m_file;
    if (!file.exists()) return Error{ErrorKind::NotFound, u"there is no such spool"_s};
    const auto mode = access == Access::Read ? QIODevice::ReadOnly : QIODevice::ReadWrite;
    if (!file.open(mode | QIODevice::Unbuffered)) return unwritable(file);
    const QByteArray header = file.read(headerSize);
    if (header.size() != headerSize || !header.startsWith(kMagicSpool)) return damagedSpool(u"it has no header"_s);
    const QByteArray salt = header.mid(kMagicSpool.size(), kSaltSize);
    AIVA_CHECK(spool->useKey(salt, keySource));
    const auto* nonceAndTag =
        reinterpret_cast<const unsigned char*>(header.constData()) + kMagicSpool.size() + kSaltSize;
    if (!spool->m_cipher.open(spool->headerContext(salt), nullptr, 0, nonceAndTag, nullptr))
        return damagedSpool(u"it does not open with this workspace's key"_s);
    return spool;
}

SpoolFile::Extent SpoolFile::extent() const {
    const qint64 sealed = m_file.size() - headerSize;
    Extent extent;
    extent.fullFrames = sealed / sealedFrameSize;
    extent.rest = static_cast<int>(sealed % sealedFrameSize) - kOverhead;
    return extent;
}

Result<void> SpoolFile::read(qint64 index, char* plain, int size) {
    const qint64 start = headerSize + index * sealedFrameSize;
    const qint64 wanted = size + kOverhead;
    if (!m_file.seek(start) || m_file.read(m_sealed.data(), wanted) != wanted)
        return damagedSpool(u"frame %1 is not whole"_s.arg(index));
    const auto* sealed = bytesOf(m_sealed);
    if (!m_cipher.open({kSpoolFrame, static_cast<quint64>(index)}, sealed + kOverhead, size, sealed,
                       reinterpret_cast<unsigned char*>(plain)))
        return damagedSpool(u"frame %1 does not authenticate"_s.arg(index));
    return {};
}

Result<void> SpoolFile::readFull(qint64 index, int count, char* plain) {
    const qint64 wanted = qint64(count) * sealedFrameSize;
    if (m_sealed.size() < wanted) m_sealed.resize(wanted);
    if (!m_file.seek(headerSize + index * sealedFrameSize) || m_file.read(m_sealed.data(), wanted) != wanted)
        return damagedSpool(u"frame %1 is not whole"_s.arg(index));
    for (int i = 0; i < count; ++i) {
        const auto* sealed = bytesOf(m_sealed) + qint64(i) * sealedFrameSize;
        auto* out = reinterpret_cast<unsigned char*>(plain) + qint64(i) * frameSize;
        const AuthenticatedCipher::Place place{kSpoolFrame, static_cast<quint64>(index + i)};
        if (!m_cipher.open(place, sealed + kOverhead, frameSize, sealed, out))
            return damagedSpool(u"frame %1 does not authenticate"_s.arg(index + i));
    }
    return {};
}

Result<void> SpoolFile::write(qint64 index, const char* plain, int size) {
    auto* sealed = bytesOf(m_sealed);
    if (!m_cipher.seal({kSpoolFrame, static_cast<quint64>(index)}, reinterpret_cast<const unsigned char*>(plain), size,
                       sealed + kOverhead, sealed))
        return Error{ErrorKind::Internal, u"a frame cannot be sealed"_s};
    const qint64 length = size + kOverhead;
    if (!m_file.seek(headerSize + index * sealedFrameSize) || m_file.write(m_sealed.constData(), length) != length)
        return unwritable(m_file);
    return {};
}

Result<void> SpoolFile::cut(qint64 fullFrames) {
    if (!m_file.resize(headerSize + fullFrames * sealedFrameSize)) return unwritable(m_file);
    return {};
}

Result<void> SpoolFile::finish(qint64 index, int size) {
    if (!m_file.resize(headerSize + index * sealedFrameSize + kOverhead + size)) return unwritable(m_file);
    return sync();
}

Result<void> SpoolFile::sync() {
#ifdef Q_OS_UNIX
    const bool isDurable = ::fsync(m_file.handle()) == 0;
#else
    const bool isDurable = ::_commit(m_file.handle()) == 0;
#endif
    if (!isDurable) return Error{ErrorKind::Storage, u"the spool cannot be synced"_s, ErrorCause::DiskFull};
    return {};
}

} // namespace aiva
