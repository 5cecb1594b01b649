#include "core/desk/answers/answer_queue.h"

#include <algorithm>

namespace aiva {

void AnswerQueue::add(ConversationId conversation, Urgency urgency) {
    if (m_waiting.contains(conversation)) {
        if (urgency == Urgency::Background) return;
        std::erase(m_background, conversation);
        std::erase(m_urgent, conversation);
    }
    m_waiting.insert(conversation);
    switch (urgency) {
    case Urgency::Asked:
        m_urgent.push_front(conversation);
        break;
    case Urgency::Arrived:
        m_urgent.push_back(conversation);
        break;
    case Urgency::Background:
        m_background.push_back(conversation);
        break;
    }
}

std::optional<ConversationId> AnswerQueue::next() {
    std::deque<ConversationId>& from = m_urgent.empty() ? m_background : m_urgent;
    if (from.empty()) return std::nullopt;
    const ConversationId conversation = from.front();
    from.pop_front();
    m_waiting.remove(conversation);
    return conversation;
}

} // namespace aiva
