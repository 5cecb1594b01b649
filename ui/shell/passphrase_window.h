// Asks for the passphrase of a workspace that was made with one. Hands it on and forgets it; knows nothing of keys.
#pragma once

#include "core/base/secret_string.h"

#include <QWidget>

class QLineEdit;

namespace aiva {

class SubtleButton;
class TextBlock;

class PassphraseWindow final : public QWidget {
    Q_OBJECT
public:
    explicit PassphraseWindow(const QString& dir);
    // It did not open; the person may try again.
    void refuse();

Q_SIGNALS:
    void entered(const aiva::SecretString& passphrase);

private:
    void enter();

    QLineEdit* m_field;
    SubtleButton* m_open;
    TextBlock* m_refusal;
};

} // namespace aiva
