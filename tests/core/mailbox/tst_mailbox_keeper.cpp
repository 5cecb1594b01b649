#include "tests/core/mailbox/mailbox_fixture.h"
#include "tests/support/time_allowance.h"

#include <QElapsedTimer>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;
using Call = FakeMailboxPort::Call;

class TestMailboxKeeper : public QObject {
    Q_OBJECT

    std::unique_ptr<MailboxFixture> m_box;
    std::unique_ptr<MailboxKeeper> m_keeper;
    std::unique_ptr<QSignalSpy> m_passes;

    static const Error& lost() {
        static const Error error{ErrorKind::Network, {}, ErrorCause::ConnectionReset};
        return error;
    }
    void keep() {
        m_keeper =
            std::make_unique<MailboxKeeper>(*m_box->port, m_box->books(), m_box->mailbox, m_box->clock, m_box->pace);
        m_passes = std::make_unique<QSignalSpy>(m_keeper.get(), &MailboxKeeper::passFinished);
        m_keeper->start();
    }
    SyncStatus lastStatus() const { return m_passes->last().at(0).value<MailSyncOutcome>().status; }
    QString status() { return m_box->one("SELECT status, last_error FROM mailboxes"); }

private Q_SLOTS:
    void init() {
        m_keeper.reset();
        m_box = std::make_unique<MailboxFixture>();
        m_box->pace.retryMs = {20, 40};
        m_box->server.append(u"INBOX"_s, MailboxFixture::mail(1));
    }

    void watchesAndTakesNewMailAtOnce() {
        keep();
        QTRY_COMPARE(m_passes->size(), 1);
        QCOMPARE(m_box->port->watched(), u"INBOX"_s);
        QSignalSpy arrived(m_keeper.get(), &MailboxKeeper::messagesArrived);
        QElapsedTimer timer;
        timer.start();
        m_box->server.append(u"INBOX"_s, MailboxFixture::mail(2));
        QTRY_COMPARE(arrived.size(), 1);
        QVERIFY2(timer.elapsed() < allowed(2'000), qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(arrived[0][0].value<MailArrivals>().newInbound, 1);
        QTRY_COMPARE(m_passes->size(), 2);
        QVERIFY(m_box->disagreements().isEmpty());
    }

    void oldMailOfAFirstPassIsNoNews() {
        m_box->server.append(u"INBOX"_s, MailboxFixture::mail(2));
        m_keeper =
            std::make_unique<MailboxKeeper>(*m_box->port, m_box->books(), m_box->mailbox, m_box->clock, m_box->pace);
        QSignalSpy arrived(m_keeper.get(), &MailboxKeeper::messagesArrived);
        QSignalSpy passes(m_keeper.get(), &MailboxKeeper::passFinished);
        m_keeper->start();
        QTRY_COMPARE(passes.size(), 1);
        QVERIFY(!arrived.isEmpty());
        for (const auto& one : arrived)
            QCOMPARE(one[0].value<MailArrivals>().newInbound, 0);
    }

    void newMailOvertakesALongFirstPass() {
        m_box->pace.firstBatch = m_box->pace.secondBatch = m_box->pace.largestBatch = 10;
        for (int i = 2; i <= 300; ++i)
            m_box->server.append(u"INBOX"_s, MailboxFixture::mail(i));
        int before = -1;
        m_box->port->beforeEach = [&](Call call, int number) {
            if (call == Call::Fetch && number == 5) {
                m_box->server.append(u"INBOX"_s, MailboxFixture::mail(999));
                before = m_box->one("SELECT count(*) FROM messages").toInt();
            }
        };
        keep();
        int when = -1;
        connect(m_keeper.get(), &MailboxKeeper::messagesArrived, this, [&](const MailArrivals& arrivals) {
            if (when < 0 && arrivals.newInbound > 0) when = m_box->one("SELECT count(*) FROM messages").toInt();
        });
        QTRY_VERIFY(!m_passes->isEmpty());
        QVERIFY2(when > before && when - before <= 40, qPrintable(u"%1 %2"_s.arg(before).arg(when)));
        QCOMPARE(m_box->one("SELECT count(*) FROM messages"), u"301"_s);
    }

    void whatIsReadOfflineIsCarriedOverLater() {
        keep();
        QTRY_COMPARE(m_passes->size(), 1);
        m_box->port->setOnline(false);
        QVERIFY(m_box->conversations().markRead(m_box->conversationOf(u"mail-1@example.com"_s), true));
        m_keeper->carrySeen();
        QTRY_VERIFY(m_passes->size() >= 2);
        QCOMPARE(lastStatus(), SyncStatus::Failed);
        QVERIFY(!m_box->server.folder(u"INBOX"_s).mails.at(1).flags.seen);
        m_box->port->setOnline(true);
        QTRY_VERIFY(m_box->server.folder(u"INBOX"_s).mails.at(1).flags.seen);
        QTRY_COMPARE(status(), u"connected|"_s);
        QTRY_VERIFY(m_box->disagreements().isEmpty());
    }

    void readElsewhereShowsHere() {
        keep();
        QTRY_COMPARE(m_passes->size(), 1);
        QCOMPARE(m_box->one("SELECT unread_count FROM conversations"), u"1"_s);
        m_box->server.markSeen(u"INBOX"_s, 1, true);
        QTRY_COMPARE(m_box->one("SELECT unread_count FROM conversations"), u"0"_s);
    }

    void aLostLineIsTriedAgainAndNoErrorOfTheMailbox() {
        m_box->port->failNext(Call::Changes, lost(), 3);
        QSignalSpy contact(m_box->port.get(), &MailboxPort::watchLost);
        keep();
        QStringList told; // a retry comes within milliseconds, so each pass says what it left
        connect(m_keeper.get(), &MailboxKeeper::passFinished, this, [&] { told << status(); });
        QTRY_VERIFY(m_passes->size() >= 2 && lastStatus() == SyncStatus::Completed);
        QCOMPARE(told.value(0), u"connected|Network/ConnectionReset"_s);
        QCOMPARE(status(), u"connected|"_s);
        QVERIFY(m_box->disagreements().isEmpty());
    }

    void aRefusedLoginIsNotHammered() {
        m_box->port->failNext(Call::Folders, {ErrorKind::Auth, {}, ErrorCause::LoginRefused}, 100);
        keep();
        QTRY_COMPARE(m_passes->size(), 1);
        QCOMPARE(status(), u"error|Auth/LoginRefused"_s);
        m_box->server.append(u"INBOX"_s, MailboxFixture::mail(2));
        QTest::qWait(100);
        QCOMPARE(m_passes->size(), 1);
        m_keeper->syncNow();
        QTRY_COMPARE(m_passes->size(), 2);
        m_box->pace.refusedMs = 100;
        keep();
        QTRY_VERIFY(m_passes->size() >= 3); // by itself, each after its time
    }

    void looksIntoFoldersNobodyWatchesFromTimeToTime() {
        m_box->pace.pollMs = 100;
        keep();
        std::vector<qint64> ends;
        QElapsedTimer timer;
        timer.start();
        connect(m_keeper.get(), &MailboxKeeper::passFinished, this, [&] { ends.push_back(timer.elapsed()); });
        QTRY_VERIFY(!ends.empty()); // more may follow before the test looks again
        m_box->server.append(u"Sent"_s, MailboxFixture::ours(1));
        QTRY_COMPARE(m_box->one("SELECT count(*) FROM messages"), u"2"_s);
        QTRY_VERIFY(ends.size() >= 4);
        // However late a pass is, the next one waits its time, less what a coarse timer may come early.
        const qint64 threeWaits = ends[3] - ends[0];
        QVERIFY2(threeWaits >= 200, qPrintable(QString::number(threeWaits)));
    }

    void endsInTheMiddleOfAPass() {
        for (int i = 2; i <= 100; ++i)
            m_box->server.append(u"INBOX"_s, MailboxFixture::mail(i));
        m_box->pace.sliceMs = 0;
        keep();
        QTRY_VERIFY(m_box->one("SELECT count(*) FROM messages").toInt() > 5);
        m_keeper.reset();
        QTest::qWait(10);
        keep();
        QTRY_COMPARE(m_passes->size(), 1);
        QCOMPARE(m_box->disagreements(), QStringList());
    }
};

QTEST_GUILESS_MAIN(TestMailboxKeeper)
#include "tst_mailbox_keeper.moc"
