// Importing files: from the choice of a file to what came of it, each state with its picture.
#include "core/adapters/csv/csv_file_reader.h"
#include "core/sync/files/csv_import_run.h"
#include "tests/support/temporary_workspace.h"
#include "tests/ui/stores/import_outcome.h"
#include "tests/ui/support/fake_store_desk.h"
#include "tests/ui/support/shots.h"
#include "ui/stores/import/import_conventions.h"
#include "ui/theme/theme.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QApplication>
#include <QFileDialog>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTimeZone>

using namespace aiva;
using namespace Qt::StringLiterals;

class TestImportSheet : public QObject {
    Q_OBJECT

    std::unique_ptr<test::FakeStoreDesk> m_desk;
    std::unique_ptr<ImportSheet> m_sheet;

    void shot(const QString& name) {
        QVERIFY(test::keepShot(*m_sheet, u"import-"_s + name));
        QCOMPARE(test::cutChild(*m_sheet), QString());
    }
    void type(QLineEdit* field, const QString& text) {
        field->setText(text);
        Q_EMIT field->textEdited(text);
    }
    // What a real run answers to the newest request, on a new workspace.
    CsvImportOutcome ranForReal() {
        test::TemporaryWorkspace workspace;
        const ManualClock clock(UtcTime(1'772'000'000'000));
        CsvFileReader reader;
        CsvImportRun run(reader, workspace.writer(), clock, m_desk->imports.back());
        std::optional<CsvImportOutcome> outcome;
        connect(&run, &CsvImportRun::finished, &run, [&](const CsvImportOutcome& result) { outcome = result; });
        run.start();
        return QTest::qWaitFor([&] { return outcome.has_value(); }, 60'000) ? *outcome : CsvImportOutcome();
    }
    void choose(const QString& column, CsvField field) {
        QComboBox* box = meaningOf(column);
        QVERIFY2(box, qPrintable(column));
        box->setCurrentIndex(box->findData(toWord(field)));
        Q_EMIT box->activated(box->currentIndex());
    }
    QComboBox* meaningOf(const QString& column) { return test::meaningOf(*m_sheet, column); }

private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale(u"en_US"_s));
        Theme::apply(*qApp, {Contrast::Normal, Motion::Reduced});
    }
    void init() {
        m_desk = std::make_unique<test::FakeStoreDesk>();
        m_desk->imported.set(test::checkedImport());
        m_sheet = std::make_unique<ImportSheet>(*m_desk);
        m_sheet->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_sheet.get()));
    }
    void cleanup() { m_sheet.reset(); }

    void beginsWithNothingChosen() {
        QVERIFY(!m_sheet->importButton()->isEnabled());
        shot(u"empty"_s);
        QVERIFY(m_desk->imports.empty());
    }

    void showsWhatWouldComeOfItBeforeAnythingIsWritten() {
        m_sheet->setFile(Resource::Customers, u"/home/ada/customers_export.csv"_s);
        m_sheet->setFile(Resource::Orders, u"/home/ada/orders_export.csv"_s);
        QTRY_VERIFY(m_sheet->importButton()->isEnabled());
        QCOMPARE(m_desk->imports.back().mode, CsvImportRequest::Mode::DryRun);
        QCOMPARE(m_desk->imports.back().storeName, u"customers_export"_s);
        QVERIFY(m_sheet->result()->text().contains(u"1,204 customers: 1,200 new, 2 as they were, 2 unreadable"_s));
        shot(u"checked"_s);
    }

    void aColumnPutRightIsLookedAtAgain() {
        m_sheet->setFile(Resource::Customers, u"/home/ada/customers_export.csv"_s);
        QTRY_VERIFY(meaningOf(u"Accepts"_s) != nullptr);
        QCOMPARE(meaningOf(u"Accepts"_s)->currentIndex(), 0);
        QCOMPARE(meaningOf(u"“Email”"_s)->currentData().toString(), toWord(CsvField::Email));
        QComboBox* box = meaningOf(u"Accepts"_s);
        box->setCurrentIndex(box->findData(toWord(CsvField::Note)));
        Q_EMIT box->activated(box->currentIndex());
        QTRY_COMPARE(m_desk->imports.size(), size_t(2));
        QCOMPARE(m_desk->imports.back().choices.size(), size_t(1));
        QVERIFY(m_desk->imports.back().choices.front().field == CsvField::Note);
        QCOMPARE(m_desk->imports.back().choices.front().column, u"Accepts Email Marketing"_s);
    }

    void whatIsTypedMeanwhileIsLookedAtOnceTheRunIsOver() {
        m_desk->imported.hold();
        m_sheet->setFile(Resource::Customers, u"/home/ada/a.csv"_s);
        m_sheet->setFile(Resource::Orders, u"/home/ada/b.csv"_s);
        QCOMPARE(m_desk->imports.size(), size_t(1));
        QCOMPARE(m_desk->calls, QStringList{u"cancel import"_s});
        m_desk->imported.release();
        QTRY_COMPARE(m_desk->imports.size(), size_t(2));
        QCOMPARE(m_desk->imports.back().ordersPath, u"/home/ada/b.csv"_s);
    }

    void whatIsNotToBeUsedIsSaidToTheDesk() {
        m_sheet->setFile(Resource::Customers, u"/home/ada/customers_export.csv"_s);
        QTRY_VERIFY(meaningOf(u"“Email”"_s) != nullptr);
        QComboBox* box = meaningOf(u"“Email”"_s);
        box->setCurrentIndex(0);
        Q_EMIT box->activated(0);
        QTRY_COMPARE(m_desk->imports.size(), size_t(2));
        QCOMPARE(m_desk->imports.back().choices.size(), size_t(1));
        const CsvChoice& choice = m_desk->imports.back().choices.front();
        QVERIFY(!choice.field);
        QCOMPARE(choice.column, u"Email"_s);
        QVERIFY(choice.resource == Resource::Customers);
    }

    // C10: a header nobody recognises is put right by hand, here with what a real run makes of it.
    void aFileNobodyRecognisesIsPutRightByHand() {
        const QTemporaryDir dir;
        QFile file(dir.filePath(u"people.csv"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("Who,Colour,Spent\nada@home.example,red,\"1,5\"\nnobody,blue,1.00\n,green,2.00\n");
        file.close();
        m_desk->imported.hold();
        m_sheet->setFile(Resource::Customers, file.fileName());
        m_desk->imported.set(ranForReal());
        m_desk->imported.release();
        QTRY_VERIFY(m_sheet->trouble()->isVisible());
        QVERIFY2(m_sheet->trouble()->text().contains(u"“e-mail”"_s), qPrintable(m_sheet->trouble()->text()));
        QVERIFY(meaningOf(u"“Who”"_s) != nullptr);
        shot(u"to-be-mapped"_s);
        m_desk->imported.hold();
        choose(u"“Who”"_s, CsvField::Email);
        m_desk->imported.set(ranForReal());
        m_desk->imported.release();
        QTRY_VERIFY2(m_sheet->importButton()->isEnabled(), qPrintable(m_sheet->trouble()->text()));
        QVERIFY2(m_sheet->result()->text().startsWith(u"A new store, “people”"_s),
                 qPrintable(m_sheet->result()->text()));
        QVERIFY2(m_sheet->faults()->text().contains(u"Line 3: “Who” is no e-mail address"_s),
                 qPrintable(m_sheet->faults()->text()));
        QVERIFY(m_sheet->faults()->text().contains(u"Line 4: there is no id"_s));
    }

    void saysWhyNothingCanBeImported() {
        QSet<QString> said;
        for (const ErrorCause cause : {ErrorCause::NotText, ErrorCause::FileEmpty, ErrorCause::HeaderBroken,
                                       ErrorCause::ColumnMissing, ErrorCause::OtherRecords, ErrorCause::ReportOnly,
                                       ErrorCause::CurrencyMissing, ErrorCause::NameMissing, ErrorCause::None}) {
            CsvImportOutcome outcome;
            outcome.error = Error{ErrorKind::Invalid, u"name it with --map total=COLUMN"_s, cause};
            if (cause == ErrorCause::ColumnMissing) outcome.missing = CsvField::Total;
            outcome.errorFile = Resource::Customers;
            m_desk->imported.set(outcome);
            m_sheet->setFile(Resource::Customers, u"/home/ada/holiday.csv"_s);
            QTRY_VERIFY(m_sheet->trouble()->isVisible());
            const QString text = m_sheet->trouble()->text();
            QVERIFY2(text.startsWith(u"Customers: "_s) && !text.contains(u"--"_s), qPrintable(text));
            said.insert(text);
            QVERIFY(!m_sheet->importButton()->isEnabled());
        }
        QCOMPARE(said.size(), 9);
        QVERIFY(said.contains(u"Customers: No column is known to say “total”. Choose above which one does."_s));
        shot(u"refused"_s);
    }

    void importsIntoTheStoreItWasAskedFor() {
        StoreRow store;
        store.name = u"Old shop"_s;
        store.kind = StoreKind::Csv;
        m_sheet->setStore(store);
        CsvImportOutcome again = test::checkedImport();
        again.isNewStore = false;
        again.storeName = store.name;
        m_desk->imported.set(again);
        m_sheet->setFile(Resource::Orders, u"/home/ada/orders_export (2).csv"_s);
        QTRY_VERIFY(m_sheet->importButton()->isEnabled());
        QCOMPARE(m_desk->imports.back().storeName, u"Old shop"_s);
        QVERIFY2(m_sheet->result()->text().startsWith(u"Brings the store “Old shop” up to date"_s),
                 qPrintable(m_sheet->result()->text()));
        shot(u"again"_s);
    }

    void wantsANameBeforeItImports() {
        m_sheet->setFile(Resource::Orders, u"/home/ada/orders_export.csv"_s);
        QTRY_VERIFY(m_sheet->importButton()->isEnabled());
        type(m_sheet->conventions()->name(), u"  "_s);
        QVERIFY(!m_sheet->importButton()->isEnabled()); // before it was looked at
        QTRY_VERIFY(!m_sheet->conventions()->nameField()->trouble().isEmpty());
        QVERIFY(!m_sheet->importButton()->isEnabled());
        QCOMPARE(m_desk->imports.size(), size_t(1));
        type(m_sheet->conventions()->name(), u"Lamps"_s);
        QVERIFY(!m_sheet->importButton()->isEnabled());
        QTRY_VERIFY(m_sheet->importButton()->isEnabled());
        QVERIFY(m_sheet->conventions()->nameField()->trouble().isEmpty());
        QCOMPARE(m_desk->imports.back().storeName, u"Lamps"_s);
    }

    void choosesAFileWithoutStoppingEverythingElse() {
        for (auto* button : m_sheet->findChildren<SubtleButton*>())
            if (button->text() == u"Choose…"_s) {
                button->click(); // comes back at once
                break;
            }
        auto* dialog = m_sheet->findChild<QFileDialog*>();
        QVERIFY(dialog != nullptr);
        Q_EMIT dialog->fileSelected(u"/home/ada/customers_export.csv"_s);
        dialog->reject();
        QTRY_COMPARE(m_desk->imports.size(), size_t(1));
        QCOMPARE(m_desk->imports.back().customersPath, u"/home/ada/customers_export.csv"_s);
    }

    void saysThatItemsAreLeftOut() {
        CsvImportOutcome outcome = test::checkedImport();
        outcome.files.back().leavesItemsOut = true;
        m_desk->imported.set(outcome);
        m_sheet->setFile(Resource::Orders, u"/home/ada/orders_export.csv"_s);
        QTRY_VERIFY(m_sheet->faults()->text().contains(u"Items are left out: no column says what they cost."_s));
    }

    void saysWhoseTheTimesAre() {
        m_sheet->setFile(Resource::Orders, u"/home/ada/orders_export.csv"_s);
        QTRY_VERIFY(m_sheet->faults()->text().contains(u"Times without a zone are taken for UTC."_s));
        QVERIFY(m_desk->imports.back().conventions.timeZone == QTimeZone::utc());
        QComboBox* zones = nullptr;
        for (QComboBox* box : m_sheet->conventions()->findChildren<QComboBox*>())
            if (box->findData(QByteArray("Europe/Berlin")) >= 0) zones = box;
        QVERIFY(zones != nullptr);
        zones->setCurrentIndex(zones->findData(QByteArray("Europe/Berlin")));
        Q_EMIT zones->activated(zones->currentIndex());
        QTRY_VERIFY(m_sheet->faults()->text().contains(u"Times without a zone are taken for Europe/Berlin."_s));
        QCOMPARE(m_desk->imports.back().conventions.timeZone.id(), QByteArray("Europe/Berlin"));
    }

    void importsWithProgressAndCanBeStopped() {
        m_sheet->setFile(Resource::Orders, u"/home/ada/orders_export.csv"_s);
        QTRY_VERIFY(m_sheet->importButton()->isEnabled());
        m_desk->imported.hold();
        m_sheet->importButton()->click();
        QCOMPARE(m_desk->imports.back().mode, CsvImportRequest::Mode::Import);
        Q_EMIT m_desk->importProgressed({Resource::Orders, 3, 2'000, 400'000, 1'000'000});
        QVERIFY(m_sheet->result()->text().contains(u"40 %"_s));
        shot(u"importing"_s);
        QTest::keyClick(m_sheet.get(), Qt::Key_Escape);
        QCOMPARE(m_desk->calls, QStringList{u"cancel import"_s});
        QVERIFY(m_sheet->isVisible());
        CsvImportOutcome stopped = test::checkedImport();
        stopped.status = SyncStatus::Cancelled;
        m_desk->imported.set(stopped);
        m_desk->imported.release();
        QTRY_VERIFY(m_sheet->trouble()->text().contains(u"Stopped"_s));
        m_desk->imported.set(test::checkedImport());
        m_sheet->importButton()->click();
        QTRY_COMPARE(m_sheet->importButton()->text(), u"Close"_s);
        shot(u"done"_s);
        m_sheet->importButton()->click();
        QVERIFY(!m_sheet->isVisible());
    }

    void aWrongCurrencyIsSaidBesideItsField() {
        m_sheet->setFile(Resource::Orders, u"/home/ada/orders_export.csv"_s);
        auto* currency = m_sheet->conventions()->findChildren<QLineEdit*>().at(1);
        type(currency, u"E"_s);
        QTRY_COMPARE(m_desk->imports.size(), size_t(2));
        QVERIFY(!m_desk->imports.back().currency.isValid());
        QVERIFY(!currency->accessibleDescription().isEmpty());
        QTRY_VERIFY(m_sheet->result()->text().startsWith(u"A new store"_s)); // it was looked at
        QVERIFY(!m_sheet->importButton()->isEnabled()); // else it would be in another currency than the one begun
        type(currency, u"EUR"_s);
        QTRY_VERIFY(m_sheet->importButton()->isEnabled());
        QCOMPARE(m_desk->imports.back().currency, *Currency::parse("EUR"));
    }
};

QTEST_MAIN(TestImportSheet)
#include "tst_import_sheet.moc"
