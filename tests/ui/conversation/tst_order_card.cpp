#include "tests/support/patience.h"
#include "tests/ui/support/sample_people.h"
#include "tests/ui/support/spoken.h"
#include "ui/conversation/order_card.h"
#include "ui/conversation/order_progress.h"
#include "ui/theme/theme.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QApplication>
#include <QSignalSpy>

using namespace aiva;
using namespace Qt::StringLiterals;

class TestOrderCard : public QObject {
    Q_OBJECT
private:
    QString progressOf(const OrderView& order) {
        OrderProgress progress;
        progress.setSteps(orderSteps(order), sample::now(), QLocale());
        return spokenName(&progress);
    }

    ManualClock m_clock{sample::now()};

private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale(u"en_US"_s));
        Theme::apply(*qApp);
    }

    void tellsHowFarEachOrderHasCome() {
        QCOMPARE(progressOf(sample::shippedOrder()),
                 u"Ordered Feb 20, Packed Feb 22, Shipped Feb 22, Delivered: not yet"_s);
        QCOMPARE(progressOf(sample::unfulfilledOrder()),
                 u"Ordered Feb 23, Packed: not yet, Shipped: not yet, Delivered: not yet"_s);
        QCOMPARE(progressOf(sample::deliveredOrder()),
                 u"Ordered Feb 20, Packed Feb 22, Shipped Feb 22, Delivered Feb 23"_s);
        QCOMPARE(progressOf(sample::partialOrder()),
                 u"Ordered Feb 18, Packed Feb 20, Partly shipped Feb 20, Delivered: not yet"_s);
        QCOMPARE(progressOf(sample::cancelledOrder()), u"Ordered Mar 3, 2025, Cancelled Mar 4, 2025"_s);
        QCOMPARE(progressOf(sample::refundedOrder()), u"Ordered Nov 28, 2025, Packed, Shipped, Refunded Dec 2, 2025"_s);
    }

    void takesALabelForPackedButNotForShipped() {
        OrderView order = sample::shippedOrder();
        order.tracking[0].status = u"LABEL_PRINTED"_s;
        QCOMPARE(progressOf(order), u"Ordered Feb 20, Packed Feb 22, Shipped: not yet, Delivered: not yet"_s);
        order.tracking[0].inTransitAt = sample::now();
        QCOMPARE(progressOf(order), u"Ordered Feb 20, Packed Feb 22, Shipped Feb 24, Delivered: not yet"_s);
    }

    void leavesOutADateTheShopDoesNotState() {
        OrderView order = sample::shippedOrder();
        order.tracking.clear();
        QCOMPARE(progressOf(order), u"Ordered Feb 20, Packed, Shipped, Delivered: not yet"_s);
    }

    void showsTheOrderAndAppendsItsTracking() {
        OrderCard card(m_clock);
        card.setOrder(sample::shippedOrder());
        card.resize(564, card.sizeHint().height());
        card.show();
        QVERIFY(QTest::qWaitForWindowActive(&card));
        QCOMPARE(spokenName(&card), u"Order #1042, 2x Blue Widget + 1 more, $89.00"_s);
        QCOMPARE(spoken(&card)->role(), QAccessible::Grouping);
        QStringList texts;
        for (ElidedLabel* label : card.findChildren<ElidedLabel*>())
            texts << label->text();
        QVERIFY(texts.contains(u"USPS 9400 1118 9922 3197 4284 90"_s));
        QSignalSpy appended(&card, &OrderCard::appendRequested);
        auto* button = card.findChild<SubtleButton*>();
        QCOMPARE(spokenName(button), u"Append tracking of #1042 to the draft"_s);
        QTest::mouseClick(button, Qt::LeftButton);
        button->setFocus(Qt::TabFocusReason);
        QTest::keyClick(button, Qt::Key_Return);
        QCOMPARE(appended.size(), 2);
        QCOMPARE(appended[0].at(0).value<TrackingBlock>(), trackingBlock(sample::shippedOrder()));
    }

    void offersNothingToAppendWithoutAParcel() {
        OrderCard card(m_clock);
        card.setOrder(sample::shippedOrder());
        card.setOrder(sample::unfulfilledOrder());
        QVERIFY(!card.findChild<SubtleButton*>()->isEnabled());
        QVERIFY(spoken(card.findChild<SubtleButton*>())->state().disabled);
        bool said = false;
        for (ElidedLabel* label : card.findChildren<ElidedLabel*>())
            said = said || label->text() == u"No tracking yet"_s;
        QVERIFY(said);
        // Nothing will come for this one.
        card.setOrder(sample::cancelledOrder());
        for (ElidedLabel* label : card.findChildren<ElidedLabel*>())
            QVERIFY(label->text() != u"No tracking yet"_s);
    }

    void isBlackWithASubtleRoundBorder() {
        OrderCard card(m_clock);
        card.setOrder(sample::shippedOrder());
        card.resize(564, card.sizeHint().height());
        const QImage image = card.grab().toImage();
        const int middle = image.width() / 2;
        QVERIFY(image.pixelColor(middle, 0).lightness() > 10);
        QCOMPARE(image.pixelColor(middle, static_cast<int>(3 * image.devicePixelRatio())), QColor(Qt::black));
    }

    void laysTheStepsOutFromTheOtherSideRightToLeft() {
        OrderProgress progress;
        progress.setSteps(orderSteps(sample::shippedOrder()), sample::now(), QLocale());
        progress.resize(560, progress.sizeHint().height());
        const auto okOn = [&progress](int from, int to) {
            const QImage image = progress.grab().toImage();
            const double ratio = image.devicePixelRatio();
            int count = 0;
            for (int x = static_cast<int>(from * ratio); x < to * ratio; ++x)
                count += image.pixelColor(x, image.height() / 2) == Theme::colors().ok;
            return count;
        };
        QVERIFY(okOn(0, 10) > 4);
        QCOMPARE(okOn(550, 560), 0);
        progress.setLayoutDirection(Qt::RightToLeft);
        QCOMPARE(okOn(0, 10), 0);
        QVERIFY(okOn(550, 560) > 4);
    }
};

QTEST_MAIN(TestOrderCard)
#include "tst_order_card.moc"
