#include "ui/widgets/steps_sheet.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/overlay_scroll_area.h"
#include "ui/widgets/reading_order.h"
#include "ui/widgets/subtle_button.h"

#include <QBoxLayout>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTimer>

#include <algorithm>

namespace aiva {

namespace {
constexpr QSize stepsSheetSize(540, 560);
constexpr int barSpace = 3 * size::grid; // what scrolls makes room for its bar
}

StepsSheet::StepsSheet(const QString& title, QWidget* parent)
    : Sheet(title, parent)
    , m_pages(new QStackedWidget(this))
    , m_cancel(new SubtleButton(tr("Cancel"), SubtleButton::Look::Subtle, this))
    , m_back(new SubtleButton(tr("Back"), SubtleButton::Look::Subtle, this))
    , m_goOn(new SubtleButton(tr("Continue"), SubtleButton::Look::Primary, this)) {
    setFixedSize(stepsSheetSize.width(), std::min(stepsSheetSize.height(), mostHeight()));
    body()->addWidget(m_pages);
    foot()->addWidget(m_cancel);
    foot()->addStretch();
    foot()->addWidget(m_back);
    foot()->addWidget(m_goOn);
    connect(m_cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_back, &QAbstractButton::clicked, this, &StepsSheet::goBack);
    connect(m_goOn, &QAbstractButton::clicked, this, [this] { goOn(); });
}

void StepsSheet::addStep(SheetStep* step) {
    auto* scroll = new OverlayScrollArea;
    scroll->setWidget(step);
    for (QWidget* ground : {scroll->viewport(), static_cast<QWidget*>(step)})
        ground->setAutoFillBackground(false); // the sheet's shows
    m_pages->addWidget(scroll);
    connect(scroll->verticalScrollBar(), &QScrollBar::rangeChanged, this, [this, step](int, int most) {
        const int space = most > 0 ? barSpace : 0;
        step->setContentsMargins(isRightToLeft() ? space : 0, 0, isRightToLeft() ? 0 : space, 0);
        followFocus();
    });
    connect(step, &SheetStep::changed, this, &StepsSheet::showButtons);
    connect(step, &SheetStep::goOnAsked, this, [this] {
        if (m_goOn->isEnabled()) goOn();
    });
}

SheetStep* StepsSheet::shownStep() const {
    return static_cast<SheetStep*>(static_cast<OverlayScrollArea*>(m_pages->currentWidget())->widget());
}

void StepsSheet::goTo(SheetStep* step, Arrival arrival) {
    m_waiting = Waiting::No;
    m_pages->setCurrentWidget(step->parentWidget()->parentWidget()); // out of the viewport, the place it scrolls in
    enter(*step, arrival);
    showButtons();
    QTimer::singleShot(0, this, &StepsSheet::followFocus); // once it is laid out
}

void StepsSheet::followFocus() {
    QWidget* focused = focusWidget();
    if (focused != nullptr && focused->isVisible()) bringIntoView(*focused);
}

void StepsSheet::showButtons() {
    const SheetStep* step = shownStep();
    const QList<SheetStep*> way = steps();
    const qsizetype at = way.indexOf(step);
    const bool isOver = at < 0;
    setTitle(step->title(), isOver ? QString() : tr("%1 of %2").arg(at + 1).arg(way.size()));
    m_goOn->setText(goOnText());
    m_goOn->setEnabled(m_waiting == Waiting::No && step->canGoOn());
    m_cancel->setVisible(!isOver);
    m_cancel->setEnabled(m_waiting != Waiting::ToTheEnd);
    m_back->setVisible(!isOver);
    m_back->setEnabled(m_waiting == Waiting::No && at > 0);
    if (isGoOnNext() && m_goOn->isEnabled()) m_goOn->setFocus(Qt::OtherFocusReason);
}

void StepsSheet::goOn() {
    SheetStep* step = shownStep();
    leave(*step);
    const QList<SheetStep*> way = steps(); // by what was entered
    goTo(way.at(way.indexOf(step) + 1));
}

void StepsSheet::goBack() {
    ++m_answer;
    SheetStep* step = shownStep();
    leave(*step);
    const QList<SheetStep*> way = steps();
    goTo(way.at(way.indexOf(step) - 1), Arrival::Back);
}

int StepsSheet::startWaiting(Waiting how) {
    m_waiting = how;
    showButtons();
    return ++m_answer;
}

bool StepsSheet::takeAnswer(int number) {
    if (number != m_answer) return false;
    m_waiting = Waiting::No;
    showButtons();
    return true;
}

void StepsSheet::reject() {
    if (m_waiting != Waiting::ToTheEnd) Sheet::reject();
}

void StepsSheet::done(int result) {
    ++m_answer;
    Sheet::done(result);
}

} // namespace aiva
