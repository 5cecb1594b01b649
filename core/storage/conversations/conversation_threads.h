// Which conversations a mail belongs to; several when it proves them to be one. Used by ConversationRepository only,
// inside its transaction. Never names those of two customers: references can be forged, and a joined conversation would
// show one customer's mail to another.
#pragma once

#include "core/base/result.h"
#include "core/domain/ids.h"
#include "core/domain/mail/message_record.h"
#include "core/storage/conversations/conversation_summary.h"
#include "core/storage/conversations/message_rows.h"
#include "core/storage/database/database.h"

#include <memory>
#include <optional>
#include <vector>

namespace aiva {

class ConversationThreads {
public:
    static Result<std::unique_ptr<ConversationThreads>> create(Database& database);

    // Conversations of this party that the mail's ids link to, oldest first; when there is none, the one recent
    // conversation of the same address that shares its subject or order number, unless it is of another store. Empty: a
    // new conversation starts. Of conversations a person keeps apart, only the side the mail is nearest to.
    Result<std::vector<ConversationId>> find(const MessageRecord& message, const ConversationParty& party);
    // Remembers every id the mail names, so that late parents find it, the order numbers a customer names, and the
    // token of what we sent.
    Result<void> remember(ConversationId conversation, MessageId id, const MessageRecord& message,
                          MailDirection direction);

private:
    explicit ConversationThreads(Database& database) : m_database(database) {}
    Result<void> prepare();
    using Candidates = std::vector<ConversationId>;
    Result<Candidates> linked(const MessageRecord& message, const ConversationParty& party);
    Result<std::optional<ConversationId>> similar(const MessageRecord& message, const ConversationParty& party);
    Result<std::optional<ConversationId>> sameOrder(const ConversationParty& party);
    // Repairs what mail programs lose: an id that was changed on its way but still has our token (message_ids.h).
    Result<Candidates> byToken(const MessageRecord& message, const ConversationParty& party);
    Result<Candidates> ofParty(const Candidates& candidates, const ConversationParty& party);
    Result<Candidates> notKeptApart(const Candidates& candidates, const MessageRecord& message);
    Result<ConversationId> nearest(const Candidates& candidates, const MessageRecord& message);
    Result<bool> areApart(ConversationId one, ConversationId other);
    // It came into a mailbox of a store other than the party's.
    Result<bool> isOfAnotherStore(ConversationId conversation, const ConversationParty& party);

    Database& m_database;
    Statement m_byMessageId;
    Statement m_partyOf;
    Statement m_recentOfEmail;
    Statement m_recentOfShared;
    Statement m_addReference;
    Statement m_addOrder;
    Statement m_addToken;
    Statement m_withToken;
    Statement m_apart;
    Statement m_storeOf;
    Statement m_holds;
};

} // namespace aiva
