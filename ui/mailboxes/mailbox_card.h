// One mailbox in the settings: state, address, what is cached, who shares it, what proves a send, and its menu. Asks;
// the section acts.
#pragma once

#include "core/base/clock.h"
#include "core/desk/mail/mail_values.h"
#include "core/readmodel/mailbox_query.h"
#include "ui/widgets/described.h"

#include <QWidget>

#include <optional>

class QAction;
class QMenu;

namespace aiva {

class ElidedLabel;
class StatusDot;
class SubtleButton;
class TextBlock;

class MailboxCard final : public QWidget, public Described {
    Q_OBJECT
public:
    explicit MailboxCard(const Clock& clock, QWidget* parent = nullptr);
    void setMailbox(const MailboxView& view, const std::optional<MailSyncProgress>& progress);
    const MailboxView& mailbox() const { return m_view; }
    QMenu* menu() const { return m_menu; }
    SubtleButton* reconnectButton() const { return m_reconnect; }
    SubtleButton* syncButton() const { return m_sync; }

    AccessibleFace face() const override;

Q_SIGNALS:
    void syncAsked();
    void editAsked();
    void reconnectAsked();
    void disconnectAsked();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void build();
    void buildMenu();

    const Clock& m_clock;
    MailboxView m_view;
    StatusDot* m_dot;
    ElidedLabel* m_address;
    ElidedLabel* m_store;
    ElidedLabel* m_state;
    ElidedLabel* m_counts;
    TextBlock* m_sharing;
    TextBlock* m_proof;
    TextBlock* m_advice;
    SubtleButton* m_sync;
    SubtleButton* m_more;
    SubtleButton* m_reconnect;
    QMenu* m_menu;
    QAction* m_disconnect = nullptr;
};

} // namespace aiva
