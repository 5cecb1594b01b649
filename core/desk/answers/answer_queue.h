// Which conversations are to be proposed an answer next: what somebody waits for first, then what just came in, then
// the rest, newest first. Each stands in it once. Owned by AnswerCore.
#pragma once

#include "core/domain/ids.h"

#include <QSet>

#include <deque>
#include <optional>

namespace aiva {

class AnswerQueue {
public:
    enum class Urgency { Background, Arrived, Asked };
    void add(ConversationId conversation, Urgency urgency);
    std::optional<ConversationId> next(); // takes it out
    bool isEmpty() const { return m_waiting.isEmpty(); }
    bool isUrgent() const { return !m_urgent.empty(); }

private:
    std::deque<ConversationId> m_urgent;
    std::deque<ConversationId> m_background;
    QSet<ConversationId> m_waiting;
};

} // namespace aiva
