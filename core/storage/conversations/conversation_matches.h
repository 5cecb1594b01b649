// Whom conversations are linked to: corrections by hand, taking them back, and matching anew after customers changed
// (D5). Used by ConversationRepository only, inside its transaction.
#pragma once

#include "core/base/result.h"
#include "core/storage/conversations/conversation_summary.h"
#include "core/storage/people/sender_matching.h"

#include <optional>
#include <vector>

namespace aiva {

class ConversationMatches {
public:
    ConversationMatches(Database& database, SenderMatching& matching, ConversationSummary& summary)
        : m_database(database), m_matching(matching), m_summary(summary) {}

    // For this conversation and every other one with its address; absent: nobody we know.
    Result<void> link(ConversationId conversation, std::optional<ProfileId> profile, UtcTime at);
    // Takes the latest standing correction of the conversation's address back. False when there is none.
    Result<bool> revert(ConversationId conversation, UtcTime at);
    // By address where nobody is linked, or somebody by less, or the address changed hands; by orders that were synced
    // after the mail that names them; and precedence: for the profiles that changed since (profiles_changed), for all
    // when `rule` is another than the last one. How many rows changed.
    Result<qint64> rematch(const PrecedenceRule& rule);

private:
    struct Candidate {
        ConversationId id;
        QString address;
        std::optional<ProfileId> profile;
        QString matchedBy;
    };
    Result<QString> addressOf(ConversationId conversation);
    Result<std::vector<ConversationId>> withAddress(ConversationId conversation, const QString& address);
    Result<bool> byOwnCorrection(ConversationId conversation, SenderMatch& match);
    Result<SenderMatch> matchAnew(ConversationId conversation, const QString& address);
    Result<bool> isNewRule(const PrecedenceRule& rule);
    // Absent: too many.
    Result<std::optional<std::vector<ProfileId>>> takeChanged();
    Result<qint64> rematchAll();
    Result<qint64> rematchOf(const std::vector<ProfileId>& profiles);
    Result<qint64> matchFound(Statement& candidates);
    Result<qint64> rematchByOrder();
    Result<qint64> refreshPrecedence();
    Result<qint64> refreshPrecedenceOf(ProfileId profile, const QString& known);

    Database& m_database;
    SenderMatching& m_matching;
    ConversationSummary& m_summary;
};

} // namespace aiva
