#include "core/storage/workspace/workspace_files.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <filesystem>
#include <system_error>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <unistd.h>
#endif

namespace aiva {

using namespace Qt::StringLiterals;

WorkspaceFiles WorkspaceFiles::ofBackup(const QString& file) {
    const QString path = QFileInfo(file).absoluteFilePath();
    return {path,
            path,
            path + u".key.json"_s,
            path + u".spool"_s,
            path + u".creating"_s,
            path + u".rekey"_s,
            path + u".spool.rekey"_s};
}

WorkspaceFiles WorkspaceFiles::at(const QString& dirOrBackup) {
    const QFileInfo info(dirOrBackup);
    if (info.isFile()) return ofBackup(dirOrBackup);
    const QDir dir(info.absoluteFilePath());
    return {dir.path(),
            dir.filePath(u"aiva.db"_s),
            dir.filePath(u"key.json"_s),
            dir.filePath(u"spool"_s),
            dir.filePath(u"aiva.db.creating"_s),
            dir.filePath(u"aiva.db.rekey"_s),
            dir.filePath(u"spool.rekey"_s)};
}

Result<void> renameOver(const QString& from, const QString& to) {
    std::error_code error;
    std::filesystem::rename(std::filesystem::path(from.toStdU16String()), std::filesystem::path(to.toStdU16String()),
                            error);
    if (!error) return {};
    const bool isFull = error == std::errc::no_space_on_device;
    return Error{ErrorKind::Storage, u"cannot rename to %1: %2"_s.arg(to, QString::fromStdString(error.message())),
                 isFull ? ErrorCause::DiskFull : ErrorCause::ReadOnlyDisk};
}

void removeDatabase(const QString& path) {
    for (const QString& suffix : {u""_s, u"-wal"_s, u"-shm"_s})
        QFile::remove(path + suffix);
}

void syncFolderOf(const QString& path) {
#ifdef Q_OS_UNIX
    const QByteArray folder = QFile::encodeName(QFileInfo(path).absolutePath());
    const int descriptor = ::open(folder.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return;
    ::fsync(descriptor);
    ::close(descriptor);
#else
    Q_UNUSED(path);
#endif
}

Result<void> checkWritable(const WorkspaceFiles& files) {
    const QString folder = QFileInfo(files.database).absolutePath();
    for (const QString& path : {folder, files.database, files.keyRecord}) {
        const QFileInfo info(path);
        if (info.exists() && !info.isWritable())
            return Error{ErrorKind::Storage, u"cannot be written: "_s + path, ErrorCause::ReadOnlyDisk};
    }
    return {};
}

Result<void> makePrivateFolder(const QString& dir) {
    constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner;
    const QDir folder(dir);
    const bool isOurs = !folder.exists() || folder.isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    if (!QDir().mkpath(dir) || (isOurs && !QFile::setPermissions(dir, ownerOnly)))
        return Error{ErrorKind::Storage, u"cannot make the folder "_s + dir, ErrorCause::ReadOnlyDisk};
    return {};
}

} // namespace aiva
