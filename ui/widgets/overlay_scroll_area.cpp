#include "ui/widgets/overlay_scroll_area.h"

#include <QEvent>
#include <QScrollBar>

namespace aiva {
namespace {

constexpr int kBarWidth = 10;

} // namespace

OverlayScrollArea::OverlayScrollArea(QWidget* parent) : QScrollArea(parent), m_bar(new QScrollBar(Qt::Vertical, this)) {
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    // The content carries the focus, not the area around it.
    setFocusPolicy(Qt::NoFocus);
    QScrollBar* real = verticalScrollBar();
    connect(real, &QScrollBar::rangeChanged, this, &OverlayScrollArea::showBarIfNeeded);
    connect(real, &QScrollBar::valueChanged, m_bar, &QScrollBar::setValue);
    connect(m_bar, &QScrollBar::valueChanged, real, &QScrollBar::setValue);
    m_bar->hide();
}

void OverlayScrollArea::resizeEvent(QResizeEvent* event) {
    QScrollArea::resizeEvent(event);
    placeBar();
    showBarIfNeeded();
}

void OverlayScrollArea::changeEvent(QEvent* event) {
    QScrollArea::changeEvent(event);
    if (event->type() == QEvent::LayoutDirectionChange) placeBar();
}

void OverlayScrollArea::placeBar() {
    const int x = layoutDirection() == Qt::RightToLeft ? 0 : width() - kBarWidth;
    m_bar->setGeometry(x, 0, kBarWidth, height());
    m_bar->raise();
}

void OverlayScrollArea::showBarIfNeeded() {
    const QScrollBar* real = verticalScrollBar();
    m_bar->setRange(real->minimum(), real->maximum());
    m_bar->setPageStep(real->pageStep());
    m_bar->setSingleStep(real->singleStep());
    m_bar->setValue(real->value());
    m_bar->setVisible(real->maximum() > 0);
}

} // namespace aiva
