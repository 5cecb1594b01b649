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
    void showProgress(const MailSyncProgress& progress);
    void showNote(const QString& sentence); // what did not work out on the side

private:
    TextBlock* m_text;
    TextBlock* m_progress;
    TextBlock* m_note;
};

} // namespace aiva
