// "E done": a key and what it does, in a hairline box. Decoration for people who see it; the action itself carries the
// name, so a screen reader skips it.
#pragma once

#include <QWidget>

class QPainter;

namespace aiva {

int keyHintWidth(const QString& text);
// At the leading edge of the field; returns the width used.
qreal paintKeyHint(QPainter& painter, const QRectF& field, const QString& text);

class KeyHint : public QWidget {
    Q_OBJECT
public:
    explicit KeyHint(const QString& text, QWidget* parent = nullptr);
    void setText(const QString& text);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_text;
};

} // namespace aiva
