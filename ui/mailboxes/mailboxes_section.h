// The mailboxes in the settings: a card each, Add mailbox, and the sheets they open. The settings page owns it.
#pragma once

#include "core/base/clock.h"
#include "core/desk/mail/mail_desk.h"
#include "ui/mailboxes/mailbox_editor.h"

#include <QWidget>

class QVBoxLayout;

namespace aiva {

class MailboxCard;
class MailboxWizard;
class SubtleButton;
class TextBlock;

class MailboxesSection final : public QWidget {
    Q_OBJECT
public:
    // `desk` and `clock` outlive the section.
    MailboxesSection(MailDesk& desk, const Clock& clock, QWidget* parent = nullptr);

    void setMailboxes(const std::vector<MailboxView>& mailboxes);
    void setStores(const StoreNames& stores) { m_stores = stores; }
    void showProgress();
    const std::vector<MailboxCard*>& cards() const { return m_cards; }
    SubtleButton* addButton() const { return m_add; }

    MailboxWizard* addMailbox();
    MailboxWizard* reconnect(MailboxId mailbox); // null when there is none with that id

Q_SIGNALS:
    // What is shown is no longer what is so: read again.
    void stale();
    void inboxAsked();

private:
    MailboxCard* addCard();
    MailboxWizard* open(MailboxWizard* wizard);
    void edit(const MailboxView& view);
    void disconnectMailbox(const MailboxView& view);

    MailDesk& m_desk;
    const Clock& m_clock;
    StoreNames m_stores;
    QVBoxLayout* m_list;
    TextBlock* m_empty;
    SubtleButton* m_add;
    std::vector<MailboxCard*> m_cards;
};

} // namespace aiva
