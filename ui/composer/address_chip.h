// An address as a chip that can be removed: click its cross or press Delete; Enter puts it back for correction. Marked
// when no mail server could take it. Used by AddressField.
#pragma once

#include "core/domain/mail/message_record.h"
#include "ui/widgets/painted_button.h"

namespace aiva {

class AddressChip final : public PaintedButton {
    Q_OBJECT
public:
    AddressChip(const MailAddress& address, const QString& field, QWidget* parent = nullptr);

    AccessibleFace face() const override;
    QSize sizeHint() const override;

Q_SIGNALS:
    void removeAsked();
    void changeAsked();

protected:
    void paint(QPainter& painter) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    QRectF cross() const;

    QString m_field;
    bool m_isBad;
};

} // namespace aiva
