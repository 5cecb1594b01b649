#include "core/readmodel/conversation_query.h"
#include "core/storage/conversations/conversation_repository.h"
#include "core/storage/mailboxes/mailbox_repository.h"
#include "core/storage/mailboxes/sender_check_repository.h"
#include "tests/support/patience.h"
#include "tests/support/table_dump.h"
#include "tests/support/temporary_workspace.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;
using Direction = ConversationRepository::Direction;

class TestSenderChecks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void mailOfAMailboxIsChecked();
    void mailFromFilesIsNot();
    void whatPretendsToBeOursIsCheckedToo();
    void checksAreReplacedAndGoWithTheirMessage();
    void whoseResultsItCameWithIsNoted();

private:
    static MessageRecord mail(const QString& id, const QString& from);
    template <typename T>
    static T must(Result<T> result) {
        if (!result) qFatal("%s", qPrintable(result.error().detail));
        return *std::move(result);
    }
    std::optional<SenderCheck> checkOf(MessageId message) { return must(m_checks->senderCheck(message)); }
    QStringList noted() {
        return rows(m_workspace->writer(),
                    "SELECT mailbox_id, seen_authserv_id FROM sender_checks ORDER BY message_id");
    }

    std::unique_ptr<TemporaryWorkspace> m_workspace;
    std::unique_ptr<ConversationRepository> m_conversations;
    std::unique_ptr<SenderCheckRepository> m_checks;
    MailboxId m_mailbox;
};

void TestSenderChecks::init() {
    m_checks.reset();
    m_conversations.reset();
    m_workspace = std::make_unique<TemporaryWorkspace>();
    QVERIFY(m_workspace->isOpen());
    m_workspace->addStore(u"licht-laden.de"_s);
    auto mailboxes = must(MailboxRepository::create(m_workspace->writer()));
    MailAccount account;
    account.address = u"help@shop.example"_s;
    account.ownAddresses = QStringList{u"old@alt.example"_s};
    account.authservId = u"mx.shop.example"_s;
    m_mailbox = must(mailboxes->save(account));
    m_conversations = must(ConversationRepository::create(m_workspace->writer()));
    m_checks = must(SenderCheckRepository::create(m_workspace->writer()));
}

MessageRecord TestSenderChecks::mail(const QString& id, const QString& from) {
    MessageRecord message;
    message.messageId = id;
    message.from = {u"Somebody"_s, from};
    message.to = {{u"Shop"_s, u"help@shop.example"_s}};
    message.date = UtcTime(1'770'000'000'000);
    message.subject = u"Lamp "_s + id;
    message.text = u"Hello"_s;
    message.trace = {{u"authentication-results"_s, u"mx.shop.example; dmarc=pass header.from=customer.example"_s},
                     {u"received"_s, u"from c (c [203.0.113.1]) by mx.shop.example with ESMTPS id 1"_s}};
    return message;
}

void TestSenderChecks::mailOfAMailboxIsChecked() {
    const auto added = must(
        m_conversations->add(mail(u"a@x"_s, u"ann@customer.example"_s), Direction::Inbound, {.mailbox = m_mailbox}));
    const auto check = checkOf(added.message);
    QVERIFY(check);
    QCOMPARE(check->verdict, SenderVerdict::Verified);
    QCOMPARE(check->dmarc, u"pass"_s);
    QCOMPARE(check->alignedDomain, u"customer.example"_s);
    auto query = must(ConversationQuery::create(m_workspace->writer()));
    QCOMPARE(must(query->senderCheck(added.message)), check);
    const auto view = must(query->conversation(added.conversation));
    QVERIFY(view && view->messages.size() == 1);
    QCOMPARE(view->messages.front().sender, check);
}

void TestSenderChecks::mailFromFilesIsNot() {
    const auto added = must(m_conversations->add(mail(u"a@x"_s, u"ann@customer.example"_s), Direction::Inbound));
    QVERIFY(!checkOf(added.message));
    auto query = must(ConversationQuery::create(m_workspace->writer()));
    QVERIFY(!must(query->senderCheck(added.message)));
    QVERIFY(!must(query->conversation(added.conversation))->messages.front().sender);
}

void TestSenderChecks::whatPretendsToBeOursIsCheckedToo() {
    const auto forged =
        must(m_conversations->add(mail(u"a@x"_s, u"old@alt.example"_s), Direction::Outbound, {.mailbox = m_mailbox}));
    QCOMPARE(checkOf(forged.message)->verdict, SenderVerdict::Suspicious);
    QCOMPARE(checkOf(forged.message)->warnings, QStringList{u"own_domain_unproven"_s});
    const auto store = must(
        m_conversations->add(mail(u"b@x"_s, u"boss@licht-laden.de"_s), Direction::Inbound, {.mailbox = m_mailbox}));
    QCOMPARE(checkOf(store.message)->warnings, QStringList{u"own_domain_unproven"_s});
    MessageRecord written = mail(u"c@x"_s, u"help@shop.example"_s);
    written.trace.clear();
    const auto own = must(m_conversations->add(written, Direction::Outbound, {.mailbox = m_mailbox}));
    QVERIFY(!checkOf(own.message));
}

void TestSenderChecks::checksAreReplacedAndGoWithTheirMessage() {
    const auto added = must(
        m_conversations->add(mail(u"a@x"_s, u"ann@customer.example"_s), Direction::Inbound, {.mailbox = m_mailbox}));
    const SenderCheck other{SenderVerdict::Failed, u"fail"_s, {}, u"fail"_s, {}, {u"several_from"_s, u"no_from"_s}};
    QVERIFY(m_checks->storeSenderCheck(added.message, other));
    QCOMPARE(checkOf(added.message), std::optional(other));
    QVERIFY(m_workspace->writer().execute("DELETE FROM message_references; DELETE FROM messages"));
    QVERIFY(!checkOf(added.message));
}

void TestSenderChecks::whoseResultsItCameWithIsNoted() {
    const auto add = [this](const MessageRecord& message) {
        return must(m_conversations->add(message, Direction::Inbound, {.mailbox = m_mailbox})).message;
    };
    const QString mailbox = QString::number(m_mailbox.value());
    MessageRecord foreign = mail(u"a@x"_s, u"ann@customer.example"_s);
    foreign.trace.front().value = u"MX.Other.example; spf=pass"_s; // trusted or not
    const MessageId first = add(foreign);
    MessageRecord bare = mail(u"b@x"_s, u"ben@customer.example"_s);
    bare.trace.erase(bare.trace.begin());
    add(bare);
    MessageRecord forged = mail(u"c@x"_s, u"cat@customer.example"_s);
    std::swap(forged.trace[0], forged.trace[1]);
    add(forged);
    must(m_conversations->add(mail(u"d@x"_s, u"dan@customer.example"_s), Direction::Inbound)); // of a file
    const QStringList expected{mailbox + u"|mx.other.example"_s, mailbox + u"|NULL"_s, mailbox + u"|NULL"_s};
    QCOMPARE(noted(), expected);
    // Neither the same mail again, nor another verdict about it, changes that.
    foreign.trace.front().value = u"mx.third.example; spf=pass"_s;
    QCOMPARE(add(foreign), first);
    QVERIFY(m_checks->storeSenderCheck(first, {}));
    QCOMPARE(noted(), expected);
}

QTEST_GUILESS_MAIN(TestSenderChecks)
#include "tst_sender_checks.moc"
