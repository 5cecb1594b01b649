#include "ui/widgets/key_button.h"

#include "ui/theme/painting.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {
constexpr int padding = 6;
constexpr int buttonHeight = 20;
} // namespace

KeyButton::KeyButton(const QString& key, const QString& text, QWidget* parent) : PaintedButton(parent), m_key(key) {
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setWord(text);
}

void KeyButton::setWord(const QString& text) {
    setText(text);
    setSpokenName(text);
    updateGeometry();
    update();
}

QString KeyButton::shown() const {
    return m_key + u' ' + text();
}

QSize KeyButton::sizeHint() const {
    return {textWidth(Theme::font(TextStyle::MonoMicro), shown()) + 2 * padding, buttonHeight};
}

void KeyButton::paint(QPainter& painter) {
    const Colors& colors = Theme::colors();
    strokeRounded(painter, rect(), size::radiusChip, isHovered() ? colors.borderStrong : colors.borderSubtle);
    drawLine(painter, rect(), shown(), Theme::font(TextStyle::MonoMicro),
             isHovered() ? colors.textPrimary : colors.textMuted, Qt::AlignHCenter);
}

} // namespace aiva
