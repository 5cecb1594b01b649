// Merging and splitting by hand: whatever was done, taking it back leaves the rows as they were.
#include "core/storage/conversations/conversation_repository.h"
#include "tests/support/table_dump.h"
#include "tests/support/temporary_workspace.h"

#include <QRandomGenerator>
#include <QtTest>

using namespace aiva;
using namespace Qt::StringLiterals;
using Direction = ConversationRepository::Direction;

namespace {

constexpr qint64 kNoon = 1'770'000'000'000;
const auto kAnn = u"ann@x.example"_s;
const auto kBob = u"bob@y.example"_s;

MessageRecord mail(const QString& id, const QString& from, const QString& subject, qint64 minutes,
                   const QStringList& references = {}) {
    MessageRecord message;
    message.messageId = id;
    message.from = {u"Some One"_s, from};
    message.to = {{u"Shop"_s, u"help@shop.example"_s}};
    message.subject = subject;
    message.date = UtcTime(kNoon + minutes * 60'000);
    message.text = u"Text of %1, order #%2"_s.arg(id).arg(1000 + minutes);
    message.references = references;
    if (!references.isEmpty()) message.inReplyTo = references.last();
    return message;
}

} // namespace

class TestConversationMoves : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();

    void mergesEverythingAndGivesItBack();
    void mergesOfTwoCustomersAreRefused();
    void mailThatCameAfterAMergeGoesWithWhatItAnswers();
    void aDraftEditedSinceTheMergeIsKept();
    void aDraftSentSinceTheMergeDoesNotComeBack();
    void aNoteNeverBecomesPartOfAReply();
    void aProposedAnswerIsDroppedAndItsHistoryMoves();
    void splitsFromAMessageOnAndGivesItBack();
    void aSplitLeavesSomethingBehind();
    void whatWasSplitStaysSplitWhenALateParentComes();
    void mailAfterASplitGoesToTheSideItAnswers();
    void idsOfMergedConversationsAreNotUsedAgain();
    void takesBackInReverseOrderOnly();
    void anyRunOfMovesCanBeTakenBack();

private:
    ConversationId add(const MessageRecord& message, Direction direction = Direction::Inbound);
    MessageId idOf(const QString& messageId);
    ConversationId place(const QString& messageId);
    void sql(const QString& statements);
    qint64 number(const char* query);
    void propose(ConversationId conversation, const QString& state);
    QStringList dump();
    UtcTime now() const { return UtcTime(kNoon + 100'000'000); }

    std::unique_ptr<test::TemporaryWorkspace> m_workspace;
    std::unique_ptr<ConversationRepository> m_repository;
};

void TestConversationMoves::init() {
    m_repository.reset();
    m_workspace = std::make_unique<test::TemporaryWorkspace>();
    QVERIFY(m_workspace->isOpen());
    auto repository = ConversationRepository::create(m_workspace->writer());
    QVERIFY2(repository, repository ? "" : qPrintable(repository.error().detail));
    m_repository = std::move(*repository);
    sql(u"INSERT INTO mailboxes (id, address, display_name, own_addresses, user_name, auth, imap_host, imap_port, "
        "imap_security, smtp_host, smtp_port, smtp_security) VALUES (1, 'help@shop.example', '', '', '', "
        "'password', '', 1, 'tls', '', 1, 'tls');"
        "INSERT INTO mail_folders (id, mailbox_id, name, role) VALUES (1, 1, 'INBOX', 'inbox')"_s);
}

ConversationId TestConversationMoves::add(const MessageRecord& message, Direction direction) {
    const auto added = m_repository->add(message, direction);
    if (!added) qFatal("%s", qPrintable(added.error().detail));
    return added->conversation;
}

MessageId TestConversationMoves::idOf(const QString& messageId) {
    auto find = m_workspace->writer().prepare("SELECT id FROM messages WHERE message_id = ?1");
    if (!find || !find->bind(1, messageId).step()) qFatal("no message");
    return find->id<MessageId>(0);
}

ConversationId TestConversationMoves::place(const QString& messageId) {
    auto find = m_workspace->writer().prepare("SELECT conversation_id FROM messages WHERE message_id = ?1");
    if (!find || !find->bind(1, messageId).step()) qFatal("no message");
    return find->id<ConversationId>(0);
}

void TestConversationMoves::sql(const QString& statements) {
    const auto done = m_workspace->writer().execute(statements.toStdString());
    if (!done) qFatal("%s", qPrintable(done.error().detail));
}

qint64 TestConversationMoves::number(const char* query) {
    auto statement = m_workspace->writer().prepare(query);
    if (!statement) qFatal("%s", qPrintable(statement.error().detail));
    const auto row = statement->step();
    return row && *row ? statement->integer(0) : -1;
}

// All that hangs on conversations, row by row. An anchor that gave way is asked for anew, so its MODSEQ may be gone.
QStringList TestConversationMoves::dump() {
    QStringList all;
    for (const QByteArray table :
         {"conversations", "messages", "message_references", "conversation_orders", "conversations_apart", "notes",
          "outbox", "drafts", "note_drafts", "draft_versions", "draft_attachments", "match_corrections",
          "draft_outcomes", "model_requests", "intent_labels"})
        for (const QString& row : test::rows(m_workspace->writer(), "SELECT * FROM " + table + " ORDER BY 1, 2"))
            all << QString::fromLatin1(table) + u": "_s + row;
    all << test::rows(m_workspace->writer(), "SELECT 'anchors', conversation_id, folder_id, uid, wanted FROM "
                                             "team_anchors ORDER BY conversation_id");
    return all;
}

void TestConversationMoves::mergesEverythingAndGivesItBack() {
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
            .arg(kNoon));
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
    const QString different = test::difference(before, dump());
    QVERIFY2(different.isEmpty(), qPrintable(different));
    QVERIFY(!*m_repository->revertMove(one, now()));
}

void TestConversationMoves::mergesOfTwoCustomersAreRefused() {
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
    QCOMPARE(test::difference(before, dump()), QString());
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

void TestConversationMoves::mailThatCameAfterAMergeGoesWithWhatItAnswers() {
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

void TestConversationMoves::aDraftEditedSinceTheMergeIsKept() {
    const auto one = add(mail(u"a@x"_s, kAnn, u"Lamp"_s, 0));
    const auto two = add(mail(u"b@x"_s, kAnn, u"Table"_s, 5));
    QVERIFY(m_repository->saveDraft({two, u"for two"_s, {}, 3, UtcTime(1000)}));
    QVERIFY(m_repository->merge(one, two, now()));
    QVERIFY(m_repository->saveDraft({one, u"for two, and more"_s, {}, 3, UtcTime(2000)}));
    QVERIFY(*m_repository->revertMove(one, now()));
    QCOMPARE((*m_repository->draft(one))->text, u"for two, and more"_s);
    QCOMPARE((*m_repository->draft(two))->text, u"for two"_s);
}

void TestConversationMoves::aDraftSentSinceTheMergeDoesNotComeBack() {
    const auto one = add(mail(u"a@x"_s, kAnn, u"Lamp"_s, 0));
    const auto two = add(mail(u"b@x"_s, kAnn, u"Table"_s, 5));
    QVERIFY(m_repository->saveDraft({two, u"for two"_s, {}, 3, UtcTime(1000)}));
    QVERIFY(m_repository->merge(one, two, now()));
    QVERIFY(m_repository->saveDraft({one, {}, {}, 0, UtcTime(2000)}));
    QVERIFY(*m_repository->revertMove(one, now()));
    QCOMPARE(number("SELECT count(*) FROM drafts"), 0);
    QCOMPARE(number("SELECT sum(has_draft) FROM conversations"), 0);
}

void TestConversationMoves::aNoteNeverBecomesPartOfAReply() {
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
    QCOMPARE(test::difference(before, dump()), QString());
}

void TestConversationMoves::propose(ConversationId conversation, const QString& state) {
    sql(u"INSERT INTO proposals (conversation_id, message_id, state, intent, draft, facts, verdict, gate, hand_over, "
        "basis, made_at) VALUES (%1, 1, '%2', '{\"intents\":[{\"intent\":\"return\"}]}', '', '{}', '{}', '{}', '', '', 0)"_s
            .arg(conversation.value())
            .arg(state));
}

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
            .arg(kNoon + 6 * 60'000)
            .arg(kNoon + 10 * 60'000));
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
    QCOMPARE(test::difference(before, dump()), QString());

    propose(two, u"check"_s);
    const auto made = m_repository->split(two, idOf(u"c@x"_s), now());
    QVERIFY2(made, made ? "" : qPrintable(made.error().detail));
    QCOMPARE(number("SELECT count(*) FROM proposals"), 0);
    QCOMPARE(number("SELECT count(*) FROM draft_outcomes WHERE conversation_id = 2"), 1);
    QCOMPARE(number("SELECT count(*) FROM model_requests WHERE conversation_id = 2"), 1);
    propose(*made, u"ready"_s);
    QVERIFY(*m_repository->revertMove(two, now()));
    QCOMPARE(number("SELECT count(*) FROM proposals"), 0);
    QCOMPARE(test::difference(before, dump()), QString());
    QVERIFY(test::rows(m_workspace->writer(), "PRAGMA foreign_key_check").isEmpty());
}

void TestConversationMoves::splitsFromAMessageOnAndGivesItBack() {
    const auto one = add(mail(u"a@x"_s, kAnn, u"Lamp"_s, 0));
    QCOMPARE(add(mail(u"b@x"_s, kAnn, u"Re: Lamp"_s, 5, {u"a@x"_s})), one);
    QCOMPARE(add(mail(u"c@x"_s, kAnn, u"Also a table"_s, 9, {u"a@x"_s, u"b@x"_s})), one);
    QVERIFY(m_repository->saveDraft({one, u"about the table"_s, {}, 3, UtcTime(1000)}));
    sql(u"INSERT INTO notes (conversation_id, author, text, written_at) VALUES (1, 'Kim', 'early', %1), "
        "(1, 'Kim', 'late', %2)"_s.arg(kNoon)
            .arg(kNoon + 99 * 60'000));
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
    QCOMPARE(test::rows(m_workspace->writer(), "SELECT subject, base_subject FROM conversations WHERE id = 2"),
             QStringList{u"Also a table|also a table"_s});
    QCOMPARE(test::rows(m_workspace->writer(), "SELECT name FROM conversation_orders WHERE conversation_id = 2"),
             QStringList{u"1009"_s});
    QVERIFY(*m_repository->revertMove(*made, now()));
    const QString different = test::difference(before, dump());
    QVERIFY2(different.isEmpty(), qPrintable(different));
}

void TestConversationMoves::aSplitLeavesSomethingBehind() {
    const auto one = add(mail(u"a@x"_s, kAnn, u"Lamp"_s, 0));
    add(mail(u"b@x"_s, kAnn, u"Re: Lamp"_s, 5, {u"a@x"_s}));
    const auto other = add(mail(u"c@y"_s, kBob, u"Lamp"_s, 5));
    QCOMPARE(m_repository->split(one, idOf(u"a@x"_s), now()).error().kind, ErrorKind::Invalid);
    QCOMPARE(m_repository->split(other, idOf(u"b@x"_s), now()).error().kind, ErrorKind::NotFound);
    QCOMPARE(m_repository->split(one, MessageId(99), now()).error().kind, ErrorKind::NotFound);
    QCOMPARE(number("SELECT count(*) FROM conversations"), 2);
}

void TestConversationMoves::whatWasSplitStaysSplitWhenALateParentComes() {
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

void TestConversationMoves::mailAfterASplitGoesToTheSideItAnswers() {
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

void TestConversationMoves::idsOfMergedConversationsAreNotUsedAgain() {
    const auto one = add(mail(u"a@x"_s, kAnn, u"Lamp"_s, 0));
    const auto two = add(mail(u"b@x"_s, kAnn, u"Table"_s, 5));
    QVERIFY(m_repository->merge(one, two, now()));
    const auto fresh = add(mail(u"c@y"_s, kBob, u"Hello"_s, 5));
    QVERIFY(fresh != two);
    QVERIFY(*m_repository->revertMove(one, now()));
    QCOMPARE(place(u"b@x"_s), two);
    QCOMPARE(place(u"c@y"_s), fresh);
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
            const QStringList ids = test::rows(m_workspace->writer(), "SELECT id FROM conversations ORDER BY id");
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
        const QString different = test::difference(start, dump());
        QVERIFY2(different.isEmpty(), qPrintable(different));
    }
    qInfo("%d moves in %d runs taken back", moves, runs);
}

QTEST_GUILESS_MAIN(TestConversationMoves)
#include "tst_conversation_moves.moc"
