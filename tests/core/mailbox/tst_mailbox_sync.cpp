#include "tests/core/mailbox/mailbox_fixture.h"

#include "core/storage/privacy/person_eraser.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;
using Call = FakeMailboxPort::Call;

class TestMailboxSync : public QObject {
    Q_OBJECT

    std::unique_ptr<MailboxFixture> m_box;

    void fill(int mails) {
        for (int i = 1; i <= mails; ++i)
            m_box->server.append(u"INBOX"_s, MailboxFixture::mail(i));
    }
    QStringList log(const QString& verb) const { return m_box->port->log().filter(QRegularExpression(u'^' + verb)); }

private Q_SLOTS:
    void init() { m_box = std::make_unique<MailboxFixture>(); }

    void bringsEverythingNewestFirstInGrowingBatches() {
        m_box->pace.firstBatch = 5;
        m_box->pace.secondBatch = 8;
        m_box->pace.largestBatch = 16;
        m_box->pace.smallestBatch = 2;
        fill(40);
        const auto outcome = m_box->sync();
        QCOMPARE(outcome.status, SyncStatus::Completed);
        QCOMPARE(outcome.counts, (MailSyncCounts{40, 40, 0, 0, 0}));
        QCOMPARE(log(u"fetch"_s).value(0), u"fetch INBOX 40,39,38,37,36"_s);
        QList<qsizetype> sizes;
        for (const QString& fetch : log(u"fetch"_s))
            sizes << fetch.count(u',') + 1;
        QCOMPARE(sizes, (QList<qsizetype>{5, 8, 16, 11}));
        QCOMPARE(m_box->disagreements(), QStringList());
        QVERIFY(m_box->mailboxes().byId(m_box->mailbox)->value().lastSyncAt);
    }

    void asksForTheNextBatchWhileOneIsWritten() {
        m_box->pace.firstBatch = m_box->pace.secondBatch = m_box->pace.largestBatch = 10;
        m_box->pace.sliceMs = 0;
        fill(30);
        QList<int> writtenWhenAsked;
        m_box->port->beforeEach = [&](Call call, int) {
            if (call == Call::Fetch) writtenWhenAsked << m_box->one("SELECT count(*) FROM messages").toInt();
        };
        m_box->sync();
        QCOMPARE(writtenWhenAsked.size(), 3);
        QVERIFY2(writtenWhenAsked[1] < 10, qPrintable(QString::number(writtenWhenAsked[1])));
    }

    void aSecondPassAsksOnlyForWhatChanged() {
        fill(20);
        m_box->server.append(u"Sent"_s, MailboxFixture::ours(3));
        m_box->sync();
        m_box->port->clearLog();
        MailFlags answered;
        answered.answered = true;
        m_box->server.setFlags(u"INBOX"_s, 4, answered);
        m_box->server.markSeen(u"INBOX"_s, 9, true);
        m_box->server.expunge(u"INBOX"_s, 2);
        m_box->server.append(u"INBOX"_s, MailboxFixture::mail(21));
        const auto outcome = m_box->sync();
        QCOMPARE(log(u"fetch"_s), QStringList{u"fetch INBOX 21"_s});
        QCOMPARE(outcome.counts.created, 1);
        QCOMPARE(outcome.counts.vanished, 1);
        QCOMPARE(outcome.counts.updated, 2);
        QCOMPARE(m_box->disagreements(), QStringList());
    }

    // The server still has it, old and not fetched yet: it does not come back, and is nobody's trouble.
    void mailOfSomebodyErasedStaysAway() {
        fill(21);
        m_box->server.append(u"Sent"_s, MailboxFixture::ours(3));
        m_box->sync();
        Database& writer = m_box->books().writer;
        const auto person = findPerson(writer, {u"person3@example.com"_s});
        QVERIFY(person);
        const auto eraser = PersonEraser::create(writer);
        const auto erased = (*eraser)->erase(*person, m_box->clock.now());
        QVERIFY(erased);
        QCOMPARE(erased->messages, 4);
        QCOMPARE(erased->inMailboxes, 4);
        m_box->server.append(u"INBOX"_s, MailboxFixture::mail(24)); // theirs, from before, fetched only now
        m_box->server.renewUidValidity(u"INBOX"_s);
        m_box->server.renewUidValidity(u"Sent"_s);
        const auto outcome = m_box->sync();
        QCOMPARE(outcome.status, SyncStatus::Completed);
        QCOMPARE(outcome.counts.failed, 0);
        QCOMPARE(m_box->one("SELECT count(*) FROM messages"), u"18"_s);
        QCOMPARE(m_box->one("SELECT sum(listed) || ' ' || sum(linked) || ' ' || sum(faults) || ' ' || sum(erased) "
                            "FROM mail_folders"),
                 u"23 18 5 5"_s);
        m_box->port->clearLog();
        m_box->sync();
        QCOMPARE(log(u"fetch"_s), QStringList());
        MessageRecord later = MailboxFixture::mail(31);
        later.date = m_box->clock.now().plusSeconds(1);
        m_box->server.append(u"INBOX"_s, later);
        m_box->sync();
        QCOMPARE(m_box->one("SELECT count(*) FROM messages"), u"19"_s);
    }

    void ourOwnMailIsOutboundWhereverItLies() {
        m_box->server.append(u"INBOX"_s, MailboxFixture::ours(1)); // a blind copy to ourselves
        MessageRecord alias = MailboxFixture::ours(2);
        alias.from.email = u"somebody@licht.example"_s;
        m_box->server.append(u"Sent"_s, alias);
        m_box->server.append(u"INBOX"_s, MailboxFixture::mail(3));
        m_box->sync();
        QCOMPARE(
            m_box->rows("SELECT message_id, direction FROM messages ORDER BY message_id"),
            (QStringList{u"mail-3@example.com|in"_s, u"ours-1@licht.example|out"_s, u"ours-2@licht.example|out"_s}));
        QCOMPARE(m_box->one("SELECT count(*) FROM conversations WHERE mailbox_id IS NULL"), u"0"_s);
    }

    void aMailAlreadyHereOnlyGetsItsPlace() {
        const auto added =
            m_box->conversations().add(MailboxFixture::ours(1), ConversationRepository::Direction::Outbound);
        m_box->server.append(u"Sent"_s, MailboxFixture::ours(1));
        const auto outcome = m_box->sync();
        QCOMPARE(outcome.counts.created, 0);
        QCOMPARE(m_box->one("SELECT count(*) FROM messages"), u"1"_s);
        QCOMPARE(m_box->mailboxes().locationsOf(added->message)->size(), 1);
        QVERIFY(m_box->disagreements().isEmpty());
    }

    void anUnreadableMailIsAFaultAndNothingElse() {
        fill(3);
        m_box->server.appendUnreadable(u"INBOX"_s, {ErrorKind::Invalid, u"too many parts"_s});
        MessageRecord nameless = MailboxFixture::mail(9);
        nameless.messageId.clear();
        m_box->server.append(u"INBOX"_s, nameless);
        const auto outcome = m_box->sync();
        QCOMPARE(outcome.status, SyncStatus::CompletedWithErrors);
        QCOMPARE(outcome.counts.failed, 2);
        QCOMPARE(outcome.counts.created, 3);
        QCOMPARE(m_box->one("SELECT fault FROM mail_locations WHERE uid = 4"), u"Invalid: too many parts"_s);
        QVERIFY(m_box->disagreements().isEmpty());
        m_box->port->clearLog();
        QCOMPARE(m_box->sync().status, SyncStatus::Completed);
        QVERIFY(log(u"fetch"_s).isEmpty());
    }

    void aMailTheLineDiesOfIsFoundAndLeftOut() {
        fill(30);
        m_box->port->poison = {17};
        const auto outcome = m_box->sync();
        QCOMPARE(outcome.status, SyncStatus::CompletedWithErrors);
        QCOMPARE(outcome.counts.created, 29);
        QCOMPARE(outcome.counts.failed, 1);
        QCOMPARE(m_box->one("SELECT uid FROM mail_locations WHERE fault <> ''"), u"17"_s);
    }

    void aDeadServerIsNotTakenForBadMail() {
        fill(30);
        for (quint32 uid = 1; uid <= 30; ++uid)
            m_box->port->poison.insert(uid);
        const auto outcome = m_box->sync();
        QCOMPARE(outcome.status, SyncStatus::Failed);
        QVERIFY(m_box->one("SELECT count(*) FROM mail_locations WHERE fault <> ''").toInt() <= 5);
        m_box->port->poison.clear();
        m_box->port->failNext(Call::Fetch, {ErrorKind::Network, {}, ErrorCause::ConnectionReset});
        m_box->port->failNext(Call::State, {ErrorKind::Network, {}, ErrorCause::HostNotFound});
        const auto offline = m_box->sync();
        QCOMPARE(offline.status, SyncStatus::Failed);
        QCOMPARE(offline.error->cause, ErrorCause::HostNotFound);
    }

    void newUidsLoseNothing() {
        fill(12);
        m_box->sync();
        QVERIFY(m_box->conversations().markRead(m_box->conversationOf(u"mail-5@example.com"_s), true));
        m_box->server.expunge(u"INBOX"_s, 7);
        m_box->server.renewUidValidity(u"INBOX"_s);
        const auto outcome = m_box->sync();
        QCOMPARE(outcome.counts.created, 0);
        QCOMPARE(m_box->one("SELECT count(*) FROM messages"), u"12"_s);
        QCOMPARE(m_box->one("SELECT count(*) FROM mail_gone"), u"1"_s);
        QCOMPARE(m_box->disagreements(), QStringList());
        QVERIFY(m_box->server.folder(u"INBOX"_s).find(u"mail-5@example.com"_s)->flags.seen);
    }

    void aRebuiltIndexLosesNothing() {
        fill(12);
        m_box->sync();
        m_box->server.expunge(u"INBOX"_s, 7);
        m_box->server.markSeen(u"INBOX"_s, 3, true);
        m_box->server.loseIndex(u"INBOX"_s);
        m_box->sync();
        QCOMPARE(m_box->disagreements(), QStringList());
        QCOMPARE(m_box->one("SELECT max(mod_seq) FROM mail_locations"), u"1"_s);
    }

    void aRebuiltIndexThatGrewPastOursHidesNoMail() {
        fill(3);
        m_box->sync();
        m_box->server.loseIndex(u"INBOX"_s);
        for (int i = 4; i <= 9; ++i)
            m_box->server.append(u"INBOX"_s, MailboxFixture::mail(i));
        QVERIFY(m_box->server.folder(u"INBOX"_s).highestModSeq > 4);
        m_box->sync();
        QCOMPARE(m_box->disagreements(), QStringList());
    }

    void aDayLaterEverythingIsCompared() {
        fill(3);
        m_box->sync();
        m_box->server.loseIndex(u"INBOX"_s);
        m_box->server.markSeen(u"INBOX"_s, 2, true); // mod-sequence 2: below ours
        m_box->server.folder(u"INBOX"_s).highestModSeq = 9;
        m_box->sync();
        QVERIFY(!m_box->disagreements().isEmpty());
        m_box->clock.advanceMs(m_box->pace.relistMs);
        m_box->sync();
        QCOMPARE(m_box->disagreements(), QStringList());
    }

    void serversWithoutCondstoreAreListedWhole() {
        m_box->server.abilities.condStore = m_box->server.abilities.qresync = false;
        fill(12);
        m_box->sync();
        m_box->server.expunge(u"INBOX"_s, 7);
        m_box->server.markSeen(u"INBOX"_s, 3, true);
        m_box->server.append(u"INBOX"_s, MailboxFixture::mail(13));
        const auto outcome = m_box->sync();
        QCOMPARE(outcome.counts, (MailSyncCounts{1, 1, 1, 1, 0}));
        QCOMPARE(m_box->disagreements(), QStringList());
    }

    void whatIsReadHereIsReadThereInOneCommand() {
        fill(14);
        m_box->sync();
        for (int i = 1; i <= 14; ++i)
            QVERIFY(m_box->conversations().markRead(m_box->conversationOf(u"mail-%1@example.com"_s.arg(i)), true));
        m_box->port->clearLog();
        m_box->sync(MailboxPass::Scope::Inbox);
        QCOMPARE(log(u"store"_s).size(), 1);
        QVERIFY(m_box->server.folder(u"INBOX"_s).mails.at(14).flags.seen);
        QCOMPARE(m_box->disagreements(), QStringList());
    }

    void aServerThatRefusesReadMarksIsNotAskedForEver() {
        fill(1);
        m_box->sync();
        QVERIFY(m_box->conversations().markRead(m_box->conversationOf(u"mail-1@example.com"_s), true));
        m_box->port->failNext(Call::Store, {ErrorKind::Refused, u"read-only"_s});
        QCOMPARE(m_box->sync().status, SyncStatus::Completed);
        QCOMPARE(m_box->port->calls(Call::Store), 1);
        QCOMPARE(m_box->sync().status, SyncStatus::Completed);
        QCOMPARE(m_box->port->calls(Call::Store), 1);
        QCOMPARE(m_box->one("SELECT unread FROM messages"), u"0"_s);
    }

    void mailThatGoesDuringThePassHoldsNothingUp() {
        m_box->pace.firstBatch = m_box->pace.secondBatch = m_box->pace.largestBatch = 10;
        fill(30);
        m_box->port->beforeEach = [&](Call call, int number) {
            if (call == Call::Fetch && number == 2) m_box->server.expunge(u"INBOX"_s, 15);
        };
        QCOMPARE(m_box->sync().counts.created, 29);
        QCOMPARE(m_box->sync().status, SyncStatus::Completed);
        QCOMPARE(m_box->disagreements(), QStringList());
    }

    void aFolderThatIsListedNoMoreIsLeft() {
        m_box->server.append(u"Sent"_s, MailboxFixture::ours(1));
        m_box->sync();
        m_box->server.addFolder(u"Gesendet"_s, FolderRole::Sent);
        m_box->server.append(u"Gesendet"_s, MailboxFixture::ours(1));
        m_box->server.removeFolder(u"Sent"_s);
        QCOMPARE(m_box->sync().status, SyncStatus::Completed);
        QCOMPARE(m_box->rows("SELECT f.name FROM mail_locations l JOIN mail_folders f ON f.id = l.folder_id"),
                 QStringList{u"Gesendet"_s});
        QCOMPARE(m_box->one("SELECT count(*) FROM mail_gone"), u"0"_s);
    }

    void allMailIsNeverFetchedTwice() {
        m_box->server.addFolder(u"[Gmail]/All Mail"_s, FolderRole::All);
        m_box->server.append(u"[Gmail]/All Mail"_s, MailboxFixture::mail(1));
        m_box->server.append(u"Drafts"_s, MailboxFixture::ours(1));
        QCOMPARE(m_box->sync().counts.processed, 0);
    }

    void makesWayForCommandsThatWait() {
        const auto waiting = std::make_shared<std::atomic<int>>(1);
        m_box->pace.waitingCommands = waiting;
        m_box->pace.sliceMs = 60'000;
        fill(25);
        int slices = 0;
        MailboxPass pass(*m_box->port, m_box->books(), m_box->mailbox, m_box->clock, m_box->pace);
        QSignalSpy over(&pass, &MailboxPass::finished);
        connect(&pass, &MailboxPass::messagesArrived, this, [&] { ++slices; });
        pass.start(MailboxPass::Scope::AllFolders);
        QTRY_COMPARE(over.size(), 1);
        QCOMPARE(slices, 25);
    }
};

QTEST_GUILESS_MAIN(TestMailboxSync)
#include "tst_mailbox_sync.moc"
