// Which conversation a mail belongs to, and the joining of conversations a late parent proves to be one. Used by
// ConversationRepository only, inside its transaction. Never joins two customers: references can be forged, and a
// joined conversation would show one customer's mail to another.
#pragma once

#include "core/base/result.h"
#include "core/domain/ids.h"
#include "core/domain/message_record.h"
#include "core/storage/database.h"

#include <memory>
#include <optional>
#include <vector>

namespace aiva {

// The customer's side of a mail.
struct ConversationParty {
    QString email; // normalised; empty when the mail names nobody, and then nothing is ever the same party
    std::optional<ProfileId> profile;
};

class ConversationThreads {
public:
    static Result<std::unique_ptr<ConversationThreads>> create(Database& database);

    // Conversations of this party that the mail's ids link to, oldest first; when there is none, the one recent
    // conversation of the same address that shares its subject or order number. Empty: a new conversation starts.
    Result<std::vector<ConversationId>> find(const MessageRecord& message, const ConversationParty& party);
    // Moves everything of `others` into `target`, whose summary is then stale (summary.h refreshes it).
    Result<void> join(ConversationId target, const std::vector<ConversationId>& others);
    // Remembers every id the mail names, so that late parents find it.
    Result<void> remember(ConversationId conversation, const MessageRecord& message);

private:
    explicit ConversationThreads(Database& database) : m_database(database) {}
    Result<void> prepare();
    Result<std::vector<ConversationId>> linked(const MessageRecord& message, const ConversationParty& party);
    Result<std::optional<ConversationId>> similar(const MessageRecord& message, const ConversationParty& party);
    Result<void> joinOne(ConversationId target, ConversationId other);
    Result<void> joinDraft(ConversationId target, ConversationId other);

    Database& m_database;
    Statement m_byMessageId;
    Statement m_partyOf;
    Statement m_recentOfEmail;
    Statement m_addReference;
    Statement m_draftOf;
    Statement m_putDraft;
};

} // namespace aiva
