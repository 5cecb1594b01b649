// Asks before a mailbox is disconnected, and says what stays and what goes.
#pragma once

#include "core/desk/mail/mail_desk.h"
#include "ui/widgets/sheet.h"

namespace aiva {

class SubtleButton;
class TextBlock;

class DisconnectSheet final : public Sheet {
    Q_OBJECT
public:
    DisconnectSheet(MailDesk& desk, const MailAccount& account, QWidget* parent);
    SubtleButton* confirmButton() const { return m_confirm; }

Q_SIGNALS:
    void disconnected();

private:
    void confirm();

    MailDesk& m_desk;
    MailboxId m_mailbox;
    SubtleButton* m_confirm;
    TextBlock* m_trouble;
};

} // namespace aiva
