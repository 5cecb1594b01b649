#include "ui/mailboxes/name_step.h"

#include "ui/mailboxes/signature_edit.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/text_label.h"

#include <QComboBox>
#include <QLineEdit>
#include <QVBoxLayout>

namespace aiva {

NameStep::NameStep(const StoreNames& stores, QWidget* parent)
    : WizardStep(parent)
    , m_name(new QLineEdit(this))
    , m_agent(new QLineEdit(this))
    , m_agentField(new FormField(tr("Your name"), m_agent,
                                 tr("Colleagues who share the mailbox see who answers. Customers do not."), this))
    , m_store(makeStoreChoice(stores, stores.size() == 1 ? std::optional(stores.front().first) : std::nullopt, this))
    , m_signature(new SignatureEdit(this))
    , m_trouble(new TextBlock(TextStyle::Meta, &Colors::warning, this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(3 * size::grid);
    column->addWidget(new FormField(tr("Name customers see"), m_name));
    column->addWidget(m_agentField);
    column->addWidget(new FormField(tr("Store"), m_store));
    column->addWidget(m_signature);
    column->addWidget(m_trouble);
    column->addStretch();
    m_trouble->hide();
    for (QLineEdit* field : {m_name, m_agent}) {
        connect(field, &QLineEdit::textChanged, this, &WizardStep::changed);
        connect(field, &QLineEdit::returnPressed, this, &WizardStep::goOnAsked);
    }
}

QString NameStep::title() const {
    return tr("Who writes from it");
}

void NameStep::enter(const MailboxDraft& draft) {
    m_isShared = draft.account.teamMode == TeamMode::Shared;
    m_agentField->setVisible(m_isShared);
    if (m_name->text().isEmpty()) m_name->setText(draft.account.displayName);
    showTrouble({});
    m_name->setFocus(Qt::OtherFocusReason);
}

bool NameStep::canGoOn() const {
    return !m_name->text().trimmed().isEmpty() && (!m_isShared || !m_agent->text().trimmed().isEmpty());
}

void NameStep::collect(MailboxDraft& draft) {
    draft.account.displayName = m_name->text().trimmed();
    draft.account.store = chosenStore(*m_store);
    draft.account.signatureText = m_signature->text();
    draft.account.signatureHtml = m_signature->html();
    draft.agentName = m_isShared ? m_agent->text().trimmed() : QString();
}

void NameStep::showTrouble(const QString& sentence) {
    m_trouble->setText(sentence);
    m_trouble->setVisible(!sentence.isEmpty());
}

} // namespace aiva
