// The sheet wizards are made of, and how focus walks where controls come and go.
#include "tests/support/patience.h"
#include "tests/ui/support/spoken.h"
#include "ui/theme/theme.h"
#include "ui/widgets/reading_order.h"
#include "ui/widgets/steps_sheet.h"
#include "ui/widgets/subtle_button.h"

#include <QApplication>
#include <QBoxLayout>
#include <QLineEdit>
#include <QScreen>

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

class LongStep final : public SheetStep {
public:
    explicit LongStep(const QString& title, int fields) : m_title(title) {
        auto* column = new QVBoxLayout(this);
        for (int i = 0; i < fields; ++i) {
            m_fields << new QLineEdit;
            column->addWidget(m_fields.last());
            connect(m_fields.last(), &QLineEdit::textChanged, this, &SheetStep::changed);
            connect(m_fields.last(), &QLineEdit::returnPressed, this, &SheetStep::goOnAsked);
        }
        column->addStretch();
    }
    QString title() const override { return m_title; }
    bool canGoOn() const override { return !m_fields.last()->text().isEmpty(); }
    QLineEdit* field(int index) const { return m_fields.at(index); }

private:
    QString m_title;
    QList<QLineEdit*> m_fields;
};

class ThreeSteps final : public StepsSheet {
public:
    ThreeSteps() : StepsSheet(u"Three"_s, nullptr) {
        for (SheetStep* step : std::initializer_list<SheetStep*>{first, second, last})
            addStep(step);
        goTo(first);
    }
    using StepsSheet::goTo;
    using StepsSheet::shownStep;
    using StepsSheet::startWaiting;
    using StepsSheet::takeAnswer;
    using StepsSheet::Waiting;

    LongStep* const first = new LongStep(u"First"_s, 2);
    LongStep* const second = new LongStep(u"Second"_s, 40);
    LongStep* const last = new LongStep(u"Over"_s, 1); // comes after the end
    QStringList told;

protected:
    QList<SheetStep*> steps() const override { return {first, second}; }
    QString goOnText() const override { return shownStep() == second ? u"Save"_s : u"Continue"_s; }
    bool isGoOnNext() const override { return false; }
    void enter(SheetStep& step, Arrival arrival) override {
        told << (arrival == Arrival::Back ? u"back to "_s : u"to "_s) + step.title();
        const auto& shown = static_cast<LongStep&>(step);
        shown.field(&step == second ? 39 : 0)->setFocus(Qt::OtherFocusReason);
    }
    void leave(SheetStep& step) override { told << u"from "_s + step.title(); }
};

// A window as ours are: Tab walks as the eye reads.
class Desk final : public QWidget {
protected:
    bool focusNextPrevChild(bool next) override { return stepFocus(*this, next); }
};

bool isSeen(const QWidget* widget) {
    return widget->visibleRegion().boundingRect().height() == widget->height();
}

} // namespace

class TestStepsSheet : public QObject {
    Q_OBJECT

    std::unique_ptr<ThreeSteps> m_sheet;

    bool isInside(const QWidget* widget) const {
        return m_sheet->rect().contains(QRect(widget->mapTo(m_sheet.get(), QPoint()), widget->size()));
    }

private Q_SLOTS:
    void initTestCase() { Theme::apply(*qApp, {Contrast::Normal, Motion::Reduced}); }
    void init() {
        m_sheet = std::make_unique<ThreeSteps>();
        m_sheet->open();
        QVERIFY(QTest::qWaitForWindowActive(m_sheet.get()));
    }
    void cleanup() { m_sheet.reset(); }

    void leadsOnAndBackByKeyboard() {
        QVERIFY(!m_sheet->goOnButton()->isEnabled());
        QVERIFY(!m_sheet->backButton()->isEnabled());
        QCOMPARE(m_sheet->windowTitle(), u"First"_s);
        QTRY_VERIFY(m_sheet->first->field(0)->hasFocus());
        QTest::keyClick(m_sheet->first->field(0), Qt::Key_Return); // nothing to go on with yet
        QCOMPARE(m_sheet->shownStep(), m_sheet->first);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QTest::keyClicks(QApplication::focusWidget(), u"x"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(m_sheet->shownStep(), m_sheet->second);
        QCOMPARE(m_sheet->goOnButton()->text(), u"Save"_s);
        m_sheet->backButton()->click();
        QCOMPARE(m_sheet->told.mid(1),
                 (QStringList{u"from First"_s, u"to Second"_s, u"from Second"_s, u"back to First"_s}));
    }

    void whatIsLongerThanTheScreenScrollsAndTheFocusIsSeen() {
        m_sheet->goTo(m_sheet->second);
        QTRY_VERIFY(isSeen(m_sheet->second->field(39)));
        QVERIFY(m_sheet->height() <= m_sheet->screen()->availableGeometry().height());
        QVERIFY(isInside(m_sheet->goOnButton()) && isInside(m_sheet->cancelButton()));
        QVERIFY(!isSeen(m_sheet->second->field(0)));
        // Around the end, from the foot to what has scrolled away.
        m_sheet->backButton()->setFocus();
        QTest::keyClick(m_sheet->backButton(), Qt::Key_Tab);
        QTRY_VERIFY(m_sheet->second->field(0)->hasFocus());
        QVERIFY(isSeen(m_sheet->second->field(0)));
    }

    void dropsAnAnswerNobodyWaitsFor() {
        m_sheet->first->field(1)->setText(u"x"_s);
        m_sheet->second->field(39)->setText(u"x"_s);
        m_sheet->goTo(m_sheet->second);
        int answer = m_sheet->startWaiting(ThreeSteps::Waiting::Cancellable);
        QVERIFY(!m_sheet->goOnButton()->isEnabled() && !m_sheet->backButton()->isEnabled());
        QVERIFY(m_sheet->takeAnswer(answer));
        QVERIFY(m_sheet->goOnButton()->isEnabled() && m_sheet->backButton()->isEnabled());
        m_sheet->backButton()->click();
        QVERIFY(!m_sheet->takeAnswer(answer));
        answer = m_sheet->startWaiting(ThreeSteps::Waiting::Cancellable);
        QTest::keyClick(m_sheet.get(), Qt::Key_Escape);
        QVERIFY(!m_sheet->isVisible());
        QVERIFY(!m_sheet->takeAnswer(answer));
    }

    void waitsToTheEndWhereNothingCanBeTakenBack() {
        const int answer = m_sheet->startWaiting(ThreeSteps::Waiting::ToTheEnd);
        QVERIFY(!m_sheet->cancelButton()->isEnabled());
        QTest::keyClick(m_sheet.get(), Qt::Key_Escape);
        QVERIFY(m_sheet->isVisible());
        QVERIFY(m_sheet->takeAnswer(answer));
        QTest::keyClick(m_sheet.get(), Qt::Key_Escape);
        QVERIFY(!m_sheet->isVisible());
    }

    void nothingLeadsBackFromTheEnd() {
        m_sheet->goTo(m_sheet->last);
        QCOMPARE(m_sheet->windowTitle(), u"Over"_s);
        QVERIFY(!m_sheet->backButton()->isVisible() && !m_sheet->cancelButton()->isVisible());
    }

    void aControlThatGoesPassesTheFocusToItsNeighbour() {
        Desk window;
        auto* column = new QVBoxLayout(&window);
        QList<QLineEdit*> fields;
        for (int i = 0; i < 5; ++i) {
            fields << new QLineEdit;
            column->addWidget(fields.last());
        }
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        fields[2]->setFocus();
        QTRY_VERIFY(fields[2]->hasFocus());
        fields[2]->hide();
        QVERIFY(fields[3]->hasFocus());
        fields[3]->setEnabled(false);
        QVERIFY(fields[4]->hasFocus());
        fields[4]->hide(); // the last of them: the one before, not around to the first
        QVERIFY(fields[1]->hasFocus());
    }
};

QTEST_MAIN(TestStepsSheet)
#include "tst_steps_sheet.moc"
