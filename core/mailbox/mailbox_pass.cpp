#include "core/mailbox/mailbox_pass.h"

#include "core/base/log.h"
#include "core/mailbox/folder_choice.h"

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

MailboxPass::MailboxPass(MailboxPort& port, const MailboxBooks& books, MailboxId mailbox, const Clock& clock,
                         const MailboxPace& pace)
    : m_port(port), m_books(books), m_mailbox(mailbox), m_clock(clock), m_pace(pace) {
    m_outcome.mailbox = mailbox;
}

MailboxPass::~MailboxPass() = default;

void MailboxPass::start(Scope scope) {
    m_startedAt = m_clock.monotonicMs();
    const auto own = m_books.mailboxes.ownAddresses();
    if (!own) return fail(own.error());
    m_ownAddresses = QSet<QString>(own->begin(), own->end());
    if (scope == Scope::Inbox) {
        const auto started = startInbox();
        if (!started) return fail(started.error());
        if (*started) return;
    }
    listFolders();
}

Result<bool> MailboxPass::startInbox() {
    AIVA_TRY(const std::vector<MailFolderRow> rows, m_books.mailboxes.folders(m_mailbox));
    for (const MailFolderRow& row : rows) {
        if (row.role != "inbox"_L1) continue;
        AIVA_CHECK(startRun(row));
        return true;
    }
    return false;
}

void MailboxPass::listFolders() {
    whenDone(m_port.folders(), this, [this](const Result<std::vector<MailFolder>>& listed) {
        if (m_isOver) return;
        if (!listed) return fail(listed.error());
        if (const auto followed = follow(*listed); !followed) fail(followed.error());
    });
}

// A folder that is listed no more, or plays another part now, has nothing of ours left.
Result<void> MailboxPass::follow(const std::vector<MailFolder>& listed) {
    const std::vector<MailFolder> followed = followedFolders(listed);
    if (followed.empty()) return Error{ErrorKind::NotFound, u"the server lists no INBOX"_s, ErrorCause::FolderMissing};
    AIVA_TRY(const std::vector<MailFolderRow> known, m_books.mailboxes.folders(m_mailbox));
    for (const MailFolderRow& row : known) {
        const bool isFollowed = std::any_of(followed.begin(), followed.end(),
                                            [&](const MailFolder& folder) { return folder.name == row.name; });
        if (!isFollowed && row.uidValidity != 0) AIVA_CHECK(m_books.mailboxes.forgetFolder(row.id));
    }
    for (const MailFolder& folder : followed) {
        MailFolderRow row;
        const auto before =
            std::find_if(known.begin(), known.end(), [&](const MailFolderRow& one) { return one.name == folder.name; });
        if (before != known.end()) row = *before;
        row.mailbox = m_mailbox;
        row.name = folder.name;
        row.role = roleWord(folder.role);
        AIVA_TRY(row.id, m_books.mailboxes.saveFolder(row));
        AIVA_CHECK(startRun(row));
    }
    return {};
}

Result<void> MailboxPass::startRun(const MailFolderRow& folder) {
    m_runs.push_back(std::make_unique<MailboxSyncRun>(m_port, m_books, folder, m_ownAddresses, m_clock, m_pace));
    MailboxSyncRun* run = m_runs.back().get();
    if (folder.role == "inbox"_L1) {
        m_inbox = folder;
        m_inboxIsOpen = true;
    }
    ++m_open;
    connect(run, &MailboxSyncRun::progressed, this, &MailboxPass::progressed);
    connect(run, &MailboxSyncRun::rowsChanged, this, &MailboxPass::rowsChanged);
    connect(run, &MailboxSyncRun::newsCame, this, &MailboxPass::newsCame);
    connect(run, &MailboxSyncRun::messagesArrived, this, &MailboxPass::messagesArrived);
    connect(run, &MailboxSyncRun::finished, this,
            [this, run](const MailSyncCounts& counts, const std::optional<Error>& error) {
                takeFinished(run, counts, error);
            });
    run->start();
    return {};
}

void MailboxPass::refreshInbox() {
    if (m_isOver || m_open == 0) return; // folders are being listed: INBOX follows anyway
    for (const auto& run : m_runs)
        if (m_inboxIsOpen && m_inbox && run->folderName() == m_inbox->name) return run->refresh();
    // INBOX is done, Sent is not: INBOX once more beside it.
    std::erase_if(m_runs, [](const auto& run) { return run->isOver(); });
    if (const auto started = startInbox(); !started) fail(started.error());
}

void MailboxPass::carrySeen() {
    for (const auto& run : m_runs)
        run->carrySeen();
}

void MailboxPass::cancel() {
    if (!m_isOver) settle(SyncStatus::Cancelled);
}

void MailboxPass::takeFinished(MailboxSyncRun* run, const MailSyncCounts& counts, const std::optional<Error>& error) {
    m_outcome.counts.add(counts);
    if (m_inbox && run->folderName() == m_inbox->name) m_inboxIsOpen = false;
    --m_open;
    if (error && !m_outcome.error) m_outcome.error = error;
    if (m_isOver) return;
    if (m_outcome.error) return settle(SyncStatus::Failed); // one line serves all: no use waiting for the others
    if (m_open > 0) return;
    if (const auto noted = m_books.mailboxes.setSynced(m_mailbox, m_clock.now()); !noted) return fail(noted.error());
    settle(m_outcome.counts.failed > 0 ? SyncStatus::CompletedWithErrors : SyncStatus::Completed);
}

void MailboxPass::fail(const Error& error) {
    m_outcome.error = error;
    settle(SyncStatus::Failed);
}

void MailboxPass::settle(SyncStatus status) {
    if (std::exchange(m_isOver, true)) return;
    m_outcome.status = status;
    m_outcome.durationMs = m_clock.monotonicMs() - m_startedAt;
    for (const auto& run : m_runs)
        run->stop();
    Q_EMIT finished(m_outcome);
}

} // namespace aiva
