#include "ui/widgets/banner.h"

#include "ui/theme/icon.h"
#include "ui/theme/painting.h"
#include "ui/theme/theme.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QPainter>

namespace aiva {
namespace {

constexpr int kVertical = 8;
constexpr int kIconGap = 8;

} // namespace

Banner::Banner(Shape shape, QWidget* parent)
    : QWidget(parent)
    , m_shape(shape)
    , m_text(new TextBlock(TextStyle::Meta, &Colors::textPrimary, this))
    , m_action(new SubtleButton({}, SubtleButton::Look::Subtle, this))
    , m_dismiss(new SubtleButton({}, SubtleButton::Look::Quiet, this)) {
    describe(this);
    auto* layout = new QBoxLayout(shape == Shape::Row ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom, this);
    const int icon = size::icon + kIconGap;
    layout->setContentsMargins(size::panelPadding, kVertical, size::panelPadding, kVertical);
    layout->setSpacing(8);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_action);
    buttons->addWidget(m_dismiss);
    if (shape == Shape::Column) buttons->addStretch(1);
    auto* text = new QHBoxLayout;
    text->addSpacing(icon);
    text->addWidget(m_text, 1);
    layout->addLayout(text, 1);
    if (shape == Shape::Column) {
        auto* indented = new QHBoxLayout;
        indented->addSpacing(icon);
        indented->addLayout(buttons, 1);
        layout->addLayout(indented);
    } else {
        layout->addLayout(buttons);
    }
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    setFocusProxy(m_action);
    connect(m_action, &SubtleButton::clicked, this, &Banner::actionTriggered);
    connect(m_dismiss, &SubtleButton::clicked, this, &Banner::dismissed);
}

void Banner::setContent(const QString& text, Tone tone, const QString& action, const QString& dismiss) {
    const bool isNews = isHidden() || m_text->text() != text; // what comes back is said once more
    m_tone = tone;
    m_text->setText(text);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    m_dismiss->setText(dismiss);
    m_dismiss->setVisible(!dismiss.isEmpty());
    if (isNews) announceChange(this, QAccessible::Alert);
    update();
}

AccessibleFace Banner::face() const {
    return {QAccessible::AlertMessage, m_text->text(), {}, {}, Expansion::None};
}

void Banner::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Colors& c = Theme::colors();
    QColor ground = toneColor(m_tone);
    ground.setAlpha(20);
    painter.fillRect(rect(), ground);
    strokeEdge(painter, rect(), Qt::BottomEdge, c.borderSubtle);
    // Beside the first line of the text.
    const qreal top = m_text->geometry().top() + (m_shape == Shape::Row ? (m_text->height() - size::icon) / 2.0 : 0);
    const QRectF field(size::panelPadding, top, size::icon, size::icon);
    const Icon icon = m_tone == Tone::Neutral ? Icon::Link : Icon::Warning;
    drawIcon(painter, icon, mirrored(*this, field), toneColor(m_tone));
}

} // namespace aiva
