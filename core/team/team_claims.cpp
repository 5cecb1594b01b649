#include "core/team/team_claims.h"

#include "core/team/claim_run.h"
#include "core/team/wish_run.h"

namespace aiva {

using namespace Qt::StringLiterals;

TeamClaims::TeamClaims(Database& writer, TeamRepository& repository, MailboxLines lines, AnchorPace pace,
                       QObject* parent)
    : QObject(parent)
    , m_writer(writer)
    , m_repository(repository)
    , m_book(writer, repository)
    , m_lines(std::move(lines))
    , m_pace(std::move(pace)) {}

TeamClaims::~TeamClaims() = default;

Future<ClaimAnswer> TeamClaims::claim(MailboxId mailbox, ConversationId conversation) {
    const ClaimRun::Desk desk{m_writer, m_repository, m_book,
                              m_lines,  m_pace,       [this](ConversationId changed) { Q_EMIT stateChanged(changed); }};
    return (new ClaimRun(desk, mailbox, conversation, this))->start();
}

Future<bool> TeamClaims::release(MailboxId mailbox, ConversationId conversation, Ending ending) {
    const auto anchor = m_repository.anchor(conversation);
    if (!anchor) return readyFuture<bool>(anchor.error());
    if (!*anchor || !(*anchor)->isClaiming) return readyFuture<bool>(true); // nothing was claimed: not shared
    TeamPlace place;
    place.folder = (*anchor)->folder;
    place.uid = (*anchor)->uid;
    TeamWish wish;
    wish.release = ending == Ending::Answered ? TeamWish::Release::Answered : TeamWish::Release::Unsent;
    // Written down first: a release must survive whatever happens to the line or to us.
    if (const auto wished = m_book.wish(conversation, place, wish); !wished) return readyFuture<bool>(wished.error());
    MailboxPort* port = m_lines(mailbox);
    if (!port) return readyFuture<bool>(false);
    auto* run = new WishRun(*port, m_repository, m_book, mailbox, conversation, m_pace, this);
    auto promise = std::make_shared<QPromise<Result<bool>>>();
    promise->start();
    whenDone(run->start(), this, [this, conversation, promise](const Result<Observation>& seen) {
        if (seen && seen->rowChanged) Q_EMIT stateChanged(conversation);
        promise->addResult(Result<bool>(seen.has_value()));
        promise->finish();
    });
    return promise->future();
}

Future<bool> TeamClaims::takeOver(MailboxId mailbox, ConversationId conversation, int holderSlot) {
    const auto membership = m_repository.membership(mailbox);
    if (!membership) return readyFuture<bool>(membership.error());
    const auto places = m_repository.places(mailbox, conversation);
    if (!places) return readyFuture<bool>(places.error());
    MailboxPort* port = m_lines(mailbox);
    if (!port) return readyFuture<bool>(Error{ErrorKind::Network, u"the mailbox is not connected"_s});
    if (places->empty() || membership->mySlot == 0)
        return readyFuture<bool>(Error{ErrorKind::Refused, u"there is no claim to take over"_s});
    const int mySlot = membership->mySlot;
    const auto decide = [holderSlot, mySlot](const AnchorReading& reading) -> std::optional<AnchorState> {
        if (!reading.state.isSending || reading.state.assigneeSlot != holderSlot) return std::nullopt;
        AnchorState mine = reading.state;
        mine.isSending = false;
        mine.assigneeSlot = mySlot;
        return mine;
    };
    auto* run = new AnchorRun(*port, *places, decide, m_pace, this);
    return andThen(run->start(), this, [this, conversation, mySlot](const AnchorReading& reading) {
        const auto seen = m_book.observe(conversation, reading.place, mySlot);
        if (!seen) return readyFuture<bool>(seen.error());
        if (seen->rowChanged) Q_EMIT stateChanged(conversation);
        if (reading.state.isSending)
            return readyFuture<bool>(
                Error{ErrorKind::Conflict, u"another claim came in between"_s, ErrorCause::ClaimTaken});
        return readyFuture<bool>(true);
    });
}

} // namespace aiva
