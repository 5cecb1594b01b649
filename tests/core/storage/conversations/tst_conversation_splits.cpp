// Splitting by hand: what was split stays split, and taking it back leaves the rows as they were.
#include "tests/core/storage/conversations/moves_fixture.h"
#include "tests/support/patience.h"
#include "tests/support/table_dump.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class TestConversationSplits : public QObject, private MovesFixture {
    Q_OBJECT
private Q_SLOTS:
    void init() { open(); }
    void splitsFromAMessageOnAndGivesItBack();
    void aSplitLeavesSomethingBehind();
    void whatWasSplitStaysSplitWhenALateParentComes();
    void mailAfterASplitGoesToTheSideItAnswers();
};

void TestConversationSplits::splitsFromAMessageOnAndGivesItBack() {
    const auto one = add(mail(u"a@x"_s, kAnn, u"Lamp"_s, 0));
    QCOMPARE(add(mail(u"b@x"_s, kAnn, u"Re: Lamp"_s, 5, {u"a@x"_s})), one);
    QCOMPARE(add(mail(u"c@x"_s, kAnn, u"Also a table"_s, 9, {u"a@x"_s, u"b@x"_s})), one);
    QVERIFY(m_repository->saveDraft({one, u"about the table"_s, {}, 3, UtcTime(1000)}));
    sql(u"INSERT INTO notes (conversation_id, author, text, written_at) VALUES (1, 'Kim', 'early', %1), "
        "(1, 'Kim', 'late', %2)"_s.arg(kMovesBegin)
            .arg(kMovesBegin + 99 * 60'000));
    const QStringList before = dump();
    const auto made = m_repository->split(one, idOf(u"c@x"_s), now());
    QVERIFY2(made, made ? "" : qPrintable(made.error().detail));
    QVERIFY(*made != one);
    QCOMPARE(place(u"b@x"_s), one);
    QCOMPARE(place(u"c@x"_s), *made);
    QCOMPARE((*m_repository->draft(*made))->text, u"about the table"_s);
    QVERIFY(!*m_repository->draft(one));
    QCOMPARE(number("SELECT count(*) FROM notes WHERE conversation_id = 1"), 1);
    QCOMPARE(number("SELECT message_count FROM conversations WHERE id = 1"), 2);
    QCOMPARE(rows(m_workspace->writer(), "SELECT subject, base_subject FROM conversations WHERE id = 2"),
             QStringList{u"Also a table|also a table"_s});
    QCOMPARE(rows(m_workspace->writer(), "SELECT name FROM conversation_orders WHERE conversation_id = 2"),
             QStringList{u"1009"_s});
    QVERIFY(*m_repository->revertMove(*made, now()));
    const QString different = difference(before, dump());
    QVERIFY2(different.isEmpty(), qPrintable(different));
}

void TestConversationSplits::aSplitLeavesSomethingBehind() {
    const auto one = add(mail(u"a@x"_s, kAnn, u"Lamp"_s, 0));
    add(mail(u"b@x"_s, kAnn, u"Re: Lamp"_s, 5, {u"a@x"_s}));
    const auto other = add(mail(u"c@y"_s, kBob, u"Lamp"_s, 5));
    QCOMPARE(m_repository->split(one, idOf(u"a@x"_s), now()).error().kind, ErrorKind::Invalid);
    QCOMPARE(m_repository->split(other, idOf(u"b@x"_s), now()).error().kind, ErrorKind::NotFound);
    QCOMPARE(m_repository->split(one, MessageId(99), now()).error().kind, ErrorKind::NotFound);
    QCOMPARE(number("SELECT count(*) FROM conversations"), 2);
}

void TestConversationSplits::whatWasSplitStaysSplitWhenALateParentComes() {
    const auto one = add(mail(u"b@x"_s, kAnn, u"Re: Lamp"_s, 5, {u"root@x"_s}));
    QCOMPARE(add(mail(u"c@x"_s, kAnn, u"Re: Lamp"_s, 9, {u"root@x"_s})), one);
    const auto made = m_repository->split(one, idOf(u"c@x"_s), now());
    QVERIFY(made);
    QCOMPARE(add(mail(u"root@x"_s, kAnn, u"Lamp"_s, 0)), one);
    QCOMPARE(place(u"c@x"_s), *made);
    // Nor does a mail that names both bring them together.
    QCOMPARE(add(mail(u"d@x"_s, kAnn, u"Re: Lamp"_s, 12, {u"b@x"_s, u"c@x"_s})), *made);
    QCOMPARE(number("SELECT count(*) FROM conversations"), 2);
    // A third conversation joins the side it is proved to be part of, and keeps off the other.
    const auto third = add(mail(u"e@x"_s, kAnn, u"Vase"_s, 20, {u"f@x"_s}));
    QCOMPARE(add(mail(u"f@x"_s, kAnn, u"Vase"_s, 19, {u"b@x"_s, u"c@x"_s})), *made);
    QCOMPARE(place(u"e@x"_s), *made);
    QVERIFY(third != *made);
    QVERIFY(m_repository->keepApart(one, *made));
}

void TestConversationSplits::mailAfterASplitGoesToTheSideItAnswers() {
    const auto one = add(mail(u"a@x"_s, kAnn, u"Lamp"_s, 0));
    add(mail(u"b@x"_s, kAnn, u"Re: Lamp"_s, 5, {u"a@x"_s}));
    const auto made = m_repository->split(one, idOf(u"b@x"_s), now());
    QVERIFY(made);
    QCOMPARE(add(mail(u"c@x"_s, kAnn, u"Re: Lamp"_s, 8, {u"a@x"_s, u"b@x"_s})), *made);
    QCOMPARE(add(mail(u"d@x"_s, kAnn, u"Re: Lamp"_s, 9, {u"a@x"_s})), one);
    QVERIFY(*m_repository->revertMove(one, now()));
    QCOMPARE(number("SELECT count(*) FROM conversations"), 1);
    QCOMPARE(number("SELECT message_count FROM conversations"), 4);
}

QTEST_GUILESS_MAIN(TestConversationSplits)
#include "tst_conversation_splits.moc"
