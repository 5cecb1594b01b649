#include "ui/stores/connect/choice_row.h"

#include "ui/theme/painting.h"
#include "ui/theme/theme.h"
#include "ui/widgets/status_dot.h"

#include <QFontMetrics>
#include <QKeyEvent>
#include <QPainter>

namespace aiva {

namespace {
constexpr int choicePadding = 12;
constexpr int choiceInset = 20; // of the text, behind the ring
constexpr int choiceTitle = 20;
} // namespace

ChoiceRow::ChoiceRow(const QString& title, const QString& detail, QWidget* parent)
    : PaintedButton(parent), m_detail(detail) {
    setText(title);
    setCheckable(true);
    setAutoExclusive(true);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

AccessibleFace ChoiceRow::face() const {
    return {QAccessible::RadioButton, text(), isChecked() ? tr("chosen") : tr("not chosen"), m_detail, Expansion::None};
}

QRect ChoiceRow::detailRect(int width) const {
    const int room = width - 2 * choicePadding - choiceInset;
    const QRect wanted(choicePadding + choiceInset, choicePadding + choiceTitle, room, 10'000);
    const int height = QFontMetrics(Theme::font(TextStyle::Meta))
                           .boundingRect(wanted, Qt::TextWordWrap | Qt::AlignLeading, m_detail)
                           .height();
    return {wanted.topLeft(), QSize(room, height)};
}

int ChoiceRow::heightForWidth(int width) const {
    return detailRect(width).bottom() + 1 + choicePadding;
}

QSize ChoiceRow::sizeHint() const {
    return {320, heightForWidth(320)};
}

QSize ChoiceRow::minimumSizeHint() const {
    return {160, heightForWidth(width())};
}

void ChoiceRow::paint(QPainter& painter) {
    const Colors& colors = Theme::colors();
    if (isChecked()) fillRounded(painter, rect(), size::radius, colors.hover);
    strokeRounded(painter, rect(), size::radius,
                  isChecked() || isHovered() ? colors.borderStrong : colors.borderSubtle);
    const QRectF head(choicePadding, choicePadding, width() - 2 * choicePadding, choiceTitle - 2);
    paintStatusDot(painter, mirrored(*this, QRectF(head.left(), head.top(), size::dot, head.height())),
                   isChecked() ? DotLook{DotShape::Filled, Tone::Accent} : DotLook{DotShape::Hollow, Tone::Muted});
    drawLine(painter, mirrored(*this, head.adjusted(choiceInset, 0, 0, 0)), text(), Theme::font(TextStyle::DenseStrong),
             colors.textPrimary);
    painter.setFont(Theme::font(TextStyle::Meta));
    painter.setPen(colors.textSecondary);
    painter.drawText(mirrored(*this, detailRect(width())), Qt::TextWordWrap | Qt::AlignLeading, m_detail);
}

void ChoiceRow::keyPressEvent(QKeyEvent* event) {
    const int key = event->key();
    const bool isArrow = key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_Left || key == Qt::Key_Right;
    if (isArrow) return QAbstractButton::keyPressEvent(event); // within the exclusive group
    PaintedButton::keyPressEvent(event);
}

} // namespace aiva
