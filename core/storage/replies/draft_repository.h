// What is being written and not sent: drafts of replies with their versions and attachments, drafts of notes. Written
// by the desk as people type, and when a mail is queued or taken back. Nothing here sends.
#pragma once

#include "core/base/result.h"
#include "core/domain/reply/draft.h"
#include "core/storage/database/database.h"

#include <memory>
#include <optional>
#include <vector>

namespace aiva {

class DraftRepository {
public:
    static constexpr int versionsKept = 50;                   // a conversation
    static constexpr qint64 attachmentBytesMost = 50LL << 20; // of one draft
    static Result<std::unique_ptr<DraftRepository>> create(Database& database);
    ~DraftRepository();

    // Replaces the conversation's reply or note, by kind; one that holds nothing is removed. Keeps the replaced text as
    // a version when it is worth one (isVersionDue). NotFound when the conversation is gone: nothing was changed.
    Result<void> save(const Draft& draft);
    Result<std::optional<Draft>> reply(ConversationId conversation);
    Result<std::optional<Draft>> note(ConversationId conversation);
    // Reply and attachments are gone, its last text stays as a version. For a mail that was queued.
    Result<void> removeReply(ConversationId conversation);
    Result<void> removeNote(ConversationId conversation);

    // The reply's text as it stands becomes a version: before anything else than typing replaces it.
    Result<void> keepVersion(ConversationId conversation);

    // MailTooLarge beyond attachmentBytesMost.
    Result<DraftAttachmentId> addAttachment(ConversationId conversation, const AttachmentRecord& attachment,
                                            UtcTime at);
    Result<void> removeAttachment(DraftAttachmentId id);
    Result<std::vector<AttachmentRecord>> attachments(ConversationId conversation); // with their bytes, in order

    // Two conversations become one: their replies become one text, the newer first, and so do their
    // notes. For ConversationContents, which moves the rest.
    Result<void> join(ConversationId target, ConversationId other);

private:
    class Private;
    explicit DraftRepository(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
