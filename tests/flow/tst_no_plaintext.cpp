// After a sync and an import, nothing a customer or the shop said may be found in any byte the programs left behind or
// printed to their log: database, write-ahead log, spool, key.json, temporary files, stderr.
#include "tests/support/patience.h"
#include "tests/support/programs.h"

#include <QDir>
#include <QDirIterator>
#include <QJsonArray>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using aiva::test::Ctl;
using aiva::test::Finished;
using aiva::test::Sandbox;

class NoPlaintextTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_dir;

    // Names, addresses, order names and item titles of the cache, as the bytes a leak would show.
    QSet<QByteArray> knownPlaintext(const Ctl& ctl) {
        QSet<QByteArray> known;
        const auto add = [&](const QJsonValue& value) {
            const QByteArray text = value.toString().toUtf8();
            if (text.size() >= 5) known.insert(text);
        };
        const QJsonObject list = ctl.run({u"conversation"_s, u"list"_s, u"--limit"_s, u"30"_s}).json();
        for (const QJsonValue& row : list.value(u"conversations"_s).toArray()) {
            add(row[u"from"_s][u"email"_s]);
            add(row[u"from"_s][u"name"_s]);
            add(row[u"subject"_s]);
            const QJsonObject customer =
                ctl.run({u"customer"_s, u"show"_s, row[u"from"_s][u"email"_s].toString()}).json();
            for (const QJsonValue& order : customer.value(u"orders"_s).toArray()) {
                add(order[u"name"_s]);
                add(order[u"items"_s][0][u"title"_s]);
                add(order[u"tracking"_s][0][u"number"_s]);
            }
        }
        return known;
    }

    QStringList leaks(const QSet<QByteArray>& known, const QByteArray& bytes, const QString& where) {
        QStringList found;
        for (const QByteArray& text : known)
            if (bytes.contains(text)) found.append(u"%1 holds %2 known bytes in clear"_s.arg(where).arg(text.size()));
        return found;
    }

private Q_SLOTS:
    void nothingKnownIsReadableOnDiskOrInTheLog() {
        const QString mail = m_dir.filePath(u"mail"_s);
        const Sandbox sandbox({u"--seed"_s, u"11"_s, u"--customers"_s, u"80"_s, u"--orders"_s, u"200"_s,
                               u"--messages"_s, u"30"_s, u"--mail"_s, mail});
        QVERIFY(sandbox.isRunning());
        const Ctl ctl(m_dir.path());
        QByteArray log;
        const auto run = [&](const QStringList& arguments, const QByteArray& input = {}) {
            const Finished finished = ctl.run(arguments, input);
            log += finished.err;
            QVERIFY2(finished.exitStatus == 0, finished.err.constData());
        };
        run({u"workspace"_s, u"init"_s});
        run(sandbox.connectArguments(), sandbox.connectInput());
        run({u"sync"_s, u"run"_s, u"--full"_s, u"--transport"_s, u"bulk"_s});
        run({u"mail"_s, u"import"_s, mail, u"--own"_s, sandbox.text("support_address")});

        QSet<QByteArray> known = knownPlaintext(ctl);
        QVERIFY(known.size() > 30);
        // Killed in the middle: log, spool and temporary files stay where they are.
        const auto killed = ctl.start({u"sync"_s, u"run"_s, u"--full"_s, u"--transport"_s, u"bulk"_s});
        const QDir spool(ctl.workspaceDir() + u"/spool"_s);
        QVERIFY(QTest::qWaitFor(
            [&] { return !spool.entryList(QDir::Files).isEmpty() || killed->state() == QProcess::NotRunning; },
            60'000));
        killed->kill();
        killed->waitForFinished(60'000);
        log += killed->readAllStandardError();

        for (const char* secret : {"token", "client_secret"})
            known.insert(sandbox.text(secret).toUtf8());
        known.insert("SQLite format 3");
        known.insert("CREATE TABLE");
        int files = 0;
        QStringList problems = leaks(known, log, u"the log"_s);
        QDirIterator it(ctl.workspaceDir(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            QFile file(it.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            problems += leaks(known, file.readAll(), QFileInfo(file).fileName());
            ++files;
        }
        QVERIFY(files >= 2);
        QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
        qInfo("%d files and the log searched for %lld known texts", files, static_cast<long long>(known.size()));
    }
};

QTEST_GUILESS_MAIN(NoPlaintextTest)
#include "tst_no_plaintext.moc"
