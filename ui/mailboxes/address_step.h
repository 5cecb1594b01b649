// First step: the address customers write to.
#pragma once

#include "ui/mailboxes/wizard_step.h"

class QLineEdit;

namespace aiva {

class FormField;
class TextBlock;

class AddressStep final : public WizardStep {
    Q_OBJECT
public:
    explicit AddressStep(QWidget* parent = nullptr);

    QString title() const override;
    void enter(const MailboxDraft& draft) override;
    bool canGoOn() const override;
    void collect(MailboxDraft& draft) override;
    void showSearching(bool searching);
    QLineEdit* address() const { return m_address; }

private:
    QLineEdit* m_address;
    FormField* m_field;
    TextBlock* m_note;
};

} // namespace aiva
