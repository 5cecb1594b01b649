// A server that misbehaves while a fetch is under way: an error of the right kind within bounds of time and memory, and
// the next command works on a new connection.
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
using Misdeed = std::function<void(Talk&, const QByteArray& tag)>;

Future<MailCredentials> password(const SecretString&) {
    return readyFuture<MailCredentials>(MailCredentials{u"agent"_s, SecretString("secret"), MailAuth::Password});
}

ImapPace quick() {
    ImapPace pace;
    pace.wire = {20'000, 20'000, 20'000};
    pace.reconnectMs = {10};
    return pace;
}

// For servers that fall silent; others may take as long as a busy machine needs.
ImapPace impatient() {
    ImapPace pace = quick();
    pace.wire.silenceMs = 1'500;
    return pace;
}

QByteArray body(int uid, const QByteArray& mail = "Subject: x\r\n\r\nhello") {
    return "* 1 FETCH (UID " + QByteArray::number(uid) + " FLAGS () MODSEQ (3) BODY[] {" +
           QByteArray::number(mail.size()) + "}\r\n" + mail + ")\r\n";
}

Misdeed says(const QByteArray& bytes) {
    return [bytes](Talk& talk, const QByteArray&) { talk.say(bytes); };
}

Misdeed saysAndEnds(const QByteArray& bytes) {
    return [bytes](Talk& talk, const QByteArray& tag) { talk.say(bytes + tag + " OK done\r\n"); };
}

struct Case {
    const char* name;
    Misdeed misdeed;
    ErrorKind kind;
    ErrorCause cause;
};

} // namespace

class TestImapHostile : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void survivesDuringAFetch_data();
    void survivesDuringAFetch();
    void putsUpWithOddities_data();
    void putsUpWithOddities();
    void refusesOddGreetings_data();
    void refusesOddGreetings();
    void keepsOnAfterRefusals();
    void asksBeforeLiterals();
    void dropsALiteralThatIsRefused();
    void endsInAnyState();
};

void TestImapHostile::survivesDuringAFetch_data() {
    QTest::addColumn<Misdeed>("misdeed");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<ErrorCause>("cause");
    using K = ErrorKind;
    using C = ErrorCause;
    const Case cases[] = {
        {"giant literal", says("* 1 FETCH (UID 5 BODY[] {4294967296}\r\n"), K::Network, C::ProtocolBroken},
        {"absurd literal", says("* 1 FETCH (BODY[] {" + QByteArray(60, '9') + "}\r\n"), K::Network, C::ProtocolBroken},
        {"literal never completed", says("* 1 FETCH (UID 5 BODY[] {400}\r\nabc"), K::Timeout, C::None},
        {"deep lists", says("* X " + QByteArray(100'000, '(') + "\r\n"), K::Network, C::ProtocolBroken},
        {"too many values", says("* X " + QByteArray("a ").repeated(300'000) + "\r\n"), K::Network, C::ProtocolBroken},
        {"a line without end", says(QByteArray(17 * 1024 * 1024, 'x')), K::Network, C::ProtocolBroken},
        {"silence", says({}), K::Timeout, C::None},
        {"a tag never given", says("a999 OK done\r\n"), K::Network, C::ProtocolBroken},
        {"a tag of nonsense", says("HTTP/1.1 200 OK\r\n"), K::Network, C::ProtocolBroken},
        {"malformed without end", says(QByteArray("* 1 FETCH (UID 3\r\n").repeated(2'000)), K::Network,
         C::ProtocolBroken},
        {"asking for more without end", says(QByteArray("+ more\r\n").repeated(2'000)), K::Network, C::ProtocolBroken},
        {"BYE in the middle", says(body(5) + "* BYE [UNAVAILABLE] restarting\r\n"), K::Network, C::ServerBusy},
        {"hung up", [](Talk& talk, const QByteArray&) { talk.hangUp(); }, K::Network, C::ConnectionReset},
        {"reset", [](Talk& talk, const QByteArray&) { talk.reset(); }, K::Network, C::ConnectionReset},
    };
    for (const Case& c : cases)
        QTest::newRow(c.name) << c.misdeed << c.kind << c.cause;
}

void TestImapHostile::survivesDuringAFetch() {
    QFETCH(Misdeed, misdeed);
    ScriptedImap imap;
    imap.on("UID FETCH", [&](Talk& talk, const QByteArray& tag, const QByteArray&) {
        if (talk.number == 1) return misdeed(talk, tag);
        talk.say(body(5) + tag + " OK done\r\n");
    });
    QFETCH(ErrorKind, kind);
    ImapMailbox box(imap.account(), password, kind == ErrorKind::Timeout ? impatient() : quick());
    const auto broken = box.fetch(kInbox, {5});
    const auto next = box.fetch(kInbox, {5}); // waits, and is not told of the first one's fate
    const auto answer = await(broken);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, kind);
    QTEST(answer.error().cause, "cause");
    // Two reads may be under way at once: then both were lost, and the third finds a new connection.
    if (const auto second = await(next); !second) QCOMPARE(second.error().kind, kind);
    const auto third = await(box.fetch(kInbox, {5}));
    QVERIFY(third && third->size() == 1);
    QCOMPARE(imap.server().connections(), 2);
}

void TestImapHostile::putsUpWithOddities_data() {
    QTest::addColumn<Misdeed>("misdeed");
    const auto row = [](const char* name, const QByteArray& untagged) {
        QTest::newRow(name) << saysAndEnds(untagged + body(5));
    };
    row("unknown responses", "* XFNORD (a (b)) \"c\" {3}\r\nabc\r\n* 3 FROB\r\n* OK [XCODE a (b)] hm\r\n");
    row("a flood of news", QByteArray("* 7 EXISTS\r\n* 2 FETCH (FLAGS (\\Seen))\r\n").repeated(50'000));
    row("bodies nobody asked for", body(6) + body(7) + body(8));
    row("the same body again", body(5, "Subject: x\r\n\r\nfirst") + body(5));
    row("bad UTF-8", "* LIST () \"/\" \"\xff\xfe\xc3\"\r\n* OK \xff\xff\r\n* 1 FETCH (UID 9 FLAGS (\xff))\r\n");
    row("NULs", QByteArray("* X \0\0 \"\0\"\r\n\0\r\n", 15));
    row("alerts", "* OK [ALERT] the power goes off at nine\r\n");
    row("a body that is NIL", "* 4 FETCH (UID 4 FLAGS () BODY[] NIL)\r\n");
    row("numbers that do not fit",
        "* 4 FETCH (UID 99999999999 FLAGS () MODSEQ (99999999999999999999999) BODY[] \"\")\r\n");
    row("malformed news", "* 4 FETCH (UID 4 FLAGS (\r\n* ((\r\n\r\n* \r\n*\r\n");
}

void TestImapHostile::putsUpWithOddities() {
    QFETCH(Misdeed, misdeed);
    ScriptedImap imap;
    imap.on("UID FETCH", [&](Talk& talk, const QByteArray& tag, const QByteArray&) { misdeed(talk, tag); });
    ImapMailbox box(imap.account(), password, quick());
    const auto messages = await(box.fetch(kInbox, {5}));
    QVERIFY2(messages, qPrintable(messages ? QString() : messages.error().detail));
    QCOMPARE(messages->size(), size_t(1));
    QVERIFY(messages->front().message->has_value());
    QVERIFY(await(box.folderState(kInbox)));
    QCOMPARE(imap.server().connections(), 1);
}

void TestImapHostile::refusesOddGreetings_data() {
    QTest::addColumn<QByteArray>("greeting");
    QTest::addColumn<ErrorCause>("cause");
    const auto row = [](const char* greeting, ErrorCause cause) {
        QTest::newRow(greeting) << QByteArray(greeting) + "\r\n" << cause;
    };
    row("* BYE [UNAVAILABLE] later", ErrorCause::ServerBusy);
    row("* NO", ErrorCause::ProtocolBroken);
    row("220 smtp.shop.example ESMTP", ErrorCause::ProtocolBroken);
    row("+OK POP3 ready", ErrorCause::None); // silence follows
    row("* LIST () NIL x", ErrorCause::ProtocolBroken);
}

void TestImapHostile::refusesOddGreetings() {
    ScriptedImap imap;
    QFETCH(QByteArray, greeting);
    QFETCH(ErrorCause, cause);
    imap.greeting = greeting;
    ImapMailbox box(imap.account(), password, cause == ErrorCause::None ? impatient() : quick());
    const auto first = box.open();
    const auto second = box.folders(); // one failed connection speaks for all who wait
    const auto refused = await(first);
    QVERIFY(!refused);
    QCOMPARE(refused.error().cause, cause);
    QVERIFY(!await(second));
    QCOMPARE(imap.server().connections(), 1);
    imap.greeting.clear();
    QVERIFY(await(box.open()));
}

void TestImapHostile::keepsOnAfterRefusals() {
    ScriptedImap imap;
    imap.on("SELECT \"Gone\"", {}, "NO [NONEXISTENT] no such");
    imap.on("SELECT \"Plain\"", {}, "NO no");
    imap.on("APPEND", {}, "NO [OVERQUOTA] full");
    imap.on("UID STORE", {}, "NO [LIMIT] too many keywords");
    imap.on("UID MOVE", {}, "BAD what");
    imap.capabilities += " APPENDLIMIT=1000";
    ImapMailbox box(imap.account(), password, quick());
    QCOMPARE(await(box.folderState(u"Gone"_s)).error().cause, ErrorCause::FolderMissing);
    QCOMPARE(await(box.folderState(u"Plain"_s)).error().cause, ErrorCause::FolderMissing);
    QCOMPARE(await(box.append(kInbox, QByteArray(1001, 'x'), {})).error().cause, ErrorCause::MailTooLarge);
    QVERIFY(imap.commands("APPEND").isEmpty()); // known beforehand
    QCOMPARE(await(box.store(kInbox, {1}, FlagChange::Add, {u"$x"_s})).error().cause, ErrorCause::NotSupported);
    QCOMPARE(await(box.store(kInbox, {1}, FlagChange::Add, {u"a\r\nb"_s})).error().kind, ErrorKind::Invalid);
    QCOMPARE(await(box.move(kInbox, {1}, u"Other"_s)).error().kind, ErrorKind::Refused);
    QVERIFY(await(box.open()));
    QCOMPARE(imap.server().connections(), 1);
}

void TestImapHostile::asksBeforeLiterals() {
    ScriptedImap imap;
    imap.capabilities = "IMAP4rev1 UIDPLUS";
    QByteArray received;
    const QByteArray mail = "Subject: x\r\n\r\na1 LOGOUT\r\n";
    imap.on("LOGIN", [](Talk& talk, const QByteArray& tag, const QByteArray& command) {
        QCOMPARE(command, QByteArray("LOGIN \"agent\" \"secret\""));
        talk.say(tag + " OK [CAPABILITY IMAP4rev1 UIDPLUS] in\r\n");
    });
    QByteArray tagOfAppend;
    imap.on("APPEND", [&](Talk& talk, const QByteArray& tag, const QByteArray& command) {
        QCOMPARE(command, "APPEND \"Sent\" (\\Seen) {" + QByteArray::number(mail.size()) + '}');
        tagOfAppend = tag;
        talk.expectBytes(mail.size());
        talk.say("* 1 EXISTS\r\n+ go on\r\n");
    });
    imap.on(mail.left(8), [&](Talk& talk, const QByteArray&, const QByteArray&) {
        received = talk.seen.last();
        talk.say(tagOfAppend + " OK [APPENDUID 9 77] there\r\n");
    });
    ImapMailbox box(imap.account(), password, quick());
    const auto appending = box.append(u"Sent"_s, mail, {u"\\Seen"_s});
    const auto appended = await(appending);
    QVERIFY2(appended, qPrintable(appended ? QString() : appended.error().detail));
    QCOMPARE(appended->uid, 77U);
    QCOMPARE(appended->uidValidity, 9U);
    QCOMPARE(received, mail);
}

void TestImapHostile::dropsALiteralThatIsRefused() {
    ScriptedImap imap;
    imap.capabilities = "IMAP4rev1 AUTH=PLAIN UIDPLUS";
    imap.on("AUTHENTICATE", [](Talk& talk, const QByteArray&, const QByteArray&) { talk.say("+ \r\n"); });
    imap.on("AGFnZW50AHNlY3JldA==", [](Talk& talk, const QByteArray&, const QByteArray&) { talk.say("a1 OK in\r\n"); });
    imap.on("APPEND", {}, "NO [TOOBIG] not that");
    ImapMailbox box(imap.account(), password, quick());
    QCOMPARE(await(box.append(u"Sent"_s, "Subject: x\r\n\r\nx", {})).error().cause, ErrorCause::MailTooLarge);
    QVERIFY(await(box.folderState(kInbox)));
    QCOMPARE(imap.server().connections(), 1);
}

void TestImapHostile::endsInAnyState() {
    // Destroyed after each number of milliseconds of a busy life, watching and fetching.
    ScriptedImap imap;
    imap.on("UID FETCH", body(5) + body(6));
    int rounds = 0;
    for (int ms = 0; ms < 12; ++ms, ++rounds) {
        ImapMailbox box(imap.account(), password, quick());
        box.watch(kInbox);
        QList<Future<std::vector<ServerMessage>>> answers;
        for (int i = 0; i < 5; ++i)
            answers << box.fetch(kInbox, {5, 6});
        QTest::qWait(ms);
        if (ms % 2) box.close();
    }
    qInfo("%d rounds", rounds);
}

QTEST_GUILESS_MAIN(TestImapHostile)
#include "tst_imap_hostile.moc"
