// ConversationEdits: what people do to conversations beside answering them: notes, canned replies, merge and split.
// Owned by MailCore, on the core thread; each call is one transaction. Nothing here reaches a mailbox.
#pragma once

#include "core/base/clock.h"
#include "core/storage/conversations/conversation_repository.h"
#include "core/storage/conversations/note_repository.h"
#include "core/storage/replies/canned_reply_repository.h"

#include <memory>

namespace aiva {

class ConversationEdits {
public:
    static Result<std::unique_ptr<ConversationEdits>> create(Database& writer, ConversationRepository& conversations,
                                                             const Clock& clock);

    Result<bool> addNote(ConversationId conversation, const QString& author, const QString& text);
    Result<ConversationId> merge(ConversationId into, ConversationId from);
    Result<ConversationId> split(ConversationId conversation, MessageId firstOfNew);
    Result<bool> revertMove(ConversationId conversation);
    Result<CannedReplyId> saveCannedReply(const CannedReply& reply);
    Result<void> removeCannedReply(CannedReplyId id);

private:
    ConversationEdits(ConversationRepository& conversations, const Clock& clock)
        : m_conversations(conversations), m_clock(clock) {}

    ConversationRepository& m_conversations;
    const Clock& m_clock;
    std::unique_ptr<NoteRepository> m_notes;
    std::unique_ptr<CannedReplyRepository> m_cannedReplies;
};

} // namespace aiva
