#include "ui/conversation/fold_button.h"

#include "ui/theme/painting.h"
#include "ui/theme/theme.h"

namespace aiva {

using namespace Qt::StringLiterals;

FoldButton::FoldButton(const QString& label, QWidget* parent) : PaintedButton(parent) {
    setText(label);
    setCheckable(true);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

AccessibleFace FoldButton::face() const {
    AccessibleFace face = PaintedButton::face();
    if (isCheckable()) face.expansion = isChecked() ? Expansion::Expanded : Expansion::Collapsed;
    return face;
}

QString FoldButton::shown() const {
    return (isChecked() ? u"▾ "_s : u"▸ "_s) + text();
}

QSize FoldButton::sizeHint() const {
    return {textWidth(Theme::font(TextStyle::MetaStrong), shown()) + 2 * size::grid, size::rowButton};
}

void FoldButton::paint(QPainter& painter) {
    const Colors& colors = Theme::colors();
    drawLine(painter, rect(), shown(), Theme::font(TextStyle::MetaStrong),
             isHovered() ? colors.textSecondary : colors.textMuted);
}

} // namespace aiva
