// Adds a mailbox in four steps, or reconnects one in two: address, servers and sign-in, live test, names. Cancel and
// Back are safe at any time: late answers are dropped, secrets wiped, and nothing is saved before the last step.
#pragma once

#include "core/desk/mail/mail_desk.h"
#include "ui/mailboxes/mailbox_editor.h"
#include "ui/mailboxes/wizard_step.h"

namespace aiva {

class AddressStep;
class DoneStep;
class NameStep;
class ServersStep;
class TestStep;

class MailboxWizard final : public StepsSheet {
    Q_OBJECT
public:
    MailboxWizard(MailDesk& desk, const StoreNames& stores, QWidget* parent);
    // Reconnects: begins with the servers of the account and keeps everything else of it.
    MailboxWizard(MailDesk& desk, const MailAccount& account, QWidget* parent);

    AddressStep* address() const { return m_address; }
    ServersStep* servers() const { return m_servers; }
    TestStep* test() const { return m_test; }
    NameStep* names() const { return m_names; }
    DoneStep* end() const { return m_done; }
    WizardStep* current() const { return static_cast<WizardStep*>(shownStep()); }
    const SecretString& secret() const { return m_draft.secret; }

    void done(int result) override;

Q_SIGNALS:
    void saved(aiva::MailboxId mailbox);
    void inboxAsked();

protected:
    QList<SheetStep*> steps() const override;
    QString goOnText() const override;
    bool isGoOnNext() const override;
    void enter(SheetStep& step, Arrival arrival) override;
    void leave(SheetStep& step) override;
    void goOn() override;

private:
    MailboxWizard(MailDesk& desk, const StoreNames& stores, const MailAccount& account, QWidget* parent);
    void findServers();
    void takeGuesses(const Result<std::vector<MailServerGuess>>& guesses);
    void save();
    void finish(MailboxId mailbox);
    bool isReconnecting() const { return m_draft.account.id.isValid(); }

    MailDesk& m_desk;
    MailboxDraft m_draft;
    AddressStep* m_address;
    ServersStep* m_servers;
    TestStep* m_test;
    NameStep* m_names;
    DoneStep* m_done;
};

} // namespace aiva
