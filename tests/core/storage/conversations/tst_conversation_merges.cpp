// Merging by hand: everything comes along, and taking it back leaves the rows as they were.
#include "tests/core/storage/conversations/moves_fixture.h"
#include "tests/support/patience.h"
#include "tests/support/table_dump.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class TestConversationMerges : public QObject, private MovesFixture {
    Q_OBJECT
private Q_SLOTS:
    void init() { open(); }
    void mergesEverythingAndGivesItBack();
    void mergesOfTwoCustomersAreRefused();
    void mailThatCameAfterAMergeGoesWithWhatItAnswers();
    void aDraftEditedSinceTheMergeIsKept();
    void aDraftSentSinceTheMergeDoesNotComeBack();
    void aNoteNeverBecomesPartOfAReply();
    void idsOfMergedConversationsAreNotUsedAgain();
};

void TestConversationMerges::mergesEverythingAndGivesItBack() {
    const auto one = add(mail(u"a@x"_s, kAnn, u"Lamp"_s, 0, {u"lost@x"_s}));
    const auto two = add(mail(u"b@x"_s, kAnn, u"Table"_s, 5, {u"gone@x"_s, u"lost2@x"_s}));
    const auto third = add(mail(u"z@x"_s, kAnn, u"Chair"_s, 6));
    QVERIFY(one != two);
    QVERIFY(m_repository->keepApart(two, third));
    QVERIFY(m_repository->setStatus(one, ConversationStatus::Done));
    QVERIFY(m_repository->saveDraft({one, u"for one"_s, {}, 3, UtcTime(1000)}));
    QVERIFY(m_repository->saveDraft({two, u"for two"_s, u"<p>for two</p>"_s, 3, UtcTime(2000)}));
    QVERIFY(m_repository->linkToProfile(two, std::nullopt, now()));
    const QString two_s = QString::number(two.value());
    sql(u"INSERT INTO notes (conversation_id, author, text, written_at) VALUES (%1, 'Kim', 'call', %2);"
        "INSERT INTO outbox (mailbox_id, conversation_id, message_id, state, origin, subject, envelope_from, "
        "recipients, mail, text, draft, basis, cancel_when_customer_writes, queued_at, not_before, next_attempt_at) "
        "VALUES (1, %1, 'o@shop', 'waiting', 'person', '', '', '[]', x'00', '', '', '', 0, %2, 0, 0);"
        "INSERT INTO draft_versions (conversation_id, text, html, saved_at) VALUES (%1, 'v', '', 0);"
        "INSERT INTO draft_attachments (conversation_id, position, name, mime_type, content_id, size, content) "
        "VALUES (%1, 0, 'a', 'b', '', 1, x'00');"
        "INSERT INTO team_anchors (conversation_id, folder_id, uid, mod_seq) VALUES (%1, 1, 7, 0)"_s.arg(two_s)
            .arg(kMovesBegin));
    const QStringList before = dump();

    const auto merged = m_repository->merge(one, two, now());
    QVERIFY2(merged, merged ? "" : qPrintable(merged.error().detail));
    QCOMPARE(*merged, one);
    QCOMPARE(number("SELECT count(*) FROM conversations"), 2);
    QCOMPARE(number("SELECT message_count FROM conversations WHERE id = 1"), 2);
    QCOMPARE(number("SELECT status = 'open' FROM conversations WHERE id = 1"), 1);
    for (const char* table : {"SELECT count(*) FROM notes WHERE conversation_id <> 1",
                              "SELECT count(*) FROM outbox WHERE conversation_id <> 1",
                              "SELECT count(*) FROM draft_versions WHERE conversation_id <> 1",
                              "SELECT count(*) FROM draft_attachments WHERE conversation_id <> 1",
                              "SELECT count(*) FROM drafts WHERE conversation_id <> 1",
                              "SELECT count(*) FROM message_references WHERE conversation_id <> 1",
                              "SELECT count(*) FROM team_anchors WHERE conversation_id <> 1"})
        QVERIFY2(number(table) == 0, table);
    QCOMPARE((*m_repository->draft(one))->text, u"for two\n\nfor one"_s);

    const auto reverted = m_repository->revertMove(one, now());
    QVERIFY2(reverted, reverted ? "" : qPrintable(reverted.error().detail));
    QVERIFY(*reverted);
    const QString different = difference(before, dump());
    QVERIFY2(different.isEmpty(), qPrintable(different));
    QVERIFY(!*m_repository->revertMove(one, now()));
}

void TestConversationMerges::mergesOfTwoCustomersAreRefused() {
    const auto ann = add(mail(u"a@x"_s, kAnn, u"Lamp"_s, 0));
    const auto bob = add(mail(u"b@y"_s, kBob, u"Lamp"_s, 1));
    const auto nobody = add(mail(u"c@z"_s, {}, u"Lamp"_s, 1));
    const auto nobodyElse = add(mail(u"d@z"_s, {}, u"Lamp"_s, 1));
    const QStringList before = dump();
    for (const auto& [one, other] : {std::pair(ann, bob), std::pair(bob, ann), std::pair(nobody, nobodyElse)}) {
        const auto merged = m_repository->merge(one, other, now());
        QVERIFY(!merged);
        QCOMPARE(merged.error().kind, ErrorKind::Refused);
    }
    QVERIFY(!m_repository->merge(ann, ann, now()));
    QVERIFY(!m_repository->merge(ann, ConversationId(99), now()));
    QCOMPARE(difference(before, dump()), QString());
    // One address, two people: somebody decided that, and it counts.
    sql(u"INSERT INTO profiles (id) VALUES (1), (2)"_s);
    const auto again = add(mail(u"e@x"_s, kAnn, u"Other"_s, 1));
    sql(u"UPDATE conversations SET profile_id = 1 WHERE id = %1; UPDATE conversations SET profile_id = 2 WHERE id = %2"_s
            .arg(ann.value())
            .arg(again.value()));
    QVERIFY(!m_repository->merge(ann, again, now()));
    sql(u"UPDATE conversations SET profile_id = 1"_s);
    QVERIFY(m_repository->merge(ann, bob, now())); // one person with two addresses
}

void TestConversationMerges::mailThatCameAfterAMergeGoesWithWhatItAnswers() {
    const auto one = add(mail(u"a@x"_s, kAnn, u"Lamp"_s, 0));
    const auto two = add(mail(u"b@x"_s, kAnn, u"Table"_s, 5));
    QVERIFY(m_repository->merge(one, two, now()));
    QCOMPARE(add(mail(u"c@x"_s, kAnn, u"Re: Table"_s, 10, {u"b@x"_s})), one);
    QCOMPARE(add(mail(u"d@x"_s, kAnn, u"Re: Table"_s, 11, {u"b@x"_s, u"c@x"_s})), one);
    QCOMPARE(add(mail(u"e@x"_s, kAnn, u"Re: Lamp"_s, 12, {u"a@x"_s})), one);
    QVERIFY(*m_repository->revertMove(one, now()));
    QCOMPARE(place(u"a@x"_s), one);
    QCOMPARE(place(u"e@x"_s), one);
    for (const QString& id : {u"b@x"_s, u"c@x"_s, u"d@x"_s})
        QCOMPARE(place(id), two);
    QCOMPARE(number("SELECT message_count FROM conversations WHERE id = 2"), 3);
    QCOMPARE(add(mail(u"f@x"_s, kAnn, u"Re: Table"_s, 13, {u"d@x"_s})), two);
}

void TestConversationMerges::aDraftEditedSinceTheMergeIsKept() {
    const auto one = add(mail(u"a@x"_s, kAnn, u"Lamp"_s, 0));
    const auto two = add(mail(u"b@x"_s, kAnn, u"Table"_s, 5));
    QVERIFY(m_repository->saveDraft({two, u"for two"_s, {}, 3, UtcTime(1000)}));
    QVERIFY(m_repository->merge(one, two, now()));
    QVERIFY(m_repository->saveDraft({one, u"for two, and more"_s, {}, 3, UtcTime(2000)}));
    QVERIFY(*m_repository->revertMove(one, now()));
    QCOMPARE((*m_repository->draft(one))->text, u"for two, and more"_s);
    QCOMPARE((*m_repository->draft(two))->text, u"for two"_s);
}

void TestConversationMerges::aDraftSentSinceTheMergeDoesNotComeBack() {
    const auto one = add(mail(u"a@x"_s, kAnn, u"Lamp"_s, 0));
    const auto two = add(mail(u"b@x"_s, kAnn, u"Table"_s, 5));
    QVERIFY(m_repository->saveDraft({two, u"for two"_s, {}, 3, UtcTime(1000)}));
    QVERIFY(m_repository->merge(one, two, now()));
    QVERIFY(m_repository->saveDraft({one, {}, {}, 0, UtcTime(2000)}));
    QVERIFY(*m_repository->revertMove(one, now()));
    QCOMPARE(number("SELECT count(*) FROM drafts"), 0);
    QCOMPARE(number("SELECT sum(has_draft) FROM conversations"), 0);
}

void TestConversationMerges::aNoteNeverBecomesPartOfAReply() {
    const auto one = add(mail(u"a@x"_s, kAnn, u"Lamp"_s, 0));
    const auto two = add(mail(u"b@x"_s, kAnn, u"Table"_s, 5));
    QVERIFY(m_repository->saveDraft({one, u"Dear Ann"_s, {}, 3, UtcTime(5000)}));
    Draft note{two, u"she lies"_s, {}, 3, UtcTime(1000)};
    note.kind = DraftKind::Note;
    QVERIFY(m_repository->saveDraft(note));
    note.conversation = one;
    note.text = u"call her"_s;
    QVERIFY(m_repository->saveDraft(note));
    const QStringList before = dump();
    QVERIFY(m_repository->merge(one, two, now()));
    QCOMPARE((*m_repository->draft(one))->text, u"Dear Ann"_s);
    QCOMPARE(number("SELECT count(*) FROM note_drafts WHERE text LIKE '%she lies%' AND text LIKE '%call her%'"), 1);
    QVERIFY(*m_repository->revertMove(one, now()));
    QCOMPARE(difference(before, dump()), QString());
}

void TestConversationMerges::idsOfMergedConversationsAreNotUsedAgain() {
    const auto one = add(mail(u"a@x"_s, kAnn, u"Lamp"_s, 0));
    const auto two = add(mail(u"b@x"_s, kAnn, u"Table"_s, 5));
    QVERIFY(m_repository->merge(one, two, now()));
    const auto fresh = add(mail(u"c@y"_s, kBob, u"Hello"_s, 5));
    QVERIFY(fresh != two);
    QVERIFY(*m_repository->revertMove(one, now()));
    QCOMPARE(place(u"b@x"_s), two);
    QCOMPARE(place(u"c@y"_s), fresh);
}

QTEST_GUILESS_MAIN(TestConversationMerges)
#include "tst_conversation_merges.moc"
