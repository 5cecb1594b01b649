// The keys lent to the cipher VFS and the failures it met, by database file. Process-wide because SQLite's registry of
// VFSes is; used by cipher_vfs*.cpp only.
#pragma once

#include "core/storage/vault/cipher_vfs.h"
#include "core/storage/vault/key_bytes.h"

#include <map>
#include <mutex>
#include <string>

namespace aiva {

class CipherKeys {
public:
    struct Loan {
        std::shared_ptr<const KeyBytes> key;
        CipherKeyLease::Trust trust = CipherKeyLease::Trust::Unproven;
    };

    // The one table, alive until the process ends: SQLite may close files very late.
    static CipherKeys& table();

    Result<void> lend(const std::string& file, KeyBytes key, CipherKeyLease::Trust trust);
    void giveBack(const std::string& file);
    int count(const std::string& file) const;
    std::optional<Loan> find(const std::string& file) const;

    void recordFailure(const std::string& file, Error error);
    std::optional<Error> failure(const std::string& file) const;
    void clearFailure(const std::string& file);

private:
    struct Entry {
        Loan loan;
        int leases = 0;
    };
    mutable std::mutex m_mutex;
    std::map<std::string, Entry> m_entries;
    std::map<std::string, Error> m_failures;
};

// The path as SQLite spells it (absolute, links resolved).
Result<std::string> sqlitePath(const QString& databasePath);

} // namespace aiva
