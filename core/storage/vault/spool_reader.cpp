#include "core/storage/vault/spool.h"

#include "core/storage/vault/spool_copy.h"
#include "core/storage/vault/spool_file.h"

#include <QFile>

#include <algorithm>
#include <cstring>
#include <vector>

namespace aiva {

using namespace Qt::StringLiterals;

static constexpr size_t kPaddingSpool = 64; // readable behind every line, for simdjson
static constexpr int kFramesAtOnce = 4;

class SpoolReader::Private {
public:
    std::unique_ptr<SpoolFile> file;
    SpoolFile::Extent extent;
    qint64 nextFrame = 0;
    bool isAtEnd = false; // the short frame was read

    // Plain bytes [begin, end) of `buffer` are read but not delivered; `scanned` of them hold no newline.
    std::vector<char> buffer;
    size_t begin = 0;
    size_t end = 0;
    size_t scanned = 0;
    qint64 offset = 0; // of `begin` in the plain stream

    Result<void> fill();
    void makeRoom(size_t count);
    void drop(size_t count);
    Result<bool> deliverRest(Line& line);
    Result<bool> skipLongLine(Line& line);
};

void SpoolReader::Private::drop(size_t count) {
    begin += count;
    offset += static_cast<qint64>(count);
    scanned = 0;
}

void SpoolReader::Private::makeRoom(size_t count) {
    if (begin > 0) {
        std::memmove(buffer.data(), buffer.data() + begin, end - begin);
        end -= begin;
        begin = 0;
    }
    if (buffer.size() < end + count + kPaddingSpool) buffer.resize(end + count + kPaddingSpool);
}

Result<void> SpoolReader::Private::fill() {
    if (nextFrame < extent.fullFrames) {
        const auto count = static_cast<int>(std::min<qint64>(kFramesAtOnce, extent.fullFrames - nextFrame));
        makeRoom(static_cast<size_t>(count) * SpoolFile::frameSize);
        AIVA_CHECK(file->readFull(nextFrame, count, buffer.data() + end));
        nextFrame += count;
        end += static_cast<size_t>(count) * SpoolFile::frameSize;
        return {};
    }
    if (extent.rest < 0)
        return Error{ErrorKind::Storage, u"the spool is damaged: it has no end"_s, ErrorCause::DamagedFile};
    makeRoom(static_cast<size_t>(extent.rest));
    AIVA_CHECK(file->read(nextFrame, buffer.data() + end, extent.rest));
    end += static_cast<size_t>(extent.rest);
    isAtEnd = true;
    return {};
}

Result<bool> SpoolReader::Private::deliverRest(Line& line) {
    if (begin == end) return false;
    line.isTorn = true;
    line.text = end - begin > maxLine ? std::string_view() : std::string_view(buffer.data() + begin, end - begin);
    drop(end - begin);
    line.nextOffset = offset;
    return true;
}

// Forgets the line as it comes, so that memory stays what it is.
Result<bool> SpoolReader::Private::skipLongLine(Line& line) {
    line.isTorn = true;
    line.text = {};
    for (;;) {
        const char* start = buffer.data() + begin;
        if (const void* newline = std::memchr(start, '\n', end - begin)) {
            drop(static_cast<size_t>(static_cast<const char*>(newline) - start) + 1);
            break;
        }
        drop(end - begin);
        if (isAtEnd) break;
        AIVA_CHECK(fill());
    }
    line.nextOffset = offset;
    return true;
}

SpoolReader::SpoolReader(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

SpoolReader::~SpoolReader() = default;

Result<std::unique_ptr<SpoolReader>> SpoolReader::open(const Workspace& workspace, const QString& name, qint64 offset) {
    AIVA_TRY(const QString path, SpoolFile::pathOf(workspace.spoolDir(), name));
    const auto keySource = [&](const QByteArray& salt) { return workspace.deriveKey(kSpoolPurpose, salt); };
    auto priv = std::make_unique<Private>();
    AIVA_TRY(priv->file, SpoolFile::open(path, keySource, SpoolFile::Access::Read));
    priv->extent = priv->file->extent();
    const qint64 size = priv->extent.fullFrames * SpoolFile::frameSize + std::max(0, priv->extent.rest);
    if (offset < 0 || offset > size)
        return Error{ErrorKind::Invalid, u"offset %1 lies outside the spool of %2 bytes"_s.arg(offset).arg(size)};
    priv->nextFrame = offset / SpoolFile::frameSize;
    priv->offset = priv->nextFrame * SpoolFile::frameSize;
    AIVA_CHECK(priv->fill());
    priv->drop(static_cast<size_t>(offset - priv->offset));
    return std::unique_ptr<SpoolReader>(new SpoolReader(std::move(priv)));
}

Result<bool> SpoolReader::next(Line& line) {
    for (;;) {
        const char* start = d->buffer.data() + d->begin;
        const size_t available = d->end - d->begin;
        if (const void* newline = std::memchr(start + d->scanned, '\n', available - d->scanned)) {
            const auto length = static_cast<size_t>(static_cast<const char*>(newline) - start);
            line.isTorn = length > maxLine;
            line.text = line.isTorn ? std::string_view() : std::string_view(start, length);
            d->drop(length + 1);
            line.nextOffset = d->offset;
            return true;
        }
        d->scanned = available;
        if (d->isAtEnd) return d->deliverRest(line);
        if (available > maxLine) return d->skipLongLine(line);
        AIVA_CHECK(d->fill());
    }
}

Result<void> SpoolReader::remove(const Workspace& workspace, const QString& name) {
    AIVA_TRY(const QString path, SpoolFile::pathOf(workspace.spoolDir(), name));
    if (!QFile::exists(path) || QFile::remove(path)) return {};
    return Error{ErrorKind::Storage, u"the spool cannot be removed"_s, ErrorCause::ReadOnlyDisk};
}

} // namespace aiva
