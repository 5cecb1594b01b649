#include "tests/support/patience.h"
#include "tests/ui/support/spoken.h"
#include "ui/theme/theme.h"
#include "ui/widgets/avatar.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/ltv_badge.h"
#include "ui/widgets/overlay_scroll_area.h"
#include "ui/widgets/pulsing_dot.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QApplication>
#include <QScrollBar>
#include <QSignalSpy>
#include <QToolTip>
#include <QVBoxLayout>

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

int inked(QWidget& widget, const QColor& color) {
    const QImage image = widget.grab().toImage();
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            count += image.pixelColor(x, y) == color;
    return count;
}

} // namespace

class TestWidgets : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::apply(*qApp); }

    void takesInitialsOfAnyScript_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("email");
        QTest::addColumn<QString>("initials");
        const auto row = [](const char* tag, const QString& name, const QString& email, const QString& initials) {
            QTest::newRow(tag) << name << email << initials;
        };
        row("two words", u"John Okafor"_s, {}, u"JO"_s);
        row("first and last of many", u"Anna Maria de la Cruz"_s, {}, u"AC"_s);
        row("one word", u"Cher"_s, {}, u"C"_s);
        row("cyrillic", u"олена шевченко"_s, {}, u"ОШ"_s);
        row("japanese", u"山田太郎"_s, {}, u"山"_s);
        row("combining accent", u"e\u0301mile zola"_s, {}, u"E\u0301Z"_s);
        row("surrogate pair", u"𠮷野 家"_s, {}, u"𠮷家"_s);
        row("emoji is no letter", u"🙂 Sam"_s, {}, u"S"_s);
        row("quotes", u"\"Bob\" (Sales)"_s, {}, u"BS"_s);
        row("from the address", {}, u"dan@northpeak.co"_s, u"D"_s);
        row("nothing", u"  "_s, {}, {});
    }
    void takesInitialsOfAnyScript() {
        QFETCH(QString, name);
        QFETCH(QString, email);
        QTEST(initialsOf(name, email), "initials");
    }

    void showsEachStatusByShapeAndWord() {
        QList<QImage> pictures;
        for (const DotShape shape : {DotShape::Filled, DotShape::Half, DotShape::Ring, DotShape::Hollow}) {
            StatusDot dot;
            dot.setStatus({shape, Tone::Warning}, u"Unfulfilled"_s);
            dot.resize(dot.sizeHint());
            QCOMPARE(spokenName(&dot), u"Unfulfilled"_s);
            QCOMPARE(spoken(&dot)->role(), QAccessible::Graphic);
            pictures << dot.grab().toImage();
        }
        // The same colour, yet each is another picture.
        for (qsizetype i = 0; i < pictures.size(); ++i)
            for (qsizetype j = i + 1; j < pictures.size(); ++j)
                QVERIFY(pictures[i] != pictures[j]);
        // Half is told by its two sides.
        const QImage half = pictures[1];
        const int y = half.height() / 2;
        const auto at = [&half, y](double share) { return half.pixelColor(static_cast<int>(half.width() * share), y); };
        QCOMPARE(at(0.35), Theme::colors().warning);
        QVERIFY(at(0.65) != Theme::colors().warning);
    }

    void readsTheLifetimeValueAloud() {
        LtvBadge badge;
        badge.setAmount(u"$450.00"_s, LtvBadge::Rank::Ordinary);
        badge.resize(badge.sizeHint());
        QCOMPARE(spokenName(&badge), u"Lifetime value: $450.00"_s);
        QCOMPARE(inked(badge, Theme::colors().warning), 0);
        badge.setAmount(u"$950.00"_s, LtvBadge::Rank::Vip);
        QCOMPARE(spoken(&badge)->text(QAccessible::Value), u"$950.00"_s);
        QCOMPARE(spoken(&badge)->text(QAccessible::Description), u"VIP customer"_s);
        QVERIFY(inked(badge, Theme::colors().warning) > 20);
    }

    void keepsTheWholeTextOfACutLabel() {
        ElidedLabel label;
        const QString text = u"a very long subject that does not fit into the row at all"_s;
        label.setText(text);
        label.resize(120, 20);
        QVERIFY(label.isElided());
        QCOMPARE(spokenName(&label), text);
        label.show();
        QVERIFY(QTest::qWaitForWindowExposed(&label));
        QHelpEvent help(QEvent::ToolTip, QPoint(5, 5), label.mapToGlobal(QPoint(5, 5)));
        QApplication::sendEvent(&label, &help);
        QCOMPARE(QToolTip::text(), text);
        QToolTip::hideText();
        label.resize(label.sizeHint());
        QVERIFY(!label.isElided());
    }

    void pulsesOnlyWhileSeenAndWanted() {
        PulsingDot dot;
        dot.setMeaning(u"Syncing"_s);
        QVERIFY(!dot.isPulsing());
        Theme::apply(*qApp, {Contrast::Normal, Motion::Reduced});
        dot.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dot));
        QVERIFY(!dot.isPulsing());
        const QImage resting = dot.grab().toImage();
        Theme::apply(*qApp);
        QVERIFY(dot.isPulsing());
        QTRY_VERIFY(dot.grab().toImage() != resting);
        dot.hide();
        QVERIFY(!dot.isPulsing());
        dot.show();
        QVERIFY(dot.isPulsing());
        Theme::apply(*qApp, {Contrast::Normal, Motion::Reduced});
        QVERIFY(!dot.isPulsing());
        QCOMPARE(dot.grab().toImage(), resting);
        Theme::apply(*qApp);
        QVERIFY(dot.isPulsing());
        QCOMPARE(spokenName(&dot), u"Syncing"_s);
        QCOMPARE(spoken(&dot)->role(), QAccessible::Indicator);
    }

    void pressesAButtonByEveryMeans() {
        SubtleButton button(u"Send later"_s);
        QSignalSpy clicked(&button, &SubtleButton::clicked);
        button.show();
        QVERIFY(QTest::qWaitForWindowActive(&button));
        QTest::mouseClick(&button, Qt::LeftButton);
        QTest::keyClick(&button, Qt::Key_Space);
        QTest::keyClick(&button, Qt::Key_Return);
        QTest::keyClick(&button, Qt::Key_Enter);
        QVERIFY(pressSpoken(&button));
        QCOMPARE(clicked.size(), 5);
        QCOMPARE(spoken(&button)->role(), QAccessible::Button);
        QCOMPARE(spokenName(&button), u"Send later"_s);
        button.setEnabled(false);
        QVERIFY(spoken(&button)->state().disabled);
        QVERIFY(!pressSpoken(&button));
        QTest::keyClick(&button, Qt::Key_Return);
        QCOMPARE(clicked.size(), 5);
    }

    void asksAndDismissesThroughTheBanner() {
        for (const Banner::Shape shape : {Banner::Shape::Row, Banner::Shape::Column}) {
            Banner banner(shape);
            banner.setContent(u"acme is disconnected."_s, Tone::Warning, u"Reconnect now"_s, u"Dismiss for 24 h"_s);
            QSignalSpy action(&banner, &Banner::actionTriggered);
            QSignalSpy dismissed(&banner, &Banner::dismissed);
            const auto buttons = banner.findChildren<SubtleButton*>();
            QCOMPARE(buttons.size(), 2);
            for (SubtleButton* button : buttons)
                button->click();
            QCOMPARE(action.size(), 1);
            QCOMPARE(dismissed.size(), 1);
            QCOMPARE(spoken(&banner)->role(), QAccessible::AlertMessage);
            banner.setContent(u"done"_s, Tone::Ok, {}, {});
            for (SubtleButton* button : buttons)
                QVERIFY(button->isHidden());
        }
    }

    void saysWhatToDoNext() {
        EmptyState empty;
        empty.setContent(u"No stores yet"_s, u"Connect one to see who writes."_s, u"Connect a store"_s);
        QSignalSpy triggered(&empty, &EmptyState::actionTriggered);
        empty.findChild<SubtleButton*>()->click();
        QCOMPARE(triggered.size(), 1);
        empty.setContent(u"All done"_s, u"Nothing waits."_s);
        QVERIFY(empty.findChild<SubtleButton*>()->isHidden());
    }

    void wrapsChipsInReadingOrder_data() {
        QTest::addColumn<Qt::LayoutDirection>("direction");
        QTest::newRow("left to right") << Qt::LeftToRight;
        QTest::newRow("right to left") << Qt::RightToLeft;
    }
    void wrapsChipsInReadingOrder() {
        QFETCH(Qt::LayoutDirection, direction);
        QWidget field;
        field.setLayoutDirection(direction);
        auto* flow = new FlowLayout(4, &field);
        QList<Chip*> chips;
        for (const QString& text : {u"one"_s, u"two"_s, u"three"_s, u"four"_s, u"five"_s}) {
            chips << new Chip(text, Tone::Neutral, ChipLook::Filled, &field);
            flow->addWidget(chips.last());
        }
        const int width = chips[0]->sizeHint().width() + chips[1]->sizeHint().width() + 20;
        QVERIFY(flow->heightForWidth(width) > flow->heightForWidth(1000));
        field.resize(width, flow->heightForWidth(width));
        field.show();
        QVERIFY(QTest::qWaitForWindowExposed(&field));
        QCOMPARE(chips[0]->y(), chips[1]->y());
        QVERIFY(chips[2]->y() > chips[1]->y());
        QCOMPARE(chips[0]->x() < chips[1]->x(), direction == Qt::LeftToRight);
        for (Chip* chip : chips)
            QVERIFY(chip->x() >= 0 && chip->geometry().right() < width);
    }

    void floatsTheScrollBarOverTheContent() {
        OverlayScrollArea area;
        auto* content = new QWidget;
        content->setMinimumHeight(100);
        area.setWidget(content);
        area.resize(300, 200);
        area.show();
        QVERIFY(QTest::qWaitForWindowExposed(&area));
        QCOMPARE(content->width(), 300);
        auto* bar = area.findChild<QScrollBar*>(QString(), Qt::FindDirectChildrenOnly);
        QVERIFY(bar != nullptr && !bar->isVisible());
        content->setMinimumHeight(900);
        QTRY_VERIFY(bar->isVisible());
        QCOMPARE(content->width(), 300); // nothing moved
        bar->setValue(300);
        QCOMPARE(area.verticalScrollBar()->value(), 300);
        QCOMPARE(content->y(), -300);
    }
};

QTEST_MAIN(TestWidgets)
#include "tst_widgets.moc"
