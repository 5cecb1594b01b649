#include "ui/widgets/overlay_bar.h"

#include <QAbstractScrollArea>
#include <QEvent>

namespace aiva {

namespace {
constexpr int barWidth = 10;
}

OverlayBar::OverlayBar(QAbstractScrollArea& area) : QScrollBar(Qt::Vertical, &area), m_area(area) {
    area.setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area.installEventFilter(this);
    setFocusPolicy(Qt::NoFocus);
    QScrollBar* real = area.verticalScrollBar();
    connect(real, &QScrollBar::rangeChanged, this, &OverlayBar::follow);
    connect(real, &QScrollBar::valueChanged, this, &QScrollBar::setValue);
    connect(this, &QScrollBar::valueChanged, real, &QScrollBar::setValue);
    hide();
}

bool OverlayBar::eventFilter(QObject* watched, QEvent* event) {
    if (watched == &m_area && (event->type() == QEvent::Resize || event->type() == QEvent::Show)) follow();
    return QScrollBar::eventFilter(watched, event);
}

void OverlayBar::follow() {
    const QScrollBar* real = m_area.verticalScrollBar();
    const int x = m_area.layoutDirection() == Qt::RightToLeft ? 0 : m_area.width() - barWidth;
    setGeometry(x, 0, barWidth, m_area.height());
    setRange(real->minimum(), real->maximum());
    setPageStep(real->pageStep());
    setSingleStep(real->singleStep());
    setValue(real->value());
    setVisible(real->maximum() > 0);
    raise();
}

} // namespace aiva
