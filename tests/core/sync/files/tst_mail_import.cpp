#include "core/sync/files/mail_import.h"
#include "tests/support/fake_mail_files.h"
#include "tests/support/patience.h"
#include "tests/support/table_dump.h"
#include "tests/support/temporary_workspace.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class TestMailImport : public QObject {
    Q_OBJECT

    Result<MailImportCounts> import(const std::function<bool(qint64)>& progress = {}, const QString& path = u"mail"_s) {
        auto conversations = ConversationRepository::create(m_workspace->writer());
        if (!conversations) return conversations.error();
        return importMail(m_files, path, {u"Help@Licht.example"_s}, **conversations, m_workspace->writer(), progress);
    }
    QString count(const char* what) {
        return rows(m_workspace->writer(), "SELECT count(*) FROM " + QByteArray(what)).front();
    }

    std::unique_ptr<TemporaryWorkspace> m_workspace;
    FakeMailFilePort m_files;

private Q_SLOTS:
    void init() {
        m_workspace = std::make_unique<TemporaryWorkspace>();
        m_files = {};
    }

    void addsEachMessageOnce() {
        m_files.messages = 250;
        const auto first = import();
        QVERIFY(first);
        QCOMPARE(first->read, 250);
        QCOMPARE(first->added, 250);
        const auto again = import();
        QVERIFY(again);
        QCOMPARE(again->added, 0);
        QCOMPARE(again->known, 250);
        QCOMPARE(count("messages"), u"250"_s);
    }

    void countsWhatWasRefusedAndSaysWhy() {
        m_files.messages = 20;
        m_files.refuseEvery = 5;
        const auto counts = import();
        QVERIFY(counts);
        QCOMPARE(counts->refused, 4);
        QCOMPARE(counts->added, 16);
        QCOMPARE(counts->causes.front(), u"4.eml: too many parts"_s);
    }

    void stopsWhenAskedAndKeepsWhatCame() {
        m_files.messages = 1'000;
        QList<qint64> told;
        const auto counts = import([&](qint64 read) {
            told << read;
            return read < 300;
        });
        QVERIFY(counts);
        QCOMPARE(told, (QList<qint64>{100, 200, 300}));
        QCOMPARE(counts->read, 300);
        QCOMPARE(count("messages"), u"300"_s);
    }

    void ownMessagesAreOutbound() {
        m_files.messages = 3;
        const auto counts = import();
        QVERIFY(counts);
        QCOMPARE(count("messages WHERE direction = 'in'"), u"3"_s);
        auto conversations = ConversationRepository::create(m_workspace->writer());
        QVERIFY(conversations);
        MessageRecord ours = FakeMailFilePort::message(99);
        ours.from.email = u"HELP@licht.example"_s;
        MailImportBatch batch(**conversations, m_workspace->writer(), {u"help@licht.example"_s});
        QVERIFY(batch.add(u"sent.eml"_s, ours));
        QVERIFY(batch.commit());
        QCOMPARE(count("messages WHERE direction = 'out'"), u"1"_s);
    }

    void absentFolderIsAnError() {
        const auto counts = import({}, QString());
        QVERIFY(!counts);
        QCOMPARE(counts.error().kind, ErrorKind::NotFound);
    }
};

QTEST_GUILESS_MAIN(TestMailImport)
#include "tst_mail_import.moc"
