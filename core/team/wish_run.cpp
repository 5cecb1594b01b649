#include "core/team/wish_run.h"

namespace aiva {

using namespace Qt::StringLiterals;

WishRun::WishRun(MailboxPort& port, TeamRepository& repository, TeamBook& book, MailboxId mailbox,
                 ConversationId conversation, AnchorPace pace, QObject* parent)
    : TeamRun(parent)
    , m_port(port)
    , m_repository(repository)
    , m_book(book)
    , m_mailbox(mailbox)
    , m_conversation(conversation)
    , m_pace(std::move(pace)) {}

Result<void> WishRun::prepare() {
    AIVA_TRY(const TeamMembership membership, m_repository.membership(m_mailbox));
    m_mySlot = membership.mySlot;
    AIVA_TRY(m_places, m_repository.places(m_mailbox, m_conversation));
    AIVA_TRY(const std::optional<TeamAnchor> anchor, m_repository.anchor(m_conversation));
    if (anchor) m_wanted = anchor->wanted;
    return {};
}

void WishRun::begin() {
    if (const auto prepared = prepare(); !prepared) return finish(prepared.error());
    if (m_wanted.isEmpty()) return finish(Observation());
    if (m_places.empty()) return finish(Error{ErrorKind::NotFound, u"the conversation has no place on the server"_s});
    const TeamWish wish = teamWishFromJson(m_wanted);
    const auto decide = [this, wish](const AnchorReading& reading) {
        // What a lost race or line had half done counts as the server's.
        m_outcome = fulfil(wish, reading.state, m_mySlot);
        return m_outcome.write;
    };
    auto* run = new AnchorRun(m_port, m_places, decide, m_pace, this);
    whenDone(run->start(), this, [this](const Result<AnchorReading>& reading) {
        if (!reading) return finish(reading.error());
        take(*reading);
    });
}

void WishRun::take(const AnchorReading& reading) {
    auto seen = m_book.observeCarried(m_conversation, reading.place, m_mySlot, m_wanted);
    if (seen) {
        seen->statusLost = m_outcome.statusLost;
        seen->assigneeLost = m_outcome.assigneeLost;
    }
    finish(std::move(seen));
}

} // namespace aiva
