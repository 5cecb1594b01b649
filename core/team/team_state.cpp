#include "core/team/team_state.h"

#include "core/ports/flag_words.h"
#include "core/storage/database/in_transaction.h"

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

static bool hasOurWords(const TeamPlace& place) {
    return !teamWords(anchorStateFrom(place.flags)).isEmpty();
}

TeamState::TeamState(Database& writer, TeamRepository& repository, MailboxLines lines, AnchorPace pace, QObject* parent)
    : QObject(parent)
    , m_writer(writer)
    , m_repository(repository)
    , m_book(writer, repository)
    , m_lines(std::move(lines))
    , m_pace(std::move(pace)) {}

TeamState::~TeamState() = default;

void TeamState::flagsChanged(FolderId folder, const std::vector<FlagUpdate>& updates) {
    News news;
    const auto taken = inTransaction(m_writer, [&]() -> Result<void> {
        AIVA_TRY(const std::optional<MailboxId> mailbox, m_repository.mailboxOf(folder));
        if (!mailbox) return {};
        AIVA_TRY(const TeamMembership membership, m_repository.membership(*mailbox));
        if (membership.mode == TeamMode::SingleAgent) return {};
        for (const FlagUpdate& update : updates)
            AIVA_CHECK(take(folder, update, {*mailbox, membership.mySlot}, news));
        return {};
    });
    if (!taken) return Q_EMIT failed(taken.error());
    tell(news);
}

Result<void> TeamState::take(FolderId folder, const FlagUpdate& update, const Seat& seat, News& news) {
    const QStringList flags = flagWords(update.flags);
    const bool isOurs = !teamWords(anchorStateFrom(flags)).isEmpty();
    AIVA_TRY(const std::optional<ConversationId> conversation, m_repository.conversationAt(folder, update.uid));
    if (!conversation) return {};
    AIVA_TRY(const std::optional<TeamAnchor> anchor, m_repository.anchor(*conversation));
    if (!isOurs && !anchor) return {}; // nearly every mail there is
    AIVA_TRY(const std::vector<TeamPlace> places, m_repository.places(seat.mailbox, *conversation));
    if (places.empty() || places.front().folder != folder) return {};
    const bool hasMoved = anchor && anchor->uid != places.front().uid;
    if (places.front().uid != update.uid || hasMoved) return takePlaces(seat, *conversation, news);
    TeamPlace place = places.front();
    place.flags = flags;
    place.modSeq = update.modSeq;
    AIVA_TRY(const Observation seen, m_book.observe(*conversation, place, seat.mySlot));
    news.emplace_back(*conversation, seen);
    return {};
}

Result<void> TeamState::takePlaces(const Seat& seat, ConversationId conversation, News& news) {
    AIVA_TRY(std::optional<TeamAnchor> anchor, m_repository.anchor(conversation));
    AIVA_TRY(const std::vector<TeamPlace> places, m_repository.places(seat.mailbox, conversation));
    if (places.empty()) {
        if (!anchor) return {};
        anchor->uid = 0;
        return m_repository.saveAnchor(*anchor);
    }
    const TeamPlace& first = places.front();
    for (const TeamPlace& place : places)
        if (place.uid != first.uid && hasOurWords(place)) m_leftovers[seat.mailbox].emplace_back(conversation, place);
    if (!anchor && !hasOurWords(first)) return {};
    const bool isGone = anchor && std::none_of(places.begin(), places.end(), [&](const TeamPlace& place) {
                            return place.folder == anchor->folder && place.uid == anchor->uid;
                        });
    if (isGone && anchor->uid != 0 && !hasOurWords(first)) return moveAnchor(*anchor, first);
    AIVA_TRY(const Observation seen, m_book.observe(conversation, first, seat.mySlot));
    news.emplace_back(conversation, seen);
    return {};
}

// The message that carried the state was deleted or moved away: the next one takes it over. Every colleague's desk
// wants the same, so it does not matter whose is faster.
Result<void> TeamState::moveAnchor(const TeamAnchor& from, const TeamPlace& to) {
    const AnchorState known = anchorStateFrom(from.words.split(u' ', Qt::SkipEmptyParts));
    TeamWish along;
    along.status = known.status;
    along.assignee = known.assigneeSlot;
    along.isQuiet = true;
    const TeamWish waiting = teamWishFromJson(from.wanted);
    TeamAnchor moved = from;
    moved.folder = to.folder;
    moved.uid = to.uid;
    moved.modSeq = 0;
    moved.words.clear();
    moved.wanted = toJson(mergedWish(along, waiting));
    return m_repository.saveAnchor(moved);
}

void TeamState::placesChanged(ConversationId conversation) {
    News news;
    std::optional<MailboxId> mailbox;
    const auto taken = inTransaction(m_writer, [&]() -> Result<void> {
        AIVA_TRY(mailbox, mailboxOf(conversation));
        if (!mailbox) return {};
        AIVA_TRY(const TeamMembership membership, m_repository.membership(*mailbox));
        if (membership.mode == TeamMode::SingleAgent) return {};
        return takePlaces({*mailbox, membership.mySlot}, conversation, news);
    });
    if (!taken) return Q_EMIT failed(taken.error());
    tell(news);
    if (mailbox) carry(*mailbox);
}

void TeamState::customerWrote(ConversationId conversation) {
    const auto anchor = m_repository.anchor(conversation);
    const auto row = m_repository.state(conversation);
    if (!anchor || !row) return Q_EMIT failed(anchor ? row.error() : anchor.error());
    if (!*anchor || !*row || !(*row)->customerSpokeLast) return;
    const AnchorState known = anchorStateFrom((*anchor)->words.split(u' ', Qt::SkipEmptyParts));
    if (known.status == ConversationStatus::Open) return;
    TeamWish open;
    open.status = ConversationStatus::Open;
    open.isQuiet = true;
    if (const auto wished = wish(conversation, open); !wished) Q_EMIT failed(wished.error());
}

void TeamState::modSeqsWentBack(FolderId folder) {
    if (const auto forgotten = m_repository.forgetModSeqs(folder); !forgotten) Q_EMIT failed(forgotten.error());
}

void TeamState::uidsStartedAnew(FolderId folder) {
    if (const auto forgotten = m_repository.forgetPlaces(folder); !forgotten) Q_EMIT failed(forgotten.error());
}

Result<void> TeamState::setStatus(ConversationId conversation, ConversationStatus status) {
    TeamWish wanted;
    wanted.status = status;
    return wish(conversation, wanted);
}

Result<void> TeamState::assign(ConversationId conversation, int slot) {
    if (slot < 0 || slot > kTeamSlots) return Error{ErrorKind::Invalid, u"there is no such place in the team"_s};
    TeamWish wanted;
    wanted.assignee = slot;
    return wish(conversation, wanted);
}

Result<std::optional<MailboxId>> TeamState::mailboxOf(ConversationId conversation) {
    AIVA_TRY(const std::optional<TeamAnchor> anchor, m_repository.anchor(conversation));
    if (anchor) return m_repository.mailboxOf(anchor->folder);
    AIVA_TRY(const std::optional<ConversationTeamState> row, m_repository.state(conversation));
    return row ? row->mailbox : std::optional<MailboxId>();
}

Result<void> TeamState::wish(ConversationId conversation, const TeamWish& wanted) {
    AIVA_TRY(const std::optional<ConversationTeamState> row, m_repository.state(conversation));
    if (!row) return Error{ErrorKind::NotFound, u"no such conversation"_s};
    AIVA_TRY(const std::optional<MailboxId> mailbox, mailboxOf(conversation));
    std::vector<TeamPlace> places;
    if (mailbox) {
        AIVA_TRY(const TeamMembership membership, m_repository.membership(*mailbox));
        if (membership.mode != TeamMode::SingleAgent) {
            AIVA_TRY(places, m_repository.places(*mailbox, conversation));
        }
    }
    if (places.empty()) {
        AIVA_CHECK(m_repository.setState(conversation, wanted.status.value_or(row->status),
                                         wanted.assignee.value_or(row->assigneeSlot), row->claimSlot));
    } else {
        AIVA_CHECK(m_book.wish(conversation, places.front(), wanted));
    }
    Q_EMIT stateChanged(conversation);
    if (!places.empty()) carry(*mailbox);
    return {};
}

void TeamState::tell(const News& news) {
    for (const auto& [conversation, seen] : news) {
        if (seen.rowChanged) Q_EMIT stateChanged(conversation);
        if (seen.statusLost || seen.assigneeLost) Q_EMIT wishLost(conversation, seen.statusLost, seen.assigneeLost);
    }
}

} // namespace aiva
