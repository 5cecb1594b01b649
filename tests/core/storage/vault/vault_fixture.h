// What the tests of encryption share: keys, raw file contents, damage on purpose, workspaces with known rows.
#pragma once

#include "core/storage/vault/cipher_connection.h"
#include "core/storage/workspace/workspace.h"
#include "tests/support/patience.h"

#include <QMap>

#define VERIFY_OK(expression)                                                                                          \
    do {                                                                                                               \
        const auto& checked = (expression);                                                                            \
        QVERIFY2(checked, checked ? "" : qPrintable(checked.error().detail));                                          \
    } while (false)

#define VERIFY_CAUSE(expression, expected)                                                                             \
    do {                                                                                                               \
        const auto& refused = (expression);                                                                            \
        QVERIFY2(!refused, "should have failed");                                                                      \
        if (refused.error().cause != (expected)) qWarning() << refused.error().detail;                                 \
        QCOMPARE(refused.error().cause, (expected));                                                                   \
    } while (false)

namespace aiva::test {

SecretString keyOf(char byte);

QByteArray contentOf(const QString& path);
bool overwrite(const QString& path, const QByteArray& content);
QByteArray withBitFlipped(QByteArray content, qint64 bit);

// Every file below `dir` by its relative path, the log's index left out (it is rebuilt at will).
using Snapshot = QMap<QString, QByteArray>;
Snapshot snapshotOf(const QString& dir);
bool restore(const QString& dir, const Snapshot& snapshot);

// A workspace in `dir` whose settings hold `rows` rows with PLAINMARK in them, written in several transactions. qFatal
// when that fails. `Log::Kept` copies the files while the writer lives, so that a log with all rows lies beside.
enum class Log { FoldedIn, Kept };
Snapshot filledWorkspace(const QString& dir, int rows, Log log);
// "n rows, checksum" of what filledWorkspace wrote; the error when reading fails.
Result<QString> rowsOf(const Workspace& workspace);
QString expectedRows(int rows);

std::unique_ptr<Workspace> openOrDie(const QString& dir, char key = 'k');

} // namespace aiva::test
