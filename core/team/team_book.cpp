#include "core/team/team_book.h"

#include "core/storage/database/in_transaction.h"

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

AnchorState stateOfWords(const QString& words) {
    return anchorStateFrom(words.split(u' ', Qt::SkipEmptyParts));
}

// What is left of a wish once the server has spoken: lost and fulfilled parts go.
TeamWish pendingPart(TeamWish wish, const AnchorState& server) {
    const bool statusWaits = wish.status && *wish.status != server.status && server.status == wish.seenStatus;
    if (!statusWaits) wish.status.reset();
    const bool assigneeWaits =
        wish.assignee && *wish.assignee != server.assigneeSlot && server.assigneeSlot == wish.seenAssignee;
    if (!assigneeWaits) wish.assignee.reset();
    return wish;
}

// What was wished after `carried` had set out. A wish over one that was carried stands on what that one made of the
// server; over one that was lost it stands where it stood, and is lost too.
TeamWish remainder(const TeamWish& carried, TeamWish now, const AnchorState& server) {
    if (now.status == carried.status)
        now.status.reset();
    else if (carried.status && *carried.status == server.status)
        now.seenStatus = server.status;
    if (now.assignee == carried.assignee)
        now.assignee.reset();
    else if (carried.assignee && *carried.assignee == server.assigneeSlot)
        now.seenAssignee = server.assigneeSlot;
    if (now.release == carried.release) now.release = TeamWish::Release::None;
    return now;
}

} // namespace

Result<TeamAnchor> TeamBook::anchorFor(ConversationId conversation, const TeamPlace& place) {
    AIVA_TRY(const std::optional<TeamAnchor> known, m_repository.anchor(conversation));
    if (known && known->folder == place.folder && known->uid == place.uid) return *known;
    // At a new place its numbers start anew; what was seen last is still what the row shows.
    TeamAnchor anchor = known.value_or(TeamAnchor());
    anchor.conversation = conversation;
    anchor.folder = place.folder;
    anchor.uid = place.uid;
    anchor.modSeq = 0;
    return anchor;
}

Result<Observation> TeamBook::take(ConversationId conversation, const TeamPlace& place, int mySlot, TeamAnchor anchor) {
    Observation seen;
    AIVA_TRY(const std::optional<ConversationTeamState> row, m_repository.state(conversation));
    if (!row) return seen;
    const AnchorState server = anchorStateFrom(place.flags);
    const AnchorState known = stateOfWords(anchor.words);
    const TeamWish wish = teamWishFromJson(anchor.wanted);
    const WishOutcome outcome = fulfil(wish, server, mySlot);
    const TeamWish pending = pendingPart(wish, server);
    seen.statusLost = outcome.statusLost;
    seen.assigneeLost = outcome.assigneeLost;

    ConversationStatus status = row->status;
    const bool statusDecided = server.status != known.status || outcome.statusLost;
    if (statusDecided && !pending.status) status = server.status;
    const int assignee = pending.assignee ? *pending.assignee : server.assigneeSlot;
    const int claim = server.isSending ? server.assigneeSlot : 0;
    seen.rowChanged = status != row->status || assignee != row->assigneeSlot || claim != row->claimSlot;
    if (seen.rowChanged) AIVA_CHECK(m_repository.setState(conversation, status, assignee, claim));

    anchor.modSeq = place.modSeq;
    anchor.words = teamWords(server);
    anchor.wanted = toJson(pending);
    AIVA_CHECK(m_repository.saveAnchor(anchor));
    return seen;
}

Result<Observation> TeamBook::observe(ConversationId conversation, const TeamPlace& place, int mySlot) {
    return inTransaction(m_writer, [&]() -> Result<Observation> {
        AIVA_TRY(TeamAnchor anchor, anchorFor(conversation, place));
        if (place.modSeq > 0 && place.modSeq < anchor.modSeq) return Observation();
        return take(conversation, place, mySlot, std::move(anchor));
    });
}

Result<Observation> TeamBook::observeCarried(ConversationId conversation, const TeamPlace& place, int mySlot,
                                             const QString& wanted) {
    return inTransaction(m_writer, [&]() -> Result<Observation> {
        AIVA_TRY(TeamAnchor anchor, anchorFor(conversation, place));
        const TeamWish carried = teamWishFromJson(wanted);
        if (carried.release != TeamWish::Release::None) anchor.isClaiming = false;
        const TeamWish rest = remainder(carried, teamWishFromJson(anchor.wanted), anchorStateFrom(place.flags));
        anchor.wanted = toJson(rest);
        return take(conversation, place, mySlot, std::move(anchor));
    });
}

Result<void> TeamBook::wish(ConversationId conversation, const TeamPlace& place, const TeamWish& wish) {
    return inTransaction(m_writer, [&]() -> Result<void> {
        AIVA_TRY(TeamAnchor anchor, anchorFor(conversation, place));
        const bool isUnseen = anchor.modSeq == 0 && anchor.words.isEmpty();
        const AnchorState known = isUnseen ? anchorStateFrom(place.flags) : stateOfWords(anchor.words);
        anchor.words = teamWords(known);
        TeamWish later = wish;
        later.seenStatus = known.status;
        later.seenAssignee = known.assigneeSlot;
        anchor.wanted = toJson(mergedWish(teamWishFromJson(anchor.wanted), later));
        AIVA_CHECK(m_repository.saveAnchor(anchor));
        AIVA_TRY(const std::optional<ConversationTeamState> row, m_repository.state(conversation));
        if (!row) return {};
        return m_repository.setState(conversation, wish.status.value_or(row->status),
                                     wish.assignee.value_or(row->assigneeSlot), row->claimSlot);
    });
}

Result<void> TeamBook::markClaiming(ConversationId conversation, const TeamPlace& place, bool isClaiming) {
    return inTransaction(m_writer, [&]() -> Result<void> {
        AIVA_TRY(TeamAnchor anchor, anchorFor(conversation, place));
        anchor.isClaiming = isClaiming;
        return m_repository.saveAnchor(anchor);
    });
}

} // namespace aiva
