#include "ui/widgets/text_row.h"

#include "ui/theme/painting.h"
#include "ui/theme/theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr int kGap = 8;
constexpr int kDetailHeight = 16;

} // namespace

TextRow::TextRow(TextStyle style, TextStyle valueStyle, QWidget* parent)
    : QWidget(parent), m_style(style), m_valueStyle(valueStyle) {
    describe(this);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void TextRow::setContent(const Content& content) {
    if (m_content == content) return;
    const bool resized = m_content.detail.isEmpty() != content.detail.isEmpty();
    m_content = content;
    announceChange(this, QAccessible::NameChanged);
    if (resized) updateGeometry();
    update();
}

AccessibleFace TextRow::face() const {
    QStringList parts{m_content.text};
    if (!m_content.detail.isEmpty()) parts << m_content.detail;
    if (!m_content.value.isEmpty()) parts << m_content.value;
    const QString name = m_spokenName.isEmpty() ? parts.join(u", "_s) : m_spokenName;
    return {QAccessible::StaticText, name, m_content.value, {}, Expansion::None};
}

QSize TextRow::sizeHint() const {
    return {120, lineHeight() + (m_content.detail.isEmpty() ? 0 : kDetailHeight)};
}

QSize TextRow::minimumSizeHint() const {
    return {40, sizeHint().height()};
}

int TextRow::lineHeight() const {
    return std::max(Theme::lineHeight(m_style), Theme::lineHeight(m_valueStyle));
}

qreal TextRow::valueWidth() const {
    return m_content.value.isEmpty() ? 0 : textWidth(Theme::font(m_valueStyle), m_content.value);
}

void TextRow::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setLayoutDirection(layoutDirection());
    const Colors& c = Theme::colors();
    const QRectF line(0, 0, width(), lineHeight());
    const qreal value = valueWidth();
    const QRectF text = line.adjusted(0, 0, value > 0 ? -value - kGap : 0, 0);
    drawLine(painter, mirrored(*this, text), m_content.text, Theme::font(m_style), c.*m_content.textColor);
    drawLine(painter, line, m_content.value, Theme::font(m_valueStyle), c.*m_content.valueColor, Qt::AlignTrailing);
    if (m_content.detail.isEmpty()) return;
    const QRectF second(0, line.bottom() - 2, width(), kDetailHeight);
    drawLine(painter, second, m_content.detail, Theme::font(TextStyle::Micro), c.textMuted);
}

bool TextRow::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip &&
        textWidth(Theme::font(m_style), m_content.text) > width() - valueWidth() - kGap) {
        QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), m_content.text, this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace aiva
