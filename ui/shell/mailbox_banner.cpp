#include "ui/shell/mailbox_banner.h"

#include "ui/mailboxes/mailbox_text.h"
#include "ui/shell/window_state.h"

namespace aiva {

namespace {
constexpr int dismissedSeconds = 24 * 3600;
}

MailboxBanner::MailboxBanner(WindowState& state, const Clock& clock, QWidget* parent)
    : Banner(Shape::Row, parent), m_state(state), m_clock(clock) {
    connect(this, &Banner::actionTriggered, this, [this] { Q_EMIT reconnectAsked(m_mailbox); });
    connect(this, &Banner::dismissed, this, [this] {
        m_state.dismissBanner(m_mailbox, m_clock.now().plusSeconds(dismissedSeconds));
        refresh(); // another one may have waited behind it
    });
    hide();
}

void MailboxBanner::setMailboxes(const std::vector<MailboxView>& mailboxes) {
    m_mailboxes = mailboxes;
    // One that is back and is lost once more is news.
    for (const MailboxView& view : mailboxes)
        if (!lostItsLogin(view.account) && m_state.isBannerDismissed(view.account.id, m_clock.now()))
            m_state.dismissBanner(view.account.id, m_clock.now());
    refresh();
}

void MailboxBanner::refresh() {
    for (const MailboxView& view : m_mailboxes) {
        if (!lostItsLogin(view.account) || m_state.isBannerDismissed(view.account.id, m_clock.now())) continue;
        m_mailbox = view.account.id;
        setContent(tr("%1 no longer lets Aiva in. Mail neither arrives nor leaves; what is cached stays.")
                       .arg(view.account.address),
                   Tone::Warning, tr("Reconnect now"), tr("Dismiss for 24 h"));
        show();
        return;
    }
    hide();
}

} // namespace aiva
