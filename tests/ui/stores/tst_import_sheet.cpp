// Importing files: from the choice of a file to what came of it, each state with its picture.
#include "tests/ui/support/fake_store_desk.h"
#include "tests/ui/support/shots.h"
#include "ui/stores/import/import_columns.h"
#include "ui/stores/import/import_sheet.h"
#include "ui/stores/import/import_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QApplication>
#include <QComboBox>
#include <QLineEdit>

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

CsvImportOutcome checked() {
    CsvImportOutcome outcome;
    outcome.storeName = u"customers_export"_s;
    outcome.isNewStore = true;
    outcome.status = SyncStatus::CompletedWithErrors;
    outcome.counts[Resource::Customers] = {1'204, 1'200, 0, 2, 2};
    outcome.counts[Resource::Orders] = {5'310, 5'310, 0, 0, 0};
    outcome.faults = {{"customers", "17", "no e-mail address and no id"},
                      {"customers", "204", "the total can be read in two ways: say what its comma means"}};
    CsvFileReport customers;
    customers.resource = Resource::Customers;
    customers.path = u"/home/ada/customers_export.csv"_s;
    customers.encoding = u"UTF-8"_s;
    customers.flavour = CsvFlavour::Shopify;
    customers.columns = {{toWord(CsvField::Email), u"Email"_s},
                         {toWord(CsvField::FirstName), u"First Name"_s},
                         {toWord(CsvField::TotalSpent), u"Total Spent"_s}};
    customers.unused = QStringList{u"Accepts Email Marketing"_s, u"A very long name of a column that nobody reads"_s};
    CsvFileReport orders = customers;
    orders.resource = Resource::Orders;
    orders.path = u"/home/ada/orders_export.csv"_s;
    orders.columns = {{toWord(CsvField::OrderName), u"Name"_s}, {toWord(CsvField::Total), u"Total"_s}};
    orders.unused = QStringList{u"Vendor"_s};
    orders.hasTimesWithoutZone = true;
    outcome.files = {customers, orders};
    return outcome;
}

} // namespace

class TestImportSheet : public QObject {
    Q_OBJECT

    std::unique_ptr<test::FakeStoreDesk> m_desk;
    std::unique_ptr<ImportSheet> m_sheet;

    void shot(const QString& name) {
        QVERIFY(test::keepShot(*m_sheet, u"import-"_s + name));
        QCOMPARE(test::cutChild(*m_sheet), QString());
    }
    QComboBox* meaningOf(const QString& column) {
        for (QComboBox* box : m_sheet->findChildren<QComboBox*>())
            if (box->accessibleName().contains(column)) return box;
        return nullptr;
    }

private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale(u"en_US"_s));
        Theme::apply(*qApp, {Contrast::Normal, Motion::Reduced});
    }
    void init() {
        m_desk = std::make_unique<test::FakeStoreDesk>();
        m_desk->imported.set(checked());
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
        QCOMPARE(m_desk->imports.back().choices.front().field, CsvField::Note);
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

    void saysWhyNothingCanBeImported() {
        CsvImportOutcome outcome;
        outcome.error = Error{ErrorKind::Invalid, u"customers: there is no column for the e-mail address"_s};
        m_desk->imported.set(outcome);
        m_sheet->setFile(Resource::Customers, u"/home/ada/holiday.csv"_s);
        QTRY_VERIFY(m_sheet->trouble()->isVisible());
        QVERIFY(m_sheet->trouble()->text().contains(u"no column for the e-mail address"_s));
        QVERIFY(!m_sheet->importButton()->isEnabled());
        shot(u"refused"_s);
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
        CsvImportOutcome stopped = checked();
        stopped.status = SyncStatus::Cancelled;
        m_desk->imported.set(stopped);
        m_desk->imported.release();
        QTRY_VERIFY(m_sheet->trouble()->text().contains(u"Stopped"_s));
        m_desk->imported.set(checked());
        m_sheet->importButton()->click();
        QTRY_COMPARE(m_sheet->importButton()->text(), u"Close"_s);
        shot(u"done"_s);
        m_sheet->importButton()->click();
        QVERIFY(!m_sheet->isVisible());
    }

    void aWrongCurrencyIsSaidBesideItsField() {
        m_sheet->setFile(Resource::Orders, u"/home/ada/orders_export.csv"_s);
        auto* currency = m_sheet->findChildren<QLineEdit*>().at(1);
        currency->setText(u"E"_s);
        Q_EMIT currency->textEdited(u"E"_s);
        QTRY_COMPARE(m_desk->imports.size(), size_t(2));
        QVERIFY(!m_desk->imports.back().currency.isValid());
        QVERIFY(!currency->accessibleDescription().isEmpty());
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

QTEST_MAIN(TestImportSheet)
#include "tst_import_sheet.moc"
