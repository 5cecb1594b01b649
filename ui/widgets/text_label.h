// Text in a style and a colour of the theme. ElidedLabel is one line that keeps its whole text as accessible name, and
// as tooltip once it is cut; TextBlock wraps. Both follow a change of theme by themselves.
#pragma once

#include "ui/theme/tokens.h"
#include "ui/widgets/described.h"

#include <QLabel>
#include <QWidget>

namespace aiva {

// &Colors::textSecondary and so on.
using ColorRole = QColor Colors::*;

class ElidedLabel : public QWidget, public Described {
    Q_OBJECT
public:
    explicit ElidedLabel(TextStyle style = TextStyle::Body, ColorRole color = &Colors::textPrimary,
                         QWidget* parent = nullptr);
    void setText(const QString& text);
    QString text() const { return m_text; }
    void setColor(ColorRole color);
    void setAlignment(Qt::Alignment alignment);
    // Read aloud instead of the text ("Orders: 3").
    void setSpokenName(const QString& name);
    // Adds "Copy" to the context menu.
    void setCopyable(const QString& menuText);

    bool isElided() const;
    AccessibleFace face() const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    TextStyle m_style;
    ColorRole m_color;
    mutable int m_textWidth = -1; // a layout asks for it several times a pass
    Qt::Alignment m_alignment = Qt::AlignLeading;
    QString m_text;
    QString m_spokenName;
};

class TextBlock : public QLabel {
    Q_OBJECT
public:
    explicit TextBlock(TextStyle style = TextStyle::Meta, ColorRole color = &Colors::textSecondary,
                       QWidget* parent = nullptr);
    void setColor(ColorRole color);

protected:
    bool event(QEvent* event) override;

private:
    void applyTheme();

    TextStyle m_style;
    ColorRole m_color;
};

} // namespace aiva
