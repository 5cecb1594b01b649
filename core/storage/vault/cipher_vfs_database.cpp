// Database files: whole sealed pages.
#include "core/storage/vault/cipher_vfs_file.h"

#include <QtEndian>

#include <cstring>
#include <vector>

namespace aiva {

using namespace Qt::StringLiterals;

static constexpr unsigned char kMagicDatabase[] = "SQLite format 3"; // 16 bytes with its NUL

static Result<KeyBytes> pageKey(const KeyBytes& workspaceKey, const unsigned char* salt) {
    return workspaceKey.derive("aiva database page 1", QByteArrayView(salt, CipherFile::saltSize));
}

CipherDatabaseFile::CipherDatabaseFile(sqlite3_file* underneath, std::string path, std::string logPath,
                                       CipherKeys::Loan loan)
    : CipherFile(underneath), m_path(std::move(path)), m_logPath(std::move(logPath)), m_loan(std::move(loan)) {}

void CipherDatabaseFile::record(ErrorCause cause, const QString& what) const {
    CipherKeys::table().recordFailure(m_path, Error{ErrorKind::Storage, what, cause});
}

void CipherDatabaseFile::recordDamage(const QString& what, sqlite3_int64 offset) const {
    record(ErrorCause::DamagedFile, u"%1 at offset %2"_s.arg(what).arg(offset));
}

bool CipherDatabaseFile::useSalt(const unsigned char* salt) {
    const auto key = pageKey(*m_loan.key, salt);
    if (!key || !m_cipher.setKey(*key)) return false;
    std::memcpy(m_salt.data(), salt, saltSize);
    return true;
}

int CipherDatabaseFile::loadSalt() {
    if (m_cipher.hasKey()) return SQLITE_OK;
    sqlite3_int64 size = 0;
    if (const int code = m_sealed.size(&size)) return code;
    unsigned char salt[saltSize];
    if (size >= pageSize) {
        if (const int code = m_sealed.read(salt, saltSize, 0)) return code;
    } else {
        // The first page is about to be written, under SQLite's exclusive lock.
        const auto random = randomBytes(saltSize);
        if (!random) return SQLITE_IOERR_WRITE;
        std::memcpy(salt, random->constData(), saltSize);
    }
    return useSalt(salt) ? SQLITE_OK : SQLITE_IOERR;
}

Result<KeyBytes> CipherDatabaseFile::logKey() {
    if (loadSalt() != SQLITE_OK) return Error{ErrorKind::Storage, u"the database's salt cannot be read"_s};
    return m_loan.key->derive("aiva database log 1", QByteArrayView(m_salt.data(), saltSize));
}

static Error firstPageError(const unsigned char* sealedPage, CipherKeyLease::Trust trust) {
    if (std::memcmp(sealedPage, kMagicDatabase, sizeof kMagicDatabase) == 0)
        return {ErrorKind::Storage, u"an SQLite database that is not encrypted, not one of ours"_s,
                ErrorCause::DamagedFile};
    if (trust == CipherKeyLease::Trust::Proven)
        return {ErrorKind::Storage, u"page 1 does not authenticate"_s, ErrorCause::DamagedFile};
    return {ErrorKind::Storage, u"page 1 does not open with this key"_s, ErrorCause::WrongKey};
}

// SQLite reads past the end only while the file is empty; anything else was cut off.
int CipherDatabaseFile::answerShortRead(sqlite3_int64 offset, bool* isEmpty) const {
    sqlite3_int64 size = 0;
    if (const int code = m_sealed.size(&size)) return code;
    *isEmpty = size == 0;
    if (*isEmpty) return SQLITE_IOERR_SHORT_READ;
    recordDamage(u"the database ends too early (%1 bytes), a page is missing"_s.arg(size), offset);
    return offset == 0 ? SQLITE_NOTADB : SQLITE_IOERR_DATA;
}

int CipherDatabaseFile::readPage(unsigned char* page, sqlite3_int64 offset) {
    unsigned char sealedPage[pageSize];
    int code = m_sealed.read(sealedPage, pageSize, offset);
    if (code == SQLITE_IOERR_SHORT_READ) {
        bool isEmpty = false;
        code = answerShortRead(offset, &isEmpty);
        std::memset(page, 0, pageSize);
        return code;
    }
    if (code != SQLITE_OK) return code;

    const bool isFirst = offset == 0;
    if (isFirst && (!m_cipher.hasKey() || std::memcmp(sealedPage, m_salt.data(), saltSize) != 0)) {
        if (!useSalt(sealedPage)) return SQLITE_IOERR;
    } else if (const int saltCode = loadSalt()) {
        return saltCode;
    }
    const int clear = isFirst ? saltSize : 0;
    const int length = pageSize - overhead - clear;
    const AuthenticatedCipher::Place place{DatabasePage, static_cast<quint64>(offset)};
    if (!m_cipher.open(place, sealedPage + clear, length, sealedPage + pageSize - overhead, page + clear)) {
        std::memset(page, 0, pageSize);
        if (isFirst) {
            CipherKeys::table().recordFailure(m_path, firstPageError(sealedPage, m_loan.trust));
            return SQLITE_NOTADB;
        }
        recordDamage(u"page %1 does not authenticate"_s.arg(offset / pageSize + 1), offset);
        return SQLITE_IOERR_DATA;
    }
    if (isFirst) std::memcpy(page, kMagicDatabase, saltSize);
    std::memset(page + pageSize - overhead, 0, overhead);
    return SQLITE_OK;
}

// A power failure may tear page 1 while it is copied back from the log, which still has it whole. SQLite looks at the
// header before it looks at the log; what it needs from there is the same in every file of ours.
bool CipherDatabaseFile::answerHeaderFromConstants(unsigned char* out, int amount, sqlite3_int64 offset) const {
    if (offset != 0 || amount > 100 || m_logPath.empty()) return false;
    sqlite3_vfs* base = sqlite3_vfs_find(nullptr);
    int exists = 0;
    if (base->xAccess(base, m_logPath.c_str(), SQLITE_ACCESS_EXISTS, &exists) != SQLITE_OK || !exists) return false;
    unsigned char header[100] = {};
    std::memcpy(header, kMagicDatabase, sizeof kMagicDatabase);
    header[16] = pageSize >> 8;
    header[18] = header[19] = 2; // WAL
    header[20] = overhead;
    std::memcpy(out, header, static_cast<size_t>(amount));
    return true;
}

int CipherDatabaseFile::read(unsigned char* out, int amount, sqlite3_int64 offset) {
    if (amount == pageSize && offset % pageSize == 0) return readPage(out, offset);
    const auto within = static_cast<int>(offset % pageSize);
    if (within + amount > pageSize) {
        record(ErrorCause::DamagedFile, u"the page size is not 4096"_s);
        return SQLITE_NOTADB;
    }
    unsigned char page[pageSize];
    const int code = readPage(page, offset - within);
    if (code == SQLITE_NOTADB && answerHeaderFromConstants(out, amount, offset)) return SQLITE_OK;
    std::memcpy(out, page + within, static_cast<size_t>(amount));
    return code;
}

int CipherDatabaseFile::writePage(const unsigned char* page, sqlite3_int64 offset) {
    unsigned char sealedPage[pageSize];
    const int clear = offset == 0 ? saltSize : 0;
    const int length = pageSize - overhead - clear;
    std::memcpy(sealedPage, m_salt.data(), static_cast<size_t>(clear));
    const AuthenticatedCipher::Place place{DatabasePage, static_cast<quint64>(offset)};
    if (!m_cipher.seal(place, page + clear, length, sealedPage + clear, sealedPage + pageSize - overhead))
        return SQLITE_IOERR_WRITE;
    return m_sealed.write(sealedPage, pageSize, offset);
}

int CipherDatabaseFile::write(const unsigned char* in, int amount, sqlite3_int64 offset) {
    if (amount != pageSize || offset % pageSize != 0) {
        record(ErrorCause::None, u"a write that is not a page of 4096 bytes"_s);
        return SQLITE_IOERR_WRITE;
    }
    if (offset == 0 && in[20] != overhead) {
        record(ErrorCause::None, u"the database lacks the 28 reserved bytes per page"_s);
        return SQLITE_IOERR_WRITE;
    }
    if (const int code = loadSalt()) return code;
    return writePage(in, offset);
}

int CipherDatabaseFile::truncate(sqlite3_int64 size) {
    return m_sealed.truncate(size);
}

int CipherDatabaseFile::size(sqlite3_int64* size) {
    return m_sealed.size(size);
}

// Through SQLite's own file layer: on POSIX, closing a descriptor of ours would drop the locks of every connection this
// process has to the file.
static bool readFirstPage(const std::string& path, unsigned char* page) {
    sqlite3_vfs* base = sqlite3_vfs_find(nullptr);
    const char* name = sqlite3_create_filename(path.c_str(), "", "", 0, nullptr);
    if (!name) return false;
    std::vector<char> memory(static_cast<size_t>(base->szOsFile));
    auto* file = reinterpret_cast<sqlite3_file*>(memory.data());
    bool isRead = false;
    if (base->xOpen(base, name, file, SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK) {
        isRead = file->pMethods->xRead(file, page, CipherFile::pageSize, 0) == SQLITE_OK;
        file->pMethods->xClose(file);
    }
    sqlite3_free_filename(name);
    return isRead;
}

Result<qint64> schemaVersionOnDisk(const QString& databasePath) {
    AIVA_TRY(const std::string path, sqlitePath(databasePath));
    const auto loan = CipherKeys::table().find(path);
    if (!loan) return Error{ErrorKind::Internal, u"no key was lent for this database"_s};
    unsigned char page[CipherFile::pageSize];
    if (!readFirstPage(path, page))
        return Error{ErrorKind::Storage, u"the database has no first page"_s, ErrorCause::DamagedFile};

    AIVA_TRY(const KeyBytes key, pageKey(*loan->key, page));
    AuthenticatedCipher cipher;
    constexpr int salt = CipherFile::saltSize;
    constexpr int end = CipherFile::pageSize - CipherFile::overhead;
    unsigned char plain[CipherFile::pageSize] = {};
    const AuthenticatedCipher::Place place{CipherFile::DatabasePage, 0};
    if (!cipher.setKey(key) || !cipher.open(place, page + salt, end - salt, page + end, plain + salt))
        return firstPageError(page, loan->trust);
    constexpr int userVersion = 60; // in SQLite's header, big endian
    return qFromBigEndian<quint32>(plain + userVersion);
}

} // namespace aiva
