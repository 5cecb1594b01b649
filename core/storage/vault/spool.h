// Spool: a downloaded bulk file kept encrypted on disk while it is read: 64 KiB frames sealed with AES-256-GCM under a
// subkey of the workspace key, each bound to its place. Survives kill -9: reopening finds the whole frames and cuts a
// torn one. A writer and a reader live on one thread each; a spool has one writer.
#pragma once

#include "core/base/result.h"
#include "core/ports/store_port.h"
#include "core/storage/workspace/workspace.h"

#include <memory>

namespace aiva {

class SpoolWriter final : public ByteSink {
public:
    // Opens or continues; size() plain bytes are already there. Bytes of an unfinished frame (less than 64 KiB) are in
    // memory until it is full or close(): after a kill, size() says where to go on. DamagedFile, DiskFull, Invalid
    // name.
    static Result<std::unique_ptr<SpoolWriter>> open(const Workspace& workspace, const QString& name);
    ~SpoolWriter() override;
    qint64 size() const;
    Result<void> accept(QByteArrayView bytes) override;
    // Seals the last short frame and syncs; the spool is then complete.
    Result<void> close();

private:
    class Private;
    explicit SpoolWriter(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

class SpoolReader {
public:
    static constexpr size_t maxLine = 16 * 1024 * 1024;

    // NotFound; Invalid when `offset` is behind the end; DamagedFile, also when the writer never closed it.
    static Result<std::unique_ptr<SpoolReader>> open(const Workspace& workspace, const QString& name, qint64 offset);
    ~SpoolReader();
    // The next line without its newline, valid until the next call; 64 bytes are readable behind it (simdjson). False
    // at the end. A last line without newline is delivered with `isTorn`. Lines above maxLine bytes are skipped: torn,
    // and without text. DamagedFile when a frame does not authenticate.
    struct Line {
        std::string_view text;
        qint64 nextOffset = 0; // plain offset just behind this line: a checkpoint
        bool isTorn = false;
    };
    Result<bool> next(Line& line);
    // Absent is fine.
    static Result<void> remove(const Workspace& workspace, const QString& name);

private:
    class Private;
    explicit SpoolReader(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
