// The line over a message: who wrote, to whom, whether it is really from them, when, and the button for more. Shows one
// message after another: leafing through the inbox makes no new widgets.
#pragma once

#include "core/readmodel/conversation_query.h"

#include <QWidget>

namespace aiva {

class ElidedLabel;
class SubtleButton;
class TextBlock;

class MessageHead final : public QWidget {
    Q_OBJECT
public:
    explicit MessageHead(QWidget* parent = nullptr);

    void showMessage(const MessageView& message, UtcTime now);

Q_SIGNALS:
    void menuAsked(const QPoint& globalPos);

private:
    void showSender(const MessageView& message);

    ElidedLabel* m_name;
    ElidedLabel* m_email;
    ElidedLabel* m_others; // to, or cc
    TextBlock* m_automatic;
    TextBlock* m_proof;
    SubtleButton* m_more;
    TextBlock* m_time;
    TextBlock* m_warning;
};

} // namespace aiva
