// Which other conversation of the same customer looks like the same matter (V2), and what was merged or split by hand.
// A suggestion changes nothing; a person merges, or says they are two. Used by ConversationQuery. Query-only
// connection.
#pragma once

#include "core/base/result.h"
#include "core/base/utc_time.h"
#include "core/domain/ids.h"
#include "core/storage/database/database.h"

#include <memory>
#include <optional>
#include <vector>

namespace aiva {

struct MergeSuggestion {
    enum class Reason { SameOrder, SameSubject };
    ConversationId other;
    QString subject;
    UtcTime lastMessageAt;
    Reason reason = Reason::SameSubject;
    QString order; // of SameOrder, as the customer wrote it
};

// A merge or split that stands, newest first to be taken back.
struct ConversationMoveView {
    enum class Kind { MergedHere, SplitOff, SplitFrom };
    Kind kind = Kind::MergedHere;
    QString subject; // of the other conversation
    UtcTime at;
};

class MergeSuggestions {
public:
    static Result<std::unique_ptr<MergeSuggestions>> create(Database& reader);

    // The likeliest, newest first; absent when nothing looks alike, or a person keeps them apart.
    Result<std::optional<MergeSuggestion>> forConversation(ConversationId id);
    // All of the same customer's, newest first, for a person to choose from.
    Result<std::vector<MergeSuggestion>> othersOfCustomer(ConversationId id);
    Result<std::vector<ConversationMoveView>> movesOf(ConversationId id); // oldest first

private:
    struct Self;
    MergeSuggestions() = default;
    Result<std::optional<MergeSuggestion>> among(Statement& candidates, const Self& self);
    Result<QString> sharedOrder(ConversationId one, ConversationId other);
    Result<bool> namesOrders(ConversationId id);

    Statement m_self;
    Statement m_ofProfile;
    Statement m_ofEmail;
    Statement m_sharedOrder;
    Statement m_anyOrder;
    Statement m_moves;
};

} // namespace aiva
