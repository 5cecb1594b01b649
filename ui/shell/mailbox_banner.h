// The strip above every page for a mailbox that lost its sign-in: what happened, Reconnect now, and Dismiss for a day.
#pragma once

#include "core/base/clock.h"
#include "core/readmodel/mailbox_query.h"
#include "ui/widgets/banner.h"

namespace aiva {

class WindowState;

class MailboxBanner final : public Banner {
    Q_OBJECT
public:
    MailboxBanner(WindowState& state, const Clock& clock, QWidget* parent = nullptr);
    void setMailboxes(const std::vector<MailboxView>& mailboxes);
    void refresh(); // time has passed: a day may be over

Q_SIGNALS:
    void reconnectAsked(aiva::MailboxId mailbox);

private:
    WindowState& m_state;
    const Clock& m_clock;
    std::vector<MailboxView> m_mailboxes;
    MailboxId m_mailbox; // the one it speaks of
};

} // namespace aiva
