// Renders every state of the panel and its parts. With AIVA_SHOTS set to a folder it leaves the pictures there;
// without, it still proves that each state paints, fits its width and lets nothing be cut.
#include "tests/support/patience.h"
#include "tests/ui/support/sample_people.h"
#include "ui/conversation/order_card.h"
#include "ui/crm/crm_panel.h"
#include "ui/theme/theme.h"
#include "ui/widgets/copy_button.h"
#include "ui/widgets/text_label.h"

#include <QApplication>
#include <QDir>
#include <QImage>

using namespace aiva;
using namespace Qt::StringLiterals;

class TestGallery : public QObject {
    Q_OBJECT
private:
    // Saved as name@2x.png at 200 %.
    void keep(QWidget& widget, const QString& name) {
        const QImage image = widget.grab().toImage();
        QVERIFY(!image.isNull());
        const QString folder = qEnvironmentVariable("AIVA_SHOTS");
        if (folder.isEmpty()) return;
        QVERIFY(QDir().mkpath(folder));
        const QString suffix = widget.devicePixelRatioF() > 1 ? u"@2x"_s : QString();
        QVERIFY(image.save(folder + u'/' + name + suffix + u".png"_s));
    }

    void showPanel(const CrmPanelState& state, const QString& name, int height = 780) {
        CrmPanel panel(m_clock);
        panel.resize(size::crmPanel, height);
        panel.setState(state);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        for (const QWidget* child : panel.findChildren<QWidget*>())
            if (child->isVisible() && child->window() == &panel) {
                const QRect seen(child->mapTo(&panel, QPoint()), child->size());
                QVERIFY2(seen.left() >= 0 && seen.right() < panel.width(), child->metaObject()->className());
            }
        keep(panel, name);
    }

    static CrmPanelState customer(const CustomerView& view) {
        CrmPanelState state;
        state.content = CrmPanelState::Customer{view, {}};
        return state;
    }

    ManualClock m_clock{sample::now()};

private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale(u"en_US"_s));
        Theme::apply(*qApp);
    }

    void showsEveryStateOfThePanel() {
        CrmPanelState vip = customer(sample::vip());
        showPanel(vip, u"crm-vip"_s, 874);
        std::get<CrmPanelState::Customer>(vip.content).past = {
            {ConversationId(1), u"Re: Delivery to the wrong door"_s, sample::now().plusDays(-40)},
            {ConversationId(2), u"Does the Trail Pack fit a 15\" laptop or only a 13\" one?"_s,
             sample::now().plusDays(-400)}};
        vip.network = CrmPanelState::Network::Offline;
        showPanel(vip, u"crm-offline"_s);
        vip.network = CrmPanelState::Network::Disconnected;
        showPanel(vip, u"crm-disconnected"_s);
        showPanel(customer(sample::crowded()), u"crm-crowded"_s, 1400);
        showPanel(customer(sample::prospect()), u"crm-prospect"_s);
        CustomerView items = sample::vip();
        items.orders = {sample::orderWithItems(12), sample::partialOrder(), sample::refundedOrder()};
        showPanel(customer(items), u"crm-items"_s);
        showPanel({}, u"crm-nothing"_s);
        CrmPanelState state;
        state.content = CrmPanelState::FirstSync{};
        showPanel(state, u"crm-first-sync"_s);
        state.content = CrmPanelState::NoneFound{u"dan@northpeak.co"_s};
        state.link = CrmPanelState::Link::Corrected;
        showPanel(state, u"crm-none-found"_s);
    }

    void showsEveryStateOfTheOrderCard() {
        const std::pair<QString, OrderView> orders[] = {
            {u"shipped"_s, sample::shippedOrder()},     {u"unfulfilled"_s, sample::unfulfilledOrder()},
            {u"partial"_s, sample::partialOrder()},     {u"delivered"_s, sample::deliveredOrder()},
            {u"cancelled"_s, sample::cancelledOrder()}, {u"refunded"_s, sample::refundedOrder()}};
        for (const auto& [name, order] : orders)
            for (const int width : {564, 420}) {
                OrderCard card(m_clock);
                card.setOrder(order);
                card.resize(width, card.sizeHint().height());
                card.show();
                QVERIFY(QTest::qWaitForWindowExposed(&card));
                QCOMPARE(card.width(), width);
                keep(card, u"card-"_s + name + (width == 564 ? QString() : u"-narrow"_s));
            }
    }

    void showsWhereTheKeyboardAndThePointerAre() {
        CrmPanel panel(m_clock);
        panel.resize(size::crmPanel, 780);
        panel.setState(customer(sample::vip()));
        panel.show();
        QVERIFY(QTest::qWaitForWindowActive(&panel));
        for (QAbstractButton* button : panel.findChildren<QAbstractButton*>()) {
            if (!button->isVisible()) continue;
            button->setFocus(Qt::TabFocusReason);
            QApplication::processEvents();
            keep(panel, u"crm-focus-"_s + button->text().section(u' ', 0, 0).remove(u'#'));
        }
        panel.findChild<CopyButton*>()->click();
        keep(panel, u"crm-copied"_s);
    }

    void showsThePanelRightToLeft() {
        qApp->setLayoutDirection(Qt::RightToLeft);
        showPanel(customer(sample::vip()), u"crm-rtl"_s);
        qApp->setLayoutDirection(Qt::LeftToRight);
    }

    void showsThePanelInHighContrast() {
        Theme::apply(*qApp, {Contrast::High, Motion::Reduced});
        showPanel(customer(sample::vip()), u"crm-high-contrast"_s);
        Theme::apply(*qApp);
    }
};

QTEST_MAIN(TestGallery)
#include "tst_gallery.moc"
