// A change of a conversation's shared state made here and not yet on the server: what a person wants, and what they saw
// when they wanted it. Kept as JSON in the cache until it is carried out or has lost against a colleague's. Pure.
#pragma once

#include "core/domain/team/team_keywords.h"

#include <optional>

namespace aiva {

struct TeamWish {
    std::optional<ConversationStatus> status;
    std::optional<int> assignee; // slot; 0: nobody
    // What was on the server when the wish was made: a colleague's change since then wins.
    ConversationStatus seenStatus = ConversationStatus::Open;
    int seenAssignee = 0;
    enum class Release { None, Answered, Unsent };
    Release release = Release::None; // of our own claim
    // Nobody asked for it (a customer's new mail opens a conversation again), so nobody is told when it is lost.
    bool isQuiet = false;

    bool isEmpty() const { return !status && !assignee && release == Release::None; }
    bool operator==(const TeamWish&) const = default;
};

struct WishOutcome {
    std::optional<AnchorState> write; // absent: the server needs no change
    bool statusLost = false;          // a colleague decided otherwise
    bool assigneeLost = false;        // or is sending, and then nobody else can be put on it
};

WishOutcome fulfil(const TeamWish& wish, const AnchorState& server, int mySlot);
// `later` over `earlier`: what both name is as later says; what was seen stays as first seen.
TeamWish mergedWish(const TeamWish& earlier, const TeamWish& later);

QString toJson(const TeamWish& wish);           // empty for an empty wish
TeamWish teamWishFromJson(const QString& json); // empty when it is not one of ours

} // namespace aiva
