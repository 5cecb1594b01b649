#include "core/storage/vault/spool_copy.h"

#include "core/base/log.h"
#include "core/storage/vault/spool_file.h"
#include "core/storage/workspace/workspace_files.h"

#include <QDir>

#include <vector>

namespace aiva {

using namespace Qt::StringLiterals;

static SpoolFile::KeySource under(const KeyBytes& key) {
    return [&key](const QByteArray& salt) { return key.derive(kSpoolPurpose, salt); };
}

static Result<void> copyFrames(SpoolFile& source, SpoolFile& target) {
    std::vector<char> frame(SpoolFile::frameSize);
    const SpoolFile::Extent extent = source.extent();
    for (qint64 index = 0; index < extent.fullFrames; ++index) {
        AIVA_CHECK(source.read(index, frame.data(), SpoolFile::frameSize));
        AIVA_CHECK(target.write(index, frame.data(), SpoolFile::frameSize));
    }
    if (extent.rest < 0) return target.sync();
    AIVA_CHECK(source.read(extent.fullFrames, frame.data(), extent.rest));
    AIVA_CHECK(target.write(extent.fullFrames, frame.data(), extent.rest));
    return target.finish(extent.fullFrames, extent.rest);
}

static Result<void> copySpool(const QString& from, const QString& to, const KeyBytes& oldKey, const KeyBytes& newKey) {
    AIVA_TRY(const auto source, SpoolFile::open(from, under(oldKey), SpoolFile::Access::Read));
    AIVA_TRY(const auto target, SpoolFile::create(to, under(newKey)));
    return copyFrames(*source, *target);
}

Result<void> resealSpools(const QString& fromDir, const QString& toDir, const KeyBytes& oldKey,
                          const KeyBytes& newKey) {
    if (!QDir(fromDir).exists()) return {};
    AIVA_CHECK(makePrivateFolder(toDir));
    const QStringList names = QDir(fromDir).entryList({u"*.spool"_s}, QDir::Files);
    for (const QString& name : names) {
        const QString to = QDir(toDir).filePath(name);
        const auto copied = copySpool(QDir(fromDir).filePath(name), to, oldKey, newKey);
        if (copied) continue;
        if (copied.error().cause != ErrorCause::DamagedFile) return copied;
        qCWarning(logStorage) << "a damaged spool is left behind:" << copied.error().detail;
        QFile::remove(to);
    }
    syncFolderOf(QDir(toDir).filePath(u"."_s));
    return {};
}

} // namespace aiva
