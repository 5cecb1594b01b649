// Connects a store in three steps, or reconnects one in two: the way in, the keys, a live test; a sign-in in the
// browser is one more before the test. Cancel and Back are safe at any time: late answers are dropped, secrets wiped,
// and nothing is saved before the last step.
#pragma once

#include "core/desk/stores/store_desk.h"
#include "ui/stores/connect/connect_step.h"

namespace aiva {

class BrowserStep;
class KeysStep;
class ShopTestStep;
class WayStep;

class ConnectWizard final : public StepsSheet {
    Q_OBJECT
public:
    ConnectWizard(StoreDesk& desk, QWidget* parent);
    // Reconnects: begins with the keys of this store, or at once in the browser when somebody has to sign in again.
    ConnectWizard(StoreDesk& desk, const StoreRow& store, QWidget* parent);

    WayStep* way() const { return m_way; }
    KeysStep* keys() const { return m_keys; }
    BrowserStep* browser() const { return m_browser; }
    ShopTestStep* test() const { return m_test; }
    ConnectStep* current() const { return static_cast<ConnectStep*>(shownStep()); }
    const StoreSignIn& signIn() const { return m_draft.signIn; }

    void done(int result) override;

protected:
    QList<SheetStep*> steps() const override;
    QString goOnText() const override;
    bool isGoOnNext() const override;
    void enter(SheetStep& step, Arrival arrival) override;
    void leave(SheetStep& step) override;
    void goOn() override;

private:
    enum class Entry { New, Again };
    ConnectWizard(StoreDesk& desk, ConnectDraft draft, Entry entry, QWidget* parent);
    bool isLast() const;
    void save();
    void wipe();

    StoreDesk& m_desk;
    ConnectDraft m_draft;
    const Entry m_entry;
    WayStep* m_way;
    KeysStep* m_keys;
    BrowserStep* m_browser;
    ShopTestStep* m_test;
};

} // namespace aiva
