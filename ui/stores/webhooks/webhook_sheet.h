// "Hear of changes at once": how one store's shop tells what happens there, set up and tested step by step, and how it
// stands. Asks the desk; shows nothing that was not tried.
#pragma once

#include "core/base/clock.h"
#include "core/desk/webhooks/webhook_desk.h"
#include "core/readmodel/store_query.h"
#include "ui/widgets/sheet.h"

#include <QTimer>

#include <optional>

namespace aiva {

class OverlayScrollArea;
class StepLine;
class SubtleButton;
class TextBlock;
class WebhookForm;
struct StepSaying;

class WebhookSheet final : public Sheet {
    Q_OBJECT
public:
    WebhookSheet(WebhookDesk& desk, const StoreRow& store, const Clock& clock, QWidget* parent);
    void done(int result) override; // wipes what was typed

    WebhookForm* form() const { return m_form; }
    StepLine* door() const { return m_door; }
    StepLine* shop() const { return m_shop; }
    StepLine* deliveries() const { return m_deliveries; }
    SubtleButton* applyButton() const { return m_apply; }
    SubtleButton* closeButton() const { return m_close; }
    TextBlock* summary() const { return m_summary; }

protected:
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    enum class Busy { No, Looking, Trying };
    void fit();
    void reveal(StepLine* line);
    void keepInSight();
    void refresh();
    void showStatus(const WebhookStatus& status);
    void look();
    void apply();
    void turnOff();
    void openDoor();
    void subscribe();
    void finish(const Result<SubscriptionReport>& report);
    void say(StepLine* line, const StepSaying& saying);
    void showButtons();
    bool isChanged() const;

    WebhookDesk& m_desk;
    const StoreRow m_store;
    const Clock& m_clock;
    OverlayScrollArea* m_scroll;
    WebhookForm* m_form;
    StepLine* m_door;
    StepLine* m_shop;
    StepLine* m_deliveries;
    TextBlock* m_summary;
    SubtleButton* m_apply;
    SubtleButton* m_close;
    std::optional<WebhookStatus> m_status;
    Busy m_busy = Busy::Looking;
    bool m_hasDoorFailed = false;  // why stands at its line until it is tried again or something is changed
    bool m_hasShopRefused = false; // what stands at its line, and looking would say less
    QTimer m_settled;
    StepLine* m_inSight = nullptr; // kept there while the sheet changes, until a person scrolls or changes something
    int m_generation = 0;          // a late answer is recognised
};

} // namespace aiva
