#include "ui/mailboxes/mailbox_wizard.h"

#include "ui/errors/error_text.h"
#include "ui/mailboxes/address_step.h"
#include "ui/mailboxes/done_step.h"
#include "ui/mailboxes/name_step.h"
#include "ui/mailboxes/servers_step.h"
#include "ui/mailboxes/test_step.h"

namespace aiva {

MailboxWizard::MailboxWizard(MailDesk& desk, const StoreNames& stores, QWidget* parent)
    : MailboxWizard(desk, stores, MailAccount(), parent) {
    goTo(m_address);
}

MailboxWizard::MailboxWizard(MailDesk& desk, const MailAccount& account, QWidget* parent)
    : MailboxWizard(desk, {}, account, parent) {
    goTo(m_servers);
}

MailboxWizard::MailboxWizard(MailDesk& desk, const StoreNames& stores, const MailAccount& account, QWidget* parent)
    : StepsSheet(tr("Add mailbox"), parent)
    , m_desk(desk)
    , m_address(new AddressStep)
    , m_servers(new ServersStep(desk))
    , m_test(new TestStep(desk))
    , m_names(new NameStep(stores))
    , m_done(new DoneStep) {
    m_draft.account = account;
    for (SheetStep* step : std::initializer_list<SheetStep*>{m_address, m_servers, m_test, m_names, m_done})
        addStep(step);
    connect(&m_desk, &MailDesk::syncProgressed, m_done, &DoneStep::showProgress);
}

QList<SheetStep*> MailboxWizard::steps() const {
    if (isReconnecting()) return {m_servers, m_test};
    return {m_address, m_servers, m_test, m_names};
}

QString MailboxWizard::goOnText() const {
    if (shownStep() == m_done) return tr("Go to the inbox");
    if (shownStep() != steps().constLast()) return tr("Continue");
    return isReconnecting() ? tr("Reconnect") : tr("Add mailbox");
}

bool MailboxWizard::isGoOnNext() const {
    return shownStep() == m_test || shownStep() == m_done;
}

void MailboxWizard::enter(SheetStep& step, Arrival arrival) {
    if (&step == m_test && arrival == Arrival::Back) return; // what has passed is not sent and tested again
    static_cast<WizardStep&>(step).enter(m_draft);
}

void MailboxWizard::leave(SheetStep& step) {
    static_cast<WizardStep&>(step).collect(m_draft);
}

void MailboxWizard::goOn() {
    if (shownStep() == m_done) {
        Q_EMIT inboxAsked();
        accept();
    } else if (shownStep() == m_address) {
        leave(*m_address);
        findServers();
    } else if (shownStep() == steps().constLast()) {
        leave(*shownStep());
        save();
    } else {
        StepsSheet::goOn();
    }
}

void MailboxWizard::findServers() {
    if (!m_draft.guesses.empty() || !m_draft.account.imap.host.isEmpty()) { // back and forth again
        goTo(m_servers);
        return;
    }
    m_address->showSearching(true);
    const int answer = startWaiting(Waiting::Cancellable);
    whenDone(m_desk.findServers(m_draft.account.address), this,
             [this, answer](const Result<std::vector<MailServerGuess>>& guesses) {
                 if (takeAnswer(answer)) takeGuesses(guesses);
             });
}

// What could not be found can still be typed.
void MailboxWizard::takeGuesses(const Result<std::vector<MailServerGuess>>& guesses) {
    if (guesses) m_draft.guesses = *guesses;
    if (!m_draft.guesses.empty()) {
        const MailServerGuess& best = m_draft.guesses.front();
        MailAccount& account = m_draft.account;
        account.imap = best.imap;
        account.smtp = best.smtp;
        if (!best.userName.isEmpty()) account.userName = best.userName;
        account.auth = best.needsOAuth ? MailAuth::OAuth : MailAuth::Password;
        account.oauth = best.oauth;
    }
    goTo(m_servers);
}

// What is being saved is not left half way: it would be there, and nobody would have heard of it.
void MailboxWizard::save() {
    MailAccount account = m_draft.account;
    account.status = MailboxStatus::Connected;
    account.lastError.clear();
    const int answer = startWaiting(Waiting::ToTheEnd);
    whenDone(m_desk.saveMailbox(account, m_draft.secret), this, [this, answer](const Result<MailboxId>& mailbox) {
        if (!takeAnswer(answer)) return;
        if (mailbox)
            finish(*mailbox);
        else if (current() == m_names)
            m_names->showTrouble(errorSentence(mailbox.error()));
        else
            m_test->showTrouble(errorSentence(mailbox.error()));
    });
}

void MailboxWizard::finish(MailboxId mailbox) {
    m_draft.secret.wipe();
    m_draft.secret = {};
    Q_EMIT saved(mailbox);
    if (!m_draft.agentName.isEmpty())
        whenDone(m_desk.joinTeam(mailbox, m_draft.agentName), m_done, [this](const Result<bool>& joined) {
            if (!joined)
                m_done->showNote(
                    tr("Sharing with colleagues is not set up yet. %1").arg(errorSentence(joined.error())));
        });
    m_done->setMailbox(mailbox);
    m_desk.syncMailbox(mailbox);
    goTo(m_done);
}

void MailboxWizard::done(int result) {
    m_test->cancel();
    m_servers->forget();
    m_draft.secret.wipe();
    m_draft.secret = {};
    StepsSheet::done(result);
}

} // namespace aiva
