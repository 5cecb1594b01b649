#include "ui/widgets/chip.h"

#include "ui/theme/painting.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace aiva {
namespace {

constexpr int kChipPadding = 6;

int padding(ChipLook look) {
    return look == ChipLook::Bare ? 0 : kChipPadding;
}

} // namespace

int chipHeight() {
    return Theme::lineHeight(TextStyle::Micro) + 2;
}

int chipWidth(const QString& text, ChipLook look) {
    return textWidth(Theme::font(TextStyle::Micro), text) + 2 * padding(look);
}

qreal paintChip(QPainter& painter, const QRectF& field, const QString& text, Tone tone, ChipLook look) {
    const qreal width = std::min<qreal>(chipWidth(text, look), field.width());
    const qreal top = field.center().y() - chipHeight() / 2.0;
    const bool rightToLeft = painter.layoutDirection() == Qt::RightToLeft;
    const QRectF box(rightToLeft ? field.right() - width : field.left(), top, width, chipHeight());
    if (look == ChipLook::Outline) strokeRounded(painter, box, size::radiusChip, Theme::colors().borderSubtle);
    if (look == ChipLook::Filled) fillRounded(painter, box, size::radiusChip, Theme::colors().hover);
    drawLine(painter, box.adjusted(padding(look), 0, -padding(look), 0), text, Theme::font(TextStyle::Micro),
             toneColor(tone));
    return width;
}

Chip::Chip(const QString& text, Tone tone, ChipLook look, QWidget* parent)
    : QWidget(parent), m_text(text), m_tone(tone), m_look(look) {
    describe(this);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

void Chip::setText(const QString& text, Tone tone) {
    if (m_text == text && m_tone == tone) return;
    m_text = text;
    m_tone = tone;
    announceChange(this, QAccessible::NameChanged);
    updateGeometry();
    update();
}

AccessibleFace Chip::face() const {
    return {QAccessible::StaticText, m_text, {}, {}, Expansion::None};
}

QSize Chip::sizeHint() const {
    return {chipWidth(m_text, m_look), chipHeight()};
}

QSize Chip::minimumSizeHint() const {
    return {std::min(sizeHint().width(), 40), chipHeight()};
}

void Chip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setLayoutDirection(layoutDirection());
    paintChip(painter, rect(), m_text, m_tone, m_look);
}

} // namespace aiva
