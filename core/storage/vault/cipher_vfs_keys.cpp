#include "core/storage/vault/cipher_vfs_keys.h"

#include <QFileInfo>

#include <sqlite3.h>

#include <vector>

namespace aiva {

using namespace Qt::StringLiterals;

CipherKeys& CipherKeys::table() {
    static auto* const keys = new CipherKeys;
    return *keys;
}

Result<void> CipherKeys::lend(const std::string& file, KeyBytes key, CipherKeyLease::Trust trust) {
    const std::lock_guard lock(m_mutex);
    Entry& entry = m_entries[file];
    if (entry.leases > 0) {
        if (!entry.loan.key->equals(key))
            return Error{ErrorKind::Conflict, u"this database is open under another key"_s};
    } else {
        entry.loan.key = std::make_shared<const KeyBytes>(std::move(key));
        entry.loan.trust = trust;
        m_failures.erase(file);
    }
    if (trust == CipherKeyLease::Trust::Proven) entry.loan.trust = trust;
    ++entry.leases;
    return {};
}

void CipherKeys::giveBack(const std::string& file) {
    const std::lock_guard lock(m_mutex);
    const auto found = m_entries.find(file);
    if (found != m_entries.end() && --found->second.leases == 0) m_entries.erase(found);
}

int CipherKeys::count(const std::string& file) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_entries.find(file);
    return found == m_entries.end() ? 0 : found->second.leases;
}

std::optional<CipherKeys::Loan> CipherKeys::find(const std::string& file) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_entries.find(file);
    if (found == m_entries.end()) return std::nullopt;
    return found->second.loan;
}

void CipherKeys::recordFailure(const std::string& file, Error error) {
    sqlite3_log(SQLITE_IOERR_DATA, "aiva-cipher: %s", error.detail.toUtf8().constData());
    const std::lock_guard lock(m_mutex);
    m_failures.insert_or_assign(file, std::move(error));
}

std::optional<Error> CipherKeys::failure(const std::string& file) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_failures.find(file);
    if (found == m_failures.end()) return std::nullopt;
    return found->second;
}

void CipherKeys::clearFailure(const std::string& file) {
    const std::lock_guard lock(m_mutex);
    m_failures.erase(file);
}

Result<std::string> sqlitePath(const QString& databasePath) {
    sqlite3_vfs* base = sqlite3_vfs_find(nullptr);
    if (!base) return Error{ErrorKind::Internal, u"SQLite has no file system"_s};
    std::vector<char> full(static_cast<size_t>(base->mxPathname) + 1);
    const QByteArray absolute = QFileInfo(databasePath).absoluteFilePath().toUtf8();
    const int code = base->xFullPathname(base, absolute.constData(), static_cast<int>(full.size()), full.data());
    if (code != SQLITE_OK && code != SQLITE_OK_SYMLINK)
        return Error{ErrorKind::Storage, u"the path of the database cannot be resolved"_s};
    return std::string(full.data());
}

CipherKeyLease::CipherKeyLease(CipherKeyLease&& other) noexcept : m_file(std::move(other.m_file)) {
    other.m_file.clear();
}

CipherKeyLease& CipherKeyLease::operator=(CipherKeyLease&& other) noexcept {
    if (this != &other) {
        giveBack();
        m_file = std::move(other.m_file);
        other.m_file.clear();
    }
    return *this;
}

CipherKeyLease::~CipherKeyLease() {
    giveBack();
}

void CipherKeyLease::giveBack() {
    if (!m_file.empty()) CipherKeys::table().giveBack(m_file);
    m_file.clear();
}

int CipherKeyLease::count() const {
    return CipherKeys::table().count(m_file);
}

Result<CipherKeyLease> CipherKeyLease::take(const QString& databasePath, const SecretString& key, Trust trust) {
    AIVA_CHECK(registerCipherVfs());
    AIVA_TRY(KeyBytes bytes, KeyBytes::fromSecret(key));
    AIVA_TRY(std::string file, sqlitePath(databasePath));
    AIVA_CHECK(CipherKeys::table().lend(file, std::move(bytes), trust));
    return CipherKeyLease(std::move(file));
}

std::optional<Error> cipherFailure(const QString& databasePath) {
    const auto file = sqlitePath(databasePath);
    return file ? CipherKeys::table().failure(*file) : std::nullopt;
}

std::optional<Error> cipherFailure(int sqliteCode, const QString& databasePath) {
    switch (sqliteCode & 0xff) {
    case SQLITE_NOTADB:
    case SQLITE_CANTOPEN:
    case SQLITE_CORRUPT:
        return cipherFailure(databasePath);
    case SQLITE_IOERR:
        return sqliteCode == SQLITE_IOERR_DATA ? cipherFailure(databasePath) : std::nullopt;
    default:
        return std::nullopt;
    }
}

void clearCipherFailure(const QString& databasePath) {
    if (const auto file = sqlitePath(databasePath)) CipherKeys::table().clearFailure(*file);
}

} // namespace aiva
