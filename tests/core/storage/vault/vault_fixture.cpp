#include "tests/core/storage/vault/vault_fixture.h"

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QFile>

#include <string>

namespace aiva::test {

using namespace Qt::StringLiterals;

SecretString keyOf(char byte) {
    return SecretString(std::string(32, byte));
}

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool overwrite(const QString& path, const QByteArray& content) {
    QFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(content) == content.size();
}

QByteArray withBitFlipped(QByteArray content, qint64 bit) {
    content[bit / 8] = static_cast<char>(content[bit / 8] ^ (1 << (bit % 8)));
    return content;
}

Snapshot snapshotOf(const QString& dir) {
    Snapshot snapshot;
    QDirIterator files(dir, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        if (!path.endsWith(u"-shm"_s)) snapshot.insert(QDir(dir).relativeFilePath(path), contentOf(path));
    }
    return snapshot;
}

bool restore(const QString& dir, const Snapshot& snapshot) {
    QDir(dir).removeRecursively();
    if (!QDir().mkpath(dir)) return false;
    for (auto file = snapshot.cbegin(); file != snapshot.cend(); ++file)
        if (!overwrite(QDir(dir).filePath(file.key()), file.value())) return false;
    return true;
}

static QString valueOf(int row) {
    return u"PLAINMARK %1 "_s.arg(row) + QString(300 + row % 700, QChar(u'a' + row % 26));
}

Snapshot filledWorkspace(const QString& dir, int rows, Log log) {
    auto workspace = Workspace::create(dir, keyOf('k'), KeySource::KeyFile);
    if (!workspace) qFatal("%s", qPrintable(workspace.error().detail));
    auto writer = (*workspace)->openWriter();
    if (!writer) qFatal("%s", qPrintable(writer.error().detail));
    if (!(*writer)->execute("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA wal_autocheckpoint=0")) qFatal("no checkpoint");
    auto insert = (*writer)->prepare("INSERT INTO settings VALUES (?1, ?2)");
    constexpr int perTransaction = 20;
    for (int row = 0; row < rows;) {
        auto transaction = Transaction::begin(**writer);
        for (int end = std::min(rows, row + perTransaction); row < end; ++row)
            if (!insert->bind(1, u"%1"_s.arg(row, 8, 10, QChar(u'0'))).bind(2, valueOf(row)).run()) qFatal("no insert");
        if (!(*transaction)->commit()) qFatal("no commit");
    }
    Snapshot files;
    if (log == Log::Kept) files = snapshotOf(dir);
    insert = Statement();
    writer->reset();
    if (log == Log::FoldedIn) files = snapshotOf(dir);
    workspace->reset();
    if (!restore(dir, files)) qFatal("cannot write the workspace's files");
    return files;
}

static QString summaryOf(qint64 rows, const QByteArray& digest) {
    return u"%1 rows, %2"_s.arg(rows).arg(QString::fromLatin1(digest.toHex()));
}

QString expectedRows(int rows) {
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (int row = 0; row < rows; ++row)
        hash.addData(valueOf(row).toUtf8());
    return summaryOf(rows, hash.result());
}

Result<QString> rowsOf(const Workspace& workspace) {
    AIVA_TRY(const auto reader, workspace.openReader());
    AIVA_TRY(Statement select, reader->prepare("SELECT value FROM settings ORDER BY name"));
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (qint64 rows = 0;; ++rows) {
        AIVA_TRY(const bool more, select.step());
        if (!more) return summaryOf(rows, hash.result());
        hash.addData(select.text(0).toUtf8());
    }
}

std::unique_ptr<Workspace> openOrDie(const QString& dir, char key) {
    auto opened = Workspace::open(dir, keyOf(key));
    if (!opened) qFatal("%s", qPrintable(opened.error().detail));
    return *std::move(opened);
}

} // namespace aiva::test
