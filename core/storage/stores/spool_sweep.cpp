#include "core/storage/stores/spool_sweep.h"

#include "core/base/log.h"
#include "core/domain/ids.h"
#include "core/storage/vault/spool.h"
#include "core/storage/vault/spool_file.h"

namespace aiva {

// A checkpoint outlives the job that gave its file the name, when another job goes on with it.
static constexpr std::string_view kIsSpoolKnown = R"sql(
SELECT EXISTS (SELECT 1 FROM sync_jobs WHERE id = ?1)
OR EXISTS (SELECT 1 FROM sync_checkpoints WHERE json_extract(state, '$.spool') = ?2))sql";

Result<void> sweepSpools(const Workspace& workspace, Database& writer) {
    // The names first: a job is on the disk before its file is.
    const QStringList names = SpoolFile::namesIn(workspace.spoolDir());
    if (names.isEmpty()) return {};
    AIVA_TRY(Statement isKnown, writer.prepare(kIsSpoolKnown));
    for (const QString& name : names) {
        const SyncJobId job(name.section(u'-', 1, 1).toLongLong()); // "orders-17-1"
        AIVA_CHECK(isKnown.bind(1, job).bind(2, name).step());
        const bool isNobodys = isKnown.integer(0) == 0;
        isKnown.reset();
        if (isNobodys && !SpoolReader::remove(workspace, name))
            qCWarning(logStorage, "a spool file nobody knows could not be removed");
    }
    return {};
}

} // namespace aiva
