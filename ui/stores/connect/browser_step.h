// Third step of a sign-in in the browser: Shopify's page is opened there, and the person's answer awaited here. Goes on
// by itself when the app was allowed; says what is wrong and what to do otherwise. Leaving the step ends the waiting.
#pragma once

#include "core/desk/stores/store_desk.h"
#include "ui/stores/connect/connect_step.h"

namespace aiva {

class CopyButton;
class StatusDot;
class SubtleButton;
class TextBlock;

class BrowserStep final : public ConnectStep {
    Q_OBJECT
public:
    explicit BrowserStep(StoreDesk& desk, QWidget* parent = nullptr);

    QString title() const override;
    void enter(const ConnectDraft& draft) override; // opens the browser, unless the draft has a grant
    bool canGoOn() const override { return !m_draft.signIn.grant.isEmpty(); }
    void collect(ConnectDraft& draft) override;
    void forget();
    SubtleButton* stopButton() const { return m_stop; }
    SubtleButton* againButton() const { return m_again; }
    CopyButton* copyButton() const { return m_copy; }
    QString headline() const;
    QString detail() const;

private:
    enum class State { Waits, Allowed, Stopped, PortTaken, Declined, ScopesMissing, NobodyCame, Failed };
    // What can be copied in a state: the page's address while it waits, what the app lacks when it lacks something.
    struct Offer {
        QString text;
        QString spoken;
    };
    void build();
    void run();
    void stopWaiting();
    void finish(const Result<SecretString>& grant);
    void show(State state, const QString& headline, const QString& detail, const Offer& offer = {});
    void showTrouble(const Error& error);

    StoreDesk& m_desk;
    ConnectDraft m_draft;
    bool m_isWaiting = false;
    int m_generation = 0;
    StatusDot* m_dot;
    TextBlock* m_headline;
    TextBlock* m_detail;
    TextBlock* m_offered;
    CopyButton* m_copy;
    SubtleButton* m_stop;
    SubtleButton* m_again;
};

} // namespace aiva
