#include "ui/widgets/sheet.h"

#include "ui/theme/painting.h"
#include "ui/theme/theme.h"
#include "ui/widgets/reading_order.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QPainter>
#include <QScreen>
#include <QScrollArea>

namespace aiva {

namespace {
constexpr int sheetPadding = 24;
constexpr int aroundFocus = 4 * size::grid;
constexpr int aroundSheet = 12 * size::grid; // for the frame the system draws
}

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

int Sheet::mostHeight() const {
    return screen()->availableGeometry().height() - aroundSheet;
}

bool Sheet::focusNextPrevChild(bool next) {
    if (!stepFocus(*this, next)) return false;
    // Who walks by Tab sees where they are, also in what scrolls.
    QWidget* at = focusWidget();
    for (QWidget* around = at; around != nullptr && around != this; around = around->parentWidget())
        if (auto* scroll = qobject_cast<QScrollArea*>(around)) scroll->ensureWidgetVisible(at, 0, aroundFocus);
    return true;
}

void Sheet::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), Theme::colors().elevated);
    strokeRounded(painter, rect(), 0, Theme::colors().borderSubtle);
}

} // namespace aiva
