// The rows of drafts, their versions and their attachments: prepared statements only. DraftRepository decides what is
// kept, within its transaction.
#pragma once

#include "core/base/result.h"
#include "core/domain/reply/draft.h"
#include "core/storage/database/database.h"

#include <optional>
#include <vector>

namespace aiva {

struct StoredReply {
    Draft draft;
    UtcTime begunAt;
};

struct StoredVersion {
    QString text;
    UtcTime savedAt;
};

class DraftRows {
public:
    explicit DraftRows(Database& database) : m_database(database) {}
    Result<void> prepare();

    Result<std::optional<StoredReply>> reply(ConversationId conversation);
    Result<void> putReply(const Draft& draft, UtcTime begunAt);
    Result<void> removeReply(ConversationId conversation);

    Result<std::optional<Draft>> note(ConversationId conversation);
    Result<void> putNote(const Draft& draft);
    Result<void> removeNote(ConversationId conversation);

    Result<std::optional<StoredVersion>> newestVersion(ConversationId conversation);
    // And forgets the oldest beyond `kept`.
    Result<void> addVersion(const Draft& draft, int kept);

    Result<qint64> attachedBytes(ConversationId conversation);
    Result<DraftAttachmentId> addAttachment(ConversationId conversation, const AttachmentRecord& attachment);
    // Whose it was; absent when there was none.
    Result<std::optional<ConversationId>> takeAttachment(DraftAttachmentId id);
    Result<void> removeAttachments(ConversationId conversation);
    Result<std::vector<AttachmentRecord>> attachments(ConversationId conversation);

private:
    Database& m_database;
    Statement m_reply;
    Statement m_putReply;
    Statement m_note;
    Statement m_putNote;
    Statement m_newestVersion;
};

} // namespace aiva
