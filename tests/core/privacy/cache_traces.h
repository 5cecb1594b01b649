// Looks for traces of somebody wherever a cache could keep them: each column of each table, the words of the full-text
// indexes as their segments hold them (prefixes expanded), every page of the decrypted file, free ones too, and what
// lies beside it in the folder.
#pragma once

#include "core/storage/workspace/workspace.h"

#include <QByteArrayList>
#include <QMap>
#include <QStringList>

namespace aiva::test {

// One line a place; empty: no trace. `words` in lower case.
QStringList tracesInTables(Database& database, const QByteArrayList& words);
QStringList tracesInIndexes(Database& database, const QByteArrayList& words);
QStringList tracesInPages(Database& database, const QByteArrayList& words);
// Also that the log was cut and nothing lies in the spool.
QStringList tracesInFolder(const Workspace& workspace, const QByteArrayList& words);

// Each table's rows as "column=value" lists; full-text shadow tables and counters kept by triggers are left out.
using TableRow = QMap<QString, QString>;
QMap<QString, QList<TableRow>> rowsOfTables(Database& database);

} // namespace aiva::test
