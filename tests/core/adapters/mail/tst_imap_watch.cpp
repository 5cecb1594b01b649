// Watching a folder: told within a second, re-issued in time, restored after every loss; scripted and against Dovecot.
#include "core/adapters/mail/imap/imap_mailbox.h"
#include "tests/support/await.h"
#include "tests/support/mail_rig.h"
#include "tests/support/patience.h"
#include "tests/support/scripted_imap.h"

#include <QElapsedTimer>
#include <QSignalSpy>

#include <memory>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

const QString kInbox = u"INBOX"_s;

Future<MailCredentials> password(const SecretString&) {
    return readyFuture<MailCredentials>(MailCredentials{u"agent"_s, SecretString("secret"), MailAuth::Password});
}

ImapPace quick() {
    ImapPace pace;
    pace.wire = {20'000, 20'000, 20'000};
    pace.idleMs = 60'000;
    pace.noopMs = 30;
    pace.settleMs = 20;
    pace.reconnectMs = {20, 40};
    return pace;
}

struct Watched {
    explicit Watched(ImapMailbox& box)
        : changed(&box, &MailboxPort::folderChanged)
        , lost(&box, &MailboxPort::watchLost)
        , restored(&box, &MailboxPort::watchRestored) {}
    QSignalSpy changed;
    QSignalSpy lost;
    QSignalSpy restored;
};

} // namespace

class TestImapWatch : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tellsNewsOnce();
    void beginsIdleAnewInTime();
    void asksWhereThereIsNoIdle();
    void comesBackAfterEachLoss();
    void restsTheWorkingConnection();
    void wakesWithinASecondOnARealServer();
};

void TestImapWatch::tellsNewsOnce() {
    ScriptedImap imap;
    ImapPace pace = quick();
    pace.wire.silenceMs = 2'000;
    pace.settleMs = 200; // what is said at once arrives within it, also where the machine is busy
    ImapMailbox box(imap.account(), password, pace);
    Watched watched(box);
    box.watch(kInbox);
    QTRY_COMPARE(imap.commands("IDLE").size(), 1);
    QTRY_COMPARE(watched.changed.size(), 1); // who knows what came between the last look and now
    QTest::qWait(pace.wire.silenceMs + 200); // longer than an answer may take: silence is in order here
    QCOMPARE(watched.changed.size(), 1);
    watched.changed.clear();
    QCOMPARE(watched.lost.size(), 0);
    imap.server().talk(1)->say("* OK Still here\r\n");
    imap.server().talk(1)->say(
        QByteArray("* 4 EXISTS\r\n* 1 RECENT\r\n* 2 FETCH (FLAGS ())\r\n* 1 EXPUNGE\r\n").repeated(20));
    QTRY_COMPARE(watched.changed.size(), 1);
    QCOMPARE(watched.changed.first().first().toString(), kInbox);
    QTest::qWait(300);
    QCOMPARE(watched.changed.size(), 1);
    imap.server().talk(1)->say("* VANISHED 300\r\n");
    QTRY_COMPARE(watched.changed.size(), 2);
    box.watch(u"Sent"_s); // another folder instead
    QTRY_COMPARE(imap.commands("SELECT \"Sent\"").size(), 1);
    QTRY_VERIFY(!imap.server().talk(1));
}

void TestImapWatch::beginsIdleAnewInTime() {
    ScriptedImap imap;
    QByteArray tagOfIdle;
    imap.on("IDLE", [&](Talk& talk, const QByteArray& tag, const QByteArray&) {
        tagOfIdle = tag;
        talk.say("* 3 EXISTS\r\n+ idling\r\n"); // news before the go-ahead
    });
    imap.on("DONE", [&](Talk& talk, const QByteArray&, const QByteArray&) { talk.say(tagOfIdle + " OK done\r\n"); });
    ImapPace pace = quick();
    pace.idleMs = 50;
    ImapMailbox box(imap.account(), password, pace);
    Watched watched(box);
    box.watch(kInbox);
    QTRY_VERIFY(imap.commands("IDLE").size() >= 4);
    QVERIFY(imap.commands("DONE").size() >= 3);
    QCOMPARE(imap.server().connections(), 1);
    QVERIFY(watched.changed.size() >= 1);
    QCOMPARE(watched.lost.size(), 0);
}

void TestImapWatch::asksWhereThereIsNoIdle() {
    ScriptedImap imap;
    imap.capabilities = "IMAP4rev1 AUTH=PLAIN SASL-IR";
    int asked = 0;
    bool hasNews = false;
    imap.on("NOOP", [&](Talk& talk, const QByteArray& tag, const QByteArray&) {
        ++asked;
        if (std::exchange(hasNews, false)) talk.say("* 5 EXISTS\r\n");
        talk.say(tag + " OK done\r\n");
    });
    ImapMailbox box(imap.account(), password, quick());
    Watched watched(box);
    box.watch(kInbox);
    QTRY_COMPARE(watched.changed.size(), 1);
    QTRY_VERIFY(asked >= 5);
    QCOMPARE(watched.changed.size(), 1);
    hasNews = true;
    QTRY_COMPARE(watched.changed.size(), 2);
    QVERIFY(imap.commands("IDLE").isEmpty());
}

void TestImapWatch::comesBackAfterEachLoss() {
    ScriptedImap imap;
    const QByteArray greeting = imap.greeting;
    ImapMailbox box(imap.account(), password, quick());
    Watched watched(box);
    box.watch(kInbox);
    QTRY_COMPARE(imap.commands("IDLE").size(), 1);
    QTRY_COMPARE(watched.changed.size(), 1);
    watched.changed.clear();
    imap.greeting = "* BYE [UNAVAILABLE] not yet\r\n";
    imap.server().talk(1)->say("* BYE restarting\r\n");
    imap.server().talk(1)->hangUp();
    QTRY_VERIFY(imap.server().connections() >= 4); // keeps trying
    QCOMPARE(watched.lost.size(), 1);              // and says so once
    QCOMPARE(watched.lost.first().first().value<Error>().cause, ErrorCause::ConnectionReset);
    QCOMPARE(watched.restored.size(), 0);
    imap.greeting = greeting;
    QTRY_COMPARE(watched.restored.size(), 1);
    QTRY_COMPARE(watched.changed.size(), 1); // who knows what happened meanwhile
    imap.server().talk(imap.server().connections())->reset();
    QTRY_COMPARE(watched.restored.size(), 2);
    QCOMPARE(watched.lost.size(), 2);
    box.close();
    QTest::qWait(100);
    QCOMPARE(watched.lost.size(), 2);
}

void TestImapWatch::restsTheWorkingConnection() {
    ScriptedImap imap;
    ImapPace pace = quick();
    pace.restMs = 50;
    ImapMailbox box(imap.account(), password, pace);
    QVERIFY(await(box.open()));
    QTRY_COMPARE(imap.commands("LOGOUT").size(), 1);
    QVERIFY(await(box.folderState(kInbox)));
    QCOMPARE(imap.server().connections(), 2);
}

void TestImapWatch::wakesWithinASecondOnARealServer() {
    if (const QString missing = MailRig::missing(); !missing.isEmpty()) QSKIP(qPrintable(u"aiva-skip: "_s + missing));
    MailRig rig;
    QVERIFY2(rig.start(), qPrintable(rig.error()));
    const QString user = rig.freshUser();
    const auto login = [&](const SecretString&) {
        return readyFuture<MailCredentials>(
            MailCredentials{MailRig::address(user), MailRig::password(user), MailAuth::Password});
    };
    ImapMailbox box(rig.account(user), login, quick());
    ImapMailbox other(rig.account(user), login, quick());
    Watched watched(box);
    box.watch(kInbox);
    QVERIFY(await(other.append(kInbox, "Subject: before\r\n\r\nx\r\n", {})));
    QTest::qWait(700); // Dovecot tells within half a second
    const qsizetype before = watched.changed.size();
    QElapsedTimer waited;
    waited.start();
    QVERIFY(await(other.append(kInbox, "Subject: now\r\n\r\nx\r\n", {})));
    QTRY_VERIFY(watched.changed.size() > before);
    qInfo("woken after %lld ms", waited.elapsed());
    rig.dropConnections();
    QTRY_COMPARE(watched.lost.size(), 1);
    QTRY_COMPARE(watched.restored.size(), 1);
    QVERIFY(await(box.folderState(kInbox)));
}

QTEST_GUILESS_MAIN(TestImapWatch)
#include "tst_imap_watch.moc"
