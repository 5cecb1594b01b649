#include "core/readmodel/mailbox_query.h"
#include "core/storage/conversations/conversation_repository.h"
#include "core/storage/mailboxes/mailbox_repository.h"
#include "tests/core/readmodel/plans.h"
#include "tests/support/patience.h"
#include "tests/support/temporary_workspace.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;
using Direction = ConversationRepository::Direction;

class TestMailboxQuery : public QObject {
    Q_OBJECT

    static constexpr const char* kOurs = "mx.shop.example; dmarc=pass";

    std::unique_ptr<TemporaryWorkspace> m_workspace;
    std::unique_ptr<MailboxRepository> m_mailboxes;
    std::unique_ptr<ConversationRepository> m_conversations;
    MailboxId m_mailbox;
    FolderId m_inbox;
    quint32 m_uid = 0;

    static MessageRecord mail(const QString& id, const QString& results) {
        MessageRecord message;
        message.messageId = id;
        message.from = {u"Kim"_s, id};
        message.to = {{QString(), u"help@shop.example"_s}};
        message.date = UtcTime(1'770'000'000'000);
        message.subject = u"Lamp "_s + id;
        if (!results.isEmpty()) message.trace.push_back({u"authentication-results"_s, results});
        message.trace.push_back({u"received"_s, u"from c (c [203.0.113.1]) by mx.shop.example with ESMTPS id 1"_s});
        return message;
    }
    MailboxId addMailbox(const QString& address) {
        MailAccount account;
        account.address = address;
        return *m_mailboxes->save(account);
    }
    void link(FolderId folder, MessageId message) {
        QVERIFY(m_mailboxes->saveLocations({{folder, ++m_uid, message, 1, {}, {}}}));
    }
    // The newest mail of INBOX, whatever its date is.
    void arrive(const QString& results, Direction direction = Direction::Inbound) {
        const QString id = u"m%1@customer.example"_s.arg(m_uid + 1);
        const auto added = m_conversations->add(mail(id, results), direction, {.mailbox = m_mailbox});
        QVERIFY(added);
        link(m_inbox, added->message);
    }
    void arriveMany(int count, const QString& results) {
        for (int i = 0; i < count; ++i)
            arrive(results);
    }
    QString learned(size_t mailbox = 0) {
        const auto reader = m_workspace->workspace().openReader();
        const auto query = MailboxQuery::create(**reader);
        const auto views = (*query)->all();
        return views && views->size() > mailbox ? views->at(mailbox).learnedAuthservId : u"(no mailbox)"_s;
    }

private Q_SLOTS:
    void init() {
        m_conversations.reset();
        m_mailboxes.reset();
        m_workspace = std::make_unique<TemporaryWorkspace>();
        QVERIFY(m_workspace->isOpen());
        m_mailboxes = *MailboxRepository::create(m_workspace->writer());
        m_conversations = *ConversationRepository::create(m_workspace->writer());
        m_mailbox = addMailbox(u"help@shop.example"_s);
        m_inbox = *m_mailboxes->saveFolder({{}, m_mailbox, u"INBOX"_s, u"inbox"_s, 7, 0, 1});
        m_uid = 0;
    }

    void learnsWhoseResultsMailComesWith() {
        QCOMPARE(learned(), QString());
        arriveMany(2, QLatin1String(kOurs));
        QCOMPARE(learned(), QString());
        arrive(QLatin1String(kOurs));
        QCOMPARE(learned(), u"mx.shop.example"_s);
        arriveMany(2, {});
        QCOMPARE(learned(), u"mx.shop.example"_s);
        arrive({});
        QCOMPARE(learned(), QString()); // half of them only
    }

    void mailOnTopChoosesNothing() {
        arriveMany(10, QLatin1String(kOurs));
        arrive(u"mx.evil.example; dmarc=pass"_s);
        QCOMPARE(learned(), QString());
        arriveMany(19, QLatin1String(kOurs));
        QCOMPARE(learned(), QString());
        arrive(QLatin1String(kOurs)); // the other is the twenty-first now
        QCOMPARE(learned(), u"mx.shop.example"_s);
    }

    // A mail dated into the future would else stay the newest for ever.
    void theNewestAreThoseTheServerNumberedLast() {
        MessageRecord late = mail(u"late@customer.example"_s, u"mx.evil.example; dmarc=pass"_s);
        late.date = UtcTime(4'000'000'000'000);
        link(m_inbox, m_conversations->add(late, Direction::Inbound, {.mailbox = m_mailbox})->message);
        arriveMany(20, QLatin1String(kOurs));
        QCOMPARE(learned(), u"mx.shop.example"_s);
    }

    void onlyMailThatCameInThroughItCounts() {
        arriveMany(3, QLatin1String(kOurs));
        for (int i = 0; i < 5; ++i)
            arrive(u"mx.else.example; dmarc=pass"_s, Direction::Outbound);                  // our copies
        QVERIFY(m_mailboxes->saveLocations({{m_inbox, ++m_uid, std::nullopt, 1, {}, {}}})); // on its way here
        const FolderId sent = *m_mailboxes->saveFolder({{}, m_mailbox, u"Sent"_s, u"sent"_s, 7, 0, 1});
        for (int i = 0; i < 5; ++i) {
            const QString id = u"s%1@customer.example"_s.arg(i);
            link(sent, m_conversations->add(mail(id, {}), Direction::Inbound, {.mailbox = m_mailbox})->message);
        }
        QVERIFY(m_conversations->add(mail(u"file@customer.example"_s, u"mx.old.example; none"_s), Direction::Inbound));
        QCOMPARE(learned(), u"mx.shop.example"_s);
    }

    // The copy that came first is the one that is kept, with what its server wrote.
    void aCopyThatCameInElsewhereSaysNothing() {
        const MailboxId second = addMailbox(u"sales@shop.example"_s);
        const FolderId inbox = *m_mailboxes->saveFolder({{}, second, u"INBOX"_s, u"inbox"_s, 7, 0, 1});
        for (int i = 0; i < 3; ++i) {
            arrive(QLatin1String(kOurs));
            const QString id = u"m%1@customer.example"_s.arg(m_uid);
            link(inbox, m_conversations->add(mail(id, {}), Direction::Inbound, {.mailbox = second})->message);
        }
        QCOMPARE(learned(0), u"mx.shop.example"_s);
        QCOMPARE(learned(1), QString());
    }

    void mailFromBeforeItWasNotedIsWaitedOut() {
        arriveMany(20, QLatin1String(kOurs));
        QVERIFY(m_workspace->writer().execute("UPDATE sender_checks SET mailbox_id = NULL, seen_authserv_id = NULL"));
        QCOMPARE(learned(), QString());
        arriveMany(10, QLatin1String(kOurs));
        QCOMPARE(learned(), QString());
        arrive(QLatin1String(kOurs));
        QCOMPARE(learned(), u"mx.shop.example"_s);
    }

    // A folder that was followed once under another name has no mail of its own any more.
    void anInboxThatIsNotFollowedIsNotAsked() {
        QVERIFY(m_mailboxes->saveFolder({{}, m_mailbox, u"Earlier"_s, u"inbox"_s, 0, 0, 0}));
        arriveMany(3, QLatin1String(kOurs));
        QCOMPARE(learned(), u"mx.shop.example"_s);
    }

    void readsTheNewestMailAlongTheFolder() {
        const auto reader = m_workspace->workspace().openReader();
        const auto query = MailboxQuery::create(**reader);
        QVERIFY(query);
        const QStringList plans = plansOf(**reader, u"seen_authserv_id"_s);
        QCOMPARE(plans.size(), 1);
        QVERIFY2(plans.front().contains(u"SEARCH l USING PRIMARY KEY (folder_id=?)"_s), qPrintable(plans.front()));
        QCOMPARE(slowSteps(**reader).filter(u"seen_authserv_id"_s).join(u'\n'), QString());
    }
};

QTEST_GUILESS_MAIN(TestMailboxQuery)
#include "tst_mailbox_query.moc"
