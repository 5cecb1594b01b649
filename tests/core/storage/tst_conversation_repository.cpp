#include "core/domain/message_ids.h"
#include "core/domain/quoted_text.h"
#include "core/storage/conversation_repository.h"
#include "core/storage/database.h"
#include "core/storage/workspace.h"
#include "tests/core/readmodel/plans.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace aiva;
using namespace Qt::StringLiterals;
using Direction = ConversationRepository::Direction;

namespace {

constexpr qint64 kNoon = 1'770'000'000'000;

MessageRecord mail(const QString& id, const QString& from, const QString& subject, qint64 minutes,
                   const QStringList& references = {}) {
    MessageRecord message;
    message.messageId = id;
    message.from = {u"Some One"_s, from};
    message.to = {{u"Shop"_s, u"help@shop.example"_s}};
    message.subject = subject;
    message.date = UtcTime(kNoon + minutes * 60'000);
    message.text = u"Text of "_s + id;
    message.references = references;
    return message;
}

MessageRecord reply(const QString& id, const QString& to, const QString& subject, qint64 minutes,
                    const QStringList& references = {}) {
    MessageRecord message = mail(id, u"help@shop.example"_s, subject, minutes, references);
    message.to = {{QString(), to}};
    return message;
}

} // namespace

class TestConversationRepository : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

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

    void matchesByAddressAndAlias();
    void matchesByPhoneOnlyWhenOneHasIt();
    void matchesByOrderOnlyWhenItIsTheSendersOwn();
    void namedOrderChoosesTheStore();
    void correctionIsRememberedAndReversible();
    void rematchFindsNewCustomersAndRefreshesPrecedence();

    void storesAttachmentsAndFoldedRanges();
    void draftsAreKeptAndRemoved();
    void joinsAnOpenTransaction();
    void hotQueriesUseIndexes();

private:
    qint64 number(const char* sql);
    QString text(const char* sql);
    void sql(const char* statements);
    // An order of profile 7.
    void order(qint64 store, const QString& name, const QString& email, qint64 createdAt);
    ConversationId add(const MessageRecord& message, Direction direction = Direction::Inbound);

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<Database> m_database;
    std::unique_ptr<ConversationRepository> m_repository;
};

void TestConversationRepository::init() {
    m_dir = std::make_unique<QTemporaryDir>();
    auto workspace = Workspace::create(m_dir->filePath(u"w"_s), Workspace::newKey(), KeySource::KeyFile);
    QVERIFY2(workspace, workspace ? "" : qPrintable(workspace.error().detail));
    m_workspace = std::move(*workspace);
    auto database = m_workspace->openWriter();
    QVERIFY2(database, database ? "" : qPrintable(database.error().detail));
    m_database = std::move(*database);
    auto repository = ConversationRepository::create(*m_database);
    QVERIFY2(repository, repository ? "" : qPrintable(repository.error().detail));
    m_repository = std::move(*repository);
    sql("INSERT INTO stores (id, kind, domain, name, status, created_at) VALUES (1, 'shopify', 'a.example', 'A', "
        "'connected', 0), (2, 'shopify', 'b.example', 'B', 'connected', 0)");
}

void TestConversationRepository::cleanup() {
    m_repository.reset();
    m_database.reset();
    m_workspace.reset();
    m_dir.reset();
}

qint64 TestConversationRepository::number(const char* query) {
    auto statement = m_database->prepare(query);
    if (!statement) qFatal("%s", qPrintable(statement.error().detail));
    const auto row = statement->step();
    return row && *row ? statement->integer(0) : -1;
}

QString TestConversationRepository::text(const char* query) {
    auto statement = m_database->prepare(query);
    if (!statement) qFatal("%s", qPrintable(statement.error().detail));
    const auto row = statement->step();
    return row && *row ? statement->text(0) : u"(no row)"_s;
}

void TestConversationRepository::sql(const char* statements) {
    const auto done = m_database->execute(statements);
    if (!done) qFatal("%s", qPrintable(done.error().detail));
}

void TestConversationRepository::order(qint64 store, const QString& name, const QString& email, qint64 createdAt) {
    auto insert = m_database->prepare(R"(
        INSERT INTO orders (store_id, external_id, profile_id, awaits_customer, customer_external_id, name, email, phone,
            note, financial_status, fulfillment_status, cancel_reason, status_page_url, shipping_address_text, tags,
            currency, total_minor, subtotal_minor, tax_minor, discounts_minor, shipping_minor, refunded_minor,
            created_at, updated_at, content_hash)
        VALUES (?1, ?2, 7, 0, '', ?2, ?3, '', '', '', '', '', '', '', '', 'EUR', 1, 1, 0, 0, 0, 0, ?4, ?4, 0))");
    if (!insert || !insert->bind(1, store).bind(2, name).bind(3, email).bind(4, createdAt).run()) qFatal("order");
}

ConversationId TestConversationRepository::add(const MessageRecord& message, Direction direction) {
    const auto added = m_repository->add(message, direction);
    if (!added) qFatal("%s", qPrintable(added.error().detail));
    return added->conversation;
}

void TestConversationRepository::startsAConversationAndKnowsItAgain() {
    const auto first = m_repository->add(mail(u"a@x"_s, u"Ann@X.example "_s, u"Hello"_s, 0), Direction::Inbound);
    QVERIFY(first && first->isNew);
    const auto again = m_repository->add(mail(u"a@x"_s, u"ann@x.example"_s, u"Other"_s, 5), Direction::Inbound);
    QVERIFY(again && !again->isNew);
    QCOMPARE(again->conversation, first->conversation);
    QCOMPARE(again->message, first->message);
    QCOMPARE(number("SELECT count(*) FROM messages"), 1);
    QCOMPARE(text("SELECT customer_email FROM conversations"), u"ann@x.example"_s);
    QVERIFY(!m_repository->add(MessageRecord(), Direction::Inbound));
}

void TestConversationRepository::joinsAReplyToItsParent() {
    const auto first = add(mail(u"a@x"_s, u"ann@x.example"_s, u"Hello"_s, 0));
    const auto answer = add(reply(u"b@shop"_s, u"ann@x.example"_s, u"Re: Hello"_s, 1, {u"a@x"_s}), Direction::Outbound);
    MessageRecord third = mail(u"c@x"_s, u"ANN@x.example"_s, u"something else"_s, 2);
    third.inReplyTo = u"b@shop"_s;
    QCOMPARE(answer, first);
    QCOMPARE(add(third), first);
    QCOMPARE(number("SELECT count(*) FROM conversations"), 1);
}

void TestConversationRepository::joinsByAMissingParentBothName() {
    const auto one = add(mail(u"b@x"_s, u"ann@x.example"_s, u"one"_s, 1, {u"lost@x"_s}));
    QCOMPARE(add(mail(u"c@x"_s, u"ann@x.example"_s, u"two"_s, 2, {u"lost@x"_s})), one);
}

void TestConversationRepository::lateParentJoinsTwoConversationsOfOneCustomer() {
    const auto one = add(mail(u"b@x"_s, u"ann@x.example"_s, u"one"_s, 1, {u"a@x"_s}));
    const auto two = add(mail(u"d@x"_s, u"ann@x.example"_s, u"two"_s, 2, {u"c@x"_s}));
    QVERIFY(one != two);
    const auto joined = add(mail(u"c@x"_s, u"ann@x.example"_s, u"root"_s, 0, {u"a@x"_s}));
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
    const auto one = add(mail(u"a@x"_s, u"ann@x.example"_s, u"Lamp"_s, 0));
    QCOMPARE(add(reply(sent, u"ann@x.example"_s, u"Re: Lamp"_s, 1, {u"a@x"_s}), Direction::Outbound), one);
    // A relay gave the id another beginning and another domain, and the subject is another.
    const QString changed = newMessageId(QByteArray(kTokenBytes, 'c'), token, u"x@relay.example"_s).toUpper();
    QCOMPARE(add(mail(u"c@x"_s, u"ann@x.example"_s, u"Vase"_s, 60 * 24 * 90, {u"lost@x"_s, changed})), one);
    // Somebody who was on copy knows the token, and is still somebody else.
    QVERIFY(add(mail(u"d@y"_s, u"bob@y.example"_s, u"Vase"_s, 5, {changed})) != one);
    // A customer cannot plant a token: only what we sent counts.
    const QString planted = newMessageId(QByteArray(kTokenBytes, 'd'),
                                         newConversationToken(QByteArray(kTokenBytes, 'e')), u"help@shop.example"_s);
    const auto two = add(mail(planted, u"ann@x.example"_s, u"Chair"_s, 9));
    QVERIFY(two != one);
    const QString sameToken =
        newMessageId(QByteArray(kTokenBytes, 'f'), conversationTokenIn(planted), u"a@b.example"_s);
    QVERIFY(add(mail(u"e@x"_s, u"ann@x.example"_s, u"Table"_s, 10, {sameToken})) != two);
}

void TestConversationRepository::neverJoinsTwoCustomers() {
    const auto ann = add(mail(u"a@x"_s, u"ann@x.example"_s, u"Hello"_s, 0));
    const auto eve = add(mail(u"e@x"_s, u"eve@evil.example"_s, u"Re: Hello"_s, 1, {u"a@x"_s}));
    QVERIFY(ann != eve);
    // A parent both name does not join them either, in whatever order they come.
    add(mail(u"f@x"_s, u"eve@evil.example"_s, u"x"_s, 2, {u"p@x"_s}));
    add(mail(u"g@x"_s, u"ann@x.example"_s, u"y"_s, 3, {u"p@x"_s}));
    const auto parent = add(mail(u"p@x"_s, u"ann@x.example"_s, u"z"_s, 1));
    QCOMPARE(number("SELECT count(*) FROM (SELECT conversation_id FROM messages GROUP BY conversation_id "
                    "HAVING count(DISTINCT from_email) > 1)"),
             0);
    QVERIFY(parent != eve);
}

void TestConversationRepository::neverJoinsMailsThatNameNobody() {
    const auto one = add(mail(u"a@x"_s, QString(), u"Hello"_s, 0));
    QVERIFY(one != add(mail(u"b@x"_s, QString(), u"Re: Hello"_s, 1, {u"a@x"_s})));
}

void TestConversationRepository::survivesSelfReferencesAndCycles() {
    const auto self = add(mail(u"s@x"_s, u"ann@x.example"_s, u"self"_s, 0, {u"s@x"_s}));
    QCOMPARE(number("SELECT count(*) FROM message_references"), 0);
    const auto one = add(mail(u"a@x"_s, u"ann@x.example"_s, u"one"_s, 1, {u"b@x"_s}));
    QCOMPARE(add(mail(u"b@x"_s, u"ann@x.example"_s, u"two"_s, 2, {u"c@x"_s})), one);
    QCOMPARE(add(mail(u"c@x"_s, u"ann@x.example"_s, u"three"_s, 3, {u"a@x"_s, u"c@x"_s})), one);
    QVERIFY(self != one);
    QCOMPARE(number("SELECT count(*) FROM conversations"), 2);
}

void TestConversationRepository::continuesARecentMatterOfTheSameAddress() {
    const auto first = add(mail(u"a@x"_s, u"ann@x.example"_s, u"Broken lamp"_s, 0));
    QCOMPARE(add(mail(u"b@x"_s, u"ann@x.example"_s, u"AW: broken lamp"_s, 60)), first);
    QVERIFY(add(mail(u"c@x"_s, u"bob@x.example"_s, u"Re: Broken lamp"_s, 61)) != first);
    QVERIFY(add(mail(u"d@x"_s, u"ann@x.example"_s, u"Broken lamp"_s, 60 * 24 * 40)) != first);
    const auto order = add(mail(u"e@x"_s, u"ann@x.example"_s, u"Order #1042 is late"_s, 100));
    QCOMPARE(add(mail(u"f@x"_s, u"ann@x.example"_s, u"where is order 1042?"_s, 200)), order);
    QVERIFY(add(mail(u"g@x"_s, u"ann@x.example"_s, u"where is order 1043?"_s, 300)) != order);
}

void TestConversationRepository::subjectNeverJoinsForms() {
    MessageRecord one = mail(u"a@x"_s, u"mailer@forms.example"_s, u"New contact message"_s, 0);
    one.replyTo = {{QString(), u"ann@x.example"_s}};
    MessageRecord two = mail(u"b@x"_s, u"mailer@forms.example"_s, u"New contact message"_s, 1);
    two.replyTo = {{QString(), u"bob@x.example"_s}};
    QVERIFY(add(one) != add(two));
}

void TestConversationRepository::keepsBothDraftsWhenConversationsJoin() {
    const auto one = add(mail(u"b@x"_s, u"ann@x.example"_s, u"one"_s, 1, {u"a@x"_s}));
    const auto two = add(mail(u"d@x"_s, u"ann@x.example"_s, u"two"_s, 2, {u"c@x"_s}));
    QVERIFY(m_repository->saveDraft({one, u"older words"_s, {}, 3, UtcTime(1000)}));
    QVERIFY(m_repository->saveDraft({two, u"newer words"_s, {}, 5, UtcTime(2000)}));
    add(mail(u"c@x"_s, u"ann@x.example"_s, u"root"_s, 0, {u"a@x"_s}));
    const auto draft = m_repository->draft(one);
    QVERIFY(draft && draft->has_value());
    QCOMPARE((*draft)->text, u"newer words\n\nolder words"_s);
    QCOMPARE(number("SELECT count(*) FROM drafts"), 1);
    QCOMPARE(number("SELECT has_draft FROM conversations"), 1);
}

void TestConversationRepository::summaryFollowsTheMessages() {
    MessageRecord first = mail(u"a@x"_s, u"ann@x.example"_s, u"Hello"_s, 0);
    first.text = u"On Monday, 1 Feb 2026 at 10:00, Shop <help@shop.example> wrote:\n> old\n\nMy   lamp\nis broken"_s;
    first.folded = foldedRanges(first.text);
    const auto id = add(first);
    QCOMPARE(text("SELECT snippet FROM conversations"), u"My lamp is broken"_s);
    QCOMPARE(text("SELECT status FROM conversations"), u"open"_s);
    QCOMPARE(number("SELECT customer_spoke_last FROM conversations"), 1);
    QCOMPARE(number("SELECT unread_count FROM conversations"), 1);
    add(reply(u"b@shop"_s, u"ann@x.example"_s, u"Re: Hello"_s, 5, {u"a@x"_s}), Direction::Outbound);
    QCOMPARE(text("SELECT status FROM conversations"), u"waiting"_s);
    QCOMPARE(number("SELECT customer_spoke_last FROM conversations"), 0);
    QCOMPARE(number("SELECT unread_count FROM conversations"), 0); // who answers has read
    QCOMPARE(number("SELECT last_inbound_at FROM conversations"), kNoon);
    QVERIFY(m_repository->setStatus(id, ConversationStatus::Done));
    add(mail(u"c@x"_s, u"ann@x.example"_s, u"Re: Hello"_s, 9, {u"b@shop"_s}));
    QCOMPARE(text("SELECT status FROM conversations"), u"open"_s);
    QCOMPARE(number("SELECT message_count FROM conversations"), 3);
    QCOMPARE(number("SELECT last_inbound_at FROM conversations"), kNoon + 9 * 60'000);
    QCOMPARE(text("SELECT customer_name FROM conversations"), u"Some One"_s);
}

void TestConversationRepository::olderMailChangesOnlyTheBeginning() {
    add(reply(u"b@shop"_s, u"ann@x.example"_s, u"Re: Hello"_s, 5, {u"a@x"_s}), Direction::Outbound);
    add(mail(u"a@x"_s, u"ann@x.example"_s, u"Hello"_s, 0));
    QCOMPARE(number("SELECT count(*) FROM conversations"), 1);
    QCOMPARE(text("SELECT subject FROM conversations"), u"Hello"_s);
    QCOMPARE(text("SELECT snippet FROM conversations"), u"Text of b@shop"_s);
    QCOMPARE(text("SELECT status FROM conversations"), u"waiting"_s);
    QCOMPARE(number("SELECT first_message_at FROM conversations"), kNoon);
    QCOMPARE(number("SELECT unread_count FROM conversations"), 0);
    QCOMPARE(text("SELECT customer_name FROM conversations"), u"Some One"_s);
}

void TestConversationRepository::automatedMailReopensNothing() {
    const auto id = add(mail(u"a@x"_s, u"ann@x.example"_s, u"Hello"_s, 0));
    QVERIFY(m_repository->setStatus(id, ConversationStatus::Done));
    MessageRecord away = mail(u"b@x"_s, u"ann@x.example"_s, u"Out of office"_s, 5, {u"a@x"_s});
    away.isAutomated = true;
    QCOMPARE(add(away), id);
    QCOMPARE(text("SELECT status FROM conversations"), u"done"_s);
}

void TestConversationRepository::outboundMailIsThreadedByItsRecipient() {
    const auto id = add(reply(u"b@shop"_s, u"Ann@x.example"_s, u"Your parcel"_s, 0), Direction::Outbound);
    QCOMPARE(text("SELECT customer_email FROM conversations"), u"ann@x.example"_s);
    QCOMPARE(add(mail(u"c@x"_s, u"ann@x.example"_s, u"Re: Your parcel"_s, 9, {u"b@shop"_s})), id);
}

void TestConversationRepository::marksReadAndUnread() {
    const auto id = add(mail(u"a@x"_s, u"ann@x.example"_s, u"Hello"_s, 0));
    add(mail(u"b@x"_s, u"ann@x.example"_s, u"Hello"_s, 1, {u"a@x"_s}));
    QVERIFY(m_repository->markRead(id, true));
    QCOMPARE(number("SELECT unread_count FROM conversations"), 0);
    QVERIFY(m_repository->markRead(id, false));
    QCOMPARE(number("SELECT unread_count FROM conversations"), 1);
    QCOMPARE(text("SELECT message_id FROM messages WHERE unread = 1"), u"b@x"_s);
    QVERIFY(!m_repository->setStatus(ConversationId(99), ConversationStatus::Done));
}

void TestConversationRepository::matchesByAddressAndAlias() {
    sql("INSERT INTO profiles (id) VALUES (7);"
        "INSERT INTO profile_emails (email, profile_id, source) VALUES ('ann@x.example', 7, 'shop'), "
        "('ann@work.example', "
        "7, 'alias')");
    const auto one = add(mail(u"a@x"_s, u"Ann@X.example"_s, u"Hello"_s, 0));
    QCOMPARE(text("SELECT matched_by || ' ' || match_detail || ' ' || profile_id FROM conversations"),
             u"email ann@x.example 7"_s);
    // Another address of the same person continues the conversation.
    QCOMPARE(add(mail(u"b@x"_s, u"ann@work.example"_s, u"Re: Hello"_s, 1, {u"a@x"_s})), one);
    add(mail(u"c@x"_s, u"ann@work.example"_s, u"New matter"_s, 2));
    QCOMPARE(text("SELECT matched_by FROM conversations WHERE base_subject = 'new matter'"), u"alias"_s);
}

void TestConversationRepository::matchesByPhoneOnlyWhenOneHasIt() {
    sql("INSERT INTO profiles (id) VALUES (7), (8);"
        "INSERT INTO profile_phones (phone, profile_id) VALUES ('+491701234567', 7), ('+491709999999', 7), "
        "('+491709999999', 8)");
    MessageRecord one = mail(u"a@x"_s, u"new@x.example"_s, u"one"_s, 0);
    one.text = u"Hi\n\n-- \nAnn\nTel. +49 (0)170 / 123 45 67"_s;
    one.folded = foldedRanges(one.text);
    add(one);
    QCOMPARE(text("SELECT matched_by || ' ' || match_detail || ' ' || profile_id FROM conversations"),
             u"phone +491701234567 7"_s);
    MessageRecord two = mail(u"b@x"_s, u"other@x.example"_s, u"two"_s, 0);
    two.text = u"Hi, call 0049 170 9999999"_s;
    add(two);
    QCOMPARE(text("SELECT matched_by FROM conversations WHERE subject = 'two'"), u"none"_s);
    // Deep in the text a number is something the person talks about.
    MessageRecord three = mail(u"c@x"_s, u"third@x.example"_s, u"three"_s, 0);
    three.text = u"My friend has +49 170 1234567\n1\n2\n3\n4\n5\n6\n7\n8\n9"_s;
    add(three);
    QCOMPARE(text("SELECT matched_by FROM conversations WHERE subject = 'three'"), u"none"_s);
}

void TestConversationRepository::matchesByOrderOnlyWhenItIsTheSendersOwn() {
    sql("INSERT INTO profiles (id) VALUES (7)");
    order(2, u"#1042"_s, u"Ann@Home.example"_s, 5);
    MessageRecord stranger = mail(u"a@x"_s, u"eve@evil.example"_s, u"Where is order 1042?"_s, 0);
    add(stranger);
    QCOMPARE(text("SELECT matched_by || ifnull(profile_id, '-') || ifnull(store_id, '-') FROM conversations"),
             u"none--"_s);
    MessageRecord owner = mail(u"b@x"_s, u"ann@home.example"_s, u"Question"_s, 0);
    owner.text = u"Where is my order no. 1042?"_s;
    add(owner);
    QCOMPARE(text("SELECT matched_by || ' ' || match_detail || ' ' || profile_id || ' ' || store_id FROM conversations "
                  "WHERE subject = 'Question'"),
             u"order #1042 7 2"_s);
}

void TestConversationRepository::namedOrderChoosesTheStore() {
    sql("INSERT INTO profiles (id) VALUES (7);"
        "INSERT INTO profile_emails (email, profile_id, source) VALUES ('ann@x.example', 7, 'shop')");
    order(1, u"#1042"_s, {}, 5);
    order(2, u"#2001"_s, {}, 9);
    add(mail(u"a@x"_s, u"ann@x.example"_s, u"About #1042"_s, 0));
    QCOMPARE(number("SELECT store_id FROM conversations"), 1);
    add(mail(u"b@x"_s, u"ann@x.example"_s, u"Something"_s, 0));
    QCOMPARE(number("SELECT store_id FROM conversations WHERE subject = 'Something'"), 2); // the latest order's
}

void TestConversationRepository::correctionIsRememberedAndReversible() {
    sql("INSERT INTO profiles (id) VALUES (7), (8);"
        "INSERT INTO profile_emails (email, profile_id, source) VALUES ('ann@x.example', 7, 'shop')");
    const auto id = add(mail(u"a@x"_s, u"ann@x.example"_s, u"one"_s, 0));
    add(mail(u"b@x"_s, u"ann@x.example"_s, u"two"_s, 1));
    QVERIFY(m_repository->linkToProfile(id, ProfileId(8), UtcTime(5)));
    QCOMPARE(number("SELECT count(*) FROM conversations WHERE profile_id = 8 AND matched_by = 'manual'"), 2);
    add(mail(u"c@x"_s, u"ann@x.example"_s, u"three"_s, 2));
    QCOMPARE(number("SELECT count(*) FROM conversations WHERE profile_id = 8"), 3);
    const auto unchanged = m_repository->rematch(500);
    QVERIFY(unchanged && *unchanged == 0);
    const auto reverted = m_repository->revertLink(id, UtcTime(9));
    QVERIFY(reverted && *reverted);
    QCOMPARE(number("SELECT count(*) FROM conversations WHERE profile_id = 7 AND matched_by = 'email'"), 3);
    QCOMPARE(number("SELECT reverted_at FROM match_corrections"), 9);
    const auto nothingLeft = m_repository->revertLink(id, UtcTime(10));
    QVERIFY(nothingLeft && !*nothingLeft);
    // "Nobody we know" is a decision too.
    QVERIFY(m_repository->linkToProfile(id, std::nullopt, UtcTime(11)));
    QVERIFY(m_repository->rematch(500));
    QCOMPARE(number("SELECT count(*) FROM conversations WHERE profile_id IS NULL"), 3);
}

void TestConversationRepository::rematchFindsNewCustomersAndRefreshesPrecedence() {
    add(mail(u"a@x"_s, u"ann@x.example"_s, u"one"_s, 0));
    QCOMPARE(text("SELECT precedence FROM conversations"), u"PROSPECT"_s);
    sql("INSERT INTO profiles (id) VALUES (7);"
        "INSERT INTO profile_emails (email, profile_id, source) VALUES ('ann@x.example', 7, 'shop');"
        "INSERT INTO customers VALUES (1, 1, 'c1', 7, 'Ann', 'Ann', '', 'ann@x.example', '', '', '', '', '', '', 2, "
        "45000, 'EUR', 0, 0, 0)");
    auto changed = m_repository->rematch(500);
    QVERIFY(changed);
    QCOMPARE(*changed, 1);
    QCOMPARE(text("SELECT precedence || matched_by || store_id FROM conversations"), u"RETURNINGemail1"_s);
    changed = m_repository->rematch(400);
    QVERIFY(changed && *changed == 1);
    QCOMPARE(text("SELECT precedence FROM conversations"), u"VIP"_s);
    changed = m_repository->rematch(400);
    QVERIFY(changed && *changed == 0);
    add(mail(u"b@x"_s, u"ann@x.example"_s, u"two"_s, 1)); // the rule last given holds for new mail
    QCOMPARE(number("SELECT count(*) FROM conversations WHERE precedence = 'VIP'"), 2);
}

void TestConversationRepository::storesAttachmentsAndFoldedRanges() {
    MessageRecord message = mail(u"a@x"_s, u"ann@x.example"_s, u"one"_s, 0);
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
    const auto id = add(mail(u"a@x"_s, u"ann@x.example"_s, u"one"_s, 0));
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
        add(mail(u"a@x"_s, u"ann@x.example"_s, u"one"_s, 0));
    } // rolled back
    QCOMPARE(number("SELECT count(*) FROM messages"), 0);
    QCOMPARE(number("SELECT count(*) FROM conversations"), 0);
}

void TestConversationRepository::hotQueriesUseIndexes() {
    const QRegularExpression ofOnePerson(u"^(?!USE TEMP B-TREE.*WHERE profile_id = \\?1 GROUP BY)"_s,
                                         QRegularExpression::DotMatchesEverythingOption);
    const QStringList slow = test::slowSteps(*m_database).filter(ofOnePerson); // a handful of orders is grouped
    QVERIFY2(slow.isEmpty(), qPrintable(slow.join(u'\n')));
}

QTEST_GUILESS_MAIN(TestConversationRepository)
#include "tst_conversation_repository.moc"
