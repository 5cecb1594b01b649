// Last page: the mailbox is there, its conversations arrive.
#pragma once

#include "core/desk/mail/mail_values.h"
#include "ui/mailboxes/wizard_step.h"

namespace aiva {

class TextBlock;

class DoneStep final : public WizardStep {
    Q_OBJECT
public:
    explicit DoneStep(QWidget* parent = nullptr);

    QString title() const override;
    void enter(const MailboxDraft& draft) override;
    bool canGoOn() const override { return true; }
    void collect(MailboxDraft&) override {}
    void setMailbox(MailboxId mailbox) { m_mailbox = mailbox; } // the one that was added
    void showProgress(const MailSyncProgress& progress);        // another one's is not shown
    QString progressText() const;
    void showNote(const QString& sentence); // what did not work out on the side

private:
    MailboxId m_mailbox;
    TextBlock* m_text;
    TextBlock* m_progress;
    TextBlock* m_note;
};

} // namespace aiva
