// A quiet button that names its key: "E done". For the mouse what the key is for the hand.
#pragma once

#include "ui/widgets/painted_button.h"

namespace aiva {

class KeyButton final : public PaintedButton {
    Q_OBJECT
public:
    KeyButton(const QString& key, const QString& text, QWidget* parent = nullptr);
    QSize sizeHint() const override;
    void setWord(const QString& text);

protected:
    void paint(QPainter& painter) override;

private:
    QString shown() const;

    QString m_key;
};

} // namespace aiva
