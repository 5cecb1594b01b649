// What the cells of a file say: amounts, times, counts, lists; and what they leave open.
#include "core/sync/files/csv_values.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

const Currency kEur = *Currency::parse("EUR");

} // namespace

class TestCsvValues : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAmounts_data() {
        QTest::addColumn<QString>("cell");
        QTest::addColumn<QString>("amount"); // or ! with a part of the cause
        QTest::addColumn<int>("mark");
        const int unknown = 0, point = 1, comma = 2;
        QTest::newRow("plain") << u"12.50"_s << u"12.50"_s << unknown;
        QTest::newRow("whole") << u"12"_s << u"12.00"_s << unknown;
        QTest::newRow("one digit") << u"12.5"_s << u"12.50"_s << unknown;
        QTest::newRow("decimal comma") << u"12,50"_s << u"12.50"_s << unknown;
        QTest::newRow("negative") << u"-3.00"_s << u"-3.00"_s << unknown;
        QTest::newRow("English thousands") << u"1,234.50"_s << u"1234.50"_s << unknown;
        QTest::newRow("German thousands") << u"1.234,50"_s << u"1234.50"_s << unknown;
        QTest::newRow("French thousands") << u"1\u202F234,50\u00A0€"_s << u"1234.50"_s << unknown;
        QTest::newRow("Swiss thousands") << u"1'234.50"_s << u"1234.50"_s << unknown;
        QTest::newRow("millions") << u"1.234.567"_s << u"1234567.00"_s << unknown;
        QTest::newRow("Indian groups") << u"12,34,567.00"_s << u"1234567.00"_s << unknown;
        QTest::newRow("in two ways") << u"1,234"_s << u"!two ways"_s << unknown;
        QTest::newRow("said to be a thousand") << u"1,234"_s << u"1234.00"_s << point;
        QTest::newRow("said to be decimal") << u"1,234"_s << u"1.23"_s << comma;
        QTest::newRow("long before the mark") << u"1234.567"_s << u"1234.57"_s << unknown;
        QTest::newRow("nought before the mark") << u"0.125"_s << u"0.13"_s << unknown;
        QTest::newRow("sign before") << u"€ 12.00"_s << u"12.00"_s << unknown;
        QTest::newRow("code behind") << u"12.00 EUR"_s << u"12.00"_s << unknown;
        QTest::newRow("another code") << u"USD 12.00"_s << u"!another currency"_s << unknown;
        QTest::newRow("another sign") << u"£12.00"_s << u"!another currency"_s << unknown;
        QTest::newRow("dollars") << u"$12.00"_s << u"!another currency"_s << unknown;
        QTest::newRow("yen") << u"¥1200"_s << u"!another currency"_s << unknown;
        QTest::newRow("words") << u"free"_s << u"!no amount"_s << unknown;
        QTest::newRow("words before it") << u"about 12"_s << u"!no amount"_s << unknown;
        QTest::newRow("a date") << u"2026-01-05"_s << u"!no amount"_s << unknown;
        QTest::newRow("an exponent") << u"1e5"_s << u"!no amount"_s << unknown;
        QTest::newRow("signed behind") << u"12.00-"_s << u"!no amount"_s << unknown;
        QTest::newRow("in brackets") << u"(12.00)"_s << u"!no amount"_s << unknown;
        QTest::newRow("wrong groups") << u"12,3456.00"_s << u"!no amount"_s << unknown;
        QTest::newRow("two points") << u"1.2.3"_s << u"!no amount"_s << unknown;
        QTest::newRow("too large") << u"99999999999999999999"_s << u"!no amount"_s << unknown;
    }
    void readsAmounts() {
        QFETCH(const QString, cell);
        QFETCH(const QString, amount);
        QFETCH(const int, mark);
        const auto read = amountIn(cell.toStdString(), kEur, static_cast<CsvConventions::DecimalMark>(mark));
        if (!amount.startsWith(u'!')) {
            QVERIFY2(read, read ? "" : qPrintable(read.error().detail));
            QCOMPARE(read->decimalText(), amount);
            return;
        }
        QVERIFY2(!read, read ? qPrintable(read->decimalText()) : "");
        QVERIFY2(read.error().detail.contains(amount.mid(1)), qPrintable(read.error().detail));
    }

    void readsAmountsOfCurrenciesWithoutMinorUnits() {
        const Currency yen = *Currency::parse("JPY");
        const auto unknown = CsvConventions::DecimalMark::Unknown;
        QCOMPARE(amountIn("1000.0", yen, unknown)->minor(), 1000);
        QCOMPARE(amountIn("1,000,000", yen, unknown)->minor(), 1'000'000);
        QCOMPARE(amountIn("1.234", *Currency::parse("BHD"), unknown)->minor(), 1'234);
        QCOMPARE(amountIn("\u00A51200", yen, unknown)->minor(), 1'200);
        QCOMPARE(amountIn("CA$12.00", *Currency::parse("CAD"), unknown)->minor(), 1'200);
    }

    void readsTimes_data() {
        QTest::addColumn<QString>("cell");
        QTest::addColumn<QString>("time");
        QTest::addColumn<int>("order");
        QTest::addColumn<QString>("zone");
        const int unknown = 0, dayFirst = 1, monthFirst = 2;
        const QString utc = u"UTC"_s;
        const QString berlin = u"Europe/Berlin"_s;
        QTest::newRow("WordPress") << u"February 20, 2026 2:02 pm"_s << u"2026-02-20T14:02:00Z"_s << unknown << utc;
        QTest::newRow("WordPress in German") << u"20. März 2026 14:02"_s << u"2026-03-20T14:02:00Z"_s << unknown << utc;
        QTest::newRow("WordPress in French") << u"20 févr. 2026"_s << u"2026-02-20T00:00:00Z"_s << unknown << utc;
        QTest::newRow("WordPress in Spanish")
            << u"20 de febrero de 2026"_s << u"2026-02-20T00:00:00Z"_s << unknown << utc;
        QTest::newRow("a short month") << u"20-Feb-2026, 14:02"_s << u"2026-02-20T14:02:00Z"_s << unknown << utc;
        QTest::newRow("no month") << u"20-Foo-2026"_s << u"!no date"_s << unknown << utc;
        QTest::newRow("no such day of it") << u"Feb 30, 2026"_s << u"!no date"_s << unknown << utc;
        QTest::newRow("a year of two digits") << u"20-Feb-26"_s << u"!no date"_s << unknown << utc;
        for (const QString& cell : {u"-"_s, u"--"_s, u"/"_s, u"."_s, u"-20 Feb 2026"_s, u"de, 20 Feb 2026"_s})
            QTest::newRow(qPrintable(u"a mark for no day: "_s + cell)) << cell << u"!no date"_s << unknown << utc;
        QTest::newRow("Shopify") << u"2026-02-20 14:02:03 -0500"_s << u"2026-02-20T19:02:03Z"_s << unknown << berlin;
        QTest::newRow("RFC 3339") << u"2026-02-20T14:02:03Z"_s << u"2026-02-20T14:02:03Z"_s << unknown << berlin;
        QTest::newRow("with parts of a second")
            << u"2026-02-20T14:02:03.25+01:00"_s << u"2026-02-20T13:02:03.250Z"_s << unknown << utc;
        QTest::newRow("WooCommerce in winter")
            << u"2026-02-20 14:02:03"_s << u"2026-02-20T13:02:03Z"_s << unknown << berlin;
        QTest::newRow("WooCommerce in summer")
            << u"2026-07-20 14:02:03"_s << u"2026-07-20T12:02:03Z"_s << unknown << berlin;
        QTest::newRow("no zone said") << u"2026-02-20 14:02"_s << u"2026-02-20T14:02:00Z"_s << unknown << utc;
        QTest::newRow("a day") << u"2026-02-20"_s << u"2026-02-20T00:00:00Z"_s << unknown << utc;
        QTest::newRow("German") << u"20.02.2026 14:02"_s << u"2026-02-20T14:02:00Z"_s << unknown << utc;
        QTest::newRow("the day must come first") << u"20/02/2026"_s << u"2026-02-20T00:00:00Z"_s << unknown << utc;
        QTest::newRow("the month must come first")
            << u"02/20/2026 2:02 PM"_s << u"2026-02-20T14:02:00Z"_s << unknown << utc;
        QTest::newRow("midnight by the clock's face")
            << u"02/20/2026 12:02 am"_s << u"2026-02-20T00:02:00Z"_s << unknown << utc;
        QTest::newRow("in two ways") << u"02/03/2026"_s << u"!two ways"_s << unknown << utc;
        QTest::newRow("said to begin with the day") << u"02/03/2026"_s << u"2026-03-02T00:00:00Z"_s << dayFirst << utc;
        QTest::newRow("said to begin with the month")
            << u"02/03/2026"_s << u"2026-02-03T00:00:00Z"_s << monthFirst << utc;
        QTest::newRow("the same either way") << u"02/02/2026"_s << u"2026-02-02T00:00:00Z"_s << unknown << utc;
        QTest::newRow("no such day") << u"2026-02-30"_s << u"!no date"_s << unknown << utc;
        QTest::newRow("no such hour") << u"2026-02-20 25:00"_s << u"!no date"_s << unknown << utc;
        QTest::newRow("words") << u"yesterday"_s << u"!no date"_s << unknown << utc;
        QTest::newRow("two digits of a year") << u"20.02.26"_s << u"!no date"_s << unknown << utc;
        QTest::newRow("something behind") << u"2026-02-20 14:02 or so"_s << u"!no date"_s << unknown << utc;
    }
    void readsTimes() {
        QFETCH(const QString, cell);
        QFETCH(const QString, time);
        QFETCH(const int, order);
        QFETCH(const QString, zone);
        CsvConventions conventions;
        conventions.dayMonth = static_cast<CsvConventions::DayMonth>(order);
        if (zone != u"UTC"_s) conventions.timeZone = QTimeZone(zone.toUtf8());
        const auto read = timeIn(cell.toStdString(), conventions);
        if (!time.startsWith(u'!')) {
            QVERIFY2(read, read ? "" : qPrintable(read.error().detail));
            QCOMPARE(read->isoText(), time);
            return;
        }
        QVERIFY2(!read, read ? qPrintable(read->isoText()) : "");
        QVERIFY2(read.error().detail.contains(time.mid(1)), qPrintable(read.error().detail));
    }

    void knowsTimesWithoutAZone() {
        QVERIFY(lacksZone("2026-02-20 14:02:03"));
        QVERIFY(lacksZone("20/02/2026 14:02") && lacksZone("02/20/2026 2:02 PM"));
        QVERIFY(!lacksZone("2026-02-20 14:02:03 -0500"));
        QVERIFY(!lacksZone(""));
    }

    void takesTheGuardsOfSpreadsheetsOff() {
        QCOMPARE(plainCell(" '7210448301122 "), std::string("7210448301122"));
        QCOMPARE(plainCell("'+49 30 1234567"), std::string("+49 30 1234567"));
        QCOMPARE(plainCell("=\"00123\""), std::string("00123"));
        QCOMPARE(plainCell("'t Hart"), std::string("'t Hart"));
    }

    void readsCountsAndLists() {
        QCOMPARE(*countIn("7"), 7);
        QCOMPARE(*countIn("2.0"), 2);
        for (const char* wrong : {"", "2.5", "-1", "many", "99999999999999999999"})
            QVERIFY(!countIn(wrong));
        QCOMPARE(listIn("vip, , wholesale ,"), (std::vector<std::string>{"vip", "wholesale"}));
    }
};

QTEST_GUILESS_MAIN(TestCsvValues)
#include "tst_csv_values.moc"
