#include "ui/shell/rail_entry.h"

#include "ui/theme/painting.h"
#include "ui/theme/theme.h"

#include <QLocale>
#include <QPainter>

namespace aiva {

namespace {
constexpr int entryHeight = 30;
constexpr int padding = 8;
} // namespace

RailEntry::RailEntry(const QString& text, QWidget* parent) : PaintedButton(parent) {
    setText(text);
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(this, &QAbstractButton::toggled, this, &RailEntry::describeCount);
    describeCount();
}

void RailEntry::setCount(qint64 count, Counted what) {
    if (count == m_count && what == m_counted) return;
    m_count = count;
    m_counted = what;
    describeCount();
    update();
}

void RailEntry::describeCount() {
    QString spoken = text();
    const bool isMail = m_counted == Counted::Mails;
    const int count = static_cast<int>(m_count);
    if (count == 1) spoken = (isMail ? tr("%1, 1 mail") : tr("%1, 1 conversation")).arg(text());
    if (count > 1)
        spoken = (isMail ? tr("%1, %n mails", nullptr, count) : tr("%1, %n conversations", nullptr, count)).arg(text());
    setSpokenName(spoken);
}

QSize RailEntry::sizeHint() const {
    return {size::rail - 2 * padding, entryHeight};
}

void RailEntry::paint(QPainter& painter) {
    const Colors& colors = Theme::colors();
    if (isChecked())
        fillRounded(painter, rect(), size::radius, colors.selected);
    else if (isHovered())
        fillRounded(painter, rect(), size::radius, colors.hover);
    QRectF box = QRectF(rect()).adjusted(padding, 0, -padding, 0);
    if (m_count > 0) {
        const QFont mono = Theme::font(TextStyle::MonoMicro);
        const QString count = QLocale().toString(m_count);
        drawLine(painter, box, count, mono, isChecked() ? colors.textSecondary : colors.textMuted, Qt::AlignTrailing);
        box.setRight(box.right() - textWidth(mono, count) - padding);
    }
    drawLine(painter, box, text(), Theme::font(TextStyle::Dense),
             isChecked() ? colors.textPrimary : colors.textSecondary);
}

} // namespace aiva
