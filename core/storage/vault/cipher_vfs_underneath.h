// SealedFile: the file as the VFS underneath the cipher VFS has it, ciphertext and all. Used by cipher_vfs*.cpp only.
#pragma once

#include <sqlite3.h>

namespace aiva {

class SealedFile {
public:
    explicit SealedFile(sqlite3_file* file) : m_file(file) {}
    sqlite3_file* handle() const { return m_file; }
    // SQLITE_IOERR_SHORT_READ fills up with zeros, as in SQLite.
    int read(void* out, int amount, sqlite3_int64 offset) const;
    // A quota or size limit answers SQLITE_FULL, like a full disk.
    int write(const void* in, int amount, sqlite3_int64 offset) const;
    int truncate(sqlite3_int64 size) const;
    int size(sqlite3_int64* size) const;

private:
    sqlite3_file* m_file;
};

} // namespace aiva
