// The mail of this conversation that is on its way out: the undo countdown, send later, held, failed, with what can be
// done about it. Says what the outbox page says, in one line.
#pragma once

#include "core/base/clock.h"
#include "ui/outbox/outbox_text.h"

#include <QTimer>
#include <QWidget>

class QBoxLayout;

namespace aiva {

class TextBlock;

class OutgoingBar final : public QWidget {
    Q_OBJECT
public:
    explicit OutgoingBar(const Clock& clock, QWidget* parent = nullptr);

    void setMail(const std::optional<OutboxView>& mail);
    void setWeather(const OutboxWeather& weather);
    const std::optional<OutboxView>& mail() const { return m_mail; }
    // The mail waits in its undo window.
    bool canUndo() const;

Q_SIGNALS:
    void actionAsked(aiva::OutboxAction action);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void showLine();
    void showActions();

    const Clock& m_clock;
    std::optional<OutboxView> m_mail;
    OutboxWeather m_weather;
    std::vector<OutboxAction> m_actions;
    TextBlock* m_text;
    QBoxLayout* m_buttons;
    QTimer m_tick;
};

} // namespace aiva
