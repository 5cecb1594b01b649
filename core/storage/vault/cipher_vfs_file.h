// The three kinds of file behind the cipher VFS: database, log, temporary. Each translates SQLite's plain reads and
// writes into sealed ones on the file underneath. Used by cipher_vfs.cpp only; one thread at a time (SQLite's mutex).
#pragma once

#include "core/storage/vault/authenticated_cipher.h"
#include "core/storage/vault/cipher_vfs_keys.h"
#include "core/storage/vault/cipher_vfs_underneath.h"

#include <array>
#include <memory>
#include <string>

namespace aiva {

class CipherFile {
public:
    static constexpr int pageSize = 4096;
    static constexpr int overhead = AuthenticatedCipher::overhead;
    static constexpr int saltSize = 16;

    explicit CipherFile(sqlite3_file* underneath) : m_sealed(underneath) {}
    virtual ~CipherFile() = default;
    CipherFile(const CipherFile&) = delete;
    CipherFile& operator=(const CipherFile&) = delete;

    // Authenticated together with the offset.
    enum Kind : unsigned char { DatabasePage = 1, LogUnit = 2, TemporaryBlock = 3 };

    // As in sqlite3_io_methods, on plain offsets.
    virtual int read(unsigned char* out, int amount, sqlite3_int64 offset) = 0;
    virtual int write(const unsigned char* in, int amount, sqlite3_int64 offset) = 0;
    virtual int truncate(sqlite3_int64 size) = 0;
    virtual int size(sqlite3_int64* size) = 0;

    const SealedFile& sealed() const { return m_sealed; }

protected:
    SealedFile m_sealed;
    AuthenticatedCipher m_cipher;
};

class CipherDatabaseFile final : public CipherFile {
public:
    // `logPath`: SQLite's name of the -wal beside it.
    CipherDatabaseFile(sqlite3_file* underneath, std::string path, std::string logPath, CipherKeys::Loan loan);

    int read(unsigned char* out, int amount, sqlite3_int64 offset) override;
    int write(const unsigned char* in, int amount, sqlite3_int64 offset) override;
    int truncate(sqlite3_int64 size) override;
    int size(sqlite3_int64* size) override;

    // The key of the log; Internal while the database has no first page yet.
    Result<KeyBytes> logKey();
    void recordDamage(const QString& what, sqlite3_int64 offset) const;

private:
    int readPage(unsigned char* page, sqlite3_int64 offset);
    int answerShortRead(sqlite3_int64 offset, bool* isEmpty) const;
    bool answerHeaderFromConstants(unsigned char* out, int amount, sqlite3_int64 offset) const;
    int writePage(const unsigned char* page, sqlite3_int64 offset);
    int loadSalt();
    bool useSalt(const unsigned char* salt);
    void record(ErrorCause cause, const QString& what) const;

    std::string m_path;
    std::string m_logPath;
    CipherKeys::Loan m_loan;
    std::array<unsigned char, saltSize> m_salt{};
};

class CipherLogFile final : public CipherFile {
public:
    // `database` outlives the log: SQLite closes them in that order.
    CipherLogFile(sqlite3_file* underneath, CipherDatabaseFile& database);

    int read(unsigned char* out, int amount, sqlite3_int64 offset) override;
    int write(const unsigned char* in, int amount, sqlite3_int64 offset) override;
    int truncate(sqlite3_int64 size) override;
    int size(sqlite3_int64* size) override;

private:
    int prepare();
    struct Unit {
        sqlite3_int64 start = 0;       // plain offset
        sqlite3_int64 sealedStart = 0; // of its nonce and tag
        int length = 0;                // plain
    };
    static Unit unitAt(sqlite3_int64 offset);
    int readUnit(const Unit& unit, unsigned char* plain, int* available);
    int writeUnit(const Unit& unit, const unsigned char* plain, int length);

    CipherDatabaseFile& m_database;
};

class CipherTemporaryFile final : public CipherFile {
public:
    explicit CipherTemporaryFile(sqlite3_file* underneath) : CipherFile(underneath) {}

    int read(unsigned char* out, int amount, sqlite3_int64 offset) override;
    int write(const unsigned char* in, int amount, sqlite3_int64 offset) override;
    int truncate(sqlite3_int64 size) override;
    int size(sqlite3_int64* size) override;

private:
    int prepare();
    int readBlock(sqlite3_int64 block, unsigned char* plain);
    int writeBlock(sqlite3_int64 block, const unsigned char* plain);

    // Nobody else has this file, so its plain length need not be on disk.
    sqlite3_int64 m_size = 0;
};

} // namespace aiva
