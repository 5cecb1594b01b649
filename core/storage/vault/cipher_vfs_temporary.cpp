// Temporary files (sorters, temp tables, statement journals, VACUUM's copy): sealed blocks under a key nobody keeps.
#include "core/storage/vault/cipher_vfs_file.h"

#include <algorithm>
#include <cstring>

namespace aiva {

static constexpr int kSealedBlock = CipherFile::pageSize + CipherFile::overhead;

int CipherTemporaryFile::prepare() {
    if (m_cipher.hasKey()) return SQLITE_OK;
    const auto key = KeyBytes::random();
    return key && m_cipher.setKey(*key) ? SQLITE_OK : SQLITE_IOERR;
}

int CipherTemporaryFile::readBlock(sqlite3_int64 block, unsigned char* plain) {
    unsigned char sealedBlock[kSealedBlock];
    const int code = m_sealed.read(sealedBlock, kSealedBlock, block * kSealedBlock);
    if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ) return code;
    // Blocks are written whole, so anything missing or zero was never written: SQLite leaves gaps in these files.
    static constexpr unsigned char zeros[kSealedBlock] = {};
    if (code == SQLITE_IOERR_SHORT_READ || std::memcmp(sealedBlock, zeros, kSealedBlock) == 0) {
        std::memset(plain, 0, pageSize);
        return SQLITE_OK;
    }
    const AuthenticatedCipher::Place place{TemporaryBlock, static_cast<quint64>(block)};
    return m_cipher.open(place, sealedBlock + overhead, pageSize, sealedBlock, plain) ? SQLITE_OK : SQLITE_IOERR_DATA;
}

int CipherTemporaryFile::writeBlock(sqlite3_int64 block, const unsigned char* plain) {
    unsigned char sealedBlock[kSealedBlock];
    const AuthenticatedCipher::Place place{TemporaryBlock, static_cast<quint64>(block)};
    if (!m_cipher.seal(place, plain, pageSize, sealedBlock + overhead, sealedBlock)) return SQLITE_IOERR_WRITE;
    return m_sealed.write(sealedBlock, kSealedBlock, block * kSealedBlock);
}

int CipherTemporaryFile::read(unsigned char* out, int amount, sqlite3_int64 offset) {
    if (const int code = prepare()) return code;
    const sqlite3_int64 end = offset + amount;
    const sqlite3_int64 readable = std::min(end, m_size);
    for (sqlite3_int64 at = offset; at < readable;) {
        unsigned char plain[pageSize];
        if (const int code = readBlock(at / pageSize, plain)) return code;
        const auto within = static_cast<int>(at % pageSize);
        const auto count = std::min<sqlite3_int64>(pageSize - within, readable - at);
        std::memcpy(out + (at - offset), plain + within, static_cast<size_t>(count));
        at += count;
    }
    if (end <= m_size) return SQLITE_OK;
    const sqlite3_int64 got = std::max<sqlite3_int64>(0, readable - offset);
    std::memset(out + got, 0, static_cast<size_t>(amount - got));
    return SQLITE_IOERR_SHORT_READ;
}

int CipherTemporaryFile::write(const unsigned char* in, int amount, sqlite3_int64 offset) {
    if (const int code = prepare()) return code;
    const sqlite3_int64 end = offset + amount;
    for (sqlite3_int64 at = offset; at < end;) {
        const sqlite3_int64 block = at / pageSize;
        const auto within = static_cast<int>(at % pageSize);
        const auto count = std::min<sqlite3_int64>(pageSize - within, end - at);
        const unsigned char* piece = in + (at - offset);
        int code = SQLITE_OK;
        if (count == pageSize) {
            code = writeBlock(block, piece);
        } else {
            unsigned char plain[pageSize];
            code = readBlock(block, plain);
            if (code != SQLITE_OK) return code;
            std::memcpy(plain + within, piece, static_cast<size_t>(count));
            code = writeBlock(block, plain);
        }
        if (code != SQLITE_OK) return code;
        at += count;
    }
    m_size = std::max(m_size, end);
    return SQLITE_OK;
}

int CipherTemporaryFile::truncate(sqlite3_int64 size) {
    const sqlite3_int64 keep = size % pageSize;
    if (size < m_size && keep != 0) {
        if (const int code = prepare()) return code;
        // What lies behind the new end must read as zeros should the file grow again.
        unsigned char plain[pageSize];
        if (const int code = readBlock(size / pageSize, plain)) return code;
        std::memset(plain + keep, 0, static_cast<size_t>(pageSize - keep));
        if (const int code = writeBlock(size / pageSize, plain)) return code;
    }
    const sqlite3_int64 blocks = (size + pageSize - 1) / pageSize;
    if (size < m_size)
        if (const int code = m_sealed.truncate(blocks * kSealedBlock)) return code;
    m_size = size;
    return SQLITE_OK;
}

int CipherTemporaryFile::size(sqlite3_int64* size) {
    *size = m_size;
    return SQLITE_OK;
}

} // namespace aiva
