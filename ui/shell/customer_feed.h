// Feeds the customer panel from the desk: who a conversation is with, their orders and past conversations; and turns
// what is asked in the panel into commands. The triage page owns it.
#pragma once

#include "core/desk/desk.h"
#include "ui/crm/crm_panel_state.h"

#include <QObject>
#include <QTimer>

namespace aiva {

class CrmPanel;

class CustomerFeed final : public QObject {
    Q_OBJECT
public:
    CustomerFeed(Desk& desk, const Clock& clock, QObject* parent = nullptr);

    CrmPanel* panel() const { return m_panel; }
    // The person shown; absent when none is known.
    const std::optional<CustomerView>& customer() const { return m_customer; }

    // Read with the conversation, with as many orders as CustomerQuery gives at first. The panel itself follows with
    // showPanel.
    void follow(const ConversationView& conversation, std::optional<CustomerView> customer,
                std::vector<PastConversation> past);
    enum class Panel { Now, NextFrame };
    void showPanel(Panel when);
    bool isShown() const { return !m_due; } // the panel shows what it is to show
    void showPerson(ProfileId profile);
    void showNothing();
    void refresh();
    void openOrder(int index);

Q_SIGNALS:
    void conversationRequested(aiva::ConversationId id);
    void openUrlRequested(const QUrl& url);
    void refreshRequested();
    void failed(const aiva::Error& error);

private:
    void connectPanel();
    Result<std::optional<CustomerView>> read();
    void fill();
    void keep(std::optional<CustomerView> customer, std::vector<PastConversation> past);
    std::vector<PastConversation> pastOf(const CustomerView& customer);
    void findCandidates(const QString& text);

    Desk& m_desk;
    CrmPanel* m_panel; // owned by the window it stands in
    ConversationId m_conversation;
    ProfileId m_profile; // without a conversation
    QString m_address;
    int m_orderLimit = 0;
    std::optional<CustomerView> m_customer;
    std::optional<CrmPanelState> m_due; // of the panel, which does not show it yet
    QTimer m_nextFrame;
};

} // namespace aiva
