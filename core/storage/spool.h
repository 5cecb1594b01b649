// Spool: a downloaded bulk file kept encrypted on disk while it is read: 64 KiB frames sealed with AES-256-GCM under a
// subkey of the workspace key, each bound to its place. Survives kill -9: reopening finds the whole frames and cuts a
// torn one.
#pragma once

#include "core/base/result.h"
#include "core/ports/store_port.h"
#include "core/storage/workspace.h"

#include <memory>

namespace aiva {

class SpoolWriter final : public ByteSink {
public:
    // Opens or continues; size() plain bytes are already there.
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
    static Result<std::unique_ptr<SpoolReader>> open(const Workspace& workspace, const QString& name, qint64 offset);
    ~SpoolReader();
    // The next line without its newline; simdjson padding (64 bytes) is readable behind it. False at the end. A last
    // line without newline is delivered with `isTorn`. Lines above maxLine bytes are skipped and reported as torn.
    struct Line {
        std::string_view text;
        qint64 nextOffset = 0; // plain offset just behind this line: a checkpoint
        bool isTorn = false;
    };
    Result<bool> next(Line& line);
    static Result<void> remove(const Workspace& workspace, const QString& name);

private:
    class Private;
    explicit SpoolReader(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
