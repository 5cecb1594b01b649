#include "ui/widgets/key_hint.h"

#include "ui/theme/painting.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace aiva {
namespace {

constexpr int kHintPadding = 6;
constexpr int kHeight = 18;

} // namespace

int keyHintWidth(const QString& text) {
    return textWidth(Theme::font(TextStyle::MonoMicro), text) + 2 * kHintPadding;
}

qreal paintKeyHint(QPainter& painter, const QRectF& field, const QString& text) {
    const qreal width = keyHintWidth(text);
    const bool rightToLeft = painter.layoutDirection() == Qt::RightToLeft;
    const QRectF box(rightToLeft ? field.right() - width : field.left(), field.center().y() - kHeight / 2.0, width,
                     kHeight);
    strokeRounded(painter, box, size::radiusChip, Theme::colors().borderSubtle);
    drawLine(painter, box, text, Theme::font(TextStyle::MonoMicro), Theme::colors().textMuted, Qt::AlignHCenter);
    return width;
}

KeyHint::KeyHint(const QString& text, QWidget* parent) : QWidget(parent), m_text(text) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void KeyHint::setText(const QString& text) {
    m_text = text;
    updateGeometry();
    update();
}

QSize KeyHint::sizeHint() const {
    return {keyHintWidth(m_text), kHeight};
}

void KeyHint::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setLayoutDirection(layoutDirection());
    paintKeyHint(painter, rect(), m_text);
}

} // namespace aiva
