#include "ui/widgets/undo_bar.h"

#include "ui/theme/painting.h"
#include "ui/widgets/line_label.h"
#include "ui/widgets/subtle_button.h"

#include <QBoxLayout>
#include <QEvent>
#include <QPainter>

namespace aiva {

namespace {
constexpr int lifeMs = 8000;
constexpr int barHeight = 40;
} // namespace

UndoBar::UndoBar(QWidget* parent) : QWidget(parent) {
    setFixedHeight(barHeight);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(14, 0, 6, 0);
    line->setSpacing(3 * size::grid);
    m_text = textLabel({}, TextStyle::Dense, &Colors::textPrimary, this);
    m_button = new SubtleButton(tr("Undo"), SubtleButton::Look::Subtle, this);
    m_button->setToolTip(tr("Ctrl Z"));
    line->addWidget(m_text);
    line->addWidget(m_button);
    connect(m_button, &QAbstractButton::clicked, this, &UndoBar::undo);
    m_life.setSingleShot(true);
    m_life.setInterval(lifeMs);
    connect(&m_life, &QTimer::timeout, this, [this] {
        m_undo = nullptr;
        hide();
    });
    parent->installEventFilter(this);
    hide();
}

void UndoBar::offer(const QString& text, std::function<void()> undo) {
    m_undo = std::move(undo);
    m_text->setText(text);
    m_button->setSpokenName(tr("Undo: %1").arg(text));
    adjustSize();
    place();
    show();
    raise();
    m_life.start();
}

bool UndoBar::undo() {
    if (!m_undo) return false;
    m_life.stop();
    hide();
    std::exchange(m_undo, nullptr)();
    return true;
}

bool UndoBar::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parent() && event->type() == QEvent::Resize) place();
    return QWidget::eventFilter(watched, event);
}

void UndoBar::place() {
    const QRect area = parentWidget()->rect();
    const int width = qMin(sizeHint().width(), area.width() - 4 * size::grid);
    setGeometry(area.left() + 2 * size::grid, area.bottom() - barHeight - 2 * size::grid, width, barHeight);
}

void UndoBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    fillRounded(painter, rect(), size::radius, Theme::colors().popover);
    strokeRounded(painter, rect(), size::radius, Theme::colors().borderSubtle);
}

} // namespace aiva
