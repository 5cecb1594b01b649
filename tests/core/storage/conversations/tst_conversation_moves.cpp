// Merging and splitting by hand, one after the other: whatever was done, taking it back leaves the rows as they were.
#include "tests/core/storage/conversations/moves_fixture.h"
#include "tests/support/patience.h"
#include "tests/support/table_dump.h"

#include <QRandomGenerator>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class TestConversationMoves : public QObject, private MovesFixture {
    Q_OBJECT
private Q_SLOTS:
    void init() { open(); }
    void aProposedAnswerIsDroppedAndItsHistoryMoves();
    void takesBackInReverseOrderOnly();
    void anyRunOfMovesCanBeTakenBack();
};

void TestConversationMoves::aProposedAnswerIsDroppedAndItsHistoryMoves() {
    const auto one = add(mail(u"a@x"_s, kAnn, u"Lamp"_s, 0));
    const auto two = add(mail(u"b@x"_s, kAnn, u"Table"_s, 5));
    add(mail(u"c@x"_s, kAnn, u"Re: Table"_s, 9, {u"b@x"_s}));
    sql(u"INSERT INTO stores (id, kind, domain, name, status, currency, time_zone, created_at) "
        "VALUES (1, 'shopify', 'acme.example', 'Acme', 'connected', 'USD', 'UTC', 0);"
        "INSERT INTO model_endpoints (id, name, protocol, base_url, model) VALUES (1, 'm', 'openai_chat', 'u', 'm');"
        "INSERT INTO draft_outcomes (store_id, conversation_id, customer_email, intent, source, outcome, "
        "was_shadow_send, at) VALUES (1, 1, '', 'return', 'playbook', 'auto_sent', 0, %1), "
        "(1, 2, '', 'return', 'playbook', 'edited', 0, %1), (1, 2, '', 'return', 'playbook', 'auto_sent', 0, %2);"
        "INSERT INTO model_requests (endpoint_id, conversation_id, at, payload_digest, outcome) "
        "VALUES (1, 2, %1, 'd', 'ok'), (1, 2, %2, 'e', 'ok');"
        "INSERT INTO intent_labels VALUES (1, 1, 'return', 500000, 'refund', 0), (2, 1, 'return', 500000, 'refund', 0)"_s
            .arg(kMovesBegin + 6 * 60'000)
            .arg(kMovesBegin + 10 * 60'000));
    propose(one, u"ready"_s);
    propose(two, u"ready"_s);
    QCOMPARE(number("SELECT sum(conversations) FROM ready_counts"), 2);
    sql(u"DELETE FROM proposals"_s);
    const QStringList before = dump();
    propose(one, u"ready"_s);
    propose(two, u"ready"_s);

    QVERIFY(m_repository->merge(one, two, now()));
    QCOMPARE(number("SELECT count(*) FROM proposals"), 0);
    QCOMPARE(number("SELECT sum(conversations) FROM ready_counts"), 0);
    QCOMPARE(number("SELECT answer_state = '' FROM conversations WHERE id = 1"), 1);
    QCOMPARE(number("SELECT count(*) FROM draft_outcomes WHERE conversation_id = 1"), 3);
    QCOMPARE(number("SELECT count(*) FROM model_requests WHERE conversation_id = 1"), 2);
    propose(one, u"ready"_s); // made again over both
    QVERIFY(*m_repository->revertMove(one, now()));
    QCOMPARE(number("SELECT count(*) FROM proposals"), 0);
    QCOMPARE(difference(before, dump()), QString());

    propose(two, u"check"_s);
    const auto made = m_repository->split(two, idOf(u"c@x"_s), now());
    QVERIFY2(made, made ? "" : qPrintable(made.error().detail));
    QCOMPARE(number("SELECT count(*) FROM proposals"), 0);
    QCOMPARE(number("SELECT count(*) FROM draft_outcomes WHERE conversation_id = 2"), 1);
    QCOMPARE(number("SELECT count(*) FROM model_requests WHERE conversation_id = 2"), 1);
    propose(*made, u"ready"_s);
    QVERIFY(*m_repository->revertMove(two, now()));
    QCOMPARE(number("SELECT count(*) FROM proposals"), 0);
    QCOMPARE(difference(before, dump()), QString());
    QVERIFY(rows(m_workspace->writer(), "PRAGMA foreign_key_check").isEmpty());
}

void TestConversationMoves::takesBackInReverseOrderOnly() {
    const auto one = add(mail(u"a@x"_s, kAnn, u"Lamp"_s, 0));
    add(mail(u"b@x"_s, kAnn, u"Re: Lamp"_s, 5, {u"a@x"_s}));
    add(mail(u"c@x"_s, kAnn, u"Re: Lamp"_s, 6, {u"a@x"_s}));
    const auto made = m_repository->split(one, idOf(u"b@x"_s), now());
    QVERIFY(made);
    const auto further = m_repository->split(*made, idOf(u"c@x"_s), now());
    QVERIFY(further);
    QCOMPARE(m_repository->revertMove(one, now()).error().kind, ErrorKind::Conflict);
    QVERIFY(*m_repository->revertMove(*further, now()));
    QVERIFY(*m_repository->revertMove(one, now()));
    QCOMPARE(number("SELECT count(*) FROM conversations"), 1);
}

void TestConversationMoves::anyRunOfMovesCanBeTakenBack() {
    const int runs = qEnvironmentVariableIntValue("AIVA_RUNS") > 0 ? qEnvironmentVariableIntValue("AIVA_RUNS") : 6;
    QRandomGenerator random(7);
    int moves = 0;
    for (int run = 0; run < runs; ++run) {
        init();
        for (int i = 0; i < 12; ++i) {
            const QString subject = u"Matter %1"_s.arg(i / 3);
            QStringList references;
            if (i % 3 > 0) references << u"m%1@x"_s.arg(i - 1);
            add(mail(u"m%1@x"_s.arg(i), kAnn, subject, i * 3, references));
        }
        const QStringList start = dump();
        std::vector<ConversationId> order; // where each move can be taken back
        for (int step = 0; step < 10; ++step) {
            const QStringList ids = rows(m_workspace->writer(), "SELECT id FROM conversations ORDER BY id");
            const auto any = [&] { return ConversationId(ids[random.bounded(int(ids.size()))].toLongLong()); };
            const ConversationId one = any();
            if (random.bounded(2) == 0) {
                if (m_repository->merge(one, any(), now())) order.push_back(one);
            } else if (m_repository->split(one, MessageId(1 + random.bounded(12)), now())) {
                order.push_back(one);
            }
            QCOMPARE(number("SELECT count(*) FROM messages"), 12);
            QCOMPARE(number("SELECT sum(message_count) FROM conversations"), 12);
        }
        for (auto at = order.rbegin(); at != order.rend(); ++at) {
            const auto reverted = m_repository->revertMove(*at, now());
            QVERIFY2(reverted, reverted ? "" : qPrintable(reverted.error().detail));
            QVERIFY(*reverted);
            ++moves;
        }
        const QString different = difference(start, dump());
        QVERIFY2(different.isEmpty(), qPrintable(different));
    }
    qInfo("%d moves in %d runs taken back", moves, runs);
}

QTEST_GUILESS_MAIN(TestConversationMoves)
#include "tst_conversation_moves.moc"
