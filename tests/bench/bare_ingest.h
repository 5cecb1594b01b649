// The bare SQLite C API as a peer: the same files, the same decoder, the same schema with its full-text index, written
// by prepared statements in one transaction to a plain file, with nothing of ours in between.
#pragma once

#include "core/ports/store_port.h"

#include <QString>

namespace aiva::bench {

struct IngestFigure {
    qint64 lines = 0;
    double seconds = 0;
};

IngestFigure bareIngest(const QString& schemaFile, const QString& customers, const QString& orders, const QString& out,
                        const std::function<std::unique_ptr<BulkDecoder>(Resource)>& decoders);

} // namespace aiva::bench
