// The mailbox against a scripted server: what goes out, byte for byte, and what comes back of it.
#include "core/adapters/mail/imap/imap_mailbox.h"
#include "tests/support/await.h"
#include "tests/support/patience.h"
#include "tests/support/scripted_imap.h"

#include <memory>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

const QString kInbox = u"INBOX"_s;

Future<MailCredentials> password(const SecretString&) {
    return readyFuture<MailCredentials>(MailCredentials{u"agent"_s, SecretString("s\"cret"), MailAuth::Password});
}

QByteArray bodyResponse(int uid, const QByteArray& mail) {
    return "* " + QByteArray::number(uid) + " FETCH (FLAGS (\\Seen $own) MODSEQ (88) BODY[] {" +
           QByteArray::number(mail.size()) + "}\r\n" + mail + " INTERNALDATE \" 2-Feb-2026 14:02:03 +0100\" UID " +
           QByteArray::number(uid) + ")\r\n";
}

} // namespace

class TestImapMailbox : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void logsInAndTellsAbilities();
    void listsEverythingWhenNothingIsKnown();
    void asksOnlyForChangesItCanTrust();
    void takesTheDifferenceFromQresync();
    void noticesAnotherCount_data();
    void noticesAnotherCount();
    void fetchesInTheOrderAsked();
    void pairsBodiesWithTheFetchThatAsked();
    void readsRefusedMailAsARecordOfItsOwn();
    void winsAndLosesConditionalStores_data();
    void winsAndLosesConditionalStores();
    void answersRefusedWhenClosed();

private:
    std::unique_ptr<ScriptedImap> m_imap;
    std::unique_ptr<ImapMailbox> m_mailbox;
    void open() { m_mailbox = std::make_unique<ImapMailbox>(m_imap->account(), password); }
};

void TestImapMailbox::init() {
    m_mailbox.reset();
    m_imap = std::make_unique<ScriptedImap>();
    open();
}

void TestImapMailbox::logsInAndTellsAbilities() {
    m_imap->on("ID", "* ID (\"name\" \"Dovecot\" \"version\" \"2.3\")\r\n");
    const auto abilities = await(m_mailbox->open());
    QVERIFY(abilities);
    QVERIFY(abilities->condStore && abilities->idle && abilities->move && abilities->uidPlus && !abilities->qresync);
    QCOMPARE(abilities->serverName, u"Dovecot 2.3"_s);
    QCOMPARE(m_imap->commands("AUTHENTICATE"), QByteArrayList{"AUTHENTICATE PLAIN AGFnZW50AHMiY3JldA=="});
    QCOMPARE(m_imap->commands("ENABLE"), QByteArrayList{"ENABLE CONDSTORE"});
    QVERIFY(await(m_mailbox->open()));
    QCOMPARE(m_imap->server().connections(), 1);
}

void TestImapMailbox::listsEverythingWhenNothingIsKnown() {
    m_imap->on("UID FETCH 1:*", "* 2 FETCH (UID 9 MODSEQ (12345678901234) FLAGS (\\Answered))\r\n"
                                "* 1 FETCH (FLAGS (\\Seen $A $b) UID 5 MODSEQ (3))\r\n"
                                "* 1 FETCH (FLAGS (\\Draft) UID 5 MODSEQ (4))\r\n* 3 FETCH (FLAGS ())\r\n");
    const auto changes = await(m_mailbox->changes(kInbox, {}));
    QVERIFY(changes);
    QVERIFY(changes->listsEverything && !changes->uidsStartedAnew && !changes->modSeqWentBack);
    QCOMPARE(changes->state, (FolderState{7, 40, 3, 90, true}));
    QCOMPARE(changes->updates.size(), size_t(2));
    QCOMPARE(changes->updates[0].uid, 5U);
    QVERIFY(changes->updates[0].flags.draft && !changes->updates[0].flags.seen); // the last word
    QCOMPARE(changes->updates[1].modSeq, Q_UINT64_C(12345678901234));
    QCOMPARE(m_imap->commands("SELECT"), QByteArrayList{"SELECT \"INBOX\" (CONDSTORE)"});
    QCOMPARE(m_imap->commands("UID"), QByteArrayList{"UID FETCH 1:* (UID FLAGS MODSEQ)"});
}

void TestImapMailbox::asksOnlyForChangesItCanTrust() {
    // Without QRESYNC what vanished is the difference of two lists: the first answer lists everything.
    m_imap->on("UID FETCH 1:*", "* 1 FETCH (UID 5 MODSEQ (3) FLAGS ())\r\n* 2 FETCH (UID 9 MODSEQ (4) FLAGS ())\r\n"
                                "* 3 FETCH (UID 39 MODSEQ (90) FLAGS ())\r\n");
    QVERIFY(await(m_mailbox->changes(kInbox, {7, 50, 40}))->listsEverything);
    m_imap->on("UID FETCH 1:*", "* 1 FETCH (UID 5 MODSEQ (95) FLAGS (\\Seen))\r\n");
    m_imap->on("UID SEARCH ALL", "* SEARCH 39 5\r\n");
    const auto changes = await(m_mailbox->changes(kInbox, {7, 90, 40}));
    QVERIFY(changes && !changes->listsEverything);
    QCOMPARE(changes->updates.size(), size_t(1));
    QCOMPARE(changes->vanished, std::vector<quint32>{9});
    QCOMPARE(m_imap->commands("UID FETCH").last(), "UID FETCH 1:* (UID FLAGS MODSEQ) (CHANGEDSINCE 90)");
    // The cache did not adopt that answer: back to everything.
    QVERIFY(await(m_mailbox->changes(kInbox, {7, 80, 40}))->listsEverything);
}

void TestImapMailbox::takesTheDifferenceFromQresync() {
    m_imap->capabilities += " QRESYNC";
    m_imap->selected += "* VANISHED (EARLIER) 3:5,20:4294967295\r\n* 1 FETCH (UID 6 FLAGS (\\Seen) MODSEQ (89))\r\n";
    const auto changes = await(m_mailbox->changes(kInbox, {7, 50, 22}));
    QVERIFY(changes && !changes->listsEverything);
    QCOMPARE(changes->vanished, (std::vector<quint32>{3, 4, 5, 20, 21}));
    QCOMPARE(changes->updates.size(), size_t(1));
    QCOMPARE(m_imap->commands("ENABLE"), QByteArrayList{"ENABLE QRESYNC"});
    QCOMPARE(m_imap->commands("SELECT"), QByteArrayList{"SELECT \"INBOX\" (QRESYNC (7 50))"});
    QVERIFY(m_imap->commands("UID").isEmpty());
}

void TestImapMailbox::noticesAnotherCount_data() {
    QTest::addColumn<QByteArray>("capability");
    QTest::addColumn<QByteArray>("selected");
    QTest::addColumn<bool>("anew");
    QTest::addColumn<bool>("back");
    const QByteArray same = "* 1 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 40] x\r\n";
    for (const QByteArray& capability : {QByteArray(), QByteArray(" QRESYNC")}) {
        const auto row = [&](const char* name, const QByteArray& selected, bool anew, bool back) {
            QTest::newRow(name + capability) << capability << selected << anew << back;
        };
        row("UIDVALIDITY", "* 1 EXISTS\r\n* OK [UIDVALIDITY 8] x\r\n* OK [HIGHESTMODSEQ 90] x\r\n", true, false);
        row("MODSEQ", same + "* OK [HIGHESTMODSEQ 12] x\r\n", false, true);
        row("NOMODSEQ", same + "* OK [NOMODSEQ] x\r\n", false, true);
    }
}

void TestImapMailbox::noticesAnotherCount() {
    QFETCH(QByteArray, capability);
    QFETCH(QByteArray, selected);
    m_imap->capabilities += capability;
    m_imap->selected = selected;
    m_imap->on("UID FETCH 1:*", "* 1 FETCH (UID 5 MODSEQ (3) FLAGS ())\r\n");
    const auto changes = await(m_mailbox->changes(kInbox, {7, 50, 40}));
    QVERIFY(changes);
    QTEST(changes->uidsStartedAnew, "anew");
    QTEST(changes->modSeqWentBack, "back");
    QVERIFY(changes->listsEverything);
    QCOMPARE(changes->updates.size(), size_t(1));
}

void TestImapMailbox::fetchesInTheOrderAsked() {
    const QByteArray mail = "Message-ID: <a@b>\r\nSubject: Where is it\r\n\r\nhello {5}\r\n";
    m_imap->on("UID FETCH", bodyResponse(5, mail) + bodyResponse(77, mail) + "* 9 FETCH (FLAGS (\\Seen))\r\n" +
                                bodyResponse(9, "Subject: second\r\n\r\nx") + "* 12 RECENT\r\n");
    const auto messages = await(m_mailbox->fetch(kInbox, {9, 5, 11}));
    QVERIFY(messages);
    QCOMPARE(messages->size(), size_t(2));
    const ServerMessage& second = (*messages)[1];
    QCOMPARE((*messages)[0].uid, 9U);
    QCOMPARE(second.uid, 5U);
    QCOMPARE(second.modSeq, 88U);
    QCOMPARE(second.flags.keywords, QStringList{u"$own"_s});
    QVERIFY(second.message->has_value());
    QCOMPARE((*second.message)->messageId, u"a@b"_s);
    QCOMPARE((*second.message)->date.isoText(), u"2026-02-02T13:02:03Z"_s);
    QCOMPARE((*second.message)->text.trimmed(), u"hello {5}"_s);
    QCOMPARE(m_imap->commands("UID"), QByteArrayList{"UID FETCH 5,9,11 (UID FLAGS MODSEQ INTERNALDATE BODY.PEEK[])"});
}

// Servers may answer the second of two commands before they have ended the first.
void TestImapMailbox::pairsBodiesWithTheFetchThatAsked() {
    const QByteArray mail = "Subject: x\r\n\r\nx";
    QByteArray firstTag;
    m_imap->on("UID FETCH", [&](Talk& talk, const QByteArray& tag, const QByteArray&) {
        if (firstTag.isEmpty()) {
            firstTag = tag;
            return;
        }
        talk.say(bodyResponse(9, mail) + bodyResponse(5, mail) + bodyResponse(10, mail));
        talk.say(firstTag + " OK done\r\n" + tag + " OK done\r\n");
    });
    const auto first = m_mailbox->fetch(kInbox, {5});
    const auto second = m_mailbox->fetch(kInbox, {10, 9});
    const auto one = await(first);
    const auto two = await(second);
    QVERIFY(one && one->size() == 1 && one->front().uid == 5U);
    QVERIFY(two && two->size() == 2 && two->front().uid == 10U);
}

void TestImapMailbox::readsRefusedMailAsARecordOfItsOwn() {
    QByteArray bomb = "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
    bomb += QByteArray("--b\r\n\r\nx\r\n").repeated(2000);
    m_imap->on("UID FETCH", bodyResponse(5, bomb) + bodyResponse(9, "Subject: fine\r\n\r\nx"));
    const auto messages = await(m_mailbox->fetch(kInbox, {5, 9}));
    QVERIFY(messages && messages->size() == 2);
    QCOMPARE((*messages)[0].message->error().kind, ErrorKind::Invalid);
    QVERIFY((*messages)[1].message->has_value());
}

void TestImapMailbox::winsAndLosesConditionalStores_data() {
    using Outcome = ConditionalStore::Outcome;
    QTest::addColumn<QByteArray>("untagged");
    QTest::addColumn<QByteArray>("tagged");
    QTest::addColumn<QByteArray>("lookedAgain");
    QTest::addColumn<int>("outcome");
    QTest::addColumn<quint64>("modSeq");
    const auto row = [](const char* name, const char* untagged, const char* tagged, const char* again, Outcome outcome,
                        quint64 modSeq) {
        QTest::newRow(name) << QByteArray(untagged) << QByteArray(tagged) << QByteArray(again)
                            << static_cast<int>(outcome) << modSeq;
    };
    row("won", "* 1 FETCH (UID 5 MODSEQ (91) FLAGS ($x))\r\n", "OK done", "", Outcome::Done, 91);
    row("lost", "", "OK [MODIFIED 5] conditional store failed", "", Outcome::Modified, 0);
    row("lost, told why", "* 1 FETCH (UID 5 MODSEQ (91) FLAGS ($y))\r\n", "OK [MODIFIED 5] x", "", Outcome::Modified,
        0);
    row("lost by NO", "", "NO [MODIFIED 5] x", "", Outcome::Modified, 0);
    row("won without words", "", "OK done", "* 1 FETCH (UID 5 MODSEQ (92) FLAGS ($x))\r\n", Outcome::Done, 92);
    row("news of others only", "* 2 FETCH (UID 6 MODSEQ (91) FLAGS ())\r\n", "OK done",
        "* 2 FETCH (UID 6 MODSEQ (91) FLAGS ())\r\n", Outcome::Gone, 0);
    row("gone", "", "OK done", "", Outcome::Gone, 0);
}

void TestImapMailbox::winsAndLosesConditionalStores() {
    QFETCH(QByteArray, untagged);
    QFETCH(QByteArray, tagged);
    QFETCH(QByteArray, lookedAgain);
    m_imap->on("UID STORE", untagged, tagged);
    m_imap->on("UID FETCH 5 ", lookedAgain);
    const auto stored = await(m_mailbox->storeUnchangedSince(kInbox, 5, 88, FlagChange::Add, {u"$x"_s, u"\\Seen"_s}));
    QVERIFY(stored);
    QTEST(static_cast<int>(stored->outcome), "outcome");
    QTEST(stored->modSeq, "modSeq");
    QCOMPARE(m_imap->commands("UID STORE"), QByteArrayList{"UID STORE 5 (UNCHANGEDSINCE 88) +FLAGS ($x \\Seen)"});
}

void TestImapMailbox::answersRefusedWhenClosed() {
    m_imap->on("UID FETCH", [](Talk&, const QByteArray&, const QByteArray&) {});
    const auto pending = m_mailbox->fetch(kInbox, {1});
    const auto waiting = m_mailbox->folderState(kInbox);
    QTRY_COMPARE(m_imap->commands("UID FETCH").size(), 1);
    m_mailbox->close();
    QCOMPARE(await(pending).error().kind, ErrorKind::Refused);
    QCOMPARE(await(waiting).error().kind, ErrorKind::Refused);
    QCOMPARE(await(m_mailbox->open()).error().kind, ErrorKind::Refused);
    QTRY_VERIFY(!m_imap->server().talk(1));
    open();
    const auto orphan = m_mailbox->fetch(kInbox, {1});
    m_mailbox.reset();
    QCOMPARE(await(orphan).error().kind, ErrorKind::Refused);
}

QTEST_GUILESS_MAIN(TestImapMailbox)
#include "tst_imap_mailbox.moc"
