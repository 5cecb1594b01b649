#include "core/storage/workspace/workspace_check.h"

#include "core/storage/privacy/audit_chain.h"
#include "core/storage/vault/cipher_connection.h"
#include "core/storage/vault/cipher_vfs.h"
#include "core/storage/vault/sealed_blob.h"

#include <QThread>

#include <sqlite3.h>

namespace aiva {

using namespace Qt::StringLiterals;

static constexpr int kPageSize = 4096;
static constexpr sqlite3_int64 kLockPage = 0x40000000; // never written, see SQLite's file format
static constexpr qsizetype kMostSentences = 20;

static void addSome(QStringList& problems, const QStringList& found) {
    problems += found.mid(0, kMostSentences);
    if (found.size() > kMostSentences) problems += u"… and %1 more of this kind."_s.arg(found.size() - kMostSentences);
}

// A checkpoint of another connection may be writing this very page: look again before calling it damaged.
static bool authenticates(sqlite3_file* file, sqlite3_int64 offset) {
    for (int attempt = 0; attempt < 3; ++attempt) {
        unsigned char page[kPageSize];
        if (file->pMethods->xRead(file, page, kPageSize, offset) == SQLITE_OK) return true;
        QThread::msleep(1);
    }
    return false;
}

// Also the pages integrity_check has no reason to read.
static Result<QStringList> unreadablePages(const CipherConnection& connection) {
    sqlite3_file* file = nullptr;
    int code = sqlite3_file_control(connection.handle(), "main", SQLITE_FCNTL_FILE_POINTER, &file);
    sqlite3_int64 size = 0;
    if (code == SQLITE_OK) code = file->pMethods->xFileSize(file, &size);
    if (code != SQLITE_OK) return connection.error(code);
    QStringList found;
    if (size % kPageSize != 0) found += u"The database ends inside a page."_s;
    for (sqlite3_int64 offset = 0; offset + kPageSize <= size; offset += kPageSize) {
        if (offset == kLockPage || authenticates(file, offset)) continue;
        found +=
            u"Page %1 of the database does not authenticate: it was damaged or changed."_s.arg(offset / kPageSize + 1);
    }
    return found;
}

static Result<QStringList> brokenStructure(const CipherConnection& connection) {
    auto report = connection.column(u"PRAGMA integrity_check(100)"_s);
    if (!report) return QStringList{u"The structure cannot be read through: "_s + report.error().detail};
    if (*report == QStringList{u"ok"_s}) return QStringList();
    QStringList found;
    for (const QString& line : std::as_const(*report))
        found += u"Structure: %1."_s.arg(line);
    return found;
}

static Result<QStringList> brokenReferences(const CipherConnection& connection) {
    auto report = connection.column(
        u"SELECT 'A row of ' || \"table\" || ' (' || coalesce(rowid, 'no rowid') || ') refers to a missing row of ' || "
        "parent || '.' FROM pragma_foreign_key_check"_s);
    if (!report) return QStringList{u"References cannot be checked: "_s + report.error().detail};
    return *report;
}

static Result<QStringList> brokenIndexes(const CipherConnection& connection) {
    auto names = connection.column(u"SELECT name FROM sqlite_schema WHERE type = 'table' AND "
                                   "sql LIKE 'CREATE VIRTUAL TABLE%USING fts5%' ORDER BY name"_s);
    if (!names) return QStringList{u"The list of full-text indexes cannot be read: "_s + names.error().detail};
    QStringList found;
    for (QString name : std::as_const(*names)) {
        const QString quoted = u'"' + name.replace(u'"', u"\"\""_s) + u'"';
        // Rank 1: compares with the indexed rows too, not only the index with itself.
        const QString sql = u"INSERT INTO %1(%1, rank) VALUES('integrity-check', 1)"_s.arg(quoted);
        const auto checked = connection.execute(sql.toUtf8().constData());
        if (checked) continue;
        if (checked.error().cause == ErrorCause::WorkspaceBusy) return checked.error();
        found += u"The full-text index %1 does not match its rows."_s.arg(name);
    }
    return found;
}

static Result<QStringList> unreadableSecrets(const CipherConnection& connection, const KeyBytes& workspaceKey) {
    const auto rows = connection.column(u"SELECT name || ':' || hex(sealed) FROM sealed_secrets"_s);
    if (!rows) return QStringList{u"Sealed secrets cannot be read: "_s + rows.error().detail};
    QStringList found;
    for (const QString& row : *rows) {
        const qsizetype colon = row.lastIndexOf(u':');
        const QByteArray sealed = QByteArray::fromHex(QStringView(row).mid(colon + 1).toLatin1());
        if (!resealBlob(workspaceKey, workspaceKey, sealed))
            found += u"The secret %1 does not open."_s.arg(row.left(colon));
    }
    return found;
}

static Result<QStringList> brokenAudit(const CipherConnection& connection) {
    const auto exists = connection.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'audit_head'");
    if (exists && *exists == 0) return QStringList(); // written by an older version
    const auto chain = verifyAuditChain(connection.handle());
    if (!chain) return QStringList{u"The audit log cannot be read through: "_s + chain.error().detail};
    if (!chain->broken) return QStringList();
    return QStringList{u"The audit log does not hold from entry %1 on: %2."_s.arg(chain->broken->entry.value())
                           .arg(chain->broken->what)};
}

Result<QStringList> checkDatabase(const QString& databasePath, const KeyBytes& workspaceKey) {
    AIVA_TRY(const auto connection, CipherConnection::open(databasePath, CipherConnection::Mode::ReadWrite));
    // What the log holds newer replaces the pages below it; nothing but a reader can hold this up.
    sqlite3_wal_checkpoint_v2(connection.handle(), "main", SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    QStringList problems;
    AIVA_TRY(QStringList found, unreadablePages(connection));
    addSome(problems, found);
    AIVA_TRY(found, brokenStructure(connection));
    addSome(problems, found);
    AIVA_TRY(found, brokenReferences(connection));
    addSome(problems, found);
    AIVA_TRY(found, brokenIndexes(connection));
    addSome(problems, found);
    AIVA_TRY(found, unreadableSecrets(connection, workspaceKey));
    addSome(problems, found);
    AIVA_TRY(found, brokenAudit(connection));
    addSome(problems, found);
    return problems;
}

} // namespace aiva
