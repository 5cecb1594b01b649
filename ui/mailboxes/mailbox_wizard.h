// Adds a mailbox in four steps, or reconnects one in two: address, servers and sign-in, live test, names. Cancel and
// Back are safe at any time: late answers are dropped, secrets wiped, and nothing is saved before the last step.
#pragma once

#include "core/desk/mail/mail_desk.h"
#include "ui/mailboxes/mailbox_editor.h"
#include "ui/mailboxes/wizard_step.h"
#include "ui/widgets/sheet.h"

class QStackedWidget;

namespace aiva {

class AddressStep;
class DoneStep;
class NameStep;
class ServersStep;
class TestStep;

class MailboxWizard final : public Sheet {
    Q_OBJECT
public:
    MailboxWizard(MailDesk& desk, const StoreNames& stores, QWidget* parent);
    // Reconnects: begins with the servers of the account and keeps everything else of it.
    MailboxWizard(MailDesk& desk, const MailAccount& account, QWidget* parent);
    ~MailboxWizard() override;

    AddressStep* address() const { return m_address; }
    ServersStep* servers() const { return m_servers; }
    TestStep* test() const { return m_test; }
    NameStep* names() const { return m_names; }
    WizardStep* current() const;
    SubtleButton* backButton() const { return m_back; }
    SubtleButton* goOnButton() const { return m_goOn; }
    const SecretString& secret() const { return m_draft.secret; }

    void done(int result) override;

Q_SIGNALS:
    void saved(aiva::MailboxId mailbox);
    void inboxAsked();

private:
    MailboxWizard(MailDesk& desk, const StoreNames& stores, const MailAccount& account, QWidget* parent);
    void build(const StoreNames& stores);
    enum class Entry { Anew, AsLeft };
    void go(WizardStep* step, Entry entry = Entry::Anew);
    void showButtons();
    void goOn();
    void goBack();
    void findServers();
    void takeGuesses(const Result<std::vector<MailServerGuess>>& guesses);
    void save();
    void finish(MailboxId mailbox);
    bool isReconnecting() const { return m_draft.account.id.isValid(); }

    MailDesk& m_desk;
    MailboxDraft m_draft;
    int m_generation = 0; // of what is waited for
    bool m_isBusy = false;
    QStackedWidget* m_pages;
    AddressStep* m_address;
    ServersStep* m_servers;
    TestStep* m_test;
    NameStep* m_names;
    DoneStep* m_done;
    SubtleButton* m_cancel;
    SubtleButton* m_back;
    SubtleButton* m_goOn;
};

} // namespace aiva
