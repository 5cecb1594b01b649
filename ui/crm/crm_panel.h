// The CRM panel: who writes, what they are worth, their orders and parcels. 300 px at the trailing edge of the desk.
// The shell sets its state; it reads nothing by itself and changes nothing but the clipboard.
#pragma once

#include "core/base/clock.h"
#include "core/readmodel/search_query.h"
#include "ui/crm/crm_panel_state.h"

#include <QTimer>
#include <QUrl>
#include <QWidget>

class QStackedWidget;

namespace aiva {

class EmptyState;
class IdentityCard;
class MatchFoot;
class NoCustomerView;
class OrderList;
class OverlayScrollArea;
class PastConversationList;

class CrmPanel : public QWidget {
    Q_OBJECT
public:
    explicit CrmPanel(const Clock& clock, QWidget* parent = nullptr);

    // The same person again keeps folds, scroll position and focus; another person starts at the top with the newest
    // order unfolded.
    void setState(const CrmPanelState& state);
    const CrmPanelState& state() const { return m_state; }
    // Answers customerSearchChanged, unless something else is sought by now; people and orders only, others are left
    // out.
    void setCandidates(const QString& sought, const std::vector<SearchHit>& hits);
    // 0 is the newest: unfolds it, scrolls to it and focuses it. Keys 1…9.
    void openOrder(int index);

Q_SIGNALS:
    void refreshRequested(); // F5
    void openUrlRequested(const QUrl& url);
    void historyRequested(); // "Request historical access"
    void moreOrdersRequested();
    void customerSearchChanged(const QString& text);
    void linkRequested(aiva::ProfileId profile);
    void unlinkRequested();   // "Not this person"
    void linkUndoRequested(); // back to the automatic match
    void conversationRequested(aiva::ConversationId conversation);
    void trackingLinkCopied(const QString& url);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void buildCustomerPage();
    void connectParts();
    void showCustomer(const CrmPanelState::Customer& customer);
    void refreshAges();

    const Clock& m_clock;
    CrmPanelState m_state;
    ProfileId m_shownProfile;
    bool m_filled = false;
    QTimer m_ageTimer; // "5 h ago" moves on while the panel is looked at
    QStackedWidget* m_pages;
    EmptyState* m_nothing;
    EmptyState* m_firstSync;
    NoCustomerView* m_noCustomer;
    OverlayScrollArea* m_scroll;
    IdentityCard* m_identity;
    OrderList* m_orders;
    PastConversationList* m_past;
    MatchFoot* m_foot;
};

} // namespace aiva
