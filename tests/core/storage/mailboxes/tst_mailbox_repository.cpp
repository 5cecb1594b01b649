#include "core/readmodel/mailbox_query.h"
#include "core/storage/conversations/conversation_repository.h"
#include "core/storage/mailboxes/mailbox_repository.h"
#include "tests/core/readmodel/plans.h"
#include "tests/support/patience.h"
#include "tests/support/table_dump.h"
#include "tests/support/temporary_workspace.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;
using Direction = ConversationRepository::Direction;

class TestMailboxRepository : public QObject {
    Q_OBJECT

    std::unique_ptr<TemporaryWorkspace> m_workspace;
    std::unique_ptr<MailboxRepository> m_mailboxes;
    std::unique_ptr<ConversationRepository> m_conversations;
    MailboxId m_mailbox;
    FolderId m_inbox;

    static MailAccount account(const QString& address = u"help@licht.example"_s) {
        MailAccount account;
        account.address = address;
        account.displayName = u"Licht"_s;
        account.ownAddresses = {u"Shop@Licht.example"_s};
        account.userName = u"help"_s;
        account.imap = {u"127.0.0.1"_s, 993, MailSecurity::StartTls};
        account.smtp = {u"127.0.0.1"_s, 587, MailSecurity::Plain};
        account.caCertificates = "-----BEGIN CERTIFICATE-----\n";
        account.signatureText = u"-- \nLicht"_s;
        account.undoSeconds = 25;
        account.sentProof = SentProof::ServerFiles;
        account.teamMode = TeamMode::SingleAgent;
        account.teamReason = u"no_condstore"_s;
        return account;
    }
    static MessageRecord mail(int number) {
        MessageRecord message;
        message.messageId = u"m%1@example.com"_s.arg(number);
        message.from = {u"Kim"_s, u"kim%1@example.com"_s.arg(number)};
        message.to = {{QString(), u"help@licht.example"_s}};
        message.date = UtcTime(1'700'000'000'000).plusSeconds(number);
        message.subject = u"Lamp %1"_s.arg(number);
        message.text = u"Where is it?"_s;
        return message;
    }
    FolderId addFolder(const QString& name, const QString& role) {
        return *m_mailboxes->saveFolder({{}, m_mailbox, name, role, 7, 0, 1});
    }
    MailLocationRow location(quint32 uid, const QStringList& flags = {}, quint64 modSeq = 1) const {
        return {m_inbox, uid, std::nullopt, modSeq, flags, {}};
    }
    // A mail of the customer at UID `number` of the inbox.
    MessageId arrive(int number, const QStringList& flags = {}) {
        const auto added =
            m_conversations->add(mail(number), Direction::Inbound, {m_mailbox, flags.contains(u"\\Seen"_s)});
        if (!added || !m_mailboxes->saveLocations({location(static_cast<quint32>(number), flags)}) ||
            !m_mailboxes->linkMessage(m_inbox, static_cast<quint32>(number), added->message))
            return {};
        return added->message;
    }
    QString one(const QByteArray& sql) { return rows(m_workspace->writer(), sql).value(0); }
    QString unread(MessageId message) {
        return one("SELECT m.unread, c.unread_count FROM messages m JOIN conversations c ON c.id = m.conversation_id "
                   "WHERE m.id = " +
                   QByteArray::number(message.value()));
    }
    QString status(MessageId message) {
        return one("SELECT status FROM conversations WHERE id = (SELECT conversation_id FROM messages WHERE id = " +
                   QByteArray::number(message.value()) + ")");
    }

private Q_SLOTS:
    void init() {
        m_conversations.reset();
        m_mailboxes.reset();
        m_workspace = std::make_unique<TemporaryWorkspace>();
        QVERIFY(m_workspace->isOpen());
        m_mailboxes = *MailboxRepository::create(m_workspace->writer());
        m_conversations = *ConversationRepository::create(m_workspace->writer());
        m_mailbox = *m_mailboxes->save(account());
        m_inbox = addFolder(u"INBOX"_s, u"inbox"_s);
    }

    void keepsAnAccountWhole() {
        MailAccount given = account(u"Second@Licht.example"_s);
        given.auth = MailAuth::OAuth;
        given.oauth = {
            u"google"_s, u"id"_s, u"https://a.example/auth"_s, u"https://a.example/token"_s, {u"mail"_s, u"offline"_s}};
        given.store = m_workspace->addStore();
        given.authservId = u"mx.licht.example"_s;
        given.agentSlot = 3;
        given.lastSyncAt = UtcTime(1'700'000'000'000);
        given.id = *m_mailboxes->save(given);
        QVERIFY(m_mailboxes->save(given));
        const auto kept = *m_mailboxes->byId(given.id);
        QVERIFY(kept);
        QCOMPARE(kept->address, u"second@licht.example"_s);
        QCOMPARE(kept->ownAddresses, QStringList{u"shop@licht.example"_s});
        QVERIFY(kept->oauth == given.oauth && kept->imap == given.imap && kept->smtp == given.smtp);
        QVERIFY(kept->store == given.store && kept->lastSyncAt == given.lastSyncAt);
        QCOMPARE(kept->caCertificates, given.caCertificates);
        QCOMPARE(kept->undoSeconds, 25);
        QVERIFY(kept->sentProof == given.sentProof && kept->teamMode == given.teamMode);
        QCOMPARE(kept->teamReason, given.teamReason);
        QCOMPARE(kept->agentSlot, 3);
        QCOMPARE(*m_mailboxes->ownAddresses(),
                 (QStringList{u"help@licht.example"_s, u"shop@licht.example"_s, u"second@licht.example"_s}));
    }

    void connectingAgainKeepsTheRowAndWhatIsTheUsers() {
        QVERIFY(m_mailboxes->setTeam(m_mailbox, TeamMode::Shared, {}, 5));
        MailAccount again = account(u"HELP@licht.example"_s);
        again.signatureText.clear();
        again.ownAddresses.clear();
        again.imap.port = 143;
        QCOMPARE(*m_mailboxes->save(again), m_mailbox);
        const auto kept = *m_mailboxes->byId(m_mailbox);
        QCOMPARE(kept->imap.port, 143);
        QCOMPARE(kept->agentSlot, 5);
        QCOMPARE(kept->signatureText, u"-- \nLicht"_s);
        QCOMPARE(kept->ownAddresses, QStringList{u"shop@licht.example"_s});
        again.address = u"nobody"_s;
        QCOMPARE(m_mailboxes->save(again).error().kind, ErrorKind::Invalid);
        QCOMPARE(m_mailboxes->setSynced(MailboxId(99), UtcTime(1)).error().kind, ErrorKind::NotFound);
    }

    void listsNewestFirstWhatIsStillToFetch() {
        QVERIFY(m_mailboxes->saveLocations({location(1), location(2), location(5), location(9)}));
        QVERIFY(m_mailboxes->setFault(m_inbox, 5, u"Invalid"_s));
        QCOMPARE(*m_mailboxes->uidsToFetch(m_inbox, 2), (std::vector<quint32>{9, 2}));
        QVERIFY(m_mailboxes->linkMessage(m_inbox, 9, arrive(20)));
        QCOMPARE(*m_mailboxes->uidsToFetch(m_inbox, -1), (std::vector<quint32>{2, 1}));
        QCOMPARE(*m_mailboxes->knownUids(m_inbox), (std::vector<quint32>{1, 2, 5, 9, 20}));
    }

    void savingAgainKeepsLinkAndFault() {
        const MessageId message = arrive(1);
        QVERIFY(m_mailboxes->saveLocations({location(2)}));
        QVERIFY(m_mailboxes->setFault(m_inbox, 2, u"Invalid"_s));
        QVERIFY(m_mailboxes->saveLocations({location(1, {u"\\Flagged"_s}, 8), location(2, {}, 9)}));
        const auto kept = *m_mailboxes->locationsOf(message);
        QCOMPARE(kept.size(), 1);
        QCOMPARE(kept[0].flags, QStringList{u"\\Flagged"_s});
        QCOMPARE(kept[0].modSeq, 8);
        QVERIFY(m_mailboxes->uidsToFetch(m_inbox, -1)->empty());
    }

    void readElsewhereIsReadHere() {
        const MessageId message = arrive(1);
        QCOMPARE(unread(message), u"1|1"_s);
        QVERIFY(m_mailboxes->saveLocations({location(1, {u"\\Seen"_s}, 2)}));
        QCOMPARE(unread(message), u"0|0"_s);
        QVERIFY(m_mailboxes->seenWanted(m_inbox, 10)->empty());
        QVERIFY(m_mailboxes->saveLocations({location(1, {}, 3)}));
        QCOMPARE(unread(message), u"1|1"_s);
        QVERIFY(m_mailboxes->seenWanted(m_inbox, 10)->empty());
    }

    void readHereIsWantedOnTheServerUntilItIsThere() {
        const MessageId message = arrive(1);
        const ConversationId conversation = m_conversations->add(mail(1), Direction::Inbound)->conversation;
        QVERIFY(m_conversations->markRead(conversation, true));
        QCOMPARE(*m_mailboxes->seenWanted(m_inbox, 10), (std::vector<SeenWanted>{{1, true}}));
        // Another flag changed meanwhile: the wish stays.
        QVERIFY(m_mailboxes->saveLocations({location(1, {u"\\Answered"_s}, 2)}));
        QCOMPARE(unread(message), u"0|0"_s);
        QCOMPARE(m_mailboxes->seenWanted(m_inbox, 10)->size(), 1);
        QVERIFY(m_mailboxes->settleSeen(m_inbox, {{1, true}}));
        QVERIFY(m_mailboxes->seenWanted(m_inbox, 10)->empty());
        QCOMPARE(m_mailboxes->locationsOf(message)->at(0).flags, (QStringList{u"\\Seen"_s, u"\\Answered"_s}));
        QVERIFY(m_conversations->markRead(conversation, false));
        QCOMPARE(*m_mailboxes->seenWanted(m_inbox, 10), (std::vector<SeenWanted>{{1, false}}));
        QVERIFY(m_conversations->markRead(conversation, true));
        QVERIFY(m_mailboxes->seenWanted(m_inbox, 10)->empty());
    }

    void whatWasReadBeforeItCameIsNotUnread() {
        QCOMPARE(unread(arrive(1, {u"\\Seen"_s})), u"0|0"_s);
        QVERIFY(m_mailboxes->seenWanted(m_inbox, 10)->empty());
    }

    void keepsACopyOfWhatIsGoneAndClosesWhatNeedsNoAnswer() {
        const MessageId message = arrive(1);
        const FolderId other = addFolder(u"Archive"_s, u"archive"_s);
        QVERIFY(m_mailboxes->saveLocations({{other, 4, message, 1, {}, {}}}));
        QVERIFY(m_mailboxes->removeLocations(m_inbox, {1}));
        QCOMPARE(one("SELECT count(*) FROM mail_gone"), u"0"_s);
        QVERIFY(m_mailboxes->removeLocations(other, {4}));
        QCOMPARE(one("SELECT message_id, closed_conversation FROM mail_gone"), u"%1|1"_s.arg(message.value()));
        QCOMPARE(status(message), u"done"_s);
        QVERIFY(m_mailboxes->saveLocations({{other, 5, message, 1, {}, {}}}));
        QCOMPARE(one("SELECT count(*) FROM mail_gone"), u"0"_s);
        QCOMPARE(status(message), u"open"_s);
    }

    void closesNothingThatIsStillUnanswered() {
        const MessageId first = arrive(1);
        MessageRecord second = mail(2);
        second.from = mail(1).from;
        second.references = {mail(1).messageId};
        const auto added = m_conversations->add(second, Direction::Inbound);
        QVERIFY(m_mailboxes->saveLocations({{m_inbox, 2, added->message, 1, {}, {}}}));
        QVERIFY(m_mailboxes->removeLocations(m_inbox, {2}));
        QCOMPARE(status(first), u"open"_s);
        DraftRow draft;
        draft.conversation = added->conversation;
        draft.text = u"Dear Kim"_s;
        QVERIFY(m_conversations->saveDraft(draft));
        QVERIFY(m_mailboxes->removeLocations(m_inbox, {1}));
        QCOMPARE(status(first), u"open"_s);
    }

    void forgettingAFolderClosesNothing() {
        const MessageId message = arrive(1);
        QVERIFY(m_mailboxes->forgetFolder(m_inbox));
        QCOMPARE(status(message), u"open"_s);
        QCOMPARE(one("SELECT count(*) FROM mail_gone"), u"1"_s);
        QCOMPARE(m_mailboxes->folders(m_mailbox)->at(0).uidValidity, 0);
        QVERIFY(m_mailboxes->saveLocations({location(1)}));
        QVERIFY(m_mailboxes->linkMessage(m_inbox, 1, message));
        QCOMPARE(one("SELECT count(*) FROM mail_gone"), u"0"_s);
    }

    void givesTheConversationItsMailboxAndStore() {
        MailAccount account = **m_mailboxes->byId(m_mailbox);
        account.store = m_workspace->addStore();
        QVERIFY(m_mailboxes->save(account));
        arrive(1);
        QCOMPARE(one("SELECT mailbox_id, store_id FROM conversations"),
                 u"%1|%2"_s.arg(m_mailbox.value()).arg(account.store->value()));
    }

    void countsWhatIsHereWithoutReadingIt() {
        arrive(1);
        QVERIFY(m_mailboxes->saveLocations({location(2), location(3), location(4)}));
        QVERIFY(m_mailboxes->setFault(m_inbox, 3, u"Invalid"_s));
        auto query = MailboxQuery::create(m_workspace->writer());
        QVERIFY(query);
        auto views = (*query)->all();
        QVERIFY(views);
        QCOMPARE(views->at(0).messages, 1);
        QCOMPARE(views->at(0).messagesToFetch, 2);
        QCOMPARE(views->at(0).faults, 1);
        QVERIFY(m_mailboxes->removeLocations(m_inbox, {1, 2, 3}));
        views = (*query)->all();
        QCOMPARE(views->at(0).messages, 0);
        QCOMPARE(views->at(0).messagesToFetch, 1);
        QCOMPARE(views->at(0).faults, 0);
    }

    // The lists of accounts and canned replies are read whole: they are short.
    void readsNoTableWhole() {
        auto query = MailboxQuery::create(m_workspace->writer());
        QStringList slow = slowSteps(m_workspace->writer());
        slow.removeIf(
            [](const QString& step) { return !step.contains(u"mail_"_s) || step.contains(u"SCAN mailboxes"_s); });
        QCOMPARE(slow, QStringList());
    }
};

QTEST_GUILESS_MAIN(TestMailboxRepository)
#include "tst_mailbox_repository.moc"
