// Importing files on a screen: what has room, what scrolls, and what is seen by whoever walks through it.
#include "tests/support/patience.h"
#include "tests/ui/stores/import_outcome.h"
#include "tests/ui/support/fake_store_desk.h"
#include "tests/ui/support/shots.h"
#include "ui/theme/theme.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QApplication>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QWheelEvent>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class TestImportRoom : public QObject {
    Q_OBJECT

    std::unique_ptr<FakeStoreDesk> m_desk;
    std::unique_ptr<ImportSheet> m_sheet;

    QScrollArea* files() {
        for (auto* scroll : m_sheet->findChildren<QScrollArea*>())
            if (scroll->accessibleName() == u"Files and their columns"_s) return scroll;
        return nullptr;
    }
    // What lies in something that scrolls and is to be seen there now, whole or, when it is longer, from its top.
    static bool isInView(const QWidget* widget) {
        for (const QWidget* around = widget->parentWidget(); around != nullptr; around = around->parentWidget()) {
            const auto* scroll = qobject_cast<const QScrollArea*>(around);
            if (scroll == nullptr) continue;
            const QRect seen(widget->mapTo(scroll->viewport(), QPoint()), widget->size());
            return seen.top() >= 0 && seen.bottom() < scroll->viewport()->height();
        }
        return true;
    }

private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale(u"en_US"_s));
        Theme::apply(*qApp, {Contrast::Normal, Motion::Reduced});
    }
    void init() {
        m_desk = std::make_unique<FakeStoreDesk>();
        m_desk->imported.set(checkedImport());
        m_sheet = std::make_unique<ImportSheet>(*m_desk);
        m_sheet->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_sheet.get()));
    }
    void cleanup() { m_sheet.reset(); }

    void keepsItsFootOnTheScreen() {
        QVERIFY(m_sheet->height() <= m_sheet->screen()->availableGeometry().height());
        const SubtleButton* button = m_sheet->importButton();
        QVERIFY(m_sheet->rect().contains(QRect(button->mapTo(m_sheet.get(), QPoint()), button->size())));
    }

    void aLongListOfWhatIsWrongLeavesTheColumnsTheirRoom() {
        CsvImportOutcome outcome = checkedImport();
        for (int i = 0; i < 60; ++i)
            outcome.faults.push_back({"orders", "line " + std::to_string(i), "the row has no order number"});
        m_desk->imported.set(outcome);
        m_sheet->setFile(Resource::Orders, u"/home/ada/orders_export.csv"_s);
        QTRY_VERIFY(m_sheet->faults()->text().contains(u"and 42 more"_s));
        const int least = m_sheet->height() < 480 ? 80 : 200;
        QTRY_VERIFY2(files()->height() >= least, qPrintable(QString::number(files()->height())));
        const SubtleButton* button = m_sheet->importButton();
        QVERIFY(m_sheet->rect().contains(QRect(button->mapTo(m_sheet.get(), QPoint()), button->size())));
        // To its last line.
        QScrollArea* around = nullptr;
        for (QWidget* widget = m_sheet->faults(); around == nullptr && widget != nullptr;
             widget = widget->parentWidget())
            around = qobject_cast<QScrollArea*>(widget);
        QVERIFY(around != nullptr);
        const QLabel* faults = m_sheet->faults();
        QTRY_VERIFY(faults->height() >= faults->heightForWidth(faults->width()));
        around->verticalScrollBar()->setValue(around->verticalScrollBar()->maximum());
        QVERIFY(faults->mapTo(around->viewport(), QPoint(0, faults->height())).y() <= around->viewport()->height());
        QVERIFY(keepShot(*m_sheet, u"import-many-faults"_s));
        QCOMPARE(cutChild(*m_sheet), QString());
    }

    void theWheelScrollsAndChoosesNothing() {
        m_sheet->setFile(Resource::Customers, u"/home/ada/customers_export.csv"_s);
        m_sheet->setFile(Resource::Orders, u"/home/ada/orders_export.csv"_s);
        QTRY_VERIFY(m_sheet->importButton()->isEnabled());
        const size_t looked = m_desk->imports.size();
        for (QComboBox* box : m_sheet->findChildren<QComboBox*>()) {
            box->setFocus();
            const int index = box->currentIndex();
            const QPoint at = box->rect().center();
            QWheelEvent wheel(at, box->mapToGlobal(at), {}, QPoint(0, -120), Qt::NoButton, Qt::NoModifier,
                              Qt::NoScrollPhase, false);
            QCoreApplication::sendEvent(box, &wheel);
            QCOMPARE(box->currentIndex(), index);
            QVERIFY(!wheel.isAccepted()); // left to the page around it, which scrolls
        }
        QCOMPARE(m_desk->imports.size(), looked);
    }

    void whoWalksByTabSeesWhereTheyAre() {
        m_sheet->setFile(Resource::Customers, u"/home/ada/customers_export.csv"_s);
        m_sheet->setFile(Resource::Orders, u"/home/ada/orders_export.csv"_s);
        QTRY_VERIFY(m_sheet->importButton()->isEnabled());
        QTRY_VERIFY(files()->verticalScrollBar()->maximum() > 0);
        QSet<QWidget*> met;
        for (int step = 0; step < 60; ++step) {
            QTest::keyClick(m_sheet->focusWidget() ? m_sheet->focusWidget() : m_sheet.get(), Qt::Key_Tab);
            QWidget* at = m_sheet->focusWidget();
            QVERIFY(at != nullptr);
            QVERIFY2(isInView(at), qPrintable(at->accessibleName()));
            met.insert(at);
        }
        QVERIFY(met.contains(meaningOf(*m_sheet, u"“Vendor”"_s)));
        QVERIFY(met.contains(m_sheet->importButton()));
    }
};

QTEST_MAIN(TestImportRoom)
#include "tst_import_room.moc"
