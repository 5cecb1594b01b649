// Bytes of an IMAP server → responses: tables of what servers say, in every way of cutting it, and of what they must
// not.
#include "core/adapters/mail/imap/imap_capabilities.h"
#include "core/adapters/mail/imap/imap_errors.h"
#include "core/adapters/mail/imap/imap_parser.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

// A response written out again, in one canonical way, to compare trees by.
QByteArray shown(const ImapValue& value) {
    switch (value.kind) {
    case ImapValue::Kind::Nil:
        return "~";
    case ImapValue::Kind::Atom:
        return value.bytes;
    case ImapValue::Kind::Quoted:
        return '"' + value.bytes + '"';
    case ImapValue::Kind::Literal:
        return value.isTooLarge ? QByteArray("{too large}") : '{' + value.bytes + '}';
    case ImapValue::Kind::List:
        break;
    }
    QByteArrayList items;
    for (const ImapValue& item : value.items)
        items.append(shown(item));
    return '(' + items.join(' ') + ')';
}

QByteArray shown(const ImapResponse& response) {
    QByteArrayList words;
    if (response.kind == ImapResponse::Kind::Continuation) return "+ " + response.text;
    words << (response.kind == ImapResponse::Kind::Tagged ? response.tag : QByteArray("*"));
    if (response.number) words << QByteArray::number(*response.number);
    words << response.name;
    if (!response.code.isEmpty()) {
        QByteArrayList code{response.code};
        for (const ImapValue& value : response.codeValues)
            code << shown(value);
        words << '[' + code.join(' ') + ']';
    }
    if (!response.text.isEmpty()) words << "<" + response.text + ">";
    for (const ImapValue& value : response.values)
        words << shown(value);
    if (response.isMalformed) words << "MALFORMED";
    return words.join(' ');
}

QByteArray parsed(const QByteArray& bytes, qsizetype piece, const ImapLimits& limits = {}) {
    WireBuffer buffer;
    ImapFramer framer(limits);
    QByteArrayList all;
    for (qsizetype at = 0; at < bytes.size(); at += piece) {
        buffer.append(bytes.mid(at, piece));
        for (;;) {
            auto frame = framer.next(buffer);
            if (!frame) return (all << "ERROR " + errorCauseName(frame.error().cause).toUtf8()).join('|');
            if (!frame->has_value()) break;
            const auto response = parseImapResponse(**std::move(frame), limits);
            if (!response) return (all << "ERROR " + errorCauseName(response.error().cause).toUtf8()).join('|');
            all << shown(*response);
        }
    }
    return all.join('|');
}

} // namespace

class TestImapParser : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsResponses_data();
    void readsResponses();
    void keepsWithinItsCaps_data();
    void keepsWithinItsCaps();
    void knowsWhatRefusalsMean_data();
    void knowsWhatRefusalsMean();
    void readsCapabilities();
};

void TestImapParser::readsResponses_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("tree");
    const auto row = [](const char* name, const QByteArray& bytes, const QByteArray& tree) {
        QTest::newRow(name) << bytes << tree;
    };
    row("greeting", "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] Dovecot (Debian) ready.\r\n",
        "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] <Dovecot (Debian) ready.>");
    row("tagged", "a1 OK done\r\na2 no [TRYCREATE] first\r\n", "a1 OK <done>|a2 NO [TRYCREATE] <first>");
    row("code with values", "a1 OK [APPENDUID 1 2] x\r\n", "a1 OK [APPENDUID 1 2] <x>");
    row("copied", "* OK [COPYUID 3 1:4,6 9:13] x\r\n", "* OK [COPYUID 3 1:4,6 9:13] <x>");
    row("flags in a code", "* OK [PERMANENTFLAGS (\\Seen \\*)] x\r\n", "* OK [PERMANENTFLAGS (\\Seen \\*)] <x>");
    row("words that look like a literal", "* OK see {12}\r\n* NO {3}\r\n", "* OK <see {12}>|* NO <{3}>");
    row("code never closed", "* OK [ALERT words\r\n", "* OK <[ALERT words>");
    row("no words", "a1 OK\r\n* BYE\r\n", "a1 OK|* BYE");
    row("continuations", "+ idling\r\n+\r\n+ {3}\r\n", "+ idling|+ |+ {3}");
    row("numbers", "* 23 EXISTS\r\n* 4294967295 RECENT\r\n", "* 23 EXISTS|* 4294967295 RECENT");
    row("a number too large", "* 4294967296 EXISTS\r\n", "* 4294967296 MALFORMED");
    row("fetch with a literal", "* 1 FETCH (UID 9 FLAGS (\\Seen $a) BODY[] {5}\r\na)\r\n( MODSEQ (9))\r\n",
        "* 1 FETCH (UID 9 FLAGS (\\Seen $a) BODY[] {a)\r\n(} MODSEQ (9))");
    row("empty literal, non-synchronising", "* 1 FETCH (BODY[] {0+}\r\n UID 3)\r\n", "* 1 FETCH (BODY[] {} UID 3)");
    row("binary literal", QByteArray("* 1 FETCH (BINARY[1] ~{3}\r\n\0\0\1)\r\n", 33),
        QByteArray("* 1 FETCH (BINARY[1] {\0\0\1})", 27));
    row("sections with blanks", "* 1 FETCH (BODY[HEADER.FIELDS (FROM TO)]<0> \"x\")\r\n",
        "* 1 FETCH (BODY[HEADER.FIELDS (FROM TO)]<0> \"x\")");
    row("quoted with escapes", "* LIST () \"/\" \"a \\\"b\\\" \\\\c\"\r\n", "* LIST () \"/\" \"a \"b\" \\c\"");
    row("quoted that looks like a literal", "* LIST () NIL \"x {3}\"\r\n", "* LIST () ~ \"x {3}\"");
    row("folder with brackets", "* LIST (\\All) \"/\" [Gmail]/All\r\n", "* LIST (\\All) \"/\" [Gmail]/All");
    row("folder in a literal", "* LIST () \"/\" {4}\r\na\"b\\\r\n", "* LIST () \"/\" {a\"b\\}");
    row("bad UTF-8", "* LIST () \"/\" \"\xff\xfe\"\r\n", "* LIST () \"/\" \"\xff\xfe\"");
    row("unknown", "* XAPPLEPUSH what (ever [it) is\r\n* FNORD\r\n", "* XAPPLEPUSH what (ever [it) is|* FNORD");
    row("search", "* SEARCH 4 2 9\r\n* search\r\n", "* SEARCH <4 2 9>|* SEARCH");
    row("vanished", "* VANISHED (EARLIER) 41,43:116\r\n", "* VANISHED (EARLIER) 41,43:116");
    row("unbalanced", "* 1 FETCH (UID 3\r\n* 2 FETCH UID 3)\r\na1 OK x\r\n",
        "* 1 FETCH (UID 3) MALFORMED|* 2 FETCH UID 3 ~ MALFORMED|a1 OK <x>");
    row("open quote", "* LIST () \"/\" \"x\\\r\na1 OK x\r\n", "* LIST () \"/\" \"x\\\" MALFORMED|a1 OK <x>");
    row("empty line", "\r\n* OK x\r\n", "  MALFORMED|* OK <x>");
    row("bare line feeds", "* 1 EXISTS\n* 2 EXISTS\n", "* 1 EXISTS|* 2 EXISTS");
    row("blanks", "*  1   FETCH  ( UID  3  )\r\n", "* 1 FETCH (UID 3)");
}

void TestImapParser::readsResponses() {
    QFETCH(QByteArray, bytes);
    for (qsizetype piece = 1; piece <= bytes.size(); ++piece)
        QTEST(parsed(bytes, piece), "tree");
}

void TestImapParser::keepsWithinItsCaps_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("tree");
    const auto row = [](const char* name, const QByteArray& bytes, const QByteArray& tree) {
        QTest::newRow(name) << bytes << tree;
    };
    // Caps of the test: lines of 100, literals of 10 kept and 30 read past, depth 4, 20 values, 3 literals.
    row("line", "* OK " + QByteArray(96, 'x') + "\r\n", "ERROR ProtocolBroken");
    row("line without end", "* OK " + QByteArray(200, 'x'), "ERROR ProtocolBroken");
    row("literal kept", "* X {10}\r\n0123456789\r\n", "* X {0123456789}");
    row("literal read past", "* X {11}\r\n0123456789a y\r\na OK\r\n", "* X {too large} y|a OK");
    row("literals kept together", "* X {6}\r\n012345 {6}\r\n012345\r\n", "* X {012345} {too large}");
    row("literal beyond", "* X {31}\r\n", "ERROR ProtocolBroken");
    row("literal far beyond", "* X {99999999999999999999999}\r\n", "ERROR ProtocolBroken");
    row("too many literals", QByteArray("* X") + QByteArray(" {1}\r\nx").repeated(4), "ERROR ProtocolBroken");
    row("depth kept", "* X ((((a))))\r\n", "* X ((((a))))");
    row("too deep", "* X (((((a)))))\r\n", "ERROR ProtocolBroken");
    row("too deep, never closed", "* X " + QByteArray(90, '(') + "\r\n", "ERROR ProtocolBroken");
    row("too many values", "* X " + QByteArray("a ").repeated(21) + "\r\n", "ERROR ProtocolBroken");
}

void TestImapParser::keepsWithinItsCaps() {
    const ImapLimits limits{100, 10, 30, 3, 4, 20};
    QFETCH(QByteArray, bytes);
    for (const qsizetype piece : {qsizetype(1), qsizetype(7), bytes.size()})
        QTEST(parsed(bytes, piece, limits), "tree");
    // The usual caps: depth is cut off long before the stack is.
    QCOMPARE(parsed("* X " + QByteArray(1'000'000, '(') + "\r\n", 100'000), QByteArray("ERROR ProtocolBroken"));
    QCOMPARE(parsed("* 1 FETCH (BODY[] {4294967296}\r\n", 1000), QByteArray("ERROR ProtocolBroken"));
}

void TestImapParser::knowsWhatRefusalsMean_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("meaning");
    QTest::addColumn<QString>("atLogin");
    const auto row = [](const char* line, const QString& meaning, const QString& atLogin) {
        QTest::newRow(line) << QByteArray(line) << meaning << atLogin;
    };
    row("a NO it failed", u"Refused/None"_s, u"Auth/LoginRefused"_s);
    row("a NO [AUTHENTICATIONFAILED] x", u"Auth/LoginRefused"_s, u"Auth/LoginRefused"_s);
    row("a NO [EXPIRED] x", u"Auth/LoginExpired"_s, u"Auth/LoginExpired"_s);
    row("a NO [UNAVAILABLE] x", u"RateLimited/ServerBusy"_s, u"RateLimited/ServerBusy"_s);
    row("a NO [INUSE] x", u"RateLimited/ServerBusy"_s, u"RateLimited/ServerBusy"_s);
    row("a NO [OVERQUOTA] x", u"Refused/OverQuota"_s, u"Refused/OverQuota"_s);
    row("a NO [LIMIT] x", u"Refused/NotSupported"_s, u"RateLimited/ServerBusy"_s);
    row("a NO [TOOBIG] x", u"Refused/MailTooLarge"_s, u"Refused/MailTooLarge"_s);
    row("a NO [TRYCREATE] x", u"NotFound/FolderMissing"_s, u"NotFound/FolderMissing"_s);
    row("a NO [nonexistent] x", u"NotFound/FolderMissing"_s, u"NotFound/FolderMissing"_s);
    row("a NO [PRIVACYREQUIRED] x", u"Refused/PlainTextRefused"_s, u"Refused/PlainTextRefused"_s);
    row("a NO [ALERT] call us", u"Refused/None"_s, u"Auth/LoginRefused"_s);
    row("a BAD what", u"Refused/ProtocolBroken"_s, u"Auth/LoginRefused"_s);
    row("* BYE [UNAVAILABLE] x", u"RateLimited/ServerBusy"_s, u"RateLimited/ServerBusy"_s);
    row("* BYE idle too long", u"Network/ConnectionReset"_s, u"Network/ConnectionReset"_s);
}

void TestImapParser::knowsWhatRefusalsMean() {
    QFETCH(QByteArray, line);
    const auto response = parseImapResponse({{line}, {}});
    QVERIFY(response);
    const auto words = [](const Error& error) {
        return errorKindName(error.kind) + u'/' + errorCauseName(error.cause);
    };
    QTEST(words(imapError(*response)), "meaning");
    QTEST(words(imapLoginError(*response)), "atLogin");
    QVERIFY(!imapError(*response).detail.contains(u"call us"_s)); // no words of the server
}

void TestImapParser::readsCapabilities() {
    const auto response =
        parseImapResponse({{"* CAPABILITY imap4rev1 Auth=PLAIN auth=XOAUTH2 APPENDLIMIT=257890 LITERAL- QRESYNC"}, {}});
    const ImapCapabilities able(response->values);
    QVERIFY(able.has("IMAP4REV1") && able.hasCondStore() && !able.has("IDLE"));
    QByteArrayList mechanisms = able.saslMechanisms();
    std::sort(mechanisms.begin(), mechanisms.end());
    QCOMPARE(mechanisms, (QByteArrayList{"PLAIN", "XOAUTH2"}));
    QCOMPARE(able.appendLimit(), 257890);
    QCOMPARE(able.unaskedLiteral(), 4096);
}

QTEST_GUILESS_MAIN(TestImapParser)
#include "tst_imap_parser.moc"
