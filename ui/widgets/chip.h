// A small rounded word: intent, store, tag, precedence. paintChip serves list delegates; the widget is read aloud.
#pragma once

#include "ui/widgets/described.h"
#include "ui/widgets/status_dot.h"

#include <QWidget>

namespace aiva {

enum class ChipLook { Outline, Filled, Bare };

// Height is always chipHeight(); elided when the field is narrower than chipWidth().
int chipHeight();
int chipWidth(const QString& text, ChipLook look = ChipLook::Outline);
// Paints at the leading edge of the field, returns the width used.
qreal paintChip(QPainter& painter, const QRectF& field, const QString& text, Tone tone = Tone::Neutral,
                ChipLook look = ChipLook::Outline);

class Chip : public QWidget, public Described {
    Q_OBJECT
public:
    explicit Chip(const QString& text = {}, Tone tone = Tone::Neutral, ChipLook look = ChipLook::Outline,
                  QWidget* parent = nullptr);
    void setText(const QString& text, Tone tone);
    QString text() const { return m_text; }

    AccessibleFace face() const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_text;
    Tone m_tone;
    ChipLook m_look;
};

} // namespace aiva
