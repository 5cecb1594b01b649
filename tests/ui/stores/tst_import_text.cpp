// The words of importing files: of each row that cannot be read, and of what a column can mean.
#include "tests/support/patience.h"
#include "ui/stores/import/import_fault_text.h"
#include "ui/stores/import/import_text.h"

#include <QSet>

using namespace aiva;
using namespace Qt::StringLiterals;

class TestImportText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysOfEachRowWhatIsWrong_data() {
        QTest::addColumn<QString>("cause");
        QTest::addColumn<QString>("text");
        const auto row = [](const QString& cause, const QString& text) {
            QTest::newRow(qPrintable(cause)) << cause << text;
        };
        row(u"“Email” is no e-mail address"_s, u"Line 7: “Email” is no e-mail address"_s);
        row(u"“is” it is no amount"_s, u"Line 7: it cannot be read"_s);
        row(u"“Total” can be read in two ways; say --decimal point or --decimal comma"_s,
            u"Line 7: “Total” can be read in two ways: choose above how amounts are written"_s);
        row(u"“Date” can be read in two ways; say --date-order dmy or --date-order mdy"_s,
            u"Line 7: “Date” can be read in two ways: choose above how dates are written"_s);
        row(u"the currency is not known; say --currency"_s, u"Line 7: the currency is not known: name it above"_s);
        row(u"the row has 25 fields, the header 22"_s,
            u"Line 7: the row has 25 cells, the first line of the file 22"_s);
        row(u"the row has no order number"_s, u"Line 7: there is no order number"_s);
        row(u"“Id” is a number that a spreadsheet has rounded"_s,
            u"Line 7: a spreadsheet has rounded “Id”: export the file anew, or choose above not to use it"_s);
        row(u"“Currency” is another than the order's"_s, u"Line 7: “Currency” is another currency than the order's"_s);
        row(u"the total is below zero, as of a refund whose order does not stand before it"_s,
            u"Line 7: a refund, and its order does not stand before it: sort the file by order"_s);
        row(u"another order of the file has the same id"_s, u"Line 7: another order of the file has the same id"_s);
        row(u"something a later version says"_s, u"Line 7: it cannot be read"_s);
    }
    void saysOfEachRowWhatIsWrong() {
        QFETCH(const QString, cause);
        QFETCH(const QString, text);
        QCOMPARE(importFaultText({"orders", "line 7", cause.toStdString()}), text);
    }

    void everyFieldHasATitleOfItsOwn() {
        for (const Resource resource : {Resource::Customers, Resource::Orders}) {
            QSet<QString> titles;
            for (const CsvField field : importFields(resource)) {
                QVERIFY(!titles.contains(importFieldTitle(field)));
                titles.insert(importFieldTitle(field));
            }
            QVERIFY(titles.size() > 10);
        }
    }
};

QTEST_GUILESS_MAIN(TestImportText)
#include "tst_import_text.moc"
