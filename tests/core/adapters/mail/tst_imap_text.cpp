// The spellings of IMAP: folder names, quoted strings, dates, sets of UIDs, flags, roles of folders.
#include "core/adapters/mail/imap/fetched_items.h"
#include "core/adapters/mail/imap/folder_roles.h"
#include "core/adapters/mail/imap/imap_command.h"
#include "core/adapters/mail/imap/imap_text.h"
#include "core/adapters/mail/imap/uid_set.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace Qt::StringLiterals;

class TestImapText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void spellsFolderNames_data();
    void spellsFolderNames();
    void standsByNamesItCannotDecode_data();
    void standsByNamesItCannotDecode();
    void quotesOrUsesLiterals();
    void readsInternalDates_data();
    void readsInternalDates();
    void writesSetsOfUids();
    void readsSetsOfUids_data();
    void readsSetsOfUids();
    void refusesWhatIsNoFlag();
    void knowsFoldersByAttributeThenByName();
};

void TestImapText::spellsFolderNames_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("wire");
    QTest::newRow("plain") << u"INBOX/Sent Items"_s << QByteArray("INBOX/Sent Items");
    QTest::newRow("ampersand") << u"R&D"_s << QByteArray("R&-D");
    QTest::newRow("umlaut") << u"Entwürfe"_s << QByteArray("Entw&APw-rfe");
    QTest::newRow("RFC 3501") << u"~peter/mail/台北/日本語"_s << QByteArray("~peter/mail/&U,BTFw-/&ZeVnLIqe-");
    QTest::newRow("beyond the first plane") << u"a😀"_s << QByteArray("a&2D3eAA-");
    QTest::newRow("control character") << u"a\tb"_s << QByteArray("a&AAk-b");
}

void TestImapText::spellsFolderNames() {
    QFETCH(QString, name);
    QFETCH(QByteArray, wire);
    QCOMPARE(encodeFolderName(name), wire);
    QCOMPARE(decodeFolderName(wire), name);
    QCOMPARE(decodeFolderName(name.toUtf8().contains('&') ? wire : name.toUtf8()), name); // as UTF-8 too
}

void TestImapText::standsByNamesItCannotDecode_data() {
    QTest::addColumn<QByteArray>("wire");
    for (const char* wire : {"a&b", "R&D-x", "&AA-", "&2D0-", "&====-", "&"})
        QTest::newRow(wire) << QByteArray(wire);
}

void TestImapText::standsByNamesItCannotDecode() {
    QFETCH(QByteArray, wire);
    QCOMPARE(decodeFolderName(wire), QString::fromLatin1(wire));
}

void TestImapText::quotesOrUsesLiterals() {
    QCOMPARE(imapQuoted("a\"b\\c"), QByteArray("\"a\\\"b\\\\c\""));
    QVERIFY(!imapQuoted("a\r\nb") && !imapQuoted("\xc3\xbc") && !imapQuoted(QByteArray(1, '\0')));
    ImapCommand login("LOGIN");
    login.string("me").string("s\xc3\xbcss").words("(x)");
    QCOMPARE(login.parts().size(), size_t(3));
    QCOMPARE(login.parts()[0].bytes, QByteArray("LOGIN \"me\" "));
    QVERIFY(login.parts()[1].isLiteral);
    QCOMPARE(login.parts()[2].bytes, QByteArray(" (x)"));
}

void TestImapText::readsInternalDates_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("time");
    QTest::newRow("west") << QByteArray("17-Jul-1996 02:44:25 -0700") << u"1996-07-17T09:44:25Z"_s;
    QTest::newRow("blank day") << QByteArray(" 2-Feb-2026 14:02:03 +0100") << u"2026-02-02T13:02:03Z"_s;
    QTest::newRow("short day") << QByteArray("2-feb-2026 14:02:03 +0000") << u"2026-02-02T14:02:03Z"_s;
    for (const char* bad : {"", "31-Feb-2026 14:02:03 +0000", "17-Foo-1996 02:44:25 -0700",
                            "17-Jul-1996 25:44:25 -0700", "17-Jul-1996 02:44:25 x0700", "17-ulA-1996 02:44:25 -0700"})
        QTest::newRow(bad) << QByteArray(bad) << QString();
}

void TestImapText::readsInternalDates() {
    QFETCH(QByteArray, text);
    const auto time = parseInternalDate(text);
    QTEST(time ? time->isoText() : QString(), "time");
}

void TestImapText::writesSetsOfUids() {
    QCOMPARE(uidSets({}), std::vector<QByteArray>{});
    QCOMPARE(uidSets({9, 1, 2, 3, 7, 3}), std::vector<QByteArray>{"1:3,7,9"});
    QCOMPARE(uidSets({1, 3, 5, 7}, 3), (std::vector<QByteArray>{"1,3", "5,7"}));
    QCOMPARE(uidSets({4294967294, 4294967295}), std::vector<QByteArray>{"4294967294:4294967295"});
}

void TestImapText::readsSetsOfUids_data() {
    QTest::addColumn<QByteArray>("set");
    QTest::addColumn<QString>("uids");
    const auto row = [](const char* set, const QString& uids) { QTest::newRow(set) << QByteArray(set) << uids; };
    row("4,2,9:7", u"2 4 7 8 9"_s);
    row("1:4294967295", u"1 2 3 4 5 6 7 8 9 10"_s); // within what is asked for
    row("8:*", u"8 9 10"_s);
    row("12:20", u""_s);
    row("3,3,2:3", u"2 3"_s);
    for (const char* bad : {"", "0", "a", "1:", "1,,2", "-1", "4294967296", "1:2:3"})
        row(bad, u"malformed"_s);
}

void TestImapText::readsSetsOfUids() {
    QFETCH(QByteArray, set);
    const auto uids = uidsInSet(set, 1, 10);
    QStringList words;
    for (const quint32 uid : uids.value_or(std::vector<quint32>()))
        words << QString::number(uid);
    QTEST(uids ? words.join(u' ') : u"malformed"_s, "uids");
    QVERIFY(!uidsInSet("1:4294967295", 1, 4294967295)); // more than anyone could mean
    QCOMPARE(searchedUids("4 2 9 4 (MODSEQ 7)"), (std::vector<quint32>{2, 4, 9}));
    QCOMPARE(searchedUids("4 99999999999 2"), std::vector<quint32>{4});
}

void TestImapText::refusesWhatIsNoFlag() {
    QCOMPARE(flagList({u"\\Seen"_s, u"$AivaOwner1"_s}), QByteArray("(\\Seen $AivaOwner1)"));
    QCOMPARE(flagList({}), QByteArray("()"));
    for (const QString& bad :
         {u"a b"_s, u"x)"_s, u"\r\na1 LOGOUT"_s, u""_s, u"\\"_s, u"ü"_s, u"a\\b"_s, u"x]"_s, u"\"q"_s})
        QVERIFY2(!flagList({bad}), qPrintable(bad));
}

void TestImapText::knowsFoldersByAttributeThenByName() {
    QCOMPARE(roleOfAttribute("\\sent"), FolderRole::Sent);
    QCOMPARE(roleOfAttribute("\\HasChildren"), FolderRole::None);
    std::vector<MailFolder> folders{
        {u"INBOX"_s, FolderRole::Inbox, true},           {u"Sent"_s, FolderRole::None, true},
        {u"Verschickt"_s, FolderRole::Sent, true},       {u"INBOX.Entwürfe"_s, FolderRole::None, true},
        {u"Archive/2025"_s, FolderRole::None, true},     {u"Corbeille"_s, FolderRole::None, false},
        {u"Correo no deseado"_s, FolderRole::None, true}};
    guessMissingRoles(folders);
    QCOMPARE(folders[1].role, FolderRole::None); // the server says which it is
    QCOMPARE(folders[3].role, FolderRole::Drafts);
    QCOMPARE(folders[4].role, FolderRole::None);
    QCOMPARE(folders[5].role, FolderRole::None); // cannot be selected
    QCOMPARE(folders[6].role, FolderRole::Junk);
}

QTEST_GUILESS_MAIN(TestImapText)
#include "tst_imap_text.moc"
