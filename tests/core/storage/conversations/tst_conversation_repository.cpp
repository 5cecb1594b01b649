#include "core/domain/mail/message_ids.h"
#include "core/domain/mail/quoted_text.h"
#include "tests/core/readmodel/plans.h"
#include "tests/core/storage/conversations/conversation_fixture.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace Qt::StringLiterals;
using aiva::test::ConversationFixture;
using aiva::test::kNoon;
using aiva::test::mailFrom;
using aiva::test::replyTo;
using Direction = ConversationRepository::Direction;

class TestConversationRepository : public QObject, ConversationFixture {
    Q_OBJECT
private Q_SLOTS:
    void init() { open(); }
    void cleanup() { close(); }

    void startsAConversationAndKnowsItAgain();
    void joinsAReplyToItsParent();
    void joinsByAMissingParentBothName();
    void lateParentJoinsTwoConversationsOfOneCustomer();
    void ourTokenRepairsLostReferences();
    void neverJoinsTwoCustomers();
    void neverJoinsMailsThatNameNobody();
    void survivesSelfReferencesAndCycles();
    void continuesARecentMatterOfTheSameAddress();
    void subjectNeverJoinsForms();
    void keepsBothDraftsWhenConversationsJoin();

    void summaryFollowsTheMessages();
    void olderMailChangesOnlyTheBeginning();
    void automatedMailReopensNothing();
    void outboundMailIsThreadedByItsRecipient();
    void marksReadAndUnread();

    void storesAttachmentsAndFoldedRanges();
    void draftsAreKeptAndRemoved();
    void joinsAnOpenTransaction();
    void hotQueriesUseIndexes();
};

void TestConversationRepository::startsAConversationAndKnowsItAgain() {
    const auto first = m_repository->add(mailFrom(u"a@x"_s, u"Ann@X.example "_s, u"Hello"_s, 0), Direction::Inbound);
    QVERIFY(first && first->isNew);
    const auto again = m_repository->add(mailFrom(u"a@x"_s, u"ann@x.example"_s, u"Other"_s, 5), Direction::Inbound);
    QVERIFY(again && !again->isNew);
    QCOMPARE(again->conversation, first->conversation);
    QCOMPARE(again->message, first->message);
    QCOMPARE(number("SELECT count(*) FROM messages"), 1);
    QCOMPARE(text("SELECT customer_email FROM conversations"), u"ann@x.example"_s);
    QVERIFY(!m_repository->add(MessageRecord(), Direction::Inbound));
}

void TestConversationRepository::joinsAReplyToItsParent() {
    const auto first = add(mailFrom(u"a@x"_s, u"ann@x.example"_s, u"Hello"_s, 0));
    const auto answer =
        add(replyTo(u"b@shop"_s, u"ann@x.example"_s, u"Re: Hello"_s, 1, {u"a@x"_s}), Direction::Outbound);
    MessageRecord third = mailFrom(u"c@x"_s, u"ANN@x.example"_s, u"something else"_s, 2);
    third.inReplyTo = u"b@shop"_s;
    QCOMPARE(answer, first);
    QCOMPARE(add(third), first);
    QCOMPARE(number("SELECT count(*) FROM conversations"), 1);
}

void TestConversationRepository::joinsByAMissingParentBothName() {
    const auto one = add(mailFrom(u"b@x"_s, u"ann@x.example"_s, u"one"_s, 1, {u"lost@x"_s}));
    QCOMPARE(add(mailFrom(u"c@x"_s, u"ann@x.example"_s, u"two"_s, 2, {u"lost@x"_s})), one);
}

void TestConversationRepository::lateParentJoinsTwoConversationsOfOneCustomer() {
    const auto one = add(mailFrom(u"b@x"_s, u"ann@x.example"_s, u"one"_s, 1, {u"a@x"_s}));
    const auto two = add(mailFrom(u"d@x"_s, u"ann@x.example"_s, u"two"_s, 2, {u"c@x"_s}));
    QVERIFY(one != two);
    const auto joined = add(mailFrom(u"c@x"_s, u"ann@x.example"_s, u"root"_s, 0, {u"a@x"_s}));
    QCOMPARE(joined, one);
    QCOMPARE(number("SELECT count(*) FROM conversations"), 1);
    QCOMPARE(number("SELECT message_count FROM conversations"), 3);
    QCOMPARE(number("SELECT unread_count FROM conversations"), 3);
    QCOMPARE(text("SELECT subject FROM conversations"), u"root"_s);
    QCOMPARE(text("SELECT snippet FROM conversations"), u"Text of d@x"_s);
    QCOMPARE(number("SELECT last_message_at FROM conversations"), kNoon + 2 * 60'000);
    QCOMPARE(number("SELECT count(DISTINCT conversation_id) FROM message_references"), 1);
}

void TestConversationRepository::ourTokenRepairsLostReferences() {
    const QString token = newConversationToken(QByteArray(kTokenBytes, 'a'));
    const QString sent = newMessageId(QByteArray(kTokenBytes, 'b'), token, u"help@shop.example"_s);
    const auto one = add(mailFrom(u"a@x"_s, u"ann@x.example"_s, u"Lamp"_s, 0));
    QCOMPARE(add(replyTo(sent, u"ann@x.example"_s, u"Re: Lamp"_s, 1, {u"a@x"_s}), Direction::Outbound), one);
    // A relay gave the id another beginning and another domain, and the subject is another.
    const QString changed = newMessageId(QByteArray(kTokenBytes, 'c'), token, u"x@relay.example"_s).toUpper();
    QCOMPARE(add(mailFrom(u"c@x"_s, u"ann@x.example"_s, u"Vase"_s, 60 * 24 * 90, {u"lost@x"_s, changed})), one);
    // Somebody who was on copy knows the token, and is still somebody else.
    QVERIFY(add(mailFrom(u"d@y"_s, u"bob@y.example"_s, u"Vase"_s, 5, {changed})) != one);
    // A customer cannot plant a token: only what we sent counts.
    const QString planted = newMessageId(QByteArray(kTokenBytes, 'd'),
                                         newConversationToken(QByteArray(kTokenBytes, 'e')), u"help@shop.example"_s);
    const auto two = add(mailFrom(planted, u"ann@x.example"_s, u"Chair"_s, 9));
    QVERIFY(two != one);
    const QString sameToken =
        newMessageId(QByteArray(kTokenBytes, 'f'), conversationTokenIn(planted), u"a@b.example"_s);
    QVERIFY(add(mailFrom(u"e@x"_s, u"ann@x.example"_s, u"Table"_s, 10, {sameToken})) != two);
}

void TestConversationRepository::neverJoinsTwoCustomers() {
    const auto ann = add(mailFrom(u"a@x"_s, u"ann@x.example"_s, u"Hello"_s, 0));
    const auto eve = add(mailFrom(u"e@x"_s, u"eve@evil.example"_s, u"Re: Hello"_s, 1, {u"a@x"_s}));
    QVERIFY(ann != eve);
    // A parent both name does not join them either, in whatever order they come.
    add(mailFrom(u"f@x"_s, u"eve@evil.example"_s, u"x"_s, 2, {u"p@x"_s}));
    add(mailFrom(u"g@x"_s, u"ann@x.example"_s, u"y"_s, 3, {u"p@x"_s}));
    const auto parent = add(mailFrom(u"p@x"_s, u"ann@x.example"_s, u"z"_s, 1));
    QCOMPARE(number("SELECT count(*) FROM (SELECT conversation_id FROM messages GROUP BY conversation_id "
                    "HAVING count(DISTINCT from_email) > 1)"),
             0);
    QVERIFY(parent != eve);
}

void TestConversationRepository::neverJoinsMailsThatNameNobody() {
    const auto one = add(mailFrom(u"a@x"_s, QString(), u"Hello"_s, 0));
    QVERIFY(one != add(mailFrom(u"b@x"_s, QString(), u"Re: Hello"_s, 1, {u"a@x"_s})));
}

void TestConversationRepository::survivesSelfReferencesAndCycles() {
    const auto self = add(mailFrom(u"s@x"_s, u"ann@x.example"_s, u"self"_s, 0, {u"s@x"_s}));
    QCOMPARE(number("SELECT count(*) FROM message_references"), 0);
    const auto one = add(mailFrom(u"a@x"_s, u"ann@x.example"_s, u"one"_s, 1, {u"b@x"_s}));
    QCOMPARE(add(mailFrom(u"b@x"_s, u"ann@x.example"_s, u"two"_s, 2, {u"c@x"_s})), one);
    QCOMPARE(add(mailFrom(u"c@x"_s, u"ann@x.example"_s, u"three"_s, 3, {u"a@x"_s, u"c@x"_s})), one);
    QVERIFY(self != one);
    QCOMPARE(number("SELECT count(*) FROM conversations"), 2);
}

void TestConversationRepository::continuesARecentMatterOfTheSameAddress() {
    const auto first = add(mailFrom(u"a@x"_s, u"ann@x.example"_s, u"Broken lamp"_s, 0));
    QCOMPARE(add(mailFrom(u"b@x"_s, u"ann@x.example"_s, u"AW: broken lamp"_s, 60)), first);
    QVERIFY(add(mailFrom(u"c@x"_s, u"bob@x.example"_s, u"Re: Broken lamp"_s, 61)) != first);
    QVERIFY(add(mailFrom(u"d@x"_s, u"ann@x.example"_s, u"Broken lamp"_s, 60 * 24 * 40)) != first);
    const auto order = add(mailFrom(u"e@x"_s, u"ann@x.example"_s, u"Order #1042 is late"_s, 100));
    QCOMPARE(add(mailFrom(u"f@x"_s, u"ann@x.example"_s, u"where is order 1042?"_s, 200)), order);
    QVERIFY(add(mailFrom(u"g@x"_s, u"ann@x.example"_s, u"where is order 1043?"_s, 300)) != order);
}

void TestConversationRepository::subjectNeverJoinsForms() {
    MessageRecord one = mailFrom(u"a@x"_s, u"mailer@forms.example"_s, u"New contact message"_s, 0);
    one.replyTo = {{QString(), u"ann@x.example"_s}};
    MessageRecord two = mailFrom(u"b@x"_s, u"mailer@forms.example"_s, u"New contact message"_s, 1);
    two.replyTo = {{QString(), u"bob@x.example"_s}};
    QVERIFY(add(one) != add(two));
}

void TestConversationRepository::keepsBothDraftsWhenConversationsJoin() {
    const auto one = add(mailFrom(u"b@x"_s, u"ann@x.example"_s, u"one"_s, 1, {u"a@x"_s}));
    const auto two = add(mailFrom(u"d@x"_s, u"ann@x.example"_s, u"two"_s, 2, {u"c@x"_s}));
    QVERIFY(m_repository->saveDraft({one, u"older words"_s, {}, 3, UtcTime(1000)}));
    QVERIFY(m_repository->saveDraft({two, u"newer words"_s, {}, 5, UtcTime(2000)}));
    add(mailFrom(u"c@x"_s, u"ann@x.example"_s, u"root"_s, 0, {u"a@x"_s}));
    const auto draft = m_repository->draft(one);
    QVERIFY(draft && draft->has_value());
    QCOMPARE((*draft)->text, u"newer words\n\nolder words"_s);
    QCOMPARE(number("SELECT count(*) FROM drafts"), 1);
    QCOMPARE(number("SELECT has_draft FROM conversations"), 1);
}

void TestConversationRepository::summaryFollowsTheMessages() {
    MessageRecord first = mailFrom(u"a@x"_s, u"ann@x.example"_s, u"Hello"_s, 0);
    first.text = u"On Monday, 1 Feb 2026 at 10:00, Shop <help@shop.example> wrote:\n> old\n\nMy   lamp\nis broken"_s;
    first.folded = foldedRanges(first.text);
    const auto id = add(first);
    QCOMPARE(text("SELECT snippet FROM conversations"), u"My lamp is broken"_s);
    QCOMPARE(text("SELECT status FROM conversations"), u"open"_s);
    QCOMPARE(number("SELECT customer_spoke_last FROM conversations"), 1);
    QCOMPARE(number("SELECT unread_count FROM conversations"), 1);
    add(replyTo(u"b@shop"_s, u"ann@x.example"_s, u"Re: Hello"_s, 5, {u"a@x"_s}), Direction::Outbound);
    QCOMPARE(text("SELECT status FROM conversations"), u"waiting"_s);
    QCOMPARE(number("SELECT customer_spoke_last FROM conversations"), 0);
    QCOMPARE(number("SELECT unread_count FROM conversations"), 0); // who answers has read
    QCOMPARE(number("SELECT last_inbound_at FROM conversations"), kNoon);
    QVERIFY(m_repository->setStatus(id, ConversationStatus::Done));
    add(mailFrom(u"c@x"_s, u"ann@x.example"_s, u"Re: Hello"_s, 9, {u"b@shop"_s}));
    QCOMPARE(text("SELECT status FROM conversations"), u"open"_s);
    QCOMPARE(number("SELECT message_count FROM conversations"), 3);
    QCOMPARE(number("SELECT last_inbound_at FROM conversations"), kNoon + 9 * 60'000);
    QCOMPARE(text("SELECT customer_name FROM conversations"), u"Some One"_s);
}

void TestConversationRepository::olderMailChangesOnlyTheBeginning() {
    add(replyTo(u"b@shop"_s, u"ann@x.example"_s, u"Re: Hello"_s, 5, {u"a@x"_s}), Direction::Outbound);
    add(mailFrom(u"a@x"_s, u"ann@x.example"_s, u"Hello"_s, 0));
    QCOMPARE(number("SELECT count(*) FROM conversations"), 1);
    QCOMPARE(text("SELECT subject FROM conversations"), u"Hello"_s);
    QCOMPARE(text("SELECT snippet FROM conversations"), u"Text of b@shop"_s);
    QCOMPARE(text("SELECT status FROM conversations"), u"waiting"_s);
    QCOMPARE(number("SELECT first_message_at FROM conversations"), kNoon);
    QCOMPARE(number("SELECT unread_count FROM conversations"), 0);
    QCOMPARE(text("SELECT customer_name FROM conversations"), u"Some One"_s);
}

void TestConversationRepository::automatedMailReopensNothing() {
    const auto id = add(mailFrom(u"a@x"_s, u"ann@x.example"_s, u"Hello"_s, 0));
    QVERIFY(m_repository->setStatus(id, ConversationStatus::Done));
    MessageRecord away = mailFrom(u"b@x"_s, u"ann@x.example"_s, u"Out of office"_s, 5, {u"a@x"_s});
    away.isAutomated = true;
    QCOMPARE(add(away), id);
    QCOMPARE(text("SELECT status FROM conversations"), u"done"_s);
}

void TestConversationRepository::outboundMailIsThreadedByItsRecipient() {
    const auto id = add(replyTo(u"b@shop"_s, u"Ann@x.example"_s, u"Your parcel"_s, 0), Direction::Outbound);
    QCOMPARE(text("SELECT customer_email FROM conversations"), u"ann@x.example"_s);
    QCOMPARE(add(mailFrom(u"c@x"_s, u"ann@x.example"_s, u"Re: Your parcel"_s, 9, {u"b@shop"_s})), id);
}

void TestConversationRepository::marksReadAndUnread() {
    const auto id = add(mailFrom(u"a@x"_s, u"ann@x.example"_s, u"Hello"_s, 0));
    add(mailFrom(u"b@x"_s, u"ann@x.example"_s, u"Hello"_s, 1, {u"a@x"_s}));
    QVERIFY(m_repository->markRead(id, true));
    QCOMPARE(number("SELECT unread_count FROM conversations"), 0);
    QVERIFY(m_repository->markRead(id, false));
    QCOMPARE(number("SELECT unread_count FROM conversations"), 1);
    QCOMPARE(text("SELECT message_id FROM messages WHERE unread = 1"), u"b@x"_s);
    QVERIFY(!m_repository->setStatus(ConversationId(99), ConversationStatus::Done));
}

void TestConversationRepository::storesAttachmentsAndFoldedRanges() {
    MessageRecord message = mailFrom(u"a@x"_s, u"ann@x.example"_s, u"one"_s, 0);
    message.folded = {{2, 3, false}, {6, 1, true}};
    message.attachments.push_back({u"a.png"_s, u"image/png"_s, u"c1"_s, true, QByteArray("\0\1\2", 3)});
    message.attachments.push_back({u"empty.txt"_s, u"text/plain"_s, {}, false, {}});
    add(message);
    QCOMPARE(text("SELECT folded FROM messages"), u"[[2,3,0],[6,1,1]]"_s);
    QCOMPARE(
        text("SELECT group_concat(name || ':' || size || ':' || is_inline) FROM (SELECT * FROM attachments ORDER BY "
             "position)"),
        u"a.png:3:1,empty.txt:0:0"_s);
    QCOMPARE(text("SELECT hex(content) FROM attachment_contents ORDER BY attachment_id LIMIT 1"), u"000102"_s);
    QCOMPARE(text("SELECT recipients FROM messages"),
             u"{\"cc\":[],\"replyTo\":[],\"to\":[{\"email\":\"help@shop.example\",\"name\":\"Shop\"}]}"_s);
    QCOMPARE(number("SELECT count(*) FROM messages_fts WHERE messages_fts MATCH 'text'"), 1);
}

void TestConversationRepository::draftsAreKeptAndRemoved() {
    const auto id = add(mailFrom(u"a@x"_s, u"ann@x.example"_s, u"one"_s, 0));
    QVERIFY(m_repository->saveDraft({id, u"Dear Ann"_s, u"<p>Dear Ann</p>"_s, 8, UtcTime(1)}));
    QVERIFY(m_repository->saveDraft({id, u"Dear Ann,"_s, {}, 9, UtcTime(2)}));
    auto draft = m_repository->draft(id);
    QVERIFY(draft && *draft);
    QCOMPARE((*draft)->text, u"Dear Ann,"_s);
    QCOMPARE((*draft)->cursor, 9);
    QCOMPARE(number("SELECT has_draft FROM conversations"), 1);
    QVERIFY(m_repository->saveDraft({id, {}, {}, 0, UtcTime(3)}));
    draft = m_repository->draft(id);
    QVERIFY(draft && !*draft);
    QCOMPARE(number("SELECT has_draft FROM conversations"), 0);
}

void TestConversationRepository::joinsAnOpenTransaction() {
    {
        auto transaction = Transaction::begin(*m_database);
        QVERIFY(transaction);
        add(mailFrom(u"a@x"_s, u"ann@x.example"_s, u"one"_s, 0));
    } // rolled back
    QCOMPARE(number("SELECT count(*) FROM messages"), 0);
    QCOMPARE(number("SELECT count(*) FROM conversations"), 0);
}

void TestConversationRepository::hotQueriesUseIndexes() {
    // A handful of orders is grouped, and of stores there are a few.
    const QRegularExpression ofMany(u"^(?!USE TEMP B-TREE.*WHERE profile_id = \\?1 GROUP BY|SCAN stores )"_s,
                                    QRegularExpression::DotMatchesEverythingOption);
    const QStringList slow = test::slowSteps(*m_database).filter(ofMany);
    QVERIFY2(slow.isEmpty(), qPrintable(slow.join(u'\n')));
}

QTEST_GUILESS_MAIN(TestConversationRepository)
#include "tst_conversation_repository.moc"
