#include "core/mailbox/mailbox_keeper.h"

#include "core/base/log.h"

#include <QRandomGenerator>

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;
using Scope = MailboxPass::Scope;

MailboxKeeper::MailboxKeeper(MailboxPort& port, const MailboxBooks& books, MailboxId mailbox, const Clock& clock,
                             MailboxPace pace)
    : m_port(port), m_books(books), m_mailbox(mailbox), m_clock(clock), m_pace(std::move(pace)) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] { wake(Scope::AllFolders); });
    connect(&port, &MailboxPort::folderChanged, this, [this] { wake(Scope::Inbox); });
    connect(&port, &MailboxPort::watchLost, this, [this](const Error& error) {
        note(error);
        Q_EMIT contactChanged(false);
    });
    connect(&port, &MailboxPort::watchRestored, this, [this] {
        m_failures = 0;
        Q_EMIT contactChanged(true);
        wake(Scope::AllFolders);
    });
}

MailboxKeeper::~MailboxKeeper() = default;

void MailboxKeeper::start() {
    m_port.watch(m_inboxName);
    wake(Scope::AllFolders);
}

void MailboxKeeper::syncNow() {
    m_isRefused = false;
    wake(Scope::AllFolders);
}

void MailboxKeeper::carrySeen() {
    if (m_pass && !m_isOver) return m_pass->carrySeen();
    if (m_hasFailed) return; // the next try takes it along
    wake(Scope::Inbox);
}

void MailboxKeeper::wake(Scope scope) {
    // A refused login is not tried because the server says something on another line.
    if (m_isRefused && m_timer.isActive()) return;
    if (!m_pass) return begin(scope);
    if (!m_isOver && scope == Scope::Inbox) return m_pass->refreshInbox();
    m_following = std::max(m_following.value_or(scope), scope);
}

void MailboxKeeper::begin(Scope scope) {
    m_timer.stop();
    m_isOver = false;
    m_pass = std::make_unique<MailboxPass>(m_port, m_books, m_mailbox, m_clock, m_pace);
    const MailboxPass* pass = m_pass.get();
    connect(pass, &MailboxPass::progressed, this, [this](const FolderProgress& progress) {
        m_progress = progress;
        Q_EMIT progressed(progress);
    });
    connect(pass, &MailboxPass::rowsChanged, this, &MailboxKeeper::rowsChanged);
    connect(pass, &MailboxPass::newsCame, this, &MailboxKeeper::newsCame);
    connect(pass, &MailboxPass::messagesArrived, this, &MailboxKeeper::messagesArrived);
    connect(pass, &MailboxPass::finished, this, &MailboxKeeper::takeFinished);
    m_pass->start(scope);
}

void MailboxKeeper::takeFinished(const MailSyncOutcome& outcome) {
    m_isOver = true;
    m_progress.reset();
    note(outcome.error);
    m_hasFailed = outcome.error.has_value();
    if (outcome.error) {
        m_timer.start(waitAfter(*outcome.error));
    } else {
        m_failures = 0;
        m_timer.start(static_cast<int>(m_pace.pollMs));
    }
    m_isRefused = outcome.error && outcome.error->kind == ErrorKind::Auth;
    Q_EMIT contactChanged(!outcome.error || outcome.error->kind != ErrorKind::Network);
    Q_EMIT passFinished(outcome);
    QTimer::singleShot(0, this, &MailboxKeeper::drop); // the pass is still in its own function
}

void MailboxKeeper::drop() {
    m_pass.reset();
    const auto following = std::exchange(m_following, std::nullopt);
    // After a failure only the timer, or a line that is back, begins again.
    if (following && !m_hasFailed) begin(*following);
}

int MailboxKeeper::waitAfter(const Error& error) {
    if (error.kind == ErrorKind::Auth) return static_cast<int>(m_pace.refusedMs);
    const size_t index = std::min(m_failures++, m_pace.retryMs.size() - 1);
    const double share = 1 + m_pace.jitter * (2 * QRandomGenerator::global()->generateDouble() - 1);
    return static_cast<int>(static_cast<double>(m_pace.retryMs[index]) * share);
}

// What it was is kept for the settings page.
void MailboxKeeper::note(const std::optional<Error>& error) {
    const auto account = m_books.mailboxes.byId(m_mailbox);
    if (!account || !*account || (*account)->status == MailboxStatus::Disconnected) return;
    const MailboxStatus status = mailboxStatusAfter(error);
    const QString words = error ? errorWords(*error) : QString();
    if ((*account)->status == status && (*account)->lastError == words) return;
    if (error) qCWarning(logMail) << "mailbox" << m_mailbox.value() << words << error->detail;
    const auto written = m_books.mailboxes.setStatus(m_mailbox, status, words);
    if (!written) {
        qCWarning(logMail) << "a mailbox's status could not be written:" << written.error().detail;
        return;
    }
    Q_EMIT statusChanged();
}

} // namespace aiva
