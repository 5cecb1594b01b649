// What shops' exports and the spreadsheets between hold beside plain rows: refunds as rows, reductions of lines, words
// without amounts and times, numbers nobody can read any more.
#include "core/adapters/csv/csv_file_reader.h"
#include "core/sync/files/csv_import_run.h"
#include "tests/support/patience.h"
#include "tests/support/table_dump.h"
#include "tests/support/temporary_workspace.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class TestCsvExports : public QObject {
    Q_OBJECT

    std::unique_ptr<TemporaryWorkspace> m_workspace;
    std::unique_ptr<QTemporaryDir> m_dir;
    ManualClock m_clock{UtcTime(1'772'000'000'000)};
    CsvFileReader m_reader;

    CsvImportOutcome import(Resource resource, const QByteArray& text) {
        const QString path = m_dir->filePath(u"export.csv"_s);
        QFile file(path);
        if (file.open(QIODevice::WriteOnly)) file.write(text);
        file.close();
        CsvImportRequest request;
        request.storeName = u"Old shop"_s;
        request.currency = *Currency::parse("EUR");
        (resource == Resource::Orders ? request.ordersPath : request.customersPath) = path;
        CsvImportRun run(m_reader, m_workspace->writer(), m_clock, request);
        std::optional<CsvImportOutcome> outcome;
        connect(&run, &CsvImportRun::finished, &run, [&](const CsvImportOutcome& result) { outcome = result; });
        run.start();
        return QTest::qWaitFor([&] { return outcome.has_value(); }, 60'000) ? *outcome : CsvImportOutcome();
    }
    QStringList causes(const CsvImportOutcome& outcome) {
        QStringList list;
        if (outcome.error) list << outcome.error->detail;
        for (const RecordFault& fault : outcome.faults)
            list << QString::fromStdString(fault.externalId + ": " + fault.cause);
        return list;
    }
    QStringList all(const QByteArray& sql) { return rows(m_workspace->writer(), sql); }

private Q_SLOTS:
    void init() {
        m_workspace = std::make_unique<TemporaryWorkspace>();
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(m_workspace->isOpen());
    }

    void aRefundOnARowOfItsOwnIsTakenOffItsOrder() {
        const CsvImportOutcome outcome = import(
            Resource::Orders, "Order Number,Order Status,Order Date,Order Total Amount,Item Name,Quantity,Item Cost\n"
                              "77,Completed,2026-02-20 10:00,30.00,Lamp,2,10.00\n"
                              "77,Completed,2026-02-20 10:00,30.00,Bulb,1,10.00\n"
                              "77,Completed,2026-02-22 10:00,-10.00,Lamp,-1,10.00\n"
                              "78,Completed,2026-02-23 10:00,5.00,Bulb,1,5.00\n");
        QCOMPARE(causes(outcome), QStringList());
        QCOMPARE(outcome.counts.value(Resource::Orders), (CsvCounts{2, 2, 0, 0, 0}));
        QCOMPARE(all("SELECT name, total_minor, refunded_minor, financial_status FROM orders ORDER BY id"),
                 (QStringList{u"77|3000|1000|PARTIALLY_REFUNDED"_s, u"78|500|0|COMPLETED"_s}));
        QCOMPARE(all("SELECT title, quantity, current_quantity FROM order_items ORDER BY order_id, position LIMIT 2"),
                 (QStringList{u"Lamp|2|1"_s, u"Bulb|1|1"_s}));
    }

    // Sorted by date, newest first, refunds stand before their orders: those are orders all the same.
    void aRefundWithoutItsOrderIsNoOrder() {
        const CsvImportOutcome outcome = import(Resource::Orders, "Order,Status,Date,Total,Refunded\n"
                                                                  "77,refunded,2026-02-22,-30.00,\n"
                                                                  "77,refunded,2026-02-20,30.00,\n"
                                                                  "78,completed,2026-02-19,8.00,3.00\n"
                                                                  "78,completed,2026-02-19,-3.00,\n");
        QCOMPARE(
            causes(outcome),
            QStringList{u"line 2: the total is below zero, as of a refund whose order does not stand before it"_s});
        // What the word says and no amount does; and what the order's own row says is not said twice.
        QCOMPARE(all("SELECT name, refunded_minor, financial_status FROM orders ORDER BY id"),
                 (QStringList{u"77|3000|REFUNDED"_s, u"78|300|PARTIALLY_REFUNDED"_s}));
    }

    void aReducedLineCostsWhatWasPaidForIt() {
        const CsvImportOutcome outcome =
            import(Resource::Orders, "Name,Email,Financial Status,Total,Created at,Lineitem quantity,Lineitem name,"
                                     "Lineitem price,Lineitem discount,Id\n"
                                     "#1,a@home.example,paid,24.00,2026-02-20 14:00:00 Z,2,Lamp,15.00,6.00,1\n"
                                     "#1,,,,,1,Bulb,10.00,0.00,\n");
        QCOMPARE(causes(outcome), QStringList());
        QCOMPARE(all("SELECT title, unit_price_minor FROM order_items ORDER BY position"),
                 (QStringList{u"Lamp|1200"_s, u"Bulb|1000"_s}));
    }

    // It would be told as one that costs nothing.
    void anItemWithoutAPriceIsLeftOutAndToldOf() {
        const QByteArray order = "77,2026-02-20 10:00:00 Z,30.00,Lamp";
        const CsvImportOutcome outcome = import(Resource::Orders, "Order,Date,Total,Item\n" + order + "\n");
        QCOMPARE(causes(outcome), QStringList());
        QVERIFY(outcome.files.at(0).leavesItemsOut);
        QCOMPARE(all("SELECT count(*) FROM order_items"), QStringList{u"0"_s});
        const CsvImportOutcome priced =
            import(Resource::Orders, "Order,Date,Total,Item,Item total\n" + order + ",30.00\n");
        QVERIFY(!priced.files.at(0).leavesItemsOut);
        QCOMPARE(all("SELECT title, unit_price_minor FROM order_items"), QStringList{u"Lamp|3000"_s});
    }

    void aCancelledOrderIsSoWithoutATimeOfIt() {
        const CsvImportOutcome outcome =
            import(Resource::Orders, "Order,Status,Date,Total,Modified\n"
                                     "77,Cancelled,2026-02-20 10:00:00 Z,30.00,2026-02-21 10:00:00 Z\n"
                                     "78,Cancelled,2026-02-20 10:00:00 Z,30.00,\n");
        QCOMPARE(causes(outcome), QStringList());
        QCOMPARE(all("SELECT name, financial_status, cancelled_at FROM orders ORDER BY id"),
                 (QStringList{u"77|CANCELLED|1771668000000"_s, u"78|CANCELLED|NULL"_s}));
    }

    // Two orders would be one, and two people of one phone number would be one.
    void whatASpreadsheetHasRoundedNamesNothing() {
        const CsvImportOutcome orders = import(Resource::Orders, "Name,Date,Total,Id,Tracking number\n"
                                                                 "#1,2026-02-20,1.00,5.12346E+12,\n"
                                                                 "#2,2026-02-20,1.00,\"5,12346E+12\",\n"
                                                                 "1.00123E+11,2026-02-20,1.00,3,\n"
                                                                 "1.00123E+11,2026-02-20,1.00,4,\n"
                                                                 "#5,2026-02-20,1.00,5,9.40011E+21\n"
                                                                 "#6,2026-02-20,1.00,6,1E+\n");
        QCOMPARE(causes(orders),
                 (QStringList{u"line 2: “Id” is a number that a spreadsheet has rounded"_s,
                              u"line 3: “Id” is a number that a spreadsheet has rounded"_s,
                              u"line 4: “Name” is a number that a spreadsheet has rounded"_s,
                              u"line 5: “Name” is a number that a spreadsheet has rounded"_s,
                              u"line 6: “Tracking number” is a number that a spreadsheet has rounded"_s}));
        QCOMPARE(all("SELECT name FROM orders"), QStringList{u"#6"_s});
        const CsvImportOutcome people = import(Resource::Customers, "Name,Email,Phone\n"
                                                                    "Ada,ada@home.example,4.91761E+12\n"
                                                                    "Ben,ben@home.example,+4917612345\n");
        QCOMPARE(causes(people), QStringList{u"line 2: “Phone” is a number that a spreadsheet has rounded"_s});
    }

    void noOrderIsWrittenOverAnother() {
        const CsvImportOutcome outcome = import(Resource::Orders, "Name,Date,Total,Id\n"
                                                                  "#1,2026-02-20,1.00,51\n"
                                                                  "#2,2026-02-20,2.00,51\n"
                                                                  "51,2026-02-20,3.00,\n");
        QCOMPARE(causes(outcome), (QStringList{u"line 3: another order of the file has the same id"_s,
                                               u"line 4: another order of the file has the same id"_s}));
        QCOMPARE(all("SELECT name, total_minor FROM orders"), QStringList{u"#1|100"_s});
    }
};

QTEST_GUILESS_MAIN(TestCsvExports)
#include "tst_csv_exports.moc"
