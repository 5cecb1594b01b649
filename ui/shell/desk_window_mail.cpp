// The mail half of the window: outbox, mailboxes, their banner.
#include "ui/inbox/inbox_pane.h"
#include "ui/outbox/outbox_page.h"
#include "ui/shell/desk_window.h"
#include "ui/shell/mailbox_banner.h"
#include "ui/shell/settings_page.h"
#include "ui/shell/status_line.h"
#include "ui/shell/triage_page.h"

#include <QDesktopServices>

namespace aiva {

using namespace Qt::StringLiterals;

void DeskWindow::connectMail() {
    connect(m_outbox, &OutboxPage::stale, this, &DeskWindow::readOutbox);
    connect(m_outbox, &OutboxPage::failed, this, &DeskWindow::tell);
    connect(m_outbox, &OutboxPage::conversationAsked, this, &DeskWindow::openConversation);
    connect(m_status, &StatusLine::outboxAsked, this, [this] { showPage(DeskPage::Outbox); });
    connect(&m_desk, &Desk::onlineChanged, m_outbox, &OutboxPage::setOnline);
    m_outbox->setOnline(m_desk.isOnline());
    connect(&m_mail, &MailDesk::sent, this, &DeskWindow::readOutbox);
    connect(&m_mail, &MailDesk::sendHeld, this, &DeskWindow::readOutbox);
    connect(&m_mail, &MailDesk::syncProgressed, m_status, &StatusLine::setMailProgress);
    connect(&m_mail, &MailDesk::mailboxStateChanged, m_status, &StatusLine::endMailSync);
    connect(&m_mail, &MailDesk::openUrl, this, [](const QUrl& url) {
        if (url.scheme() == "https"_L1 || url.scheme() == "http"_L1) QDesktopServices::openUrl(url);
    });
    connect(m_triage, &TriagePage::addMailboxAsked, this, [this] {
        showPage(DeskPage::Settings);
        m_settings->mailboxes()->addMailbox();
    });
    connect(m_settings->mailboxes(), &MailboxesSection::stale, this, &DeskWindow::readMailboxes);
    connect(m_settings->mailboxes(), &MailboxesSection::inboxAsked, this, [this] { showSplit(InboxView::NeedsMe); });
    connect(m_settings->cannedReplies(), &CannedRepliesSection::stale, this, &DeskWindow::readMailboxes);
    connect(m_mailboxBanner, &MailboxBanner::reconnectAsked, this, [this](MailboxId mailbox) {
        showPage(DeskPage::Settings);
        m_settings->mailboxes()->reconnect(mailbox);
    });
    connect(&m_mail, &MailDesk::commandFailed, this, [this](const QString&, const Error& error) { tell(error); });
}

void DeskWindow::readOutbox() {
    std::vector<OutboxView> mails;
    if (m_reads.outbox) {
        auto read = m_reads.outbox(OutboxPage::recentShown);
        if (!read) {
            tell(read.error());
            return;
        }
        mails = *std::move(read);
    }
    m_outbox->setMails(mails);
    StatusLine::Outbox summary{0, 0, m_mail.isOutboxPaused()};
    for (const OutboxView& mail : mails) {
        const auto group = outboxGroup(mail.state);
        summary.waiting += group == OutboxGroup::OnItsWay ? 1 : 0;
        summary.needsYou += group == OutboxGroup::NeedsYou ? 1 : 0;
    }
    m_status->setOutbox(summary);
    m_rail->setOutboxCount(summary.waiting + summary.needsYou);
}

void DeskWindow::syncMailboxes() {
    const auto mailboxes = m_reads.mailboxes ? m_reads.mailboxes() : std::vector<MailboxView>();
    if (!mailboxes) return; // told when it was read
    for (const MailboxView& mailbox : *mailboxes)
        if (mailbox.account.status != MailboxStatus::Disconnected) m_mail.syncMailbox(mailbox.account.id);
}

void DeskWindow::readMailboxes() {
    if (m_reads.mailboxes) {
        const auto mailboxes = m_reads.mailboxes();
        if (!mailboxes) {
            tell(mailboxes.error());
            return;
        }
        m_settings->mailboxes()->setMailboxes(*mailboxes);
        m_mailboxBanner->setMailboxes(*mailboxes);
        m_triage->inbox()->setMailboxes(*mailboxes);
    }
    if (!m_reads.cannedReplies) return;
    const auto replies = m_reads.cannedReplies();
    if (replies)
        m_settings->cannedReplies()->setReplies(*replies);
    else
        tell(replies.error());
}

} // namespace aiva
