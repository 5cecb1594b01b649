// One store on the stores page: state, name, domain, counts, last sync and the next, what a running sync has done, its
// menu. Asks; the page acts.
#pragma once

#include "core/base/clock.h"
#include "ui/stores/store_state.h"
#include "ui/widgets/described.h"

#include <QWidget>

class QAction;
class QActionGroup;
class QMenu;

namespace aiva {

class ElidedLabel;
class PulsingDot;
class StatusDot;
class SubtleButton;
class SyncSteps;
class TextBlock;

class StoreCard final : public QWidget, public Described {
    Q_OBJECT
public:
    explicit StoreCard(const Clock& clock, QWidget* parent = nullptr);
    void setState(const StoreState& state);
    const StoreState& state() const { return m_state; }
    SubtleButton* syncButton() const { return m_sync; }
    SubtleButton* adviceButton() const { return m_act; }
    SubtleButton* olderOrdersButton() const { return m_ask; }
    SubtleButton* moreButton() const { return m_more; }
    QMenu* menu() const { return m_menu; }
    // Its shop can be asked to tell by itself; before a state is shown.
    void offerWebhooks();

    AccessibleFace face() const override;

Q_SIGNALS:
    void syncAsked(aiva::SyncKind kind);
    void cancelAsked();
    void importAsked(); // of a store made of files
    void compareAsked();
    void scheduleAsked(const QString& schedule);
    void renameAsked();
    void historyAsked();
    void webhooksAsked();
    void reconnectAsked();
    void olderOrdersAsked(); // how a shop comes to show them
    void disconnectAsked();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    bool isOfFiles() const { return m_state.view.store.kind == StoreKind::Csv; }
    void build();
    void buildMenu();
    bool isParted() const { return m_state.standing.state == SyncStanding::State::Disconnected; }
    bool isToAct() const;  // reconnect or retry
    bool isToSync() const; // or stop, or import again
    void passFocus();
    void showActivity();
    void showAdvice();
    void showButtons();

    const Clock& m_clock;
    StoreState m_state;
    bool m_offersWebhooks = false;
    StatusDot* m_dot;
    PulsingDot* m_pulse;
    ElidedLabel* m_name;
    ElidedLabel* m_domain;
    ElidedLabel* m_counts;
    ElidedLabel* m_last;
    ElidedLabel* m_next;
    ElidedLabel* m_left; // how long it will still take
    ElidedLabel* m_comparison;
    ElidedLabel* m_api;
    SyncSteps* m_steps;
    TextBlock* m_history; // a limited one
    SubtleButton* m_ask;
    TextBlock* m_advice;
    SubtleButton* m_act;
    SubtleButton* m_sync;
    SubtleButton* m_more;
    QMenu* m_menu;
    QActionGroup* m_schedules = nullptr;
    QAction* m_fullSync = nullptr;
    QAction* m_older = nullptr;
    QAction* m_reconnect = nullptr;
    QMenu* m_frequency = nullptr;
    QAction* m_compare = nullptr;
    QAction* m_webhooks = nullptr;
    QAction* m_disconnect = nullptr;
};

} // namespace aiva
