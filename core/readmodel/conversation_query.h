// One conversation with its messages, oldest first, as the conversation view shows it.
#pragma once

#include "core/base/result.h"
#include "core/base/utc_time.h"
#include "core/domain/ids.h"
#include "core/domain/mail/message_record.h"
#include "core/domain/mail/sender_check.h"
#include "core/domain/names.h"
#include "core/domain/reply/draft.h"
#include "core/domain/reply/draft_basis.h"
#include "core/readmodel/merge_suggestions.h"
#include "core/storage/database/database.h"

#include <memory>
#include <optional>
#include <vector>

namespace aiva {

struct AttachmentView {
    AttachmentId id;
    QString name;
    QString mimeType;
    qint64 size = 0;
    bool isInline = false;
    QString contentId = {};
};

struct NoteView {
    NoteId id;
    QString author;
    QString text;
    UtcTime writtenAt;
};

struct DraftAttachmentView {
    DraftAttachmentId id;
    QString name;
    QString mimeType;
    QString contentId; // of an image shown in the text, else empty
    qint64 size = 0;
};

struct DraftVersionView {
    QString text;
    QString html;
    UtcTime savedAt;
};

struct MessageView {
    MessageId id;
    QString messageId; // header
    bool isOutbound = false;
    MailAddress from;
    QList<MailAddress> to;
    QList<MailAddress> cc;
    QList<MailAddress> replyTo;
    UtcTime sentAt;
    QString subject;
    QString text;
    std::vector<FoldedRange> folded;
    bool hasHtml = false;
    bool automated = false;
    bool unread = false;
    bool sentElsewhere = false;        // outbound, and not from this desk: by a colleague, or another program
    std::optional<SenderCheck> sender; // absent: nobody looked, as of mail from files
    std::vector<AttachmentView> attachments;
};

struct ConversationView {
    ConversationId id;
    QString subject;
    QString customerEmail;
    ConversationStatus status = ConversationStatus::Open;
    std::vector<MessageView> messages;
    std::vector<NoteView> notes;      // oldest first
    std::optional<MailboxId> mailbox; // where it came in
    int assigneeSlot = 0;             // of that mailbox's team; 0: nobody
    int claimSlot = 0;                // who is sending right now
    std::optional<Draft> draft;       // the reply being written
    std::optional<Draft> noteDraft;
    std::vector<DraftAttachmentView> draftAttachments;
    std::optional<MergeSuggestion> suggestion; // another conversation that looks like the same matter
    std::vector<ConversationMoveView> moves;   // merges and splits that stand, oldest first
};

class ConversationQuery {
public:
    static Result<std::unique_ptr<ConversationQuery>> create(Database& reader);
    ~ConversationQuery();
    Result<std::optional<ConversationView>> conversation(ConversationId id);
    // What a draft begun now stands on; kept with it, and compared when it is sent (V6).
    Result<DraftBasis> basis(ConversationId id);
    // Absent: never checked, as a mail from a file.
    Result<std::optional<SenderCheck>> senderCheck(MessageId id);
    // Other conversations of the same customer, newest first (V2).
    Result<std::vector<MergeSuggestion>> othersOfCustomer(ConversationId id);
    Result<QString> safeHtml(MessageId id);
    Result<QByteArray> attachmentContent(AttachmentId id);
    Result<QByteArray> draftAttachmentContent(DraftAttachmentId id);
    Result<std::vector<DraftVersionView>> draftVersions(ConversationId id); // newest first

private:
    class Private;
    explicit ConversationQuery(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
