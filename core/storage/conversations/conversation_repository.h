// Writes conversations, messages, drafts and matches. Reading for the screen is core/readmodel's.
#pragma once

#include "core/base/result.h"
#include "core/domain/ids.h"
#include "core/domain/mail/message_record.h"
#include "core/domain/names.h"
#include "core/domain/reply/draft.h"
#include "core/storage/database/database.h"

#include <memory>
#include <optional>

namespace aiva {

using DraftRow = Draft;

class ConversationRepository {
public:
    static Result<std::unique_ptr<ConversationRepository>> create(Database& database);
    ~ConversationRepository();

    enum class Direction { Inbound, Outbound };
    struct AddResult {
        ConversationId conversation;
        MessageId message;
        bool isNew = true; // false: this Message-ID was already here, nothing was written
    };
    // What is known beside the mail itself.
    struct Arrival {
        std::optional<MailboxId> mailbox; // its conversation's, when that has none, and its store the conversation's
        bool isSeen = false;              // read elsewhere before it came here
        // What we sent from a conversation belongs to it, whoever it went to; ignored when that one is gone.
        std::optional<ConversationId> conversation = {};
    };
    // Threads by Message-ID/References (late parents join conversations, but never two customers'), matches the sender
    // (D5), stores text, folded ranges, attachments, and updates the conversation's summary. One transaction of its own
    // unless one is open. Refused: somebody was erased, and this is mail of theirs from before (P2).
    Result<AddResult> add(const MessageRecord& message, Direction direction, const Arrival& arrival);
    Result<AddResult> add(const MessageRecord& message, Direction direction) { return add(message, direction, {}); }

    Result<void> markRead(ConversationId conversation, bool read);
    Result<void> setStatus(ConversationId conversation, ConversationStatus status);

    // As DraftRepository, which has the rest: notes' drafts, versions, attachments.
    Result<void> saveDraft(const DraftRow& draft);
    Result<std::optional<DraftRow>> draft(ConversationId conversation);

    // D5: corrected by hand; remembered for the address; reversible.
    Result<void> linkToProfile(ConversationId conversation, std::optional<ProfileId> profile, UtcTime at);
    Result<bool> revertLink(ConversationId conversation, UtcTime at);
    // After customers changed: match conversations without a profile by e-mail, refresh precedence. Answers how many
    // changed.
    Result<qint64> rematch(qint64 vipAboveMajorUnits);

    // V2, by hand (conversation_moves.h). Refused across customers; each is taken back by revertMove, newest first.
    Result<ConversationId> merge(ConversationId into, ConversationId from, UtcTime at);
    Result<ConversationId> split(ConversationId conversation, MessageId firstOfNew, UtcTime at);
    Result<bool> revertMove(ConversationId conversation, UtcTime at);
    // A suggested merge refused: neither mail nor a suggestion brings the two together again.
    Result<void> keepApart(ConversationId one, ConversationId other);

private:
    class Private;
    explicit ConversationRepository(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
