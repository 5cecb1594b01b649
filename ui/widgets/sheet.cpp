#include "ui/widgets/sheet.h"

#include "ui/theme/painting.h"
#include "ui/theme/theme.h"
#include "ui/widgets/overlay_scroll_area.h"
#include "ui/widgets/reading_order.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QScreen>
#include <QScrollBar>

#include <algorithm>

namespace aiva {

namespace {
constexpr int sheetPadding = 24;
constexpr int aroundSheet = 12 * size::grid; // for the frame the system draws

QAbstractSlider::SliderAction scrollBy(int key) {
    switch (key) {
    case Qt::Key_Up:
        return QAbstractSlider::SliderSingleStepSub;
    case Qt::Key_Down:
        return QAbstractSlider::SliderSingleStepAdd;
    case Qt::Key_PageUp:
        return QAbstractSlider::SliderPageStepSub;
    case Qt::Key_PageDown:
        return QAbstractSlider::SliderPageStepAdd;
    case Qt::Key_Home:
        return QAbstractSlider::SliderToMinimum;
    case Qt::Key_End:
        return QAbstractSlider::SliderToMaximum;
    default:
        return QAbstractSlider::SliderNoAction;
    }
}

} // namespace

Sheet::Sheet(const QString& title, QWidget* parent)
    : QDialog(parent)
    , m_title(new TextBlock(TextStyle::Title, &Colors::textPrimary, this))
    , m_detail(new TextBlock(TextStyle::MonoMicro, &Colors::textMuted, this))
    , m_body(new QVBoxLayout)
    , m_foot(new QHBoxLayout) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(sheetPadding, sheetPadding - size::grid, sheetPadding, sheetPadding - size::grid);
    column->setSpacing(4 * size::grid);
    auto* head = new QHBoxLayout;
    m_detail->setWordWrap(false);
    head->addWidget(m_title, 1);
    head->addWidget(m_detail);
    column->addLayout(head);
    m_body->setSpacing(3 * size::grid);
    column->addLayout(m_body, 1);
    m_foot->setSpacing(2 * size::grid);
    column->addLayout(m_foot);
    setTitle(title);
}

void Sheet::setTitle(const QString& title, const QString& detail) {
    setWindowTitle(title);
    setAccessibleName(title);
    m_title->setText(title);
    m_detail->setText(detail);
}

QVBoxLayout* Sheet::addScrollingColumn(const QString& accessibleName) {
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    auto* scroll = new OverlayScrollArea(this);
    scroll->setAccessibleName(accessibleName);
    scroll->setWidget(content);
    for (QWidget* ground : {scroll->viewport(), content})
        ground->setAutoFillBackground(false); // the sheet's shows
    m_body->addWidget(scroll, 1);
    return column;
}

int Sheet::mostHeight() const {
    return screen()->availableGeometry().height() - aroundSheet;
}

void Sheet::grow() {
    layout()->activate();
    resize(width(), std::min(std::max(height(), layout()->totalHeightForWidth(width())), mostHeight()));
}

void Sheet::keyPressEvent(QKeyEvent* event) {
    const QAbstractSlider::SliderAction action = scrollBy(event->key());
    if (action == QAbstractSlider::SliderNoAction) return QDialog::keyPressEvent(event);
    for (const QScrollArea* area : findChildren<QScrollArea*>())
        if (area->window() == this && area->isVisible()) area->verticalScrollBar()->triggerAction(action);
}

bool Sheet::focusNextPrevChild(bool next) {
    return stepFocus(*this, next);
}

void Sheet::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), Theme::colors().elevated);
    strokeRounded(painter, rect(), 0, Theme::colors().borderSubtle);
}

} // namespace aiva
