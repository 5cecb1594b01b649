#include "core/adapters/model/sse_parser.h"
#include "tests/support/patience.h"

using namespace aiva;

using Events = std::vector<SseEvent>;

namespace {

// The events of `stream`, fed in pieces of `size` bytes.
Result<Events> parsed(const QByteArray& stream, qsizetype size) {
    SseParser parser;
    Events all;
    for (qsizetype at = 0; at < stream.size(); at += size) {
        AIVA_TRY(Events events, parser.feed(QByteArrayView(stream).sliced(at, std::min(size, stream.size() - at))));
        all.insert(all.end(), events.begin(), events.end());
    }
    return all;
}

} // namespace

class SseParserTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cutsAStreamIntoEvents_data();
    void cutsAStreamIntoEvents();
    void refusesALineWithoutEnd();
    void refusesAnEventWithoutEnd();
};

void SseParserTest::cutsAStreamIntoEvents_data() {
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<Events>("events");
    const QByteArray umlaut = "data: gr\xC3\xBC\xC3\x9F \xF0\x9F\x93\xA6\n\n";
    QTest::newRow("one") << QByteArray("event: ping\ndata: {}\n\n") << Events{{"ping", "{}"}};
    QTest::newRow("letters of several bytes") << umlaut << Events{{"", umlaut.mid(6).chopped(2)}};
    QTest::newRow("CRLF") << QByteArray("event: a\r\ndata: 1\r\n\r\ndata: 2\r\n\r\n") << Events{{"a", "1"}, {"", "2"}};
    QTest::newRow("CR") << QByteArray("data: 1\r\rdata: 2\r\r") << Events{{"", "1"}, {"", "2"}};
    QTest::newRow("several data lines") << QByteArray("data: 1\ndata:\ndata: 3\n\n") << Events{{"", "1\n\n3"}};
    QTest::newRow("comments") << QByteArray(": hello\n\n:\ndata: 1\n: in between\n\n") << Events{{"", "1"}};
    QTest::newRow("no space") << QByteArray("event:a\ndata:1\n\n") << Events{{"a", "1"}};
    QTest::newRow("two spaces") << QByteArray("data:  1\n\n") << Events{{"", " 1"}};
    QTest::newRow("colons in data") << QByteArray("data: a: b:\n\n") << Events{{"", "a: b:"}};
    QTest::newRow("unknown fields") << QByteArray("id: 7\nretry: 10\nnope\ndata: 1\n\n") << Events{{"", "1"}};
    QTest::newRow("a name without data") << QByteArray("event: a\n\ndata: 1\n\n") << Events{{"", "1"}};
    QTest::newRow("data without a colon") << QByteArray("data\n\n") << Events{{"", ""}};
    QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF"
                                                   "data: 1\n\n")
                                     << Events{{"", "1"}};
    QTest::newRow("end without an empty line") << QByteArray("data: 1\n\ndata: 2\n") << Events{{"", "1"}};
    QTest::newRow("end within a line") << QByteArray("data: 1\n\ndata: 2") << Events{{"", "1"}};
    QTest::newRow("nothing") << QByteArray() << Events{};
}

void SseParserTest::cutsAStreamIntoEvents() {
    QFETCH(QByteArray, stream);
    QFETCH(Events, events);
    for (qsizetype size = 1; size <= std::max<qsizetype>(1, stream.size()); ++size) {
        const auto found = parsed(stream, size);
        QVERIFY(found);
        QVERIFY2(*found == events, qPrintable(QString::number(size)));
    }
}

void SseParserTest::refusesALineWithoutEnd() {
    const auto found = parsed("data: " + QByteArray(SseParser::kLongestLine, 'x'), 65'536);
    QVERIFY(!found);
    QCOMPARE(found.error().cause, ErrorCause::ProtocolBroken);
    QVERIFY(parsed("data: " + QByteArray(SseParser::kLongestLine - 6, 'x') + "\n\n", 65'536));
}

void SseParserTest::refusesAnEventWithoutEnd() {
    const QByteArray line = "data: " + QByteArray(1'000'000, 'x') + '\n';
    QVERIFY(parsed(line + line + '\n', 65'536));
    QVERIFY(!parsed(line + line + line + '\n', 65'536));
}

QTEST_GUILESS_MAIN(SseParserTest)
#include "tst_sse_parser.moc"
