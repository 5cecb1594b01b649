#include "tests/core/privacy/cache_traces.h"

#include "tests/support/table_dump.h"

#include <QDir>
#include <QDirIterator>

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace aiva::test {
namespace {

constexpr int kPageSize = 4096;

QByteArray wordIn(const QByteArray& bytes, const QByteArrayList& words) {
    const QByteArray lower = bytes.toLower();
    for (const QByteArray& word : words)
        if (lower.contains(word)) return word;
    return {};
}

template <typename Take>
void eachRow(Database& database, const QByteArray& sql, Take take) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(database.handle(), sql.constData(), -1, &statement, nullptr) != SQLITE_OK)
        qFatal("%s: %s", sql.constData(), sqlite3_errmsg(database.handle()));
    while (sqlite3_step(statement) == SQLITE_ROW)
        take(statement);
    sqlite3_finalize(statement);
}

QByteArray bytesOf(sqlite3_stmt* row, int column) {
    const void* data = sqlite3_column_blob(row, column);
    return {static_cast<const char*>(data), sqlite3_column_bytes(row, column)};
}

// FTS5 writes varints as SQLite does: seven bits a byte, the highest first.
quint64 varint(const QByteArray& bytes, qsizetype& at) {
    quint64 value = 0;
    for (int i = 0; i < 9 && at < bytes.size(); ++i) {
        const auto byte = static_cast<unsigned char>(bytes.at(at++));
        if (i == 8) return (value << 8) | byte;
        value = (value << 7) | (byte & 0x7f);
        if (byte < 0x80) break;
    }
    return value;
}

// fts5_index.c, "Segment leaf pages": two sizes, then terms and doclists, then where the terms begin.
QByteArrayList termsOfLeaf(const QByteArray& leaf) {
    QByteArrayList terms;
    if (leaf.size() < 4) return terms;
    qsizetype footer = (static_cast<unsigned char>(leaf.at(2)) << 8) | static_cast<unsigned char>(leaf.at(3));
    qsizetype begin = 0;
    QByteArray term;
    while (footer < leaf.size()) {
        begin += static_cast<qsizetype>(varint(leaf, footer));
        qsizetype at = begin;
        const qsizetype keep = terms.isEmpty() ? 0 : static_cast<qsizetype>(varint(leaf, at));
        const auto fresh = static_cast<qsizetype>(varint(leaf, at));
        term = term.left(keep) + leaf.mid(at, fresh);
        terms << term;
    }
    return terms;
}

} // namespace

namespace {

// Virtual tables and their shadows; an external-content index shows its rows' columns as its own.
bool isIndex(const QString& table) {
    return table.contains("_fts"_L1);
}

QStringList tracesIn(Database& database, const QByteArrayList& words, bool inIndexes) {
    QStringList found;
    for (const QString& table : rows(database, "SELECT name FROM sqlite_schema WHERE type = 'table'")) {
        if (isIndex(table) != inIndexes) continue;
        eachRow(database, "SELECT * FROM \"" + table.toUtf8() + '"', [&](sqlite3_stmt* row) {
            for (int column = 0; column < sqlite3_column_count(row); ++column) {
                const QByteArray word = wordIn(bytesOf(row, column), words);
                if (!word.isEmpty())
                    found << u"%1.%2: %3"_s.arg(table, QLatin1String(sqlite3_column_name(row, column)),
                                                QLatin1String(word));
            }
        });
    }
    return found;
}

} // namespace

QStringList tracesInTables(Database& database, const QByteArrayList& words) {
    return tracesIn(database, words, false);
}

QStringList tracesInIndexes(Database& database, const QByteArrayList& words) {
    QStringList found = tracesIn(database, words, true);
    for (const QString& table :
         rows(database, "SELECT name FROM sqlite_schema WHERE name LIKE '%\\_fts\\_data' ESCAPE '\\'"))
        eachRow(database, "SELECT id, block FROM \"" + table.toUtf8() + '"', [&](sqlite3_stmt* row) {
            const qint64 id = sqlite3_column_int64(row, 0);
            if (id <= 10 || (id >> 36) & 1) return; // averages, structure; a doclist index has no terms
            for (const QByteArray& term : termsOfLeaf(bytesOf(row, 1)))
                if (const QByteArray word = wordIn(term, words); !word.isEmpty())
                    found << u"%1: %2"_s.arg(table, QString::fromUtf8(term));
        });
    return found;
}

QStringList tracesInPages(Database& database, const QByteArrayList& words) {
    QStringList found;
    sqlite3_file* file = nullptr;
    sqlite3_int64 size = 0;
    if (sqlite3_file_control(database.handle(), "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK ||
        file->pMethods->xFileSize(file, &size) != SQLITE_OK)
        return {u"the file cannot be read"_s};
    // A word may stand across two pages.
    QByteArray all;
    for (sqlite3_int64 offset = 0; offset + kPageSize <= size; offset += kPageSize) {
        QByteArray page(kPageSize, 0);
        if (file->pMethods->xRead(file, page.data(), kPageSize, offset) != SQLITE_OK) return {u"a page is damaged"_s};
        const QByteArray word = wordIn(page, words);
        if (!word.isEmpty()) found << u"page %1: %2"_s.arg(offset / kPageSize + 1).arg(QLatin1String(word));
    }
    return found;
}

QStringList tracesInFolder(const Workspace& workspace, const QByteArrayList& words) {
    QStringList found;
    QDirIterator it(workspace.dir(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        QFile file(it.next());
        if (!file.open(QIODevice::ReadOnly)) continue;
        const QByteArray word = wordIn(file.fileName().toUtf8() + file.readAll(), words);
        if (!word.isEmpty()) found << u"%1: %2"_s.arg(file.fileName(), QLatin1String(word));
        // What was noted since it was cut is a page or two.
        if (file.fileName().endsWith("-wal"_L1) && file.size() > 16 * kPageSize)
            found << u"the log was not cut: %1 bytes"_s.arg(file.size());
    }
    if (!QDir(workspace.spoolDir()).isEmpty()) found << u"something lies in the spool"_s;
    return found;
}

QMap<QString, QList<TableRow>> rowsOfTables(Database& database) {
    static const QStringList kept{u"erasure_key"_s,  u"erasure_marks"_s, u"privacy_cleanups"_s, u"last_ids"_s,
                                  u"audit"_s,        u"audit_head"_s,    u"store_counts"_s,     u"inbox_counts"_s,
                                  u"ready_counts"_s, u"mail_folders"_s};
    QMap<QString, QList<TableRow>> tables;
    for (const QString& table : rows(database, "SELECT name FROM sqlite_schema WHERE type = 'table'")) {
        if (kept.contains(table) || table.contains("_fts"_L1) || table.startsWith("sqlite_"_L1)) continue;
        eachRow(database, "SELECT * FROM \"" + table.toUtf8() + '"', [&](sqlite3_stmt* row) {
            TableRow values;
            for (int column = 0; column < sqlite3_column_count(row); ++column)
                values.insert(QLatin1String(sqlite3_column_name(row, column)),
                              sqlite3_column_type(row, column) == SQLITE_NULL
                                  ? u"NULL"_s
                                  : QString::fromUtf8(bytesOf(row, column)));
            tables[table] << values;
        });
    }
    return tables;
}

} // namespace aiva::test
