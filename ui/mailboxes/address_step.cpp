#include "ui/mailboxes/address_step.h"

#include "core/domain/email_address.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/text_label.h"

#include <QLineEdit>
#include <QVBoxLayout>

namespace aiva {

AddressStep::AddressStep(QWidget* parent)
    : WizardStep(parent)
    , m_address(new QLineEdit(this))
    , m_field(new FormField(tr("E-mail address"), m_address, tr("The one customers write to."), this))
    , m_note(new TextBlock(TextStyle::Meta, &Colors::textSecondary, this)) {
    m_address->setPlaceholderText(tr("support@your-shop.com"));
    m_address->setInputMethodHints(Qt::ImhEmailCharactersOnly);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_field);
    column->addSpacing(2 * size::grid);
    column->addWidget(m_note);
    column->addStretch();
    showSearching(false);
    connect(m_address, &QLineEdit::textChanged, this, &WizardStep::changed);
    connect(m_address, &QLineEdit::returnPressed, this, &WizardStep::goOnAsked);
}

QString AddressStep::title() const {
    return tr("Add mailbox");
}

void AddressStep::enter(const MailboxDraft& draft) {
    m_address->setText(draft.account.address);
    showSearching(false);
    m_address->setFocus(Qt::OtherFocusReason);
    m_address->selectAll();
}

bool AddressStep::canGoOn() const {
    const QString address = normalizedEmail(m_address->text());
    return !address.isEmpty() && address.count(u'@') == 1 && !address.contains(u' ') &&
           address.section(u'@', 1).contains(u'.');
}

void AddressStep::collect(MailboxDraft& draft) {
    const QString address = normalizedEmail(m_address->text());
    if (address == draft.account.address) return;
    draft = {}; // servers and secrets belong to an address
    draft.account.address = address;
    draft.account.userName = address;
}

void AddressStep::showSearching(bool searching) {
    m_address->setEnabled(!searching);
    m_note->setText(searching ? tr("Looking for the servers of %1…").arg(m_address->text().section(u'@', 1))
                              : tr("Aiva finds the servers, tests everything live, and saves nothing before the last "
                                   "step. You can cancel at any time."));
}

} // namespace aiva
