// Keeping a mailbox in step with a real server: a long first pass through a restart, two desks at one mailbox, and what
// servers do to UIDs and indexes. Counts above the default: AIVA_MAILS.
#include "core/adapters/mail/imap/imap_mailbox.h"
#include "core/mailbox/mailbox_keeper.h"
#include "tests/support/await.h"
#include "tests/support/mail_rig.h"
#include "tests/support/patience.h"
#include "tests/support/table_dump.h"
#include "tests/support/temporary_workspace.h"

#include <QElapsedTimer>
#include <QSignalSpy>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray mail(int number) {
    const QByteArray id = QByteArray::number(number);
    return "From: Kim <kim" + QByteArray::number(number % 50) +
           "@home.example>\nTo: support@shop.example\nMessage-ID: <m" + id +
           "@home.example>\nDate: Mon, 02 Feb 2026 14:02:03 +0000\nSubject: Lamp " + id + "\n\n" +
           QByteArray("Where is my lamp? I have been waiting for a week now.\n").repeated(12);
}

// A desk with its own cache and its own line.
class Seat {
public:
    Seat(MailRig& rig, const QString& user) {
        m_mailboxes = *MailboxRepository::create(m_workspace.writer());
        conversations = *ConversationRepository::create(m_workspace.writer());
        const MailAccount account = rig.account(user);
        m_mailbox = *m_mailboxes->save(account);
        ImapPace imap;
        imap.reconnectMs = {50, 100, 200};
        imap.settleMs = 10;
        const auto credentials = [user](const SecretString&) {
            return readyFuture<MailCredentials>(
                MailCredentials{MailRig::address(user), MailRig::password(user), MailAuth::Password});
        };
        port = std::make_unique<ImapMailbox>(account, credentials, imap);
        m_pace.retryMs = {100, 200};
    }
    // Before the cache they write to.
    ~Seat() {
        keeper.reset();
        port.reset();
        conversations.reset();
    }

    std::unique_ptr<ConversationRepository> conversations;
    std::unique_ptr<ImapMailbox> port;
    std::unique_ptr<MailboxKeeper> keeper;

    void start() {
        keeper = std::make_unique<MailboxKeeper>(
            *port, MailboxBooks{*m_mailboxes, *conversations, m_workspace.writer()}, m_mailbox, m_clock, m_pace);
        keeper->start();
    }
    QString one(const QByteArray& sql) { return rows(m_workspace.writer(), sql).value(0); }
    int messages() { return one("SELECT count(*) FROM messages").toInt(); }
    int unread() { return one("SELECT sum(unread_count) FROM conversations").toInt(); }
    ConversationId conversationOf(const QByteArray& messageId) {
        return ConversationId(
            one("SELECT conversation_id FROM messages WHERE message_id = '" + messageId + "'").toLongLong());
    }

private:
    TemporaryWorkspace m_workspace;
    std::unique_ptr<MailboxRepository> m_mailboxes;
    MailboxId m_mailbox;
    SystemClock m_clock;
    MailboxPace m_pace;
};

} // namespace

class TestMailboxDovecot : public QObject {
    Q_OBJECT

    std::unique_ptr<MailRig> m_rig;
    QString m_user;

private Q_SLOTS:
    void initTestCase() {
        if (!MailRig::missing().isEmpty()) QSKIP(qPrintable(u"aiva-skip: "_s + MailRig::missing()));
        m_rig = std::make_unique<MailRig>();
        QVERIFY2(m_rig->start(), qPrintable(m_rig->error()));
    }
    void cleanupTestCase() { m_rig.reset(); }
    void init() { m_user = m_rig->freshUser(); }

    void aRestartInTheMiddleLosesAndDoublesNothing() {
        const int mails = qEnvironmentVariableIsSet("AIVA_MAILS") ? qEnvironmentVariableIntValue("AIVA_MAILS") : 600;
        for (int i = 1; i <= mails; ++i)
            m_rig->deliver(m_user, mail(i));
        Seat seat(*m_rig, m_user);
        QElapsedTimer timer;
        timer.start();
        seat.start();
        QTRY_VERIFY_WITH_TIMEOUT(seat.messages() >= std::min(200, mails / 4), 60'000);
        const qint64 usable = timer.elapsed();
        m_rig->stopDovecot();
        QVERIFY(m_rig->startDovecot());
        QTRY_VERIFY_WITH_TIMEOUT(seat.messages() >= mails / 2, 60'000);
        m_rig->dropConnections();
        QTRY_COMPARE_WITH_TIMEOUT(seat.messages(), mails, 120'000);
        QTRY_COMPARE_WITH_TIMEOUT(seat.one("SELECT status, last_error FROM mailboxes"), u"connected|"_s, 60'000);
        QCOMPARE(seat.one("SELECT count(DISTINCT message_id) FROM mail_locations"), QString::number(mails));
        QCOMPARE(seat.one("SELECT count(*) FROM mail_locations WHERE message_id IS NULL"), u"0"_s);
        qInfo("%d mails in %lld ms through a restart and a dropped line; the first of them after %lld ms", mails,
              timer.elapsed(), usable);
    }

    void twoDesksSeeTheSameMailbox() {
        m_rig->deliver(m_user, mail(1));
        Seat anna(*m_rig, m_user);
        Seat ben(*m_rig, m_user);
        anna.start();
        ben.start();
        QTRY_COMPARE_WITH_TIMEOUT(anna.messages() + ben.messages(), 2, 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(!anna.keeper->isRunning() && !ben.keeper->isRunning(), 30'000);

        QTest::qWait(300); // both watch by now
        QElapsedTimer timer;
        timer.start();
        m_rig->deliver(m_user, mail(2));
        // They are told: by themselves they would look minutes later.
        QTRY_VERIFY_WITH_TIMEOUT(anna.messages() == 2 && ben.messages() == 2, 30'000);
        qInfo("new mail on both desks %lld ms after it arrived", timer.elapsed());

        QCOMPARE(ben.unread(), 2);
        QVERIFY(anna.conversations->markRead(anna.conversationOf("m2@home.example"), true));
        anna.keeper->carrySeen();
        QTRY_COMPARE_WITH_TIMEOUT(ben.unread(), 1, 30'000);
        QVERIFY(ben.conversations->markRead(ben.conversationOf("m2@home.example"), false));
        ben.keeper->carrySeen();
        QTRY_COMPARE_WITH_TIMEOUT(anna.unread(), 2, 30'000);
    }

    void whatIsDeletedElsewhereIsKeptAndMarked() {
        m_rig->deliver(m_user, mail(1));
        m_rig->deliver(m_user, mail(2));
        Seat seat(*m_rig, m_user);
        seat.start();
        QTRY_COMPARE_WITH_TIMEOUT(seat.messages(), 2, 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(!seat.keeper->isRunning(), 30'000);
        QVERIFY(await(seat.port->erase(u"INBOX"_s, {1})));
        QTRY_COMPARE_WITH_TIMEOUT(seat.one("SELECT count(*) FROM mail_gone"), u"1"_s, 30'000);
        QCOMPARE(seat.messages(), 2);
        QCOMPARE(seat.one("SELECT status FROM conversations ORDER BY id LIMIT 1"), u"open"_s);
        QCOMPARE(seat.one("SELECT count(*) FROM conversations WHERE status = 'done'"), u"1"_s);
    }

    void newUidsAndLostIndexesLoseNothing() {
        for (int i = 1; i <= 30; ++i)
            m_rig->deliver(m_user, mail(i));
        Seat seat(*m_rig, m_user);
        seat.start();
        QTRY_COMPARE_WITH_TIMEOUT(seat.messages(), 30, 30'000);
        const QString validity = seat.one("SELECT uid_validity FROM mail_folders WHERE role = 'inbox'");
        m_rig->recreateFolder(m_user);
        m_rig->dropConnections();
        QTRY_VERIFY_WITH_TIMEOUT(seat.one("SELECT uid_validity FROM mail_folders WHERE role = 'inbox'") != validity,
                                 60'000);
        QTRY_COMPARE_WITH_TIMEOUT(seat.one("SELECT count(message_id) FROM mail_locations"), u"30"_s, 60'000);
        QTRY_COMPARE_WITH_TIMEOUT(seat.one("SELECT count(*) FROM mail_gone"), u"0"_s, 30'000);
        m_rig->deleteIndexes(m_user);
        m_rig->dropConnections();
        m_rig->deliver(m_user, mail(31));
        QTRY_COMPARE_WITH_TIMEOUT(seat.messages(), 31, 60'000);
        QTRY_COMPARE_WITH_TIMEOUT(seat.one("SELECT count(message_id) FROM mail_locations"), u"31"_s, 60'000);
    }
};

QTEST_GUILESS_MAIN(TestMailboxDovecot)
#include "tst_mailbox_dovecot.moc"
