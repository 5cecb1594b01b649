// Third step: the shop is asked, and says who it is and what Aiva may see; or what is wrong and what to do.
#pragma once

#include "core/desk/stores/store_desk.h"
#include "ui/stores/connect/connect_step.h"

#include <optional>

namespace aiva {

class StepLine;
class SubtleButton;
class TextBlock;

class ShopTestStep final : public ConnectStep {
    Q_OBJECT
public:
    explicit ShopTestStep(StoreDesk& desk, QWidget* parent = nullptr);

    QString title() const override;
    void enter(const ConnectDraft& draft) override; // begins the test
    bool canGoOn() const override { return m_canConnect; }
    void collect(ConnectDraft& draft) override;
    void showTrouble(const QString& sentence); // what came after the test
    SubtleButton* againButton() const { return m_again; }
    QString summary() const;
    QString line(int index) const; // 0 sign-in, 1 permissions, 2 history

private:
    void run();
    void finish(const Result<ShopFacts>& facts);
    void showFacts(const ShopFacts& facts);

    StoreDesk& m_desk;
    ConnectDraft m_draft;
    bool m_canConnect = false;
    int m_generation = 0;
    TextBlock* m_summary;
    StepLine* m_signIn;
    StepLine* m_permissions;
    StepLine* m_history;
    SubtleButton* m_again;
};

} // namespace aiva
