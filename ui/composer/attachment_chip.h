// One attached file: icon, name, size, a cross. Click on the cross or Delete removes it. Used by AttachmentStrip.
#pragma once

#include "ui/theme/icon.h"
#include "ui/widgets/painted_button.h"

namespace aiva {

class AttachmentChip final : public PaintedButton {
    Q_OBJECT
public:
    enum class State { There, Arriving };
    AttachmentChip(Icon icon, const QString& name, const QString& size, State state, QWidget* parent = nullptr);
    QSize sizeHint() const override;

Q_SIGNALS:
    void removeAsked();

protected:
    void paint(QPainter& painter) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    QRectF cross() const;

    Icon m_icon;
    QString m_size;
    State m_state;
};

} // namespace aiva
