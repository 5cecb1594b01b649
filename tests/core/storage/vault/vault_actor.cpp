// A process of its own for the tests that kill it: opens, writes, changes keys, copies. Keys are one repeated letter.
//   open DIR | write DIR WRITER | create DIR | rekey DIR FROM TO | backup DIR FILE
// "write" prints the last id it found, then every id once its transaction is committed, until it is killed.
#include "core/storage/workspace/workspace.h"

#include <QCoreApplication>
#include <QStringList>

#include <cstdio>

using namespace aiva;
using namespace Qt::StringLiterals;

static SecretString keyOf(QChar letter) {
    return SecretString(std::string(32, letter.toLatin1()));
}

static int report(const Result<void>& result) {
    std::printf("%s\n",
                result ? "ok" : qPrintable(errorCauseName(result.error().cause) + u' ' + result.error().detail));
    return result ? 0 : 1;
}

static Result<void> write(const Workspace& workspace, qint64 writer) {
    AIVA_TRY(const auto database, workspace.openWriter());
    // Checkpoints in the middle of everything.
    AIVA_CHECK(database->execute("PRAGMA wal_autocheckpoint=25;"
                                 "CREATE TABLE IF NOT EXISTS written (writer INTEGER, id INTEGER, text TEXT NOT NULL, "
                                 "PRIMARY KEY (writer, id)) WITHOUT ROWID;"
                                 "CREATE INDEX IF NOT EXISTS written_by_text ON written (text)"));
    AIVA_TRY(Statement last, database->prepare("SELECT coalesce(max(id), 0) FROM written WHERE writer = ?1"));
    AIVA_CHECK(last.bind(1, writer).step());
    qint64 id = last.integer(0);
    last.reset();
    std::printf("%lld\n", static_cast<long long>(id));
    AIVA_TRY(Statement insert,
             database->prepare("INSERT INTO written VALUES (?1, ?2, hex(randomblob(200)) || 'PLAINMARK')"));
    for (;;) {
        AIVA_TRY(const auto transaction, Transaction::begin(*database));
        for (int i = 0; i < 7; ++i)
            AIVA_CHECK(insert.bind(1, writer).bind(2, ++id).run());
        AIVA_CHECK(transaction->commit());
        std::printf("%lld\n", static_cast<long long>(id));
    }
}

static Result<void> act(const QStringList& arguments) {
    const QString action = arguments.value(1);
    const QString dir = arguments.value(2);
    if (action == u"create"_s) {
        AIVA_CHECK(Workspace::create(dir, keyOf(u'k'), KeySource::KeyFile));
        return {};
    }
    const QChar letter = action == u"rekey"_s ? arguments.value(3).at(0) : QChar(u'k');
    AIVA_TRY(const auto workspace, Workspace::open(dir, keyOf(letter)));
    if (action == u"write"_s) return write(*workspace, arguments.value(3).toLongLong());
    if (action == u"backup"_s) return workspace->backup(arguments.value(3));
    if (action == u"rekey"_s) return workspace->rekey(keyOf(arguments.value(4).at(0)));
    AIVA_CHECK(workspace->openWriter());
    return {};
}

int main(int count, char** values) {
    const QCoreApplication application(count, values);
    std::setvbuf(stdout, nullptr, _IONBF, 0);
    return report(act(QCoreApplication::arguments()));
}
