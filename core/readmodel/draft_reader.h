// What is being written in a conversation, for ConversationQuery: reply, note, attachments, versions.
#pragma once

#include "core/readmodel/conversation_query.h"

namespace aiva {

class DraftReader {
public:
    Result<void> prepare(Database& reader);
    // Reply, note and the reply's attachments.
    Result<void> fill(ConversationView& view);
    Result<std::vector<DraftVersionView>> versions(ConversationId id);
    Result<QByteArray> attachmentContent(DraftAttachmentId id);

private:
    Result<void> fillReply(ConversationView& view);
    Result<void> fillNote(ConversationView& view);
    Result<void> fillAttachments(ConversationView& view);

    Statement m_reply;
    Statement m_note;
    Statement m_attachments;
    Statement m_versions;
    Statement m_content;
};

} // namespace aiva
