#include "core/storage/vault/spool.h"

#include "core/storage/vault/spool_copy.h"
#include "core/storage/vault/spool_file.h"
#include "core/storage/workspace/workspace_files.h"

#include <QFileInfo>

#include <algorithm>
#include <vector>

namespace aiva {

using namespace Qt::StringLiterals;

class SpoolWriter::Private {
public:
    std::unique_ptr<SpoolFile> file;
    qint64 fullFrames = 0;
    std::vector<char> tail = std::vector<char>(SpoolFile::frameSize); // of the frame being filled
    int tailSize = 0;
    bool isClosed = false;
    bool isBroken = false; // a write failed: what lies behind the last full frame is unknown

    Result<void> findEnd();
    Result<void> writeFrame();
};

// Whole frames from the front, then the short one if the spool was closed. What does not authenticate at the end was
// torn by a kill or a power failure and is cut off; the download goes on from there.
Result<void> SpoolWriter::Private::findEnd() {
    const SpoolFile::Extent extent = file->extent();
    fullFrames = extent.fullFrames;
    if (extent.rest >= 0) {
        if (file->read(fullFrames, tail.data(), extent.rest)) {
            tailSize = extent.rest;
            return {};
        }
    }
    while (fullFrames > 0 && !file->read(fullFrames - 1, tail.data(), SpoolFile::frameSize))
        --fullFrames;
    return file->cut(fullFrames);
}

Result<void> SpoolWriter::Private::writeFrame() {
    auto written = file->write(fullFrames, tail.data(), tailSize);
    if (!written) isBroken = true;
    return written;
}

SpoolWriter::SpoolWriter(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

SpoolWriter::~SpoolWriter() = default;

Result<std::unique_ptr<SpoolWriter>> SpoolWriter::open(const Workspace& workspace, const QString& name) {
    AIVA_TRY(const QString path, SpoolFile::pathOf(workspace.spoolDir(), name));
    AIVA_CHECK(makePrivateFolder(workspace.spoolDir()));
    const auto keySource = [&](const QByteArray& salt) { return workspace.deriveKey(kSpoolPurpose, salt); };
    auto priv = std::make_unique<Private>();
    // Shorter than its header: killed while it was made, nothing in it yet.
    if (QFileInfo(path).size() < SpoolFile::headerSize) {
        AIVA_TRY(priv->file, SpoolFile::create(path, keySource));
    } else {
        AIVA_TRY(priv->file, SpoolFile::open(path, keySource, SpoolFile::Access::ReadWrite));
        AIVA_CHECK(priv->findEnd());
    }
    return std::unique_ptr<SpoolWriter>(new SpoolWriter(std::move(priv)));
}

qint64 SpoolWriter::size() const {
    return d->fullFrames * SpoolFile::frameSize + d->tailSize;
}

Result<void> SpoolWriter::accept(QByteArrayView bytes) {
    if (d->isClosed || d->isBroken)
        return Error{ErrorKind::Internal, u"written to a spool that is closed or has failed"_s};
    while (!bytes.isEmpty()) {
        const auto count = std::min<qsizetype>(SpoolFile::frameSize - d->tailSize, bytes.size());
        std::copy_n(bytes.data(), count, d->tail.data() + d->tailSize);
        d->tailSize += static_cast<int>(count);
        bytes = bytes.sliced(count);
        if (d->tailSize < SpoolFile::frameSize) continue;
        AIVA_CHECK(d->writeFrame());
        ++d->fullFrames;
        d->tailSize = 0;
    }
    return {};
}

Result<void> SpoolWriter::close() {
    if (d->isClosed) return {};
    if (d->isBroken) return Error{ErrorKind::Storage, u"the spool has failed before"_s, ErrorCause::DiskFull};
    AIVA_CHECK(d->writeFrame());
    AIVA_CHECK(d->file->finish(d->fullFrames, d->tailSize));
    d->isClosed = true;
    return {};
}

} // namespace aiva
