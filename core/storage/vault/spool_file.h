// SpoolFile: the sealed frames of one spool on disk, written and read whole. Used by SpoolWriter, SpoolReader and the
// change of key.
//   header:         "AIVASPL1" | salt 16 | nonce 12 | tag 16, authenticating the file name as well
//   frames, each:   nonce 12 | tag 16 | ciphertext; 65 536 plain bytes, bound to its index
//   The last frame is shorter (it may be empty): a file that ends in a full frame was not closed, or was cut.
// Frame key = HKDF(workspace key, salt, "aiva spool 1").
#pragma once

#include "core/storage/vault/authenticated_cipher.h"

#include <QFile>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>

namespace aiva {

class SpoolFile {
public:
    static constexpr int frameSize = 64 * 1024;
    static constexpr int sealedFrameSize = frameSize + AuthenticatedCipher::overhead;
    static constexpr int headerSize = 52;

    // HKDF of the workspace key for the file's salt.
    using KeySource = std::function<Result<KeyBytes>(const QByteArray& salt)>;

    // Invalid when `name` could not be a file name on every system.
    static Result<QString> pathOf(const QString& spoolDir, const QString& name);
    // Of every spool that lies there.
    static QStringList namesIn(const QString& spoolDir);
    static Result<std::unique_ptr<SpoolFile>> create(const QString& path, const KeySource& keySource);
    enum class Access { Read, ReadWrite };
    // NotFound; DamagedFile when the header does not open with this key.
    static Result<std::unique_ptr<SpoolFile>> open(const QString& path, const KeySource& keySource, Access access);

    // What the size of the file says is there; nothing of it authenticated yet.
    struct Extent {
        qint64 fullFrames = 0;
        int rest = -1; // plain bytes of the short last frame; negative: there is none, or it is torn
    };
    Extent extent() const;

    // `size` plain bytes of frame `index`. DamagedFile.
    Result<void> read(qint64 index, char* plain, int size);
    // Several full frames with one read.
    Result<void> readFull(qint64 index, int count, char* plain);
    // DiskFull.
    Result<void> write(qint64 index, const char* plain, int size);
    // Cuts the file behind `fullFrames`.
    Result<void> cut(qint64 fullFrames);
    // Cuts the file behind the short frame just written and brings it to the disk.
    Result<void> finish(qint64 index, int size);
    Result<void> sync();

private:
    explicit SpoolFile(const QString& path) : m_file(path) {}
    Result<void> useKey(const QByteArray& salt, const KeySource& keySource);
    QByteArray headerContext(const QByteArray& salt) const;

    QFile m_file;
    AuthenticatedCipher m_cipher;
    QByteArray m_sealed;
};

} // namespace aiva
