#include "ui/widgets/text_label.h"

#include "ui/theme/painting.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace aiva {

ElidedLabel::ElidedLabel(TextStyle style, ColorRole color, QWidget* parent)
    : QWidget(parent), m_style(style), m_color(color) {
    describe(this);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ElidedLabel::setText(const QString& text) {
    if (m_text == text) return;
    m_text = text;
    m_textWidth = -1;
    announceChange(this, QAccessible::NameChanged);
    updateGeometry();
    update();
}

void ElidedLabel::setColor(ColorRole color) {
    m_color = color;
    update();
}

void ElidedLabel::setAlignment(Qt::Alignment alignment) {
    m_alignment = alignment;
    update();
}

void ElidedLabel::setSpokenName(const QString& name) {
    m_spokenName = name;
}

void ElidedLabel::setCopyable(const QString& menuText) {
    setContextMenuPolicy(Qt::ActionsContextMenu);
    auto* copy = new QAction(menuText, this);
    connect(copy, &QAction::triggered, this, [this] { QGuiApplication::clipboard()->setText(m_text); });
    addAction(copy);
}

bool ElidedLabel::isElided() const {
    return textWidth(Theme::font(m_style), m_text) > contentsRect().width();
}

AccessibleFace ElidedLabel::face() const {
    return {QAccessible::StaticText, m_spokenName.isEmpty() ? m_text : m_spokenName, {}, {}, Expansion::None};
}

QSize ElidedLabel::sizeHint() const {
    if (m_textWidth < 0) m_textWidth = textWidth(Theme::font(m_style), m_text);
    return QSize(m_textWidth, Theme::lineHeight(m_style)).grownBy(contentsMargins());
}

QSize ElidedLabel::minimumSizeHint() const {
    return {std::min(sizeHint().width(), 24), sizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setLayoutDirection(layoutDirection());
    drawLine(painter, contentsRect(), m_text, Theme::font(m_style), Theme::colors().*m_color, m_alignment);
}

bool ElidedLabel::event(QEvent* event) {
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange) m_textWidth = -1;
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty()) {
        if (isElided())
            QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), m_text, this);
        else
            event->ignore();
        return true;
    }
    return QWidget::event(event);
}

TextBlock::TextBlock(TextStyle style, ColorRole color, QWidget* parent)
    : QLabel(parent), m_style(style), m_color(color) {
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    applyTheme();
}

void TextBlock::setColor(ColorRole color) {
    if (color == m_color) return;
    m_color = color;
    applyTheme();
}

void TextBlock::applyTheme() {
    setFont(Theme::font(m_style));
    QPalette own = palette();
    own.setColor(QPalette::WindowText, Theme::colors().*m_color);
    setPalette(own);
}

bool TextBlock::event(QEvent* event) {
    const bool handled = QLabel::event(event);
    // apply() sets a new style sheet last: by then the colours are the new ones.
    if (event->type() == QEvent::StyleChange && palette().color(QPalette::WindowText) != Theme::colors().*m_color)
        applyTheme();
    return handled;
}

} // namespace aiva
