// What happened to a conversation, in one small line between its messages: merged, split. Offers the way back where
// there is one.
#pragma once

#include "core/readmodel/conversation_query.h"

#include <QWidget>

namespace aiva {

class ElidedLabel;

// What was done, and when.
QString moveWords(const ConversationMoveView& move, UtcTime now);

class SystemLine final : public QWidget {
    Q_OBJECT
public:
    // `action` empty: nothing to press.
    SystemLine(const QString& text, const QString& action, QWidget* parent = nullptr);

Q_SIGNALS:
    void actionTriggered();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    ElidedLabel* m_text;
    QWidget* m_rule; // what is left of the line
};

} // namespace aiva
