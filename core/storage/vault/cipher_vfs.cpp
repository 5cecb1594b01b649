#include "core/storage/vault/cipher_vfs.h"

#include "core/storage/vault/cipher_vfs_file.h"

#include <QDir>
#include <QFile>
#include <QUrl>

#include <cerrno>
#include <cstring>
#include <mutex>
#include <new>

namespace aiva {

using namespace Qt::StringLiterals;

int SealedFile::read(void* out, int amount, sqlite3_int64 offset) const {
    return m_file->pMethods->xRead(m_file, out, amount, offset);
}

int SealedFile::write(const void* in, int amount, sqlite3_int64 offset) const {
    const int code = m_file->pMethods->xWrite(m_file, in, amount, offset);
    if (code != SQLITE_IOERR_WRITE) return code;
    int lastErrno = 0;
    m_file->pMethods->xFileControl(m_file, SQLITE_FCNTL_LAST_ERRNO, &lastErrno);
    bool isFull = lastErrno == EFBIG || lastErrno == ENOSPC;
#ifdef EDQUOT
    isFull = isFull || lastErrno == EDQUOT;
#endif
    return isFull ? SQLITE_FULL : code;
}

int SealedFile::truncate(sqlite3_int64 size) const {
    return m_file->pMethods->xTruncate(m_file, size);
}

int SealedFile::size(sqlite3_int64* size) const {
    return m_file->pMethods->xFileSize(m_file, size);
}

namespace {

constexpr char kVfsName[] = "aiva-cipher";

// What SQLite allocates for a file of ours: this, and right behind it the handle of the VFS underneath.
struct Handle {
    sqlite3_file base;
    CipherFile* file;
};
static_assert(sizeof(Handle) % 8 == 0);

sqlite3_vfs* baseVfs = nullptr;

CipherFile& fileOf(sqlite3_file* handle) {
    return *reinterpret_cast<Handle*>(handle)->file;
}

sqlite3_file* underneath(sqlite3_file* handle) {
    return reinterpret_cast<sqlite3_file*>(reinterpret_cast<Handle*>(handle) + 1);
}

const sqlite3_io_methods& methods(sqlite3_file* handle) {
    return *underneath(handle)->pMethods;
}

int closeFile(sqlite3_file* handle) noexcept {
    delete reinterpret_cast<Handle*>(handle)->file;
    return methods(handle).xClose(underneath(handle));
}

int readFile(sqlite3_file* handle, void* out, int amount, sqlite3_int64 offset) noexcept {
    return fileOf(handle).read(static_cast<unsigned char*>(out), amount, offset);
}

int writeFile(sqlite3_file* handle, const void* in, int amount, sqlite3_int64 offset) noexcept {
    return fileOf(handle).write(static_cast<const unsigned char*>(in), amount, offset);
}

int truncateFile(sqlite3_file* handle, sqlite3_int64 size) noexcept {
    return fileOf(handle).truncate(size);
}

int syncFile(sqlite3_file* handle, int flags) noexcept {
    return methods(handle).xSync(underneath(handle), flags);
}

int fileSize(sqlite3_file* handle, sqlite3_int64* size) noexcept {
    return fileOf(handle).size(size);
}

int lockFile(sqlite3_file* handle, int level) noexcept {
    return methods(handle).xLock(underneath(handle), level);
}

int unlockFile(sqlite3_file* handle, int level) noexcept {
    return methods(handle).xUnlock(underneath(handle), level);
}

int checkReservedLock(sqlite3_file* handle, int* isReserved) noexcept {
    return methods(handle).xCheckReservedLock(underneath(handle), isReserved);
}

int controlFile(sqlite3_file* handle, int operation, void* argument) noexcept {
    switch (operation) {
    case SQLITE_FCNTL_SIZE_HINT: // sizes are plain, and growing by holes would look like damage
    case SQLITE_FCNTL_CHUNK_SIZE:
        return SQLITE_OK;
    case SQLITE_FCNTL_MMAP_SIZE: // a map would show ciphertext
        return SQLITE_NOTFOUND;
    default:
        break;
    }
    const int code = methods(handle).xFileControl(underneath(handle), operation, argument);
    if (operation == SQLITE_FCNTL_VFSNAME && code == SQLITE_OK) {
        char** name = static_cast<char**>(argument);
        *name = sqlite3_mprintf("%s/%z", kVfsName, *name);
    }
    return code;
}

int sectorSize(sqlite3_file* handle) noexcept {
    return methods(handle).xSectorSize(underneath(handle));
}

// Atomic batches, atomic writes and partial page reads would not hold for what is really written.
int deviceCharacteristics(sqlite3_file* handle) noexcept {
    return methods(handle).xDeviceCharacteristics(underneath(handle)) &
           (SQLITE_IOCAP_POWERSAFE_OVERWRITE | SQLITE_IOCAP_UNDELETABLE_WHEN_OPEN);
}

int mapIndex(sqlite3_file* handle, int region, int size, int extend, void volatile** memory) noexcept {
    return methods(handle).xShmMap(underneath(handle), region, size, extend, memory);
}

int lockIndex(sqlite3_file* handle, int offset, int count, int flags) noexcept {
    return methods(handle).xShmLock(underneath(handle), offset, count, flags);
}

void indexBarrier(sqlite3_file* handle) noexcept {
    methods(handle).xShmBarrier(underneath(handle));
}

int unmapIndex(sqlite3_file* handle, int deleteFlag) noexcept {
    return methods(handle).xShmUnmap(underneath(handle), deleteFlag);
}

// Version 2: with a shared index, without memory mapped pages.
constexpr sqlite3_io_methods kMethods = {
    2,          closeFile,         readFile,    writeFile,  truncateFile,          syncFile, fileSize,  lockFile,
    unlockFile, checkReservedLock, controlFile, sectorSize, deviceCharacteristics, mapIndex, lockIndex, indexBarrier,
    unmapIndex, nullptr,           nullptr,
};

constexpr int kTemporary =
    SQLITE_OPEN_TEMP_DB | SQLITE_OPEN_TRANSIENT_DB | SQLITE_OPEN_TEMP_JOURNAL | SQLITE_OPEN_SUBJOURNAL;

int refuse(const std::string& file, ErrorCause cause, const QString& why) {
    CipherKeys::table().recordFailure(file, Error{ErrorKind::Storage, why, cause});
    return SQLITE_CANTOPEN;
}

// Decides by the kind of file; null with SQLITE_CANTOPEN when we do not take part.
int makeFile(const char* name, sqlite3_file* handle, int flags, std::unique_ptr<CipherFile>* file) {
    if (flags & SQLITE_OPEN_MAIN_DB) {
        if (!name) return SQLITE_CANTOPEN;
        auto loan = CipherKeys::table().find(name);
        if (!loan) return refuse(name, ErrorCause::WrongKey, u"no key was lent for this database"_s);
        const char* log = sqlite3_filename_wal(name);
        *file = std::make_unique<CipherDatabaseFile>(underneath(handle), name, log ? log : "", std::move(*loan));
        return SQLITE_OK;
    }
    if ((flags & SQLITE_OPEN_WAL) && name) {
        sqlite3_file* database = sqlite3_database_file_object(name);
        auto* owner = dynamic_cast<CipherDatabaseFile*>(&fileOf(database));
        if (!owner) return SQLITE_CANTOPEN;
        *file = std::make_unique<CipherLogFile>(underneath(handle), *owner);
        return SQLITE_OK;
    }
    if (flags & kTemporary) {
        *file = std::make_unique<CipherTemporaryFile>(underneath(handle));
        return SQLITE_OK;
    }
    if ((flags & SQLITE_OPEN_MAIN_JOURNAL) && name)
        return refuse(sqlite3_filename_database(name), ErrorCause::None, u"rollback journals are refused, use WAL"_s);
    return SQLITE_CANTOPEN;
}

int openFile(sqlite3_vfs*, const char* name, sqlite3_file* handle, int flags, int* outFlags) noexcept {
    handle->pMethods = nullptr;
    auto* ours = reinterpret_cast<Handle*>(handle);
    ours->file = nullptr;
    std::unique_ptr<CipherFile> file;
    try {
        if (const int code = makeFile(name, handle, flags, &file)) return code;
    } catch (const std::bad_alloc&) {
        return SQLITE_NOMEM;
    }
    const int code = baseVfs->xOpen(baseVfs, name, underneath(handle), flags, outFlags);
    if (code != SQLITE_OK) {
        if (underneath(handle)->pMethods) methods(handle).xClose(underneath(handle));
        return code;
    }
    ours->file = file.release();
    handle->pMethods = &kMethods;
    return SQLITE_OK;
}

// Runs on every connection of the process. Ours reserve room for nonce and tag, and overwrite what they delete: then
// every page of a database is written once, and one that is zeros on disk is damage and never data.
int prepareConnection(sqlite3* connection, char**, const void*) noexcept {
    sqlite3_vfs* vfs = nullptr;
    sqlite3_file_control(connection, "main", SQLITE_FCNTL_VFS_POINTER, &vfs);
    if (!vfs || std::strcmp(vfs->zName, kVfsName) != 0) return SQLITE_OK;
    int reserved = CipherFile::overhead;
    sqlite3_file_control(connection, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserved);
    return sqlite3_exec(connection, "PRAGMA secure_delete=ON", nullptr, nullptr, nullptr);
}

Result<void> registerOnce() {
    // Before SQLite starts: without its memory statistics each allocation is spared a lock. Too late is no harm.
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    if (sqlite3_libversion_number() < 3'039'000)
        return Error{ErrorKind::Internal, u"SQLite %1 is too old"_s.arg(QLatin1StringView(sqlite3_libversion()))};
    if (sqlite3_initialize() != SQLITE_OK || !(baseVfs = sqlite3_vfs_find(nullptr)))
        return Error{ErrorKind::Internal, u"SQLite has no file system"_s};
    // Everything that is not about a file's content stays the base's own function, called with its own state.
    static sqlite3_vfs vfs = *baseVfs;
    vfs.zName = kVfsName;
    vfs.pNext = nullptr;
    vfs.szOsFile = static_cast<int>(sizeof(Handle)) + baseVfs->szOsFile;
    vfs.xOpen = openFile;
    const auto entry = reinterpret_cast<void (*)()>(prepareConnection);
    if (sqlite3_vfs_register(&vfs, 0) != SQLITE_OK || sqlite3_auto_extension(entry) != SQLITE_OK)
        return Error{ErrorKind::Internal, u"the cipher VFS cannot be registered"_s};
    return {};
}

} // namespace

Result<void> registerCipherVfs() {
    static const Result<void> registered = registerOnce();
    return registered;
}

QString cipherUri(const QString& databasePath) {
    const QString path = QDir::cleanPath(QFileInfo(databasePath).absoluteFilePath());
    const QString slashes = path.startsWith(u'/') ? QString() : u"///"_s; // a drive letter
    return u"file:"_s + slashes + QString::fromLatin1(QUrl::toPercentEncoding(path, "/:")) + u"?vfs="_s +
           QLatin1StringView(kVfsName);
}

} // namespace aiva
