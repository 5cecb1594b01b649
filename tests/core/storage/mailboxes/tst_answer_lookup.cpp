#include "core/storage/conversations/conversation_repository.h"
#include "core/storage/mailboxes/answer_lookup.h"
#include "core/storage/mailboxes/mailbox_repository.h"
#include "tests/support/outbox_rows.h"
#include "tests/support/patience.h"
#include "tests/support/temporary_workspace.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;
using Direction = ConversationRepository::Direction;

class TestAnswerLookup : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void newMailBeginsWhereTheCacheEnds();
    void ownAddressesAreThoseOfAnyMailbox();
    void whatStandsInTheOutboxIsOurs();
    void aConversationKnowsItsMailsAndTheOnesTheyName();

private:
    template <typename T>
    static T must(Result<T> result) {
        if (!result) qFatal("%s", qPrintable(result.error().detail));
        return *std::move(result);
    }
    ConversationId conversationOf(const QString& id, const QString& references);

    std::unique_ptr<TemporaryWorkspace> m_workspace;
    std::unique_ptr<MailboxRepository> m_mailboxes;
    std::unique_ptr<AnswerLookup> m_lookup;
    MailboxId m_mailbox;
};

void TestAnswerLookup::init() {
    m_lookup.reset();
    m_mailboxes.reset();
    m_workspace = std::make_unique<TemporaryWorkspace>();
    QVERIFY(m_workspace->isOpen());
    m_mailboxes = must(MailboxRepository::create(m_workspace->writer()));
    MailAccount account;
    account.address = u"help@shop.example"_s;
    account.ownAddresses = QStringList{u"old@shop.example"_s, u"older@shop.example"_s};
    m_mailbox = must(m_mailboxes->save(account));
    m_lookup = must(AnswerLookup::create(m_workspace->writer()));
}

ConversationId TestAnswerLookup::conversationOf(const QString& id, const QString& references) {
    auto conversations = must(ConversationRepository::create(m_workspace->writer()));
    MessageRecord mail;
    mail.messageId = id;
    mail.from = {u"Ann"_s, id.section(u'@', 0, 0) + u"@customer.example"_s};
    mail.to = {{u"Shop"_s, u"help@shop.example"_s}};
    mail.date = UtcTime(1'770'000'000'000);
    mail.subject = u"Lamp "_s + id;
    mail.text = u"Hello"_s;
    if (!references.isEmpty()) mail.references = QStringList{references};
    return must(conversations->add(mail, Direction::Inbound, {.mailbox = m_mailbox})).conversation;
}

void TestAnswerLookup::newMailBeginsWhereTheCacheEnds() {
    QVERIFY(!must(m_lookup->newMail(m_mailbox, u"sent"_s)));
    MailFolderRow folder;
    folder.mailbox = m_mailbox;
    folder.name = u"INBOX.Sent"_s;
    folder.role = u"sent"_s;
    must(m_mailboxes->saveFolder(folder));
    QVERIFY(!must(m_lookup->newMail(m_mailbox, u"sent"_s))); // listed, never synced
    folder.uidNext = 18;
    must(m_mailboxes->saveFolder(folder));
    const auto mail = must(m_lookup->newMail(m_mailbox, u"sent"_s));
    QVERIFY(mail);
    QCOMPARE(mail->folder, u"INBOX.Sent"_s);
    QCOMPARE(mail->firstUid, 18U);
    QVERIFY(!must(m_lookup->newMail(m_mailbox, u"inbox"_s)));
}

void TestAnswerLookup::ownAddressesAreThoseOfAnyMailbox() {
    MailAccount other;
    other.address = u"hallo@laden.example"_s;
    must(m_mailboxes->save(other));
    for (const QString& ours : {u"help@shop.example"_s, u"Old@Shop.example"_s, u"older@shop.example"_s, other.address})
        QVERIFY2(must(m_lookup->isOwnAddress(ours)), qPrintable(ours));
    for (const QString& foreign : {u"ld@shop.example"_s, u"ann@customer.example"_s, QString()})
        QVERIFY2(!must(m_lookup->isOwnAddress(foreign)), qPrintable(foreign));
}

void TestAnswerLookup::whatStandsInTheOutboxIsOurs() {
    auto outbox = must(OutboxRepository::create(m_workspace->writer()));
    must(outbox->add(outboxRow(m_mailbox, u"ours@shop"_s, UtcTime(1'770'000'000'000))));
    QVERIFY(must(m_lookup->isOurs(u"ours@shop"_s)));
    QVERIFY(!must(m_lookup->isOurs(u"colleague@shop"_s)));
}

void TestAnswerLookup::aConversationKnowsItsMailsAndTheOnesTheyName() {
    const ConversationId lamp = conversationOf(u"a@x"_s, u"before@x"_s);
    const ConversationId vase = conversationOf(u"b@x"_s, {});
    QVERIFY(lamp != vase);
    QVERIFY(must(m_lookup->conversationKnows(lamp, {u"nobody@x"_s, u"a@x"_s})));
    QVERIFY(must(m_lookup->conversationKnows(lamp, {u"before@x"_s})));
    QVERIFY(!must(m_lookup->conversationKnows(lamp, {u"b@x"_s})));
    QVERIFY(!must(m_lookup->conversationKnows(vase, {u"a@x"_s, u"before@x"_s})));
    QVERIFY(!must(m_lookup->conversationKnows(lamp, {})));
}

QTEST_GUILESS_MAIN(TestAnswerLookup)
#include "tst_answer_lookup.moc"
