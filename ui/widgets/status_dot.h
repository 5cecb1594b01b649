// The order status dot: a shape and a colour together, never colour alone. paintStatusDot serves headers and delegates;
// the widget adds the word for screen readers.
#pragma once

#include "ui/widgets/described.h"

#include <QColor>
#include <QRectF>
#include <QWidget>

class QPainter;

namespace aiva {

enum class DotShape { Filled, Half, Ring, Hollow };
enum class Tone { Neutral, Muted, Ok, Warning, Danger, Accent };

// Of the current theme.
QColor toneColor(Tone tone);

struct DotLook {
    DotShape shape = DotShape::Filled;
    Tone tone = Tone::Neutral;
    bool operator==(const DotLook&) const = default;
};

// Centred in the field, size::dot wide.
void paintStatusDot(QPainter& painter, const QRectF& field, DotLook look);

class StatusDot : public QWidget, public Described {
    Q_OBJECT
public:
    explicit StatusDot(QWidget* parent = nullptr);
    void setStatus(DotLook look, const QString& word);
    AccessibleFace face() const override;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    DotLook m_look;
    QString m_word;
};

} // namespace aiva
