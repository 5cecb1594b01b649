// The outbox: what is on its way, what needs a decision, what was sent; and the kill switch. Shows the mails it is
// given and passes decisions to the mail desk. The window owns it.
#pragma once

#include "core/base/clock.h"
#include "core/desk/mail/mail_desk.h"
#include "ui/outbox/outbox_text.h"
#include "ui/widgets/page.h"

#include <QTimer>

#include <map>

class QLabel;

namespace aiva {

class Banner;
class EmptyState;
class OutboxRowView;
class SubtleButton;

class OutboxPage final : public Page {
    Q_OBJECT
public:
    static constexpr int recentShown = 30;

    // `desk` and `clock` outlive the page.
    OutboxPage(MailDesk& desk, const Clock& clock, QWidget* parent = nullptr);

    void setMails(const std::vector<OutboxView>& mails);
    void setOnline(bool online);
    // Null when the mail is not listed.
    OutboxRowView* row(OutboxId id) const;
    QStringList shownGroups() const;
    SubtleButton* killSwitch() const { return m_switch; }

Q_SIGNALS:
    void conversationAsked(aiva::ConversationId id);
    // What is shown is no longer what is so: read again.
    void stale();
    void failed(const aiva::Error& error);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    struct Group {
        QLabel* heading;
        std::vector<OutboxId> mails;
    };
    void build();
    void placeRows();
    void showWeather();
    void tick();
    void togglePause();
    void decide(OutboxId id, OutboxAction action);
    void takeBack(OutboxId id, OutboxAction action);

    MailDesk& m_desk;
    const Clock& m_clock;
    OutboxWeather m_weather;
    SubtleButton* m_switch;
    Banner* m_pausedBanner;
    QLabel* m_offline;
    EmptyState* m_empty;
    QVBoxLayout* m_list;
    std::map<OutboxGroup, Group> m_groups;
    std::map<OutboxId, OutboxRowView*> m_rows;
    QTimer m_second;
};

} // namespace aiva
