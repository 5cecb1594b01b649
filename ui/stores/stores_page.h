// The stores of the workspace, a card each, with totals and the way to connect another. Asks the desk; the window tells
// it what changed.
#pragma once

#include "core/base/clock.h"
#include "core/desk/stores/store_desk.h"
#include "core/desk/webhooks/webhook_desk.h"
#include "ui/stores/store_state.h"
#include "ui/widgets/page.h"

#include <QPointer>

#include <map>
#include <optional>

class QVBoxLayout;

namespace aiva {

class ConnectWizard;
class EmptyState;
class HistorySheet;
class ImportSheet;
class StoreCard;
class SubtleButton;
class TextBlock;
class WebhookSheet;

class StoresPage final : public Page {
    Q_OBJECT
public:
    // `desk` and `clock` outlive the page.
    StoresPage(StoreDesk& desk, StoreReads reads, const Clock& clock, QWidget* parent = nullptr);

    // Cards offer what it can; it outlives the page. Before any store is shown.
    void setWebhooks(WebhookDesk& webhooks) { m_webhooks = &webhooks; }
    void setStores(const std::vector<StoreView>& stores);
    // Time has passed: what is said of it may be another now.
    void refresh();
    void setProgress(const SyncProgress& progress);
    void endProgress(StoreId store);

    ConnectWizard* connectStore();
    ConnectWizard* reconnect(StoreId store);
    ImportSheet* importFiles(const std::optional<StoreRow>& again = {}); // into that store, else into a new one
    HistorySheet* showHistory(const StoreRow& store);
    WebhookSheet* showWebhooks(const StoreRow& store);
    const std::vector<StoreCard*>& cards() const { return m_cards; }
    SubtleButton* addButton() const { return m_add; }
    EmptyState* empty() const { return m_empty; }
    TextBlock* totals() const { return m_totals; }

protected:
    void showEvent(QShowEvent* event) override;

Q_SIGNALS:
    void failed(const aiva::Error& error);
    void openUrlAsked(const QUrl& url);

private:
    StoreState stateOf(const StoreView& view) const;
    StoreCard* addCard();
    void showStores();
    void showTotals();
    void setSchedule(StoreId store, const QString& schedule);
    ConnectWizard* open(ConnectWizard* wizard);

    StoreDesk& m_desk;
    WebhookDesk* m_webhooks = nullptr;
    const StoreReads m_reads;
    const Clock& m_clock;
    std::vector<StoreView> m_views;
    std::map<StoreId, SyncProgress> m_progress;
    std::vector<StoreCard*> m_cards;
    QPointer<HistorySheet> m_history; // the open one
    QVBoxLayout* m_list;
    EmptyState* m_empty;
    TextBlock* m_totals;
    SubtleButton* m_files;
    SubtleButton* m_add;
};

} // namespace aiva
