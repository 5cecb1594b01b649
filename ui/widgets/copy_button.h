// Puts a text on the clipboard, says "Copied" for 1.2 s, then offers itself again.
#pragma once

#include "ui/widgets/subtle_button.h"

#include <QTimer>

namespace aiva {

class CopyButton : public SubtleButton {
    Q_OBJECT
public:
    explicit CopyButton(QWidget* parent = nullptr);
    // Exactly this text is copied. The spoken name tells several buttons of one order apart.
    void setOffer(const QString& label, const QString& textToCopy, const QString& spokenName);

Q_SIGNALS:
    void copied(const QString& text);

private:
    void copy();
    void rest();

    QString m_label;
    QString m_text;
    QString m_offerName;
    QTimer m_backToLabel;
};

} // namespace aiva
