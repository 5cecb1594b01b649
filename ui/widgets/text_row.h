// One line of facts: text at the leading edge, a value at the trailing edge, perhaps a quiet second line. Line items,
// totals. Read aloud as one sentence.
#pragma once

#include "ui/widgets/text_label.h"

namespace aiva {

class TextRow : public QWidget, public Described {
    Q_OBJECT
public:
    TextRow(TextStyle style, TextStyle valueStyle, QWidget* parent = nullptr);

    struct Content {
        QString text;
        QString value;
        QString detail; // second line, empty for none
        ColorRole textColor = &Colors::textPrimary;
        ColorRole valueColor = &Colors::textSecondary;
        bool operator==(const Content&) const = default;
    };
    void setContent(const Content& content);
    // Read aloud instead of what is shown.
    void setSpokenName(const QString& name) { m_spokenName = name; }

    AccessibleFace face() const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    int lineHeight() const;
    qreal valueWidth() const;

    TextStyle m_style;
    TextStyle m_valueStyle;
    Content m_content;
    QString m_spokenName;
};

} // namespace aiva
