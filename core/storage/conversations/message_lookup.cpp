#include "core/storage/conversations/message_lookup.h"

namespace aiva {

Result<std::unique_ptr<MessageLookup>> MessageLookup::create(Database& database) {
    std::unique_ptr<MessageLookup> made(new MessageLookup);
    AIVA_TRY(made->m_thread, database.prepare("SELECT message_id, direction FROM messages WHERE conversation_id = ?1 "
                                              "ORDER BY sent_at, id"));
    AIVA_TRY(made->m_known, database.prepare("SELECT 1 FROM messages WHERE message_id = ?1"));
    return made;
}

Result<std::vector<ThreadMessage>> MessageLookup::thread(ConversationId conversation) {
    std::vector<ThreadMessage> found;
    m_thread.bind(1, conversation);
    for (;;) {
        AIVA_TRY(const bool more, m_thread.step());
        if (!more) return found;
        found.push_back({m_thread.text(0), m_thread.view(1) == "in"});
    }
}

Result<bool> MessageLookup::isKnown(const QString& messageId) {
    AIVA_TRY(const bool found, m_known.bind(1, messageId).step());
    m_known.reset();
    return found;
}

} // namespace aiva
