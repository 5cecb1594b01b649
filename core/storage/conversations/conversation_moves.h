// Merging and splitting conversations by hand (V2): each is one row that says how to take it back, also after later
// mail arrived. Never across customers. Used by ConversationRepository only, inside its transaction.
#pragma once

#include "core/base/result.h"
#include "core/domain/ids.h"
#include "core/storage/conversations/conversation_contents.h"
#include "core/storage/database/database.h"

namespace aiva {

class ConversationMoves {
public:
    ConversationMoves(Database& database, ConversationContents& contents)
        : m_database(database), m_contents(contents) {}

    // Everything of `from` goes into `into`; `from` is gone until it is taken back. Refused across customers.
    Result<ConversationId> merge(ConversationId into, ConversationId from, UtcTime at);
    // `firstOfNew` and everything after it become a conversation of their own, for the same customer; mail that arrives
    // later never joins the two again. Invalid when nothing would stay behind.
    Result<ConversationId> split(ConversationId conversation, MessageId firstOfNew, UtcTime at);
    // Takes the newest standing merge or split of the conversation back. False when there is none; Conflict when what
    // it made was merged or split again since, which has to be taken back first.
    Result<bool> revert(ConversationId conversation, UtcTime at);
    // A person said these are two matters.
    Result<void> keepApart(ConversationId one, ConversationId other);

private:
    Result<void> checkSameCustomer(ConversationId one, ConversationId other);
    Result<void> revertMerge(qint64 move, ConversationId into, ConversationId from);
    Result<void> restoreDrafts(qint64 move);
    Result<void> moveBack(qint64 move);
    Result<void> moveBackAnswers(qint64 move);
    Result<ConversationId> makeTwin(ConversationId conversation);
    Result<void> moveFrom(ConversationId conversation, ConversationId made, MessageId firstOfNew);
    Result<void> indexOrders(ConversationId conversation);
    Result<void> run(std::string_view sql, qint64 one);
    Result<void> run(std::string_view sql, qint64 one, qint64 two);

    Database& m_database;
    ConversationContents& m_contents;
};

} // namespace aiva
