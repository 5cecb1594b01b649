// aivactl audit over a log with entries, and workspace check after somebody tampered with it.
#include "core/storage/privacy/audit_repository.h"
#include "core/storage/workspace/workspace.h"
#include "tests/support/patience.h"
#include "tests/support/programs.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>

using namespace aiva;
using namespace Qt::StringLiterals;
using aiva::test::Ctl;
using aiva::test::Finished;

class AuditCliTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    std::unique_ptr<Ctl> m_ctl;

    template <typename Work>
    void write(Work work) {
        QFile file(m_ctl->keyFile());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QByteArray key = file.readAll();
        const auto workspace = Workspace::open(m_ctl->workspaceDir(), SecretString::takeFrom(key));
        QVERIFY2(workspace, workspace ? "" : qPrintable(workspace.error().detail));
        const auto writer = (*workspace)->openWriter();
        QVERIFY(writer);
        work(**writer);
    }
    QList<int> ids(const QStringList& options) {
        const Finished run = m_ctl->run(QStringList{u"audit"_s} + options);
        QList<int> found;
        if (run.exitStatus != 0) return {-1};
        for (const QJsonValue entry : run.json().value(u"entries"_s).toArray())
            found.append(entry.toObject().value(u"id"_s).toInt());
        return found;
    }

private Q_SLOTS:
    void initTestCase() {
        m_ctl = std::make_unique<Ctl>(m_dir.path());
        QCOMPARE(m_ctl->run({u"workspace"_s, u"init"_s}).exitStatus, 0);
        write([](Database& database) {
            const auto audit = AuditRepository::create(database);
            QVERIFY(audit);
            AuditNote note{UtcTime(1'770'000'000'000), AuditActor::Person, u"rule_changed"_s};
            note.store = StoreId(3);
            note.detail = u"{\"mode\":\"on, \\\"now\\\"\"}"_s;
            QVERIFY((*audit)->append(note));
            note = {UtcTime(1'770'100'000'000), AuditActor::Aiva, u"auto_sent"_s};
            note.conversation = ConversationId(7);
            QVERIFY((*audit)->append(note));
            note = {UtcTime(1'770'200'000'000), AuditActor::Aiva, u"=auto_cancelled"_s};
            QVERIFY((*audit)->append(note));
        });
    }

    void listsNewestFirst() {
        const QJsonArray entries = m_ctl->run({u"audit"_s}).json().value(u"entries"_s).toArray();
        QCOMPARE(entries.size(), 3);
        const QJsonObject oldest = entries.last().toObject();
        QCOMPARE(oldest.value(u"id"_s).toInt(), 1);
        QCOMPARE(oldest.value(u"at"_s).toString(), u"2026-02-02T02:40:00Z"_s);
        QCOMPARE(oldest.value(u"actor"_s).toString(), u"person"_s);
        QCOMPARE(oldest.value(u"kind"_s).toString(), u"rule_changed"_s);
        QCOMPARE(oldest.value(u"store_id"_s).toInt(), 3);
        QVERIFY(oldest.value(u"conversation_id"_s).isNull());
        QCOMPARE(oldest.value(u"detail"_s).toObject().value(u"mode"_s).toString(), u"on, \"now\""_s);
        QCOMPARE(oldest.value(u"digest"_s).toString().size(), 64);
    }

    void narrows() {
        QCOMPARE(ids({}), QList<int>({3, 2, 1}));
        QCOMPARE(ids({u"--limit"_s, u"2"_s}), QList<int>({3, 2}));
        QCOMPARE(ids({u"--search"_s, u"AUTO"_s}), QList<int>({3, 2}));
        QCOMPARE(ids({u"--conversation"_s, u"7"_s}), QList<int>({2}));
        QCOMPARE(ids({u"--from"_s, u"2026-02-03"_s}), QList<int>({3, 2}));
        QCOMPARE(ids({u"--until"_s, u"2026-02-03T06:26:40Z"_s}), QList<int>({1}));
    }

    void exportsCsv() {
        const QString path = m_dir.filePath(u"audit.csv"_s);
        const Finished run = m_ctl->run({u"audit"_s, u"--csv"_s, path});
        QVERIFY2(run.exitStatus == 0, run.err.constData());
        QCOMPARE(run.json().value(u"entries"_s).toInt(), 3);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QList<QByteArray> lines = file.readAll().split('\n');
        QCOMPARE(lines.size(), 5); // a heading, three entries, nothing behind the last
        QCOMPARE(lines.at(0),
                 "\"id\",\"at\",\"actor\",\"kind\",\"store_id\",\"conversation_id\",\"detail\",\"digest\"\r"_ba);
        QVERIFY2(
            lines.at(1).startsWith("\"3\",\"2026-02-04T10:13:20Z\",\"aiva\",\"'=auto_cancelled\",\"\",\"\",\"{}\",\""),
            lines.at(1).constData());
        QVERIFY2(lines.at(3).contains(",\"3\",\"\",\"{\"\"mode\"\":\"\"on, \\\"\"now\\\"\"\"\"}\",\""),
                 lines.at(3).constData());
        QCOMPARE(file.permissions() & QFileDevice::Permissions(0x0077), QFileDevice::Permissions());
        QCOMPARE(m_ctl->run({u"audit"_s, u"--csv"_s, m_dir.filePath(u"no/such/folder.csv"_s)}).exitStatus, 1);
    }

    void refusesWhatItDoesNotUnderstand() {
        for (const QStringList& options : {QStringList{u"--limit"_s, u"none"_s},
                                           {u"--limit"_s, u"0"_s},
                                           {u"--from"_s, u"yesterday"_s},
                                           {u"--conversation"_s, u"0"_s},
                                           {u"7"_s}})
            QCOMPARE(m_ctl->run(QStringList{u"audit"_s} + options).exitStatus, 2);
    }

    // Last: nothing is sound behind it.
    void workspaceCheckNamesTheFirstBrokenEntry() {
        QCOMPARE(m_ctl->run({u"workspace"_s, u"check"_s}).exitStatus, 0);
        write([](Database& database) {
            QVERIFY(database.execute("DROP TRIGGER audit_no_update; UPDATE audit SET detail = '{}' WHERE id = 1"));
        });
        const Finished check = m_ctl->run({u"workspace"_s, u"check"_s});
        QCOMPARE(check.exitStatus, 1);
        QCOMPARE(check.json().value(u"problems"_s).toArray(),
                 QJsonArray{u"The audit log does not hold from entry 1 on: it was changed."_s});
    }
};

QTEST_GUILESS_MAIN(AuditCliTest)
#include "tst_audit_cli.moc"
