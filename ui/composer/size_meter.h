// How much of what mail servers take the mail would use, as sent: a short bar and the figures. Amber when nearly full,
// red beyond; read aloud as a progress bar. Used by AttachmentStrip.
#pragma once

#include "ui/widgets/described.h"

#include <QWidget>

namespace aiva {

class SizeMeter final : public QWidget, public Described {
    Q_OBJECT
public:
    explicit SizeMeter(QWidget* parent = nullptr);

    void setSizes(qint64 sentBytes, qint64 limit);
    QString text() const;

    AccessibleFace face() const override;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    qint64 m_sentBytes = 0;
    qint64 m_limit = 0;
};

} // namespace aiva
