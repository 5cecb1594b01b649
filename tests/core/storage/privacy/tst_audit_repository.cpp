// The audit log against somebody who writes to the database behind the repository's back.
#include "core/storage/privacy/audit_repository.h"
#include "tests/support/patience.h"
#include "tests/support/table_dump.h"
#include "tests/support/temporary_workspace.h"

using namespace aiva;
using namespace Qt::StringLiterals;

class AuditRepositoryTest : public QObject {
    Q_OBJECT

    std::unique_ptr<test::TemporaryWorkspace> m_workspace;
    std::unique_ptr<AuditRepository> m_audit;

    void sql(const QString& statements) {
        const auto done = m_workspace->writer().execute(statements.toStdString());
        QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
    }
    void append(int count) {
        for (int i = 1; i <= count; ++i) {
            AuditNote note;
            note.at = UtcTime(1'770'000'000'000 + i);
            note.actor = i % 2 ? AuditActor::Aiva : AuditActor::Person;
            note.kind = u"auto_queued"_s;
            if (i % 3) note.store = StoreId(1);
            if (i % 4) note.conversation = ConversationId(i);
            note.detail = u"{\"n\":%1}"_s.arg(i);
            const auto id = m_audit->append(note);
            QVERIFY2(id, id ? "" : qPrintable(id.error().detail));
            QCOMPARE(id->value(), i);
        }
    }

private Q_SLOTS:
    void init() {
        m_audit.reset();
        m_workspace = std::make_unique<test::TemporaryWorkspace>();
        QVERIFY(m_workspace->isOpen());
        auto audit = AuditRepository::create(m_workspace->writer());
        QVERIFY2(audit, audit ? "" : qPrintable(audit.error().detail));
        m_audit = std::move(*audit);
    }

    void anEmptyLogHolds() {
        const auto chain = m_audit->verifyChain();
        QVERIFY(chain);
        QCOMPARE(chain->entries, 0);
        QVERIFY(!chain->broken);
    }

    void keepsWhatWasSaidNewestFirst() {
        append(5);
        const auto page = m_audit->page(std::nullopt, 2);
        QVERIFY(page);
        QCOMPARE(page->size(), 2);
        const AuditEntry& newest = page->front();
        QCOMPARE(newest.id, AuditId(5));
        QCOMPARE(newest.at, UtcTime(1'770'000'000'005));
        QCOMPARE(newest.actor, u"aiva"_s);
        QCOMPARE(newest.kind, u"auto_queued"_s);
        QCOMPARE(newest.store, std::optional(StoreId(1)));
        QCOMPARE(newest.conversation, std::optional(ConversationId(5)));
        QCOMPARE(newest.detail, u"{\"n\":5}"_s);
        QCOMPARE(newest.previousDigest, page->back().digest);
        QCOMPARE(newest.digest, digestOf(newest));
        QVERIFY(!page->back().conversation);
        const auto rest = m_audit->page(page->back().id, 10);
        QCOMPARE(rest->size(), 3);
        QVERIFY(!rest->front().store);
        QCOMPARE(rest->back().previousDigest, QString());
        const auto chain = m_audit->verifyChain();
        QCOMPARE(chain->entries, 5);
        QVERIFY(!chain->broken);
    }

    void refusesWhatIsNoEntry() {
        AuditNote note;
        QCOMPARE(m_audit->append(note).error().kind, ErrorKind::Invalid);
        note.kind = u"auto_sent"_s;
        note.detail = u"sent it"_s;
        QCOMPARE(m_audit->append(note).error().kind, ErrorKind::Invalid);
        QCOMPARE(m_audit->page(std::nullopt, 9)->size(), 0);
    }

    void goesWithItsTransaction() {
        append(2);
        {
            const auto transaction = Transaction::begin(m_workspace->writer());
            AuditNote note;
            note.kind = u"auto_sent"_s;
            QCOMPARE(*m_audit->append(note), AuditId(3));
            QVERIFY(!m_audit->verifyChain()->broken);
        }
        const auto chain = m_audit->verifyChain();
        QCOMPARE(chain->entries, 2);
        QVERIFY(!chain->broken);
    }

    void nothingIsChangedThroughSql() {
        append(3);
        const QStringList before = test::rows(m_workspace->writer(), "SELECT * FROM audit ORDER BY id");
        for (const char* statement :
             {"UPDATE audit SET kind = 'x' WHERE id = 2", "DELETE FROM audit WHERE id = 3", "DELETE FROM audit",
              "REPLACE INTO audit SELECT id, at + 1, actor, kind, store_id, conversation_id, detail, previous_digest, "
              "digest || 'x' FROM audit WHERE id = 2"})
            QVERIFY2(!m_workspace->writer().execute(statement), statement);
        QCOMPARE(test::rows(m_workspace->writer(), "SELECT * FROM audit ORDER BY id"), before);
    }

    void findsWhatWasDoneBehindItsBack_data() {
        QTest::addColumn<QString>("deed");
        QTest::addColumn<int>("broken"); // the first entry that does not hold
        const auto row = [](const char* name, const QString& deed, int broken) {
            QTest::newRow(name) << deed << broken;
        };
        row("time changed", u"UPDATE audit SET at = at + 1 WHERE id = 4"_s, 4);
        row("actor changed", u"UPDATE audit SET actor = 'person' WHERE id = 5"_s, 5);
        row("kind changed", u"UPDATE audit SET kind = 'auto_cancelled' WHERE id = 1"_s, 1);
        row("store changed", u"UPDATE audit SET store_id = 2 WHERE id = 4"_s, 4);
        row("store taken away", u"UPDATE audit SET store_id = NULL WHERE id = 4"_s, 4);
        row("conversation changed", u"UPDATE audit SET conversation_id = 1 WHERE id = 6"_s, 6);
        row("detail changed", u"UPDATE audit SET detail = '{\"n\":7}' WHERE id = 8"_s, 8);
        row("digest changed", u"UPDATE audit SET digest = 'x' WHERE id = 3"_s, 3);
        row("previous digest changed", u"UPDATE audit SET previous_digest = '' WHERE id = 3"_s, 3);
        row("first removed", u"DELETE FROM audit WHERE id = 1"_s, 1);
        row("one removed", u"DELETE FROM audit WHERE id = 4"_s, 4);
        row("last removed", u"DELETE FROM audit WHERE id = 8"_s, 8);
        row("last three removed", u"DELETE FROM audit WHERE id > 5"_s, 6);
        row("all removed", u"DELETE FROM audit"_s, 1);
        row("removed and closed up", u"DELETE FROM audit WHERE id = 4; UPDATE audit SET id = id - 1 WHERE id > 4"_s, 4);
        row("two swapped",
            u"UPDATE audit SET id = 99 WHERE id = 3; UPDATE audit SET id = 3 WHERE id = 6; "
            "UPDATE audit SET id = 6 WHERE id = 99"_s,
            3);
        row("one moved to the end", u"UPDATE audit SET id = 9 WHERE id = 2"_s, 2);
        row("a copy inserted behind",
            u"INSERT INTO audit SELECT 9, at, actor, kind, store_id, conversation_id, detail, "
            "(SELECT digest FROM audit WHERE id = 8), 'y' FROM audit WHERE id = 8"_s,
            9);
        row("one inserted before the first",
            u"INSERT INTO audit SELECT 0, at, actor, kind, store_id, conversation_id, detail, '', 'y' FROM audit "
            "WHERE id = 1"_s,
            0);
        row("one inserted between",
            u"UPDATE audit SET id = -id WHERE id > 4; UPDATE audit SET id = 1 - id WHERE id < 0; "
            "INSERT INTO audit SELECT 5, at, actor, kind, store_id, conversation_id, detail, digest, 'y' FROM audit "
            "WHERE id = 4"_s,
            5);
        row("the end forgotten", u"DELETE FROM audit_head"_s, 1);
        row("another end", u"UPDATE audit_head SET digest = 'z'"_s, 8);
    }

    void findsWhatWasDoneBehindItsBack() {
        QFETCH(QString, deed);
        QFETCH(int, broken);
        append(8);
        QVERIFY(!m_audit->verifyChain()->broken);
        m_audit.reset();
        sql(u"DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete; DROP TRIGGER audit_no_replace"_s);
        sql(deed);

        auto audit = AuditRepository::create(m_workspace->writer());
        QVERIFY(audit);
        const auto chain = (*audit)->verifyChain();
        QVERIFY2(chain, chain ? "" : qPrintable(chain.error().detail));
        QVERIFY(chain->broken);
        QCOMPARE(chain->broken->entry.value(), broken);
        QVERIFY(!chain->broken->what.isEmpty());

        audit->reset(); // its statements hold the connection
        m_workspace->releaseWriter();
        const auto problems = m_workspace->workspace().check();
        QVERIFY2(problems, problems ? "" : qPrintable(problems.error().detail));
        QCOMPARE(*problems, QStringList{u"The audit log does not hold from entry %1 on: %2."_s.arg(broken).arg(
                                chain->broken->what)});
    }

    // Whoever writes a wholly new chain also has to know where the log ended.
    void aChainThatHoldsInItselfIsFoundWhenItEndsElsewhere() {
        append(3);
        sql(u"DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete"_s);
        AuditEntry last = m_audit->page(std::nullopt, 1)->front();
        last.kind = u"auto_cancelled"_s;
        sql(u"UPDATE audit SET kind = '%1', digest = '%2' WHERE id = 3"_s.arg(last.kind, digestOf(last)));
        const auto chain = m_audit->verifyChain();
        QVERIFY(chain->broken);
        QCOMPARE(chain->broken->entry, AuditId(3));
    }

    void aSoundLogIsNoProblemOfTheWorkspace() {
        append(20);
        QCOMPARE(*m_workspace->workspace().check(), QStringList());
    }
};

QTEST_GUILESS_MAIN(AuditRepositoryTest)
#include "tst_audit_repository.moc"
