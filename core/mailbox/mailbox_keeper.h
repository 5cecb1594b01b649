// MailboxKeeper: keeps one mailbox in step for as long as the program runs: a first pass, then one whenever the server
// says something happened, when a lost line is back, and every few minutes for folders nobody watches. Waits longer and
// longer after failures. Owned by the desk's core, on the core thread; the port is its own to watch, not to close.
#pragma once

#include "core/mailbox/mailbox_pass.h"

#include <QTimer>

#include <memory>

namespace aiva {

class MailboxKeeper : public QObject {
    Q_OBJECT
public:
    MailboxKeeper(MailboxPort& port, const MailboxBooks& books, MailboxId mailbox, const Clock& clock,
                  MailboxPace pace = {});
    ~MailboxKeeper() override; // a running pass ends; what is written stays

    void start();
    // Everything now, waiting or not: the user asked, the machine woke up, a mail was sent.
    void syncNow();
    // Something was read or marked unread here.
    void carrySeen();

    bool isRunning() const { return m_pass != nullptr; }
    const std::optional<FolderProgress>& progress() const { return m_progress; } // of the running pass

Q_SIGNALS:
    void progressed(const aiva::FolderProgress& progress);
    void rowsChanged();
    void messagesArrived(const aiva::MailArrivals& arrivals);
    void newsCame(const aiva::FolderNews& news); // before messagesArrived of the same mails
    void passFinished(const aiva::MailSyncOutcome& outcome);
    void contactChanged(bool reached); // a line was lost, or something came over it
    void statusChanged();              // the mailbox's row says something new

private:
    void wake(MailboxPass::Scope scope);
    void begin(MailboxPass::Scope scope);
    void takeFinished(const MailSyncOutcome& outcome);
    void drop();
    void note(const std::optional<Error>& error);
    int waitAfter(const Error& error);

    MailboxPort& m_port;
    MailboxBooks m_books;
    const MailboxId m_mailbox;
    const Clock& m_clock;
    const MailboxPace m_pace;
    std::unique_ptr<MailboxPass> m_pass;
    std::optional<FolderProgress> m_progress;
    QString m_inboxName = QStringLiteral("INBOX");
    std::optional<MailboxPass::Scope> m_following; // a pass wanted as soon as the running one is over
    QTimer m_timer;                                // the next try, or the next look at what nobody watches
    size_t m_failures = 0;
    bool m_isOver = false;    // the pass, which is still in its own function
    bool m_hasFailed = false; // the last pass
    bool m_isRefused = false; // its login
};

} // namespace aiva
