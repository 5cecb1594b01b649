#include "core/desk/mail/conversation_edits.h"

namespace aiva {

Result<std::unique_ptr<ConversationEdits>>
ConversationEdits::create(Database& writer, ConversationRepository& conversations, const Clock& clock) {
    std::unique_ptr<ConversationEdits> edits(new ConversationEdits(conversations, clock));
    AIVA_TRY(edits->m_notes, NoteRepository::create(writer));
    AIVA_TRY(edits->m_cannedReplies, CannedReplyRepository::create(writer));
    return edits;
}

Result<bool> ConversationEdits::addNote(ConversationId conversation, const QString& author, const QString& text) {
    AIVA_CHECK(m_notes->add(conversation, author, text, m_clock.now()));
    return true;
}

Result<ConversationId> ConversationEdits::merge(ConversationId into, ConversationId from) {
    return m_conversations.merge(into, from, m_clock.now());
}

Result<ConversationId> ConversationEdits::split(ConversationId conversation, MessageId firstOfNew) {
    return m_conversations.split(conversation, firstOfNew, m_clock.now());
}

Result<bool> ConversationEdits::revertMove(ConversationId conversation) {
    return m_conversations.revertMove(conversation, m_clock.now());
}

Result<CannedReplyId> ConversationEdits::saveCannedReply(const CannedReply& reply) {
    return m_cannedReplies->save(reply, m_clock.now());
}

Result<void> ConversationEdits::removeCannedReply(CannedReplyId id) {
    return m_cannedReplies->remove(id);
}

} // namespace aiva
