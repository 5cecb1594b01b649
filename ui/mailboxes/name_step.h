// Fourth step: who writes from this mailbox, which store it belongs to, and the signature. Continue saves.
#pragma once

#include "ui/mailboxes/mailbox_editor.h"
#include "ui/mailboxes/wizard_step.h"

namespace aiva {

class FormField;

class NameStep final : public WizardStep {
    Q_OBJECT
public:
    explicit NameStep(const StoreNames& stores, QWidget* parent = nullptr);

    QString title() const override;
    void enter(const MailboxDraft& draft) override;
    bool canGoOn() const override;
    void collect(MailboxDraft& draft) override;
    void showTrouble(const QString& sentence);
    QLineEdit* displayName() const { return m_name; }
    QLineEdit* agentName() const { return m_agent; }
    SignatureEdit* signature() const { return m_signature; }

private:
    QLineEdit* m_name;
    QLineEdit* m_agent;
    FormField* m_agentField;
    QComboBox* m_store;
    SignatureEdit* m_signature;
    TextBlock* m_trouble;
    bool m_isShared = false;
};

} // namespace aiva
