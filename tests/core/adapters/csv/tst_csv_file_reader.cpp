#include "core/adapters/csv/csv_file_reader.h"
#include "core/adapters/csv/csv_splitter.h"
#include "core/adapters/csv/utf8_check.h"
#include "tests/support/patience.h"
#include "tests/support/peak_memory.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QStringEncoder>
#include <QTemporaryDir>

using namespace aiva;
using namespace Qt::StringLiterals;

// Freed memory held back by the sanitiser would be measured as ours.
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() {
    return "quarantine_size_mb=1";
}

namespace {

using Table = std::vector<std::vector<std::string>>;

// Hands `text` out in pieces of `piece` bytes.
CsvSplitter::Source inPieces(const std::string& text, size_t piece) {
    auto at = std::make_shared<size_t>(0);
    return [text, piece, at](std::string& into) -> Result<bool> {
        if (*at >= text.size()) return false;
        into.append(text, *at, piece);
        *at += piece;
        return true;
    };
}

// "a|b/c|d"; a fault as "!line cause".
QString readAll(const std::string& text, char delimiter, size_t piece, const CsvLimits& limits = {}) {
    CsvSplitter splitter(inPieces(text, piece), delimiter, {}, 1, limits);
    QStringList records;
    FileRow row;
    for (;;) {
        const auto found = splitter.next(row);
        if (!found) return u"error"_s;
        if (!*found) return records.join(u'/');
        QStringList fields;
        for (const std::string& field : row.fields)
            fields << QString::fromStdString(field);
        records << (row.fault.isEmpty() ? fields.join(u'|') : u"!%1 %2"_s.arg(row.line).arg(row.fault));
    }
}

std::string quoted(const std::string& field, char delimiter) {
    const bool isPlain = field.find_first_of(std::string("\"\r\n") + delimiter) == std::string::npos &&
                         (field.empty() || field.front() != ' ');
    if (isPlain) return field;
    std::string text = "\"";
    for (const char c : field)
        text += c == '"' ? std::string("\"\"") : std::string(1, c);
    return text + '"';
}

Table randomTable(QRandomGenerator& random) {
    static const std::vector<std::string> pieces{"a",    "B", "\"", ",", ";", "\t", "\n",
                                                 "\r\n", " ", "é",  "€", "😀", "'",  "0"};
    const auto columns = static_cast<size_t>(random.bounded(2, 7));
    Table table(static_cast<size_t>(random.bounded(1, 12)));
    for (auto& record : table) {
        record.resize(columns);
        for (std::string& field : record)
            for (int i = random.bounded(8); i > 0; --i)
                field += pieces.at(static_cast<size_t>(random.bounded(static_cast<int>(pieces.size()))));
    }
    return table;
}

std::string written(const Table& table, char delimiter, const std::string& lineEnd, bool endsLast) {
    std::string text;
    for (size_t i = 0; i < table.size(); ++i) {
        for (size_t f = 0; f < table[i].size(); ++f)
            text += (f ? std::string(1, delimiter) : std::string()) + quoted(table[i][f], delimiter);
        if (i + 1 < table.size() || endsLast) text += lineEnd;
    }
    return text;
}

} // namespace

class TestCsvFileReader : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;

    QString fileOf(const QByteArray& bytes) {
        static int number = 0;
        const QString path = m_dir.filePath(QString::number(++number) + u".csv"_s);
        QFile file(path);
        if (file.open(QIODevice::WriteOnly)) file.write(bytes);
        return path;
    }

private Q_SLOTS:
    void splitsByTheRules_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("records");
        QTest::newRow("plain") << u"a,b\n1,2\n"_s << u"a|b/1|2"_s;
        QTest::newRow("no line end at the end") << u"a,b\n1,2"_s << u"a|b/1|2"_s;
        QTest::newRow("CRLF") << u"a,b\r\n1,2\r\n"_s << u"a|b/1|2"_s;
        QTest::newRow("CR alone") << u"a,b\r1,2\r"_s << u"a|b/1|2"_s;
        QTest::newRow("empty fields") << u",\n1,\n,2"_s << u"|/1|/|2"_s;
        QTest::newRow("quotes") << u"\"a,b\",\"c\"\"d\"\n"_s << u"a,b|c\"d"_s;
        QTest::newRow("line end in quotes") << u"\"a\nb\",2\n3,4"_s << u"a\nb|2/3|4"_s;
        QTest::newRow("CRLF in quotes") << u"\"a\r\nb\",2\r\n3,4"_s << u"a\r\nb|2/3|4"_s;
        QTest::newRow("quoted empty") << u"\"\",x\n"_s << u"|x"_s;
        QTest::newRow("blanks are kept") << u" a , b \n"_s << u" a | b "_s;
        QTest::newRow("blanks around quotes") << u"1, \"a,b\" ,2\n"_s << u"1|a,b|2"_s;
        QTest::newRow("quote within") << u"5\" plate,2\n"_s << u"5\" plate|2"_s;
        QTest::newRow("blank lines") << u"a,b\n\n\r\n1,2\n\n"_s << u"a|b/1|2"_s;
        QTest::newRow("text behind a quote")
            << u"a,b\n\"x\"y,2\n3,4\n"_s << u"a|b/!2 there is text behind a closing quote/3|4"_s;
        QTest::newRow("open quote") << u"a,b\n1,\"x\n3,4\n"_s << u"a|b/!2 a quote is not closed/3|4"_s;
        QTest::newRow("open quote at the end") << u"a,b\n1,\"x"_s << u"a|b/!2 a quote is not closed"_s;
        QTest::newRow("lines are counted in quotes too")
            << u"a,b\n\"1\n\r\n2\",2\n\"x\"y,1\n"_s << u"a|b/1\n\r\n2|2/!5 there is text behind a closing quote"_s;
    }
    void splitsByTheRules() {
        QFETCH(const QString, text);
        QFETCH(const QString, records);
        for (const size_t piece : {1UL, 2UL, 3UL, 7UL, 4'096UL})
            QCOMPARE(readAll(text.toStdString(), ',', piece), records);
    }

    void readsWhatAWriterWrote() {
        QRandomGenerator random(20'260'301);
        constexpr int kTables = 2'000;
        for (int i = 0; i < kTables; ++i) {
            const Table table = randomTable(random);
            const char delimiter = ",;\t"[random.bounded(3)];
            const std::string text =
                written(table, delimiter, random.bounded(2) ? "\r\n" : "\n", random.bounded(2) == 1);
            CsvSplitter splitter(inPieces(text, static_cast<size_t>(random.bounded(1, 40))), delimiter, {}, 1);
            FileRow row;
            for (const auto& record : table) {
                const auto found = splitter.next(row);
                QVERIFY(found && *found);
                QCOMPARE(row.fault, QString());
                QVERIFY2(row.fields == record, text.c_str());
            }
            QVERIFY(!*splitter.next(row));
        }
        qInfo("%d random tables", kTables);
    }

    // A quote nobody closes costs its own line, not the file.
    void boundsWhatARowMayHold() {
        CsvLimits limits;
        limits.recordBytes = 1'000;
        limits.fieldBytes = 500;
        limits.fields = 5;
        std::string text = "a,\"open\n";
        for (int i = 0; i < 500; ++i)
            text += "1,2\n";
        const QString read = readAll(text, ',', 64, limits);
        QVERIFY(read.startsWith(u"!1 the row is too large, or a quote is not closed/1|2/"_s));
        QCOMPARE(read.count(u"1|2"_s), 500);
        const QString large = QString(600, u'x');
        QCOMPARE(readAll(large.toStdString() + ",1\n2,3\n", ',', 64, limits), u"!1 a field is too large/2|3"_s);
        // Of a line longer than everything kept, only the end is looked for.
        QCOMPARE(readAll(QString(5'000, u'x').toStdString() + "\r\n2,3\n", ',', 64, limits),
                 u"!1 a field is too large/2|3"_s);
        QCOMPARE(readAll("\"" + QString(5'000, u'x').toStdString() + "\n2,3\n", ',', 64, limits),
                 u"!1 the row is too large, or a quote is not closed/2|3"_s);
        QCOMPARE(readAll("1,2,3,4,5,6\n2,3\n", ',', 64, limits), u"!1 the row has too many fields/2|3"_s);
    }

    void findsTheDelimiter_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<char>("delimiter");
        QTest::newRow("comma") << QByteArray("Name,Email\na;b;c;d,2\n") << ',';
        QTest::newRow("semicolon") << QByteArray("Name;E-Mail;Ort, Land\na,b,c,d;1;2\n") << ';';
        QTest::newRow("tab") << QByteArray("Name\tEmail\n") << '\t';
        QTest::newRow("bar") << QByteArray("Name|Email\n") << '|';
        QTest::newRow("quoted commas do not count") << QByteArray("\"a,b,c,d\";\"e\"\n") << ';';
        QTest::newRow("one column") << QByteArray("Email\na@b.example\n") << ',';
    }
    void findsTheDelimiter() {
        QFETCH(const QByteArray, text);
        QFETCH(const char, delimiter);
        QCOMPARE(delimiterOf({text.constData(), static_cast<size_t>(text.size())}), delimiter);
    }

    void readsEveryEncoding_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("encoding");
        const QString text = u"Name,Ort\r\n\"Zoë, Müller\",Köln €\r\n"_s;
        QStringEncoder little(QStringEncoder::Utf16LE, QStringEncoder::Flag::WriteBom);
        QStringEncoder big(QStringEncoder::Utf16BE, QStringEncoder::Flag::WriteBom);
        QTest::newRow("UTF-8") << text.toUtf8() << u"UTF-8"_s;
        QTest::newRow("UTF-8 with a mark") << "\xEF\xBB\xBF" + text.toUtf8() << u"UTF-8"_s;
        QTest::newRow("UTF-16LE") << QByteArray(little(text)) << u"UTF-16LE"_s;
        QTest::newRow("UTF-16BE") << QByteArray(big(text)) << u"UTF-16BE"_s;
        QStringEncoder bareLittle(QStringEncoder::Utf16LE);
        QStringEncoder bareBig(QStringEncoder::Utf16BE);
        QTest::newRow("UTF-16LE without a mark") << QByteArray(bareLittle(text)) << u"UTF-16LE"_s;
        QTest::newRow("UTF-16BE without a mark") << QByteArray(bareBig(text)) << u"UTF-16BE"_s;
        QTest::newRow("Windows-1252") << QByteArray("Name,Ort\r\n\"Zo\xEB, M\xFCller\",K\xF6ln \x80\r\n")
                                      << u"Windows-1252"_s;
    }
    void readsEveryEncoding() {
        QFETCH(const QByteArray, bytes);
        QFETCH(const QString, encoding);
        CsvFileReader reader;
        const auto file = reader.open(fileOf(bytes));
        QVERIFY(file);
        QCOMPARE((*file)->facts().encoding, encoding);
        QCOMPARE((*file)->facts().header, (std::vector<std::string>{"Name", "Ort"}));
        FileRow row;
        QVERIFY(*(*file)->next(row));
        QCOMPARE(row.fields, (std::vector<std::string>{"Zoë, Müller", "Köln €"}));
        QCOMPARE(row.line, 2);
        QVERIFY(!*(*file)->next(row));
        QCOMPARE((*file)->bytesRead(), bytes.size());
    }

    // The one byte that is no UTF-8 stands behind the first piece; what was read before must not have been misread.
    void decidesTheEncodingByTheWholeFile() {
        QByteArray bytes("Name,Ort\n");
        while (bytes.size() < 300'000)
            bytes += "Zo\xC3\xAB,Ort\n";
        CsvFileReader reader;
        QCOMPARE((*reader.open(fileOf(bytes)))->facts().encoding, u"UTF-8"_s);
        QCOMPARE((*reader.open(fileOf(bytes + "K\xF6ln,x\n")))->facts().encoding, u"Windows-1252"_s);
    }

    // Read as another encoding, every name of the file would be garbled, and with a mark its first column unknown.
    void brokenBytesDoNotMakeUtf8AnythingElse_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("last");
        QTest::newRow("a broken byte behind a mark")
            << QByteArray("\xEF\xBB\xBFName,Ort\nZo\xC3\xAB,Ulm\nK\xF6ln,x\n") << QByteArray("K\xEF\xBF\xBDln");
        QTest::newRow("cut within a character")
            << QByteArray("Name,Ort\nZo\xC3\xAB,Ulm\nAda,K\xC3") << QByteArray("Ada");
    }
    void brokenBytesDoNotMakeUtf8AnythingElse() {
        QFETCH(const QByteArray, bytes);
        QFETCH(const QByteArray, last);
        CsvFileReader reader;
        const auto file = reader.open(fileOf(bytes));
        QVERIFY(file);
        QCOMPARE((*file)->facts().encoding, u"UTF-8"_s);
        QCOMPARE((*file)->facts().header, (std::vector<std::string>{"Name", "Ort"}));
        FileRow row;
        QVERIFY(*(*file)->next(row));
        QCOMPARE(row.fields.at(0), std::string("Zoë"));
        QVERIFY(*(*file)->next(row));
        QCOMPARE(row.fields.at(0), last.toStdString());
        QVERIFY(!*(*file)->next(row));
    }

    void knowsUtf8_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("isValid");
        QTest::newRow("every length") << QString(u"aé€😀"_s).toUtf8() << true;
        QTest::newRow("overlong slash") << QByteArray("\xC0\xAF") << false;
        QTest::newRow("overlong of three") << QByteArray("\xE0\x80\xAF") << false;
        QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << false;
        QTest::newRow("beyond Unicode") << QByteArray("\xF4\x90\x80\x80") << false;
        QTest::newRow("cut") << QByteArray("a\xE2\x82") << false;
        QTest::newRow("lone continuation") << QByteArray("12345678\x80") << false;
        QTest::newRow("broken off") << QByteArray("\xC3(") << false;
    }
    void knowsUtf8() {
        QFETCH(const QByteArray, bytes);
        QFETCH(const bool, isValid);
        Utf8Check whole;
        whole.feed({bytes.constData(), static_cast<size_t>(bytes.size())});
        QCOMPARE(whole.isValid(), isValid);
        Utf8Check piecewise;
        for (const char& byte : bytes)
            piecewise.feed({&byte, 1});
        QCOMPARE(piecewise.isValid(), isValid);
    }

    void refusesWhatIsNoTable_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("a workbook") << QByteArray("PK\x03\x04rest");
        QTest::newRow("binary") << QByteArray("a,b\n1,\0\n", 8);
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("a broken header") << QByteArray("\"a\"b,c\n1,2\n");
    }
    void refusesWhatIsNoTable() {
        QFETCH(const QByteArray, bytes);
        CsvFileReader reader;
        const auto file = reader.open(fileOf(bytes));
        QVERIFY(!file);
        QCOMPARE(file.error().kind, ErrorKind::Invalid);
        QCOMPARE(reader.open(u"/nowhere/file.csv"_s).error().kind, ErrorKind::NotFound);
        QCOMPARE(reader.open(m_dir.path()).error().kind, ErrorKind::NotFound);
    }

    void tellsRowsThatDoNotFitTheHeader() {
        CsvFileReader reader;
        const auto file = reader.open(fileOf("sep=;\na;b;c\n1;2\n1;2;3;;\n1;2;3;4\n1;2"));
        QVERIFY(file);
        QCOMPARE((*file)->facts().delimiter, ';');
        QStringList told;
        FileRow row;
        while (*(*file)->next(row))
            told << u"%1:%2:%3"_s.arg(row.line).arg(row.fields.size()).arg(row.fault);
        QCOMPARE(told, (QStringList{u"3:3:"_s, u"4:3:"_s, u"5:0:the row has 4 fields, the header 3"_s,
                                    u"6:0:the file ends within this row"_s}));
    }

    // Each would be told as a record that cannot be read.
    void passesOverTheEmptyRowsOfSpreadsheets() {
        CsvFileReader reader;
        const auto file = reader.open(fileOf("a,b,c\n,,\n1,2,3\n,\n,,,,\n4,,\n,,\n"));
        QVERIFY(file);
        QStringList told;
        FileRow row;
        while (*(*file)->next(row))
            told << u"%1:%2:%3"_s.arg(row.line).arg(QString::fromStdString(row.fields.at(0)), row.fault);
        QCOMPARE(told, (QStringList{u"3:1:"_s, u"6:4:"_s}));
    }

    void readsALargeFileInLittleMemory() {
        constexpr int kRows = aiva::test::kMeasuresMemory ? 100'000 : 10'000;
        const QString path = m_dir.filePath(u"large.csv"_s);
        {
            QFile out(path);
            QVERIFY(out.open(QIODevice::WriteOnly));
            out.write("Id,Name,Note\n");
            for (int i = 0; i < kRows; ++i)
                out.write(QByteArray::number(i) + ",\"Name, " + QByteArray::number(i) + "\"," + QByteArray(400, 'x') +
                          "\n");
        }
        aiva::test::resetPeakMemory();
        const qint64 before = aiva::test::peakMemoryBytes();
        QElapsedTimer timer;
        timer.start();
        CsvFileReader reader;
        const auto file = reader.open(path);
        QVERIFY(file);
        FileRow row;
        int rows = 0;
        while (*(*file)->next(row))
            ++rows;
        const qint64 grown = aiva::test::peakMemoryBytes() - before;
        QCOMPARE(rows, kRows);
        qInfo("%d rows, %lld MB, in %lld ms and %lld KiB", kRows, static_cast<long long>((*file)->facts().bytes >> 20),
              static_cast<long long>(timer.elapsed()), static_cast<long long>(grown >> 10));
        if (!aiva::test::kMeasuresMemory) return;
        QVERIFY2(grown < (12 << 20), qPrintable(QString::number(grown)));
    }
};

QTEST_GUILESS_MAIN(TestCsvFileReader)
#include "tst_csv_file_reader.moc"
