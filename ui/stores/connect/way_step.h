// First step: which kind of shop, and how Aiva gets in.
#pragma once

#include "ui/stores/connect/connect_step.h"

namespace aiva {

class ChoiceRow;

class WayStep final : public ConnectStep {
    Q_OBJECT
public:
    explicit WayStep(QWidget* parent = nullptr);

    QString title() const override;
    void enter(const ConnectDraft& draft) override;
    bool canGoOn() const override { return true; }
    void collect(ConnectDraft& draft) override;
    ChoiceRow* choice(ConnectWay way) const;

    ConnectWay chosen() const;

private:
    ChoiceRow* m_app;
    ChoiceRow* m_browser;
    ChoiceRow* m_token;
    ChoiceRow* m_woo;
};

} // namespace aiva
