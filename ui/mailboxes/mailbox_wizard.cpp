#include "ui/mailboxes/mailbox_wizard.h"

#include "ui/error_text.h"
#include "ui/mailboxes/address_step.h"
#include "ui/mailboxes/done_step.h"
#include "ui/mailboxes/name_step.h"
#include "ui/mailboxes/servers_step.h"
#include "ui/mailboxes/test_step.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/subtle_button.h"

#include <QBoxLayout>
#include <QStackedWidget>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {
constexpr QSize sheetSize(540, 560);
}

MailboxWizard::MailboxWizard(MailDesk& desk, const StoreNames& stores, QWidget* parent)
    : MailboxWizard(desk, stores, MailAccount(), parent) {
    go(m_address);
}

MailboxWizard::MailboxWizard(MailDesk& desk, const MailAccount& account, QWidget* parent)
    : MailboxWizard(desk, {}, account, parent) {
    go(m_servers);
}

MailboxWizard::MailboxWizard(MailDesk& desk, const StoreNames& stores, const MailAccount& account, QWidget* parent)
    : Sheet(tr("Add mailbox"), parent)
    , m_desk(desk)
    , m_pages(new QStackedWidget(this))
    , m_address(new AddressStep)
    , m_servers(new ServersStep(desk))
    , m_test(new TestStep(desk))
    , m_names(new NameStep(stores))
    , m_done(new DoneStep)
    , m_cancel(new SubtleButton(tr("Cancel"), SubtleButton::Look::Subtle, this))
    , m_back(new SubtleButton(tr("Back"), SubtleButton::Look::Subtle, this))
    , m_goOn(new SubtleButton(tr("Continue"), SubtleButton::Look::Primary, this)) {
    m_draft.account = account;
    setFixedSize(sheetSize);
    for (WizardStep* step :
         {static_cast<WizardStep*>(m_address), static_cast<WizardStep*>(m_servers), static_cast<WizardStep*>(m_test),
          static_cast<WizardStep*>(m_names), static_cast<WizardStep*>(m_done)}) {
        m_pages->addWidget(step);
        connect(step, &WizardStep::changed, this, &MailboxWizard::showButtons);
        connect(step, &WizardStep::goOnAsked, this, [this] {
            if (m_goOn->isEnabled()) goOn();
        });
    }
    body()->addWidget(m_pages);
    foot()->addWidget(m_cancel);
    foot()->addStretch();
    foot()->addWidget(m_back);
    foot()->addWidget(m_goOn);
    connect(m_cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_back, &QAbstractButton::clicked, this, &MailboxWizard::goBack);
    connect(m_goOn, &QAbstractButton::clicked, this, &MailboxWizard::goOn);
    connect(&m_desk, &MailDesk::syncProgressed, m_done, &DoneStep::showProgress);
}

MailboxWizard::~MailboxWizard() = default;

WizardStep* MailboxWizard::current() const {
    return static_cast<WizardStep*>(m_pages->currentWidget());
}

void MailboxWizard::go(WizardStep* step, Entry entry) {
    m_isBusy = false;
    m_pages->setCurrentWidget(step);
    const int first = isReconnecting() ? 1 : 0;
    const int steps = isReconnecting() ? 2 : 4;
    const int number = m_pages->indexOf(step) + 1 - first;
    setTitle(step->title(), step == m_done ? QString() : tr("%1 of %2").arg(number).arg(steps));
    if (entry == Entry::Anew) step->enter(m_draft);
    showButtons();
}

void MailboxWizard::showButtons() {
    const WizardStep* step = current();
    const bool isDone = step == m_done;
    const bool isLast = step == m_names || (step == m_test && isReconnecting());
    m_cancel->setVisible(!isDone);
    m_back->setVisible(!isDone);
    m_back->setEnabled(step != m_address && !(step == m_servers && isReconnecting()));
    m_goOn->setText(isDone   ? tr("Go to the inbox")
                    : isLast ? (isReconnecting() ? tr("Reconnect") : tr("Add mailbox"))
                             : tr("Continue"));
    m_goOn->setEnabled(!m_isBusy && step->canGoOn());
    if (step == m_test && step->canGoOn()) m_goOn->setFocus(Qt::OtherFocusReason);
}

void MailboxWizard::goOn() {
    WizardStep* step = current();
    if (step == m_done) {
        Q_EMIT inboxAsked();
        accept();
        return;
    }
    step->collect(m_draft);
    if (step == m_address)
        findServers();
    else if (step == m_servers)
        go(m_test);
    else if (step == m_test && !isReconnecting())
        go(m_names);
    else
        save();
}

void MailboxWizard::goBack() {
    ++m_generation; // whatever was waited for is not wanted any more
    WizardStep* step = current();
    step->collect(m_draft);
    auto* before = static_cast<WizardStep*>(m_pages->widget(m_pages->indexOf(step) - 1));
    go(before, before == m_test ? Entry::AsLeft : Entry::Anew); // what has passed is not sent and tested again
}

void MailboxWizard::findServers() {
    if (!m_draft.guesses.empty() || !m_draft.account.imap.host.isEmpty()) { // back and forth again
        go(m_servers);
        return;
    }
    m_isBusy = true;
    m_address->showSearching(true);
    showButtons();
    const int generation = ++m_generation;
    whenDone(m_desk.findServers(m_draft.account.address), this,
             [this, generation](const Result<std::vector<MailServerGuess>>& guesses) {
                 if (generation == m_generation) takeGuesses(guesses);
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
    go(m_servers);
}

void MailboxWizard::save() {
    m_isBusy = true;
    showButtons();
    MailAccount account = m_draft.account;
    account.status = MailboxStatus::Connected;
    account.lastError.clear();
    const int generation = ++m_generation;
    whenDone(m_desk.saveMailbox(account, m_draft.secret), this, [this, generation](const Result<MailboxId>& mailbox) {
        if (generation != m_generation) return;
        m_isBusy = false;
        showButtons();
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
    m_desk.syncMailbox(mailbox);
    go(m_done);
}

void MailboxWizard::done(int result) {
    ++m_generation;
    m_test->cancel();
    m_servers->forget();
    m_draft.secret.wipe();
    m_draft.secret = {};
    Sheet::done(result);
}

} // namespace aiva
