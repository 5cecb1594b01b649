// Files through the real reader into a real workspace.
#include "core/adapters/csv/csv_file_reader.h"
#include "core/sync/files/csv_import_run.h"
#include "tests/support/patience.h"
#include "tests/support/peak_memory.h"
#include "tests/support/table_dump.h"
#include "tests/support/temporary_workspace.h"

#include <QElapsedTimer>
#include <QSignalSpy>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

// Freed memory held back by the sanitiser would be measured as ours.
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() {
    return "quarantine_size_mb=1";
}

namespace {

const QByteArray kCustomers =
    "Customer ID,First Name,Last Name,Email,Phone,Default Address Address1,Default Address City,"
    "Total Spent,Total Orders,Tags\n"
    "'11,Ada,Larsen,ada@home.example,,Elm Road 3,Oslo,45.00,1,vip\n"
    "'12,Ben,Okoro,ben@home.example,,Main St 1,Leeds,0.00,0,\n";

const QByteArray kOrderHeader =
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Currency,Subtotal,"
    "Shipping,Taxes,Total,Discount Amount,Created at,Lineitem quantity,Lineitem name,"
    "Lineitem price,Lineitem sku,Shipping Name,Shipping City,Cancelled at,Refunded Amount,Id\n";

// Two items: the second row goes on with the first's order.
const QByteArray kOrders = kOrderHeader +
                           "#1001,ada@home.example,paid,2026-02-20 14:02:03 -0500,fulfilled,2026-02-21 09:00:00 -0500,"
                           "EUR,40.00,5.00,0.00,45.00,0.00,2026-02-20 14:00:00 -0500,2,Oak lamp,15.00,OAK,Ada Larsen,"
                           "Oslo,,0.00,5001\n"
                           "#1001,ada@home.example,,,,,,,,,,,,1,Bulb,10.00,BULB,,,,,\n"
                           "#1002,cleo@home.example,refunded,,unfulfilled,,EUR,9.50,0.00,0.00,9.50,0.00,"
                           "2026-02-22 08:00:00 +0100,1,Shade,9.50,SH,Cleo Roy,Lyon,2026-02-23 10:00:00 +0100,9.50,"
                           "5002\n";

} // namespace

class TestCsvImport : public QObject {
    Q_OBJECT

    std::unique_ptr<TemporaryWorkspace> m_workspace;
    std::unique_ptr<QTemporaryDir> m_dir;
    ManualClock m_clock{UtcTime(1'772'000'000'000)};
    CsvFileReader m_reader;

    QString fileOf(const QByteArray& bytes, const QString& name) {
        const QString path = m_dir->filePath(name);
        QFile file(path);
        if (file.open(QIODevice::WriteOnly)) file.write(bytes);
        return path;
    }
    CsvImportRequest requestFor(const QByteArray& customers, const QByteArray& orders) {
        CsvImportRequest request;
        request.storeName = u"Old shop"_s;
        if (orders.isEmpty()) request.currency = *Currency::parse("EUR");
        if (!customers.isEmpty()) request.customersPath = fileOf(customers, u"customers.csv"_s);
        if (!orders.isEmpty()) request.ordersPath = fileOf(orders, u"orders.csv"_s);
        return request;
    }
    CsvImportOutcome import(const CsvImportRequest& request, const SyncPace& pace = {}) {
        CsvImportRun run(m_reader, m_workspace->writer(), m_clock, request, pace);
        std::optional<CsvImportOutcome> outcome;
        connect(&run, &CsvImportRun::finished, &run, [&](const CsvImportOutcome& result) { outcome = result; });
        run.start();
        if (!QTest::qWaitFor([&] { return outcome.has_value(); }, 120'000)) return {};
        return *outcome;
    }
    CsvImportOutcome importOrders(const QByteArray& rows) { return import(requestFor({}, kOrderHeader + rows)); }
    QStringList causes(const CsvImportOutcome& outcome) {
        QStringList list;
        for (const RecordFault& fault : outcome.faults)
            list << QString::fromStdString(fault.externalId + ": " + fault.cause);
        return list;
    }
    QString one(const QByteArray& sql) { return rows(m_workspace->writer(), sql).value(0); }

private Q_SLOTS:
    void init() {
        m_workspace = std::make_unique<TemporaryWorkspace>();
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(m_workspace->isOpen());
    }

    void importsCustomersAndOrders() {
        const CsvImportOutcome outcome = import(requestFor(kCustomers, kOrders));
        QVERIFY2(!outcome.error, outcome.error ? qPrintable(outcome.error->detail) : "");
        QCOMPARE(outcome.status, SyncStatus::Completed);
        QCOMPARE(outcome.counts.value(Resource::Customers), (CsvCounts{2, 2, 0, 0, 0}));
        QCOMPARE(outcome.counts.value(Resource::Orders), (CsvCounts{2, 2, 0, 0, 0}));
        QVERIFY(outcome.isNewStore);
        QCOMPARE(one("SELECT kind, name, status, currency, schedule, last_sync_status FROM stores"),
                 u"csv|Old shop|connected|EUR|manual|completed"_s);
        QCOMPARE(one("SELECT customers, orders FROM store_counts"), u"2|2"_s);
        QCOMPARE(
            one("SELECT external_id, name, total_minor, currency, financial_status, fulfillment_status, created_at "
                "FROM orders WHERE name = '#1001'"),
            u"5001|#1001|4500|EUR|PAID|FULFILLED|1771614000000"_s);
        QCOMPARE(rows(m_workspace->writer(), "SELECT title, quantity, unit_price_minor, sku FROM order_items i JOIN "
                                             "orders o ON o.id = i.order_id WHERE name = '#1001' ORDER BY position"),
                 (QStringList{u"Oak lamp|2|1500|OAK"_s, u"Bulb|1|1000|BULB"_s}));
        QCOMPARE(one("SELECT f.name, f.created_at FROM fulfillments f"), u"#1001-F1|1771682400000"_s);
        QCOMPARE(one("SELECT refunded_minor, cancelled_at FROM orders WHERE name = '#1002'"), u"950|1771837200000"_s);
        // The customer and the order of one address are one person; a guest is one too.
        QCOMPARE(one("SELECT count(*) FROM customers c JOIN orders o ON o.profile_id = c.profile_id"), u"1"_s);
        QCOMPARE(one("SELECT source FROM profile_emails WHERE email = 'cleo@home.example'"), u"order"_s);
        QCOMPARE(one("SELECT kind, status, trigger, resources FROM sync_jobs"),
                 u"full|completed|user|customers,orders"_s);
        QVERIFY(one("SELECT counts FROM sync_jobs").contains(u"\"created\":2"_s));
    }

    void importingAgainChangesNothing() {
        import(requestFor(kCustomers, kOrders));
        const QStringList before = dumpOfShopTables(m_workspace->writer());
        m_clock.advanceMs(3'600'000);
        const CsvImportOutcome again = import(requestFor(kCustomers, kOrders));
        QCOMPARE(again.counts.value(Resource::Customers), (CsvCounts{2, 0, 0, 2, 0}));
        QCOMPARE(again.counts.value(Resource::Orders), (CsvCounts{2, 0, 0, 2, 0}));
        QVERIFY(!again.isNewStore);
        QCOMPARE(difference(before, dumpOfShopTables(m_workspace->writer())), QString());
        QCOMPARE(one("SELECT count(*) FROM stores"), u"1"_s);
        QCOMPARE(one("SELECT count(*) FROM sync_jobs"), u"2"_s);
    }

    // A draft made before notices by updated_at (V6). The file holds, though its dates stand still.
    void whatChangedGetsALaterTime() {
        import(requestFor(kCustomers, kOrders));
        const QString before = one("SELECT updated_at FROM orders WHERE name = '#1001'");
        m_clock.advanceMs(3'600'000);
        QByteArray changed = kOrders;
        changed.replace(",paid,", ",partially_refunded,").replace("Bulb,10.00", "Bulb,11.00");
        QByteArray people = kCustomers;
        people.replace("Elm Road 3", "Elm Road 4");
        const CsvImportOutcome outcome = import(requestFor(people, changed));
        QCOMPARE(outcome.counts.value(Resource::Customers), (CsvCounts{2, 0, 1, 1, 0}));
        QCOMPARE(outcome.counts.value(Resource::Orders), (CsvCounts{2, 0, 1, 1, 0}));
        const QString after = one("SELECT updated_at FROM orders WHERE name = '#1001'");
        QVERIFY(after.toLongLong() > before.toLongLong());
        QCOMPARE(one("SELECT financial_status FROM orders WHERE name = '#1001'"), u"PARTIALLY_REFUNDED"_s);
        QCOMPARE(one("SELECT unit_price_minor FROM order_items WHERE title = 'Bulb'"), u"1100"_s);
        QCOMPARE(one("SELECT address_text FROM customers WHERE external_id = '11'"), u"Elm Road 4\nOslo"_s);
        // And back: the older content is no older wish.
        QCOMPARE(import(requestFor(kCustomers, kOrders)).counts.value(Resource::Orders), (CsvCounts{2, 0, 1, 1, 0}));
    }

    void aDryRunCountsAndLeavesNothing() {
        import(requestFor(kCustomers, {}));
        const QStringList before = dumpOfShopTables(m_workspace->writer());
        CsvImportRequest request = requestFor(kCustomers, kOrders);
        request.mode = CsvImportRequest::Mode::DryRun;
        const CsvImportOutcome outcome = import(request);
        QVERIFY(!outcome.error);
        QCOMPARE(outcome.counts.value(Resource::Customers), (CsvCounts{2, 0, 0, 2, 0}));
        QCOMPARE(outcome.counts.value(Resource::Orders), (CsvCounts{2, 2, 0, 0, 0}));
        QVERIFY(!outcome.job.isValid());
        request.storeName = u"Another"_s;
        const CsvImportOutcome fresh = import(request);
        QVERIFY(fresh.isNewStore && !fresh.store.isValid());
        QCOMPARE(fresh.counts.value(Resource::Customers), (CsvCounts{2, 2, 0, 0, 0}));
        QCOMPARE(difference(before, dumpOfShopTables(m_workspace->writer())), QString());
        QCOMPARE(one("SELECT count(*) FROM stores"), u"1"_s);
        QCOMPARE(one("SELECT customers, orders FROM store_counts"), u"2|0"_s);
        QCOMPARE(one("SELECT count(*) FROM sync_jobs"), u"1"_s);
    }

    void saysOfEachBadRowWhereAndWhy() {
        const QByteArray good = "EUR,1.00,0.00,0.00,1.00,0.00,2026-02-20 14:00:00 -0500,1,Bulb,1.00,B,,,,0.00,";
        const CsvImportOutcome outcome = importOrders(
            "#1,a@home.example,paid,,,," + good + "1\n" +                                                     // line 2
            "#2,nobody,paid,,,," + good + "2\n" +                                                             // 3
            "#3,c@home.example,paid,soon,,," + good + "3\n" +                                                 // 4
            "#4,d@home.example,paid,,,,EUR,1.00,0.00,0.00,secret 12,0.00,2026-02-20 14:00:00 Z,,,,,,,,,4\n" + // 5
            "#5,e@home.example,paid,,,,EUR,1.00,0.00,0.00,,0.00,2026-02-20 14:00:00 Z,,,,,,,,,5\n" +          // 6
            "#6,f@home.example,paid,,,,EURO,1.00,0.00,0.00,1.00,0.00,2026-02-20 14:00:00 Z,,,,,,,,,6\n" +     // 7
            ",g@home.example,paid,,,," + good + "\n" +                                                        // 8
            "#8,h@home.example,paid,,,," + good + "8,one,too,many\n" +                                        // 9
            "\"#9\"x,i@home.example,paid,,,," + good + "9\n" +                                                // 10
            "#10,j@home.example,paid,,,," + good + "10\n" + "#10,,,,,,,,,,,,,half,Bulb,1.00,B,,,,,\n" +       // 11, 12
            "#11,k@home.example,paid,,,," + good + "11\n");                                                   // 13
        QCOMPARE(outcome.status, SyncStatus::CompletedWithErrors);
        QCOMPARE(causes(outcome),
                 (QStringList{u"line 3: “Email” is no e-mail address"_s, u"line 4: “Paid at” is no date"_s,
                              u"line 5: “Total” is no amount"_s, u"line 6: “Total” is empty"_s,
                              u"line 7: “Currency” is no currency code"_s, u"line 8: the row has no order number"_s,
                              u"line 9: the row has 25 fields, the header 22"_s,
                              u"line 10: there is text behind a closing quote"_s,
                              u"line 12: “Lineitem quantity” is no whole number"_s}));
        QCOMPARE(outcome.counts.value(Resource::Orders), (CsvCounts{11, 2, 0, 0, 9}));
        QCOMPARE(rows(m_workspace->writer(), "SELECT name FROM orders ORDER BY id"), (QStringList{u"#1"_s, u"#11"_s}));
        QCOMPARE(one("SELECT count(*), min(resource) FROM sync_faults"), u"9|orders"_s);
        const QString kept = rows(m_workspace->writer(), "SELECT cause FROM sync_faults").join(u' ');
        for (const QString& content : {u"secret"_s, u"nobody"_s, u"soon"_s, u"EURO"_s, u"home.example"_s})
            QVERIFY2(!kept.contains(content), qPrintable(content));
    }

    // An item of the order before may stand in the row that cannot be read: half an order would be told as a whole one.
    void anOrderBeforeABrokenRowIsNotTaken() {
        const QByteArray good = "EUR,1.00,0.00,0.00,1.00,0.00,2026-02-20 14:00:00 Z,1,Bulb,1.00,B,,,,0.00,";
        const CsvImportOutcome outcome = importOrders("#1,a@home.example,paid,,,," + good + "1\n#1,\"x\"y\n" +
                                                      "#2,b@home.example,paid,,,," + good + "2\n");
        QCOMPARE(causes(outcome), (QStringList{u"line 2: a row that may belong to it cannot be read"_s,
                                               u"line 3: there is text behind a closing quote"_s}));
        QCOMPARE(rows(m_workspace->writer(), "SELECT name FROM orders"), QStringList{u"#2"_s});
    }

    void takesEachRecordOnce() {
        const QByteArray good = "EUR,1.00,0.00,0.00,1.00,0.00,2026-02-20 14:00:00 Z,1,Bulb,1.00,B,,,,0.00,";
        const CsvImportOutcome orders =
            importOrders("#1,a@home.example,paid,,,," + good + "1\n#2,b@home.example,paid,,,," + good + "2\n" +
                         "#1,a@home.example,,,,,,,,,,,,1,Shade,2.00,S,,,,,\n#3,c@home.example,paid,,,," + good + "3\n");
        QCOMPARE(causes(orders),
                 QStringList{u"line 4: rows of the same order stand further up; sort the file by order"_s});
        QCOMPARE(orders.counts.value(Resource::Orders), (CsvCounts{4, 3, 0, 0, 1}));
        const CsvImportOutcome people =
            import(requestFor("Name,Email\nAda,ada@home.example\nAda L.,ADA@home.example\n", {}));
        QCOMPARE(causes(people), QStringList{u"line 3: the same customer stands on an earlier line"_s});
        const CsvImportOutcome flat = import(requestFor(
            {},
            "Order,Date,Email,Total,Currency\nA1,2026-01-02,a@home.example,1.00,EUR\nA1,2026-01-02,a@home.example,2.00,"
            "EUR\n"));
        QCOMPARE(causes(flat), QStringList{u"line 3: the same order stands on an earlier line"_s});
        QVERIFY(flat.files.at(0).hasTimesWithoutZone);
    }

    void findsTheCurrency() {
        const QByteArray people = "Name,Email,Total Spent\nAda,ada@home.example,5.00\n";
        CsvImportRequest unsaid = requestFor(people, {});
        unsaid.currency = {};
        const CsvImportOutcome unknown = import(unsaid);
        QVERIFY(unknown.error);
        QVERIFY(unknown.error->detail.contains(u"--currency"_s));
        QCOMPARE(one("SELECT count(*) FROM stores"), u"0"_s);
        CsvImportRequest said = requestFor(people, {});
        said.currency = *Currency::parse("NOK");
        QCOMPARE(import(said).status, SyncStatus::Completed);
        QCOMPARE(one("SELECT currency, spent_minor FROM customers"), u"NOK|500"_s);
        // The store knows by now.
        QCOMPARE(import(unsaid).counts.value(Resource::Customers), (CsvCounts{1, 0, 0, 1, 0}));
        // Of the orders beside it.
        CsvImportRequest beside = requestFor(people, kOrders);
        beside.storeName = u"Beside"_s;
        QCOMPARE(import(beside).status, SyncStatus::Completed);
        QCOMPARE(one("SELECT c.currency FROM customers c JOIN stores s ON s.id = c.store_id WHERE s.name = 'Beside'"),
                 u"EUR"_s);
    }

    void findsTheStoreByEitherName() {
        import(requestFor(kCustomers, {}));
        auto stores = StoreRepository::create(m_workspace->writer());
        QVERIFY((*stores)->rename(StoreId(1), u"Lamps"_s));
        for (const QString& name : {u"LAMPS"_s, u"old shop"_s}) {
            CsvImportRequest request = requestFor(kCustomers, {});
            request.storeName = name;
            QVERIFY(!import(request).isNewStore);
        }
        QCOMPARE(rows(m_workspace->writer(), "SELECT name FROM stores"), QStringList{u"Lamps"_s});
    }

    void saysWhatIsWrongWithAFile() {
        CsvImportRequest missing = requestFor(kCustomers, {});
        missing.ordersPath = u"/nowhere/orders.csv"_s;
        QCOMPARE(import(missing).error->kind, ErrorKind::NotFound);
        QVERIFY(import(requestFor(kOrders, {})).error->detail.contains(u"--orders"_s));
        QVERIFY(import(requestFor({}, kCustomers)).error->detail.contains(u"--map order_name="_s));
        CsvImportRequest chosen = requestFor(kCustomers, {});
        chosen.choices = {{CsvField::Note, u"Remarks"_s}};
        QCOMPARE(import(chosen).error->detail, u"no file has the column named for note"_s);
    }

    // People map the columns of a header nobody recognises; what is recognised of it stands there already.
    void reportsTheColumnsOfAHeaderThatSaysTooLittle() {
        CsvImportRequest request = requestFor("Who,Colour,Phone no.\nada@home.example,red,\n",
                                              "Reference,Placed,Total,Currency\nA1,2026-01-02,5.00,EUR\n");
        request.mode = CsvImportRequest::Mode::DryRun;
        const CsvImportOutcome refused = import(request);
        QVERIFY(refused.error);
        QCOMPARE(refused.error->cause, ErrorCause::ColumnMissing);
        QVERIFY(refused.errorFile == Resource::Customers);
        QVERIFY(refused.missing == CsvField::Email);
        QCOMPARE(refused.files.size(), size_t(2)); // of both, though the first does not do
        QCOMPARE(refused.files.at(0).columns.size() + refused.files.at(0).unused.size(), 3);
        QVERIFY(refused.files.at(0).unused.contains(u"Who"_s));
        QVERIFY(refused.files.at(1).columns.contains({u"total"_s, u"Total"_s}));
        QVERIFY(refused.files.at(1).unused.contains(u"Reference"_s));
        request.choices = {{CsvField::Email, u"Who"_s, Resource::Customers},
                           {CsvField::OrderName, u"Reference"_s, Resource::Orders},
                           {CsvField::CreatedAt, u"Placed"_s, Resource::Orders}};
        const CsvImportOutcome mapped = import(request);
        QVERIFY2(!mapped.error, mapped.error ? qPrintable(mapped.error->detail) : "");
        QCOMPARE(mapped.counts.value(Resource::Orders), (CsvCounts{1, 1, 0, 0, 0}));
    }

    void leavesOutWhatIsNotToBeUsed() {
        CsvImportRequest request = requestFor(kCustomers, {});
        request.choices = {{std::nullopt, u"tags"_s, Resource::Customers}};
        const CsvImportOutcome outcome = import(request);
        QVERIFY2(!outcome.error, outcome.error ? qPrintable(outcome.error->detail) : "");
        QCOMPARE(one("SELECT count(*) FROM customers WHERE tags LIKE '%vip%'"), u"0"_s);
        QVERIFY(outcome.files.at(0).unused.contains(u"Tags"_s));
    }

    void wantsANameForTheStore() {
        CsvImportRequest request = requestFor(kCustomers, {});
        request.storeName = u"  "_s;
        const CsvImportOutcome outcome = import(request);
        QVERIFY(outcome.error);
        QCOMPARE(outcome.error->cause, ErrorCause::NameMissing);
        QCOMPARE(one("SELECT count(*) FROM stores"), u"0"_s);
    }

    // Slices of a few rows: an order's rows fall into two transactions, and a cancelled import keeps what it has.
    void cutsTheWorkIntoSlices() {
        SyncPace pace;
        auto waiting = std::make_shared<std::atomic<int>>(1); // somebody always waits: a row a slice
        pace.waitingCommands = waiting;
        QCOMPARE(import(requestFor(kCustomers, kOrders), pace).status, SyncStatus::Completed);
        QCOMPARE(one("SELECT count(*) FROM order_items"), u"3"_s);

        CsvImportRun run(m_reader, m_workspace->writer(), m_clock, requestFor(kCustomers, kOrders), pace);
        QSignalSpy progress(&run, &CsvImportRun::progressed);
        std::optional<CsvImportOutcome> outcome;
        connect(&run, &CsvImportRun::progressed, &run, [&] { run.cancel(); });
        connect(&run, &CsvImportRun::finished, &run, [&](const CsvImportOutcome& result) { outcome = result; });
        run.start();
        QVERIFY(QTest::qWaitFor([&] { return outcome.has_value(); }, 30'000));
        QCOMPARE(outcome->status, SyncStatus::Cancelled);
        QCOMPARE(progress.count(), 1);
        QCOMPARE(one("SELECT status FROM sync_jobs ORDER BY id DESC LIMIT 1"), u"cancelled"_s);
    }

    // An import that died leaves a running job; the next one says so and does everything again.
    void goesOnAfterAnImportThatDied() {
        {
            CsvImportRun dying(m_reader, m_workspace->writer(), m_clock, requestFor(kCustomers, kOrders), [] {
                SyncPace pace;
                pace.waitingCommands = std::make_shared<std::atomic<int>>(1);
                return pace;
            }());
            QSignalSpy progress(&dying, &CsvImportRun::progressed);
            dying.start();
            QVERIFY(progress.wait(30'000));
        }
        QCOMPARE(one("SELECT status FROM sync_jobs"), u"running"_s);
        import(requestFor(kCustomers, kOrders));
        QCOMPARE(rows(m_workspace->writer(), "SELECT status FROM sync_jobs ORDER BY id"),
                 (QStringList{u"interrupted"_s, u"completed"_s}));
        const QStringList resumed = dumpOfShopTables(m_workspace->writer());
        m_workspace = std::make_unique<TemporaryWorkspace>();
        import(requestFor(kCustomers, kOrders));
        // But for the time at which what has no date of its own came in.
        QCOMPARE(difference(resumed, dumpOfShopTables(m_workspace->writer())), QString());
    }

    void importsAHundredThousandRowsInBoundedMemory() {
        constexpr int kOrderCount = kMeasuresMemory ? 50'000 : 5'000;
        QByteArray rows;
        for (int i = 0; i < kOrderCount; ++i) {
            const QByteArray number = QByteArray::number(i);
            rows += "#" + number + ",c" + QByteArray::number(i % 20'000) +
                    "@home.example,paid,,fulfilled,,EUR,20.00,0.00,0.00,20.00,0.00,2026-02-20 14:00:00 +0100,1,Lamp,"
                    "10.00,L,Kim Berg,Bergen,,0.00,9" +
                    number + "\n#" + number + ",,,,,,,,,,,,,1,Bulb,10.00,B,,,,,\n";
        }
        const CsvImportRequest request = requestFor({}, kOrderHeader + rows);
        rows = {};
        resetPeakMemory();
        const qint64 before = peakMemoryBytes();
        QElapsedTimer timer;
        timer.start();
        SystemClock clock;
        CsvImportRun run(m_reader, m_workspace->writer(), clock, request);
        std::optional<CsvImportOutcome> outcome;
        connect(&run, &CsvImportRun::finished, &run, [&](const CsvImportOutcome& result) { outcome = result; });
        run.start();
        QVERIFY(QTest::qWaitFor([&] { return outcome.has_value(); }, 200'000));
        const qint64 grown = peakMemoryBytes() - before;
        QCOMPARE(outcome->counts.value(Resource::Orders), (CsvCounts{kOrderCount, kOrderCount, 0, 0, 0}));
        qInfo("%d rows in %lld ms and %lld MiB", 2 * kOrderCount, static_cast<long long>(timer.elapsed()),
              static_cast<long long>(grown >> 20));
        if (!kMeasuresMemory) return;
        QVERIFY2(grown < (160LL << 20), qPrintable(QString::number(grown)));
    }
};

QTEST_GUILESS_MAIN(TestCsvImport)
#include "tst_csv_import.moc"
