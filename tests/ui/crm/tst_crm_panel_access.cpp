// How the customer panel is reached: by keyboard, by screen reader, mirrored, at any scale, and with what one did to it
// kept.
#include "tests/ui/crm/crm_panel_fixture.h"

#include <QPointer>
#include <QSignalSpy>

using namespace aiva;
using namespace Qt::StringLiterals;
using aiva::test::CrmPanelFixture;

class TestCrmPanelAccess : public QObject, CrmPanelFixture {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { beginCrmPanels(); }
    void init() { open(); }
    void cleanup() { close(); }

    void foldsUnfoldsAndMovesByKeyboard() {
        show(customer(sample::vip()));
        headers()[0]->setFocus(Qt::TabFocusReason);
        QTest::keyClick(headers()[0], Qt::Key_Return);
        QCOMPARE(headers()[0]->expansion(), Expansion::Collapsed);
        QTest::keyClick(headers()[0], Qt::Key_Space);
        QCOMPARE(headers()[0]->expansion(), Expansion::Expanded);
        QTest::keyClick(headers()[0], Qt::Key_Left);
        QCOMPARE(headers()[0]->expansion(), Expansion::Collapsed);
        QTest::keyClick(headers()[0], Qt::Key_Right);
        QCOMPARE(headers()[0]->expansion(), Expansion::Expanded);
        QTest::keyClick(headers()[0], Qt::Key_Down);
        QVERIFY(headers()[1]->hasFocus());
        QTest::keyClick(headers()[1], Qt::Key_End);
        QVERIFY(headers()[2]->hasFocus());
        QTest::keyClick(headers()[2], Qt::Key_Down);
        QVERIFY(headers()[2]->hasFocus());
        QTest::keyClick(headers()[2], Qt::Key_Home);
        QVERIFY(headers()[0]->hasFocus());
    }

    void goesThroughEveryControlByTab() {
        show(customer(sample::vip()));
        headers()[0]->setFocus(Qt::TabFocusReason);
        QStringList names;
        for (int i = 0; i < 7; ++i) {
            names << spokenName(QApplication::focusWidget());
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        }
        QCOMPARE(names, (QStringList{u"#1042, Feb 20, 2026, Fulfilled"_s, u"Copy tracking link of USPS 9400…28490"_s,
                                     u"Open order #1042 in Shopify admin"_s, u"#1017, Feb 23, 2026, Unfulfilled"_s,
                                     u"#0931, Mar 3, 2025, Cancelled"_s, u"matched by e-mail. Correct the match"_s,
                                     u"Refresh"_s}));
    }

    void drawsTheFocusRingForTheKeyboardOnly() {
        show(customer(sample::vip()));
        AccordionHeader* header = headers()[1];
        const auto ringPixels = [header] {
            const QImage image = header->grab().toImage();
            int count = 0;
            for (int x = 0; x < image.width(); ++x)
                count += image.pixelColor(x, static_cast<int>(2 * image.devicePixelRatio())) == Theme::colors().focus;
            return count;
        };
        QTest::mouseClick(header, Qt::LeftButton);
        QVERIFY(header->hasFocus());
        QCOMPARE(ringPixels(), 0);
        headers()[0]->setFocus(Qt::TabFocusReason);
        header->setFocus(Qt::TabFocusReason);
        QVERIFY(ringPixels() > 200);
    }

    void tellsAScreenReaderNameRoleAndStateOfEverything() {
        show(customer(sample::crowded()), 1400);
        int checked = 0;
        for (QWidget* widget : visible<QWidget>()) {
            const bool isControl = widget->focusPolicy() != Qt::NoFocus;
            if (!isControl && dynamic_cast<Described*>(widget) == nullptr) continue;
            QVERIFY2(!spokenName(widget).isEmpty(), widget->metaObject()->className());
            if (isControl) QVERIFY2(spoken(widget)->state().focusable, widget->metaObject()->className());
            ++checked;
        }
        QVERIFY2(checked > 30, qPrintable(QString::number(checked)));

        AccordionHeader* header = headers()[0];
        QCOMPARE(spoken(header)->role(), QAccessible::Button);
        QVERIFY(spoken(header)->state().expandable && spoken(header)->state().expanded);
        QCOMPARE(spoken(header)->text(QAccessible::Value), u"Partially fulfilled"_s);
        QVERIFY(pressSpoken(header));
        QVERIFY(spoken(header)->state().collapsed && !spoken(header)->state().expanded);
    }

    void keepsFoldScrollAndFocusOfTheSamePerson() {
        CustomerView view = sample::withOrders(20);
        show(customer(view), 500);
        headers()[3]->click();
        headers()[0]->click();
        headers()[3]->setFocus(Qt::TabFocusReason);
        QApplication::processEvents();
        scrollBar()->setValue(120);
        QPointer<QWidget> focused = QApplication::focusWidget();
        const QString name = spokenName(focused);

        // A new order arrives and another changes.
        OrderView fresh = sample::unfulfilledOrder();
        view.orders.insert(view.orders.begin(), fresh);
        view.orders[4].tracking[0].lastEventAt = m_clock.now();
        view.ordersCount = 21;
        m_panel->setState(customer(view));
        QApplication::processEvents();

        QCOMPARE(scrollBar()->value(), 120);
        QCOMPARE(QApplication::focusWidget(), focused.data());
        QCOMPARE(spokenName(focused), name);
        QCOMPARE(headers().size(), 21);
        QCOMPARE(headers()[0]->text(), u"#1017"_s);
        for (int i = 0; i < 21; ++i)
            QCOMPARE(headers()[i]->expansion(), i == 4 ? Expansion::Expanded : Expansion::Collapsed);
        QVERIFY(shownText().contains(u"In transit · just now"_s));
    }

    void refreshesByF5() {
        show(customer(sample::vip()));
        QSignalSpy refresh(m_panel.get(), &CrmPanel::refreshRequested);
        headers()[0]->setFocus();
        QTest::keyClick(headers()[0], Qt::Key_F5);
        button(u"F5"_s)->click();
        QCOMPARE(refresh.size(), 2);
    }

    void opensTheNthOrderAndBringsItIntoView() {
        show(customer(sample::withOrders(30)), 400);
        m_panel->openOrder(8);
        QApplication::processEvents();
        QCOMPARE(headers()[8]->expansion(), Expansion::Expanded);
        QVERIFY(headers()[8]->hasFocus());
        const int y = headers()[8]->mapTo(m_panel.get(), QPoint()).y();
        QVERIFY2(y >= 0 && y < 400, qPrintable(QString::number(y)));
        m_panel->openOrder(30); // there is none
        QVERIFY(headers()[8]->hasFocus());
    }

    void mirrorsItselfRightToLeft() {
        qApp->setLayoutDirection(Qt::RightToLeft);
        show(customer(sample::vip()));
        AccordionHeader* header = headers()[1];
        const QImage image = header->grab().toImage();
        const double ratio = image.devicePixelRatio();
        const auto at = [&](double x) { return image.pixelColor(int(x * ratio), int(header->height() / 2.0 * ratio)); };
        QCOMPARE(at(size::outset + size::dot / 2.0), Theme::colors().warning); // the dot is on the left now
        header->setFocus(Qt::TabFocusReason);
        QTest::keyClick(header, Qt::Key_Left);
        QCOMPARE(header->expansion(), Expansion::Expanded);
        qApp->setLayoutDirection(Qt::LeftToRight);
    }

    void staysCrispAtTheScaleOfTheScreen() {
        show(customer(sample::vip()));
        const QImage image = m_panel->grab().toImage();
        const auto ratio = static_cast<int>(m_panel->devicePixelRatioF());
        QCOMPARE(image.width(), 300 * ratio);
        // The border: exactly one logical pixel of white 8 % on the panel, nothing half.
        const QColor ground = image.pixelColor(ratio + 2, 700 * ratio);
        QCOMPARE(ground, Theme::colors().elevated);
        for (int x = 0; x < ratio; ++x)
            QVERIFY(image.pixelColor(x, 700 * ratio) != ground);
        QCOMPARE(image.pixelColor(ratio, 700 * ratio), ground);
    }
};

QTEST_MAIN(TestCrmPanelAccess)
#include "tst_crm_panel_access.moc"
