// The write-ahead log: header, frame headers and pages, each sealed as one unit behind its nonce and tag.
#include "core/storage/vault/cipher_vfs_file.h"

#include <algorithm>
#include <cstring>

namespace aiva {

using namespace Qt::StringLiterals;

static constexpr int kLogHeader = 32;
static constexpr int kFrameHeader = 24;
static constexpr int kFrame = kFrameHeader + CipherFile::pageSize;
static constexpr int kSealedHeader = kLogHeader + CipherFile::overhead;
static constexpr int kSealedFrame = kFrame + 2 * CipherFile::overhead;

// The unit that holds the plain `offset`.
CipherLogFile::Unit CipherLogFile::unitAt(sqlite3_int64 offset) {
    if (offset < kLogHeader) return {0, 0, kLogHeader};
    const sqlite3_int64 frame = (offset - kLogHeader) / kFrame;
    const sqlite3_int64 start = kLogHeader + frame * kFrame;
    const sqlite3_int64 sealedStart = kSealedHeader + frame * kSealedFrame;
    if (offset - start < kFrameHeader) return {start, sealedStart, kFrameHeader};
    return {start + kFrameHeader, sealedStart + kFrameHeader + CipherFile::overhead, CipherFile::pageSize};
}

namespace {

// What is left of `sealedBytes` of a unit once its 28 bytes are taken off.
sqlite3_int64 plainPart(sqlite3_int64 sealedBytes) {
    return std::max<sqlite3_int64>(0, sealedBytes - CipherFile::overhead);
}

sqlite3_int64 plainSize(sqlite3_int64 sealedSize) {
    if (sealedSize < kSealedHeader) return plainPart(sealedSize);
    const sqlite3_int64 frames = (sealedSize - kSealedHeader) / kSealedFrame;
    const sqlite3_int64 rest = (sealedSize - kSealedHeader) % kSealedFrame;
    const sqlite3_int64 whole = kLogHeader + frames * kFrame;
    constexpr int sealedFrameHeader = kFrameHeader + CipherFile::overhead;
    if (rest < sealedFrameHeader) return whole + plainPart(rest);
    return whole + kFrameHeader + plainPart(rest - sealedFrameHeader);
}

} // namespace

CipherLogFile::CipherLogFile(sqlite3_file* underneath, CipherDatabaseFile& database)
    : CipherFile(underneath), m_database(database) {}

int CipherLogFile::prepare() {
    if (m_cipher.hasKey()) return SQLITE_OK;
    const auto key = m_database.logKey();
    return key && m_cipher.setKey(*key) ? SQLITE_OK : SQLITE_IOERR;
}

// `available`: plain bytes of the unit that are there; the rest of `plain` is zeros.
int CipherLogFile::readUnit(const Unit& unit, unsigned char* plain, int* available) {
    unsigned char sealedUnit[pageSize + overhead];
    int present = unit.length + overhead;
    *available = 0;
    std::memset(plain, 0, static_cast<size_t>(unit.length));
    int code = m_sealed.read(sealedUnit, present, unit.sealedStart);
    if (code == SQLITE_IOERR_SHORT_READ) {
        sqlite3_int64 size = 0;
        code = m_sealed.size(&size);
        present = static_cast<int>(std::clamp<sqlite3_int64>(size - unit.sealedStart, 0, present));
        if (present <= overhead) return code;
    }
    if (code != SQLITE_OK) return code;
    const AuthenticatedCipher::Place place{LogUnit, static_cast<quint64>(unit.start)};
    *available = present - overhead;
    if (m_cipher.open(place, sealedUnit + overhead, *available, sealedUnit, plain)) return SQLITE_OK;
    return SQLITE_IOERR_DATA;
}

int CipherLogFile::writeUnit(const Unit& unit, const unsigned char* plain, int length) {
    unsigned char sealedUnit[pageSize + overhead];
    const AuthenticatedCipher::Place place{LogUnit, static_cast<quint64>(unit.start)};
    if (!m_cipher.seal(place, plain, length, sealedUnit + overhead, sealedUnit)) return SQLITE_IOERR_WRITE;
    return m_sealed.write(sealedUnit, length + overhead, unit.sealedStart);
}

int CipherLogFile::read(unsigned char* out, int amount, sqlite3_int64 offset) {
    if (const int code = prepare()) return code;
    // Only recovery reads anything but whole pages. There a torn unit is the expected end of the log: as zeros it fails
    // SQLite's checksum, exactly as a torn plain frame would. A page that is asked for by the index must be whole.
    const bool isRecovery = amount != pageSize;
    bool isShort = false;
    const sqlite3_int64 end = offset + amount;
    for (sqlite3_int64 at = offset; at < end;) {
        const Unit unit = unitAt(at);
        unsigned char plain[pageSize];
        int available = 0;
        const int code = readUnit(unit, plain, &available);
        if (code == SQLITE_IOERR_DATA && !isRecovery)
            m_database.recordDamage(u"a page in the log does not authenticate"_s, unit.start);
        if (code != SQLITE_OK && !(code == SQLITE_IOERR_DATA && isRecovery)) return code;
        const auto within = static_cast<int>(at - unit.start);
        const auto count = static_cast<int>(std::min<sqlite3_int64>(unit.length - within, end - at));
        std::memcpy(out + (at - offset), plain + within, static_cast<size_t>(count));
        if (within + count > available) isShort = true;
        at += count;
    }
    return isShort ? SQLITE_IOERR_SHORT_READ : SQLITE_OK;
}

int CipherLogFile::write(const unsigned char* in, int amount, sqlite3_int64 offset) {
    if (const int code = prepare()) return code;
    const sqlite3_int64 end = offset + amount;
    for (sqlite3_int64 at = offset; at < end;) {
        const Unit unit = unitAt(at);
        const auto within = static_cast<int>(at - unit.start);
        const auto count = static_cast<int>(std::min<sqlite3_int64>(unit.length - within, end - at));
        const unsigned char* piece = in + (at - offset);
        int code = SQLITE_OK;
        if (within == 0 && count == unit.length) {
            code = writeUnit(unit, piece, count);
        } else {
            // SQLite writes whole units except where it splits a write at a sync point.
            unsigned char plain[pageSize];
            int available = 0;
            code = readUnit(unit, plain, &available);
            if (code == SQLITE_IOERR_DATA) code = SQLITE_OK; // leftovers of a torn write are being replaced
            if (code != SQLITE_OK) return code;
            std::memcpy(plain + within, piece, static_cast<size_t>(count));
            code = writeUnit(unit, plain, std::max(available, within + count));
        }
        if (code != SQLITE_OK) return code;
        at += count;
    }
    return SQLITE_OK;
}

int CipherLogFile::truncate(sqlite3_int64 size) {
    if (size == 0) return m_sealed.truncate(0);
    if (const int code = prepare()) return code;
    const Unit unit = unitAt(size - 1);
    const auto keep = static_cast<int>(size - unit.start);
    if (keep != unit.length) {
        unsigned char plain[pageSize];
        int available = 0;
        if (const int code = readUnit(unit, plain, &available)) return code;
        if (const int code = writeUnit(unit, plain, keep)) return code;
    }
    return m_sealed.truncate(unit.sealedStart + overhead + keep);
}

int CipherLogFile::size(sqlite3_int64* size) {
    const int code = m_sealed.size(size);
    if (code == SQLITE_OK) *size = plainSize(*size);
    return code;
}

} // namespace aiva
