#include "core/storage/privacy/audit_chain.h"

#include "core/domain/answering/audit_entry.h"
#include "core/storage/database/sqlite_error.h"

#include <sqlite3.h>

#include <limits>
#include <memory>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr const char* kEntries = R"sql(
SELECT id, at, actor, kind, store_id, conversation_id, detail, previous_digest, digest FROM audit WHERE id > ?1
ORDER BY id)sql";
constexpr const char* kHead = "SELECT last_id, digest FROM audit_head WHERE id = 1";

struct Finalize {
    void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};
using Cursor = std::unique_ptr<sqlite3_stmt, Finalize>;

// Log and head as they stood at one moment, though somebody may be appending; also within a caller's transaction.
class Snapshot {
public:
    explicit Snapshot(sqlite3* connection)
        : m_connection(connection), m_isOurs(sqlite3_get_autocommit(connection) != 0) {
        if (m_isOurs) sqlite3_exec(m_connection, "BEGIN", nullptr, nullptr, nullptr);
    }
    ~Snapshot() {
        if (m_isOurs) sqlite3_exec(m_connection, "COMMIT", nullptr, nullptr, nullptr);
    }
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;

private:
    sqlite3* m_connection;
    bool m_isOurs;
};

struct Head {
    qint64 lastId = 0;
    QString digest;
};

Result<Cursor> open(sqlite3* connection, const char* sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(connection, sql, -1, &statement, nullptr) != SQLITE_OK) return storageError(connection);
    return Cursor(statement);
}

QString textAt(sqlite3_stmt* row, int column) {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(row, column));
    return bytes ? QString::fromUtf8(bytes, sqlite3_column_bytes(row, column)) : QString();
}

template <typename IdType>
std::optional<IdType> idAt(sqlite3_stmt* row, int column) {
    if (sqlite3_column_type(row, column) == SQLITE_NULL) return std::nullopt;
    return IdType(sqlite3_column_int64(row, column));
}

AuditEntry entryAt(sqlite3_stmt* row) {
    return {AuditId(sqlite3_column_int64(row, 0)),
            UtcTime(sqlite3_column_int64(row, 1)),
            textAt(row, 2),
            textAt(row, 3),
            idAt<StoreId>(row, 4),
            idAt<ConversationId>(row, 5),
            textAt(row, 6),
            textAt(row, 7),
            textAt(row, 8)};
}

Result<Head> headOf(sqlite3* connection) {
    AIVA_TRY(const Cursor row, open(connection, kHead));
    const int step = sqlite3_step(row.get());
    if (step == SQLITE_DONE) return Head();
    if (step != SQLITE_ROW) return storageError(connection);
    return Head{sqlite3_column_int64(row.get(), 0), textAt(row.get(), 1)};
}

std::optional<AuditChain::Break> breakAt(const AuditEntry& entry, qint64 expected, const QString& previous) {
    if (entry.id.value() < expected) return AuditChain::Break{entry.id, u"it stands before the log's beginning"_s};
    if (entry.id.value() > expected) return AuditChain::Break{AuditId(expected), u"it is missing"_s};
    if (entry.previousDigest != previous)
        return AuditChain::Break{entry.id, u"it does not follow the entry before it"_s};
    if (digestOf(entry) != entry.digest) return AuditChain::Break{entry.id, u"it was changed"_s};
    return std::nullopt;
}

} // namespace

Result<AuditChain> verifyAuditChain(sqlite3* connection) {
    const Snapshot snapshot(connection);
    AIVA_TRY(const Head head, headOf(connection));
    AIVA_TRY(const Cursor rows, open(connection, kEntries));
    sqlite3_bind_int64(rows.get(), 1, std::numeric_limits<sqlite3_int64>::min());
    AuditChain chain;
    QString previous;
    int step = SQLITE_ROW;
    while ((step = sqlite3_step(rows.get())) == SQLITE_ROW) {
        const AuditEntry entry = entryAt(rows.get());
        const qint64 expected = chain.entries + 1;
        chain.broken = breakAt(entry, expected, previous);
        if (!chain.broken && expected > head.lastId)
            chain.broken = AuditChain::Break{entry.id, u"it was added behind the log's end"_s};
        if (chain.broken) return chain;
        previous = entry.digest;
        chain.entries = expected;
    }
    if (step != SQLITE_DONE) return storageError(connection);
    if (chain.entries < head.lastId)
        chain.broken = AuditChain::Break{AuditId(chain.entries + 1), u"it is missing"_s};
    else if (previous != head.digest)
        chain.broken = AuditChain::Break{AuditId(chain.entries), u"it is not the one the log ended with"_s};
    return chain;
}

} // namespace aiva
