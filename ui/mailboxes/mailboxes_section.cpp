#include "ui/mailboxes/mailboxes_section.h"

#include "ui/mailboxes/disconnect_sheet.h"
#include "ui/mailboxes/mailbox_card.h"
#include "ui/mailboxes/mailbox_wizard.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>

#include <algorithm>
#include <utility>

namespace aiva {

MailboxesSection::MailboxesSection(MailDesk& desk, const Clock& clock, QWidget* parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_clock(clock)
    , m_list(new QVBoxLayout)
    , m_empty(new TextBlock(TextStyle::Dense, &Colors::textSecondary, this))
    , m_add(new SubtleButton(tr("Add mailbox"), SubtleButton::Look::Subtle, this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 3 * size::grid, 0, 0);
    column->setSpacing(2 * size::grid);
    auto* head = new QHBoxLayout;
    auto* title = new TextBlock(TextStyle::Micro, &Colors::textMuted, this);
    title->setText(tr("Mailboxes"));
    head->addWidget(title, 1);
    head->addWidget(m_add);
    column->addLayout(head);
    m_empty->setText(
        tr("No mailbox is connected yet. Add the address customers write to: Aiva finds the servers, tests "
           "them live, and saves nothing before you say so."));
    column->addWidget(m_empty);
    m_list->setSpacing(2 * size::grid);
    column->addLayout(m_list);
    connect(m_add, &QAbstractButton::clicked, this, &MailboxesSection::addMailbox);
    connect(&m_desk, &MailDesk::syncProgressed, this, &MailboxesSection::showProgress);
    connect(&m_desk, &MailDesk::mailboxStateChanged, this, &MailboxesSection::stale);
}

// A card stays with its mailbox: what has the focus in it, and its open menu, never come to mean another one.
void MailboxesSection::setMailboxes(const std::vector<MailboxView>& mailboxes) {
    m_empty->setVisible(mailboxes.empty());
    std::vector<MailboxCard*> before = std::exchange(m_cards, {});
    for (const MailboxView& view : mailboxes) {
        const auto known = std::find_if(before.begin(), before.end(), [&view](const MailboxCard* card) {
            return card->mailbox().account.id == view.account.id;
        });
        m_cards.push_back(known != before.end() ? *known : addCard());
        if (known != before.end()) before.erase(known);
        const int place = static_cast<int>(m_cards.size()) - 1;
        if (m_list->indexOf(m_cards.back()) != place) {
            m_list->removeWidget(m_cards.back());
            m_list->insertWidget(place, m_cards.back());
        }
        m_cards.back()->setMailbox(view, m_desk.progress(view.account.id));
    }
    for (MailboxCard* gone : before) {
        m_list->removeWidget(gone);
        gone->hide();
        gone->deleteLater(); // it may be inside its own signal
    }
}

void MailboxesSection::showProgress() {
    for (MailboxCard* card : m_cards)
        card->setMailbox(MailboxView(card->mailbox()), m_desk.progress(card->mailbox().account.id));
}

MailboxCard* MailboxesSection::addCard() {
    auto* card = new MailboxCard(m_clock, this);
    m_list->addWidget(card);
    card->show();
    connect(card, &MailboxCard::syncAsked, this, [this, card] { m_desk.syncMailbox(card->mailbox().account.id); });
    connect(card, &MailboxCard::editAsked, this, [this, card] { edit(card->mailbox()); });
    connect(card, &MailboxCard::reconnectAsked, this, [this, card] { reconnect(card->mailbox().account.id); });
    connect(card, &MailboxCard::disconnectAsked, this, [this, card] { disconnectMailbox(card->mailbox()); });
    return card;
}

MailboxWizard* MailboxesSection::addMailbox() {
    return open(new MailboxWizard(m_desk, m_stores, window()));
}

MailboxWizard* MailboxesSection::reconnect(MailboxId mailbox) {
    const auto found = std::find_if(m_cards.begin(), m_cards.end(), [mailbox](const MailboxCard* card) {
        return card->mailbox().account.id == mailbox;
    });
    if (found == m_cards.end()) return nullptr;
    return open(new MailboxWizard(m_desk, (*found)->mailbox().account, window()));
}

MailboxWizard* MailboxesSection::open(MailboxWizard* wizard) {
    wizard->setAttribute(Qt::WA_DeleteOnClose);
    connect(wizard, &MailboxWizard::saved, this, &MailboxesSection::stale);
    connect(wizard, &MailboxWizard::inboxAsked, this, &MailboxesSection::inboxAsked);
    wizard->open();
    return wizard;
}

void MailboxesSection::edit(const MailboxView& view) {
    auto* editor = new MailboxEditor(m_desk, view, m_stores, window());
    editor->setAttribute(Qt::WA_DeleteOnClose);
    connect(editor, &MailboxEditor::saved, this, &MailboxesSection::stale);
    editor->open();
}

void MailboxesSection::disconnectMailbox(const MailboxView& view) {
    auto* sheet = new DisconnectSheet(m_desk, view.account, window());
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    connect(sheet, &DisconnectSheet::disconnected, this, &MailboxesSection::stale);
    sheet->open();
}

} // namespace aiva
