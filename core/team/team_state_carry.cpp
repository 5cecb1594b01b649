// TeamState, outward: the wishes that wait, one after the other, then the words left on messages that are no anchor.
#include "core/team/team_state.h"
#include "core/team/wish_run.h"

namespace aiva {

void TeamState::carry(MailboxId mailbox) {
    if (const auto running = m_rounds.find(mailbox); running != m_rounds.end()) {
        running->isAskedAgain = true;
        return;
    }
    const auto membership = m_repository.membership(mailbox);
    if (!membership) return Q_EMIT failed(membership.error());
    if (membership->mode != TeamMode::Shared || !m_lines(mailbox)) return Q_EMIT carried(mailbox);
    const auto wanted = m_repository.wanted(mailbox);
    if (!wanted) return Q_EMIT failed(wanted.error());
    Round round;
    for (auto anchor = wanted->rbegin(); anchor != wanted->rend(); ++anchor)
        round.waiting.push_back(anchor->conversation);
    round.leftovers = m_leftovers.take(mailbox);
    m_rounds.insert(mailbox, std::move(round));
    carryNext(mailbox);
}

void TeamState::carryNext(MailboxId mailbox) {
    Round& round = m_rounds[mailbox];
    MailboxPort* port = m_lines(mailbox);
    if (!port) return endRound(mailbox);
    if (round.waiting.empty()) return clean(mailbox, *port);
    const ConversationId conversation = round.waiting.back();
    round.waiting.pop_back();
    auto* run = new WishRun(*port, m_repository, m_book, mailbox, conversation, m_pace, this);
    whenDone(run->start(), this, [this, mailbox, conversation](const Result<Observation>& seen) {
        if (seen) tell({{conversation, *seen}});
        // One that cannot be carried now (its mail moved, everybody writes) keeps waiting and blocks no other.
        if (!seen && isLineLost(seen.error())) return endRound(mailbox);
        if (!seen && seen.error().kind != ErrorKind::NotFound) Q_EMIT failed(seen.error());
        carryNext(mailbox);
    });
}

void TeamState::clean(MailboxId mailbox, MailboxPort& port) {
    Round& round = m_rounds[mailbox];
    if (round.leftovers.empty()) return endRound(mailbox);
    const Leftover leftover = round.leftovers.back();
    round.leftovers.pop_back();
    // A claim is never taken from whoever holds it; it is cleaned once it has been released.
    const auto decide = [](const AnchorReading& reading) -> std::optional<AnchorState> {
        if (reading.state.isSending) return std::nullopt;
        AnchorState bare;
        bare.foreign = reading.state.foreign;
        return bare;
    };
    auto* run = new AnchorRun(port, {leftover.second}, decide, m_pace, this);
    whenDone(run->start(), this, [this, mailbox, leftover](const Result<AnchorReading>& reading) {
        if (!reading && isLineLost(reading.error())) {
            m_leftovers[mailbox].push_back(leftover);
            return endRound(mailbox);
        }
        carryNext(mailbox);
    });
}

void TeamState::endRound(MailboxId mailbox) {
    Round ended = m_rounds.take(mailbox);
    std::vector<Leftover>& kept = m_leftovers[mailbox];
    kept.insert(kept.end(), ended.leftovers.begin(), ended.leftovers.end());
    if (ended.isAskedAgain && ended.waiting.empty() && m_lines(mailbox)) return carry(mailbox);
    Q_EMIT carried(mailbox);
}

} // namespace aiva
