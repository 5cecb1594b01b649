// One mail of the outbox: state, subject, to whom, why it waits, and the buttons that decide about it. The outbox page
// makes one for each mail and keeps it while the mail is listed; it asks, and changes nothing itself.
#pragma once

#include "ui/outbox/outbox_text.h"
#include "ui/widgets/described.h"

#include <QWidget>

#include <map>

class QHBoxLayout;

namespace aiva {

class Chip;
class ElidedLabel;
class StatusDot;
class SubtleButton;
class TextBlock;

class OutboxRowView final : public QWidget, public Described {
    Q_OBJECT
public:
    explicit OutboxRowView(QWidget* parent = nullptr);

    void setMail(const OutboxView& mail, UtcTime now, const OutboxWeather& weather);
    // Only what the clock changes. True while the state goes on changing by itself.
    bool tick(UtcTime now, const OutboxWeather& weather);
    const OutboxView& mail() const { return m_mail; }
    // Null when that is not offered now.
    SubtleButton* button(OutboxAction action) const;
    QString stateText() const { return m_line.state; }

    AccessibleFace face() const override;

Q_SIGNALS:
    void asked(aiva::OutboxAction action);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void build();
    void showActions(const OutboxWeather& weather);
    void showLine(const OutboxLine& line);

    OutboxView m_mail;
    OutboxLine m_line;
    StatusDot* m_dot;
    ElidedLabel* m_subject;
    Chip* m_automatic;
    ElidedLabel* m_state;
    ElidedLabel* m_addresses;
    ElidedLabel* m_snippet;
    TextBlock* m_reason;
    QHBoxLayout* m_buttonLine;
    std::map<OutboxAction, SubtleButton*> m_buttons;
};

} // namespace aiva
