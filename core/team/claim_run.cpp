#include "core/team/claim_run.h"

#include "core/team/colleague_mail_run.h"

#include <QTimer>

namespace aiva {

using namespace Qt::StringLiterals;
using Outcome = ClaimAnswer::Outcome;

ClaimRun::ClaimRun(const Desk& desk, MailboxId mailbox, ConversationId conversation, QObject* parent)
    : TeamRun(parent), m_desk(desk), m_mailbox(mailbox), m_conversation(conversation) {}

Result<std::optional<ClaimAnswer>> ClaimRun::prepare() {
    const std::optional<ClaimAnswer> notShared = ClaimAnswer{Outcome::NotShared, {}};
    AIVA_TRY(const TeamMembership membership, m_desk.repository.membership(m_mailbox));
    if (membership.mode == TeamMode::SingleAgent) return notShared;
    // Not tested or not registered: nobody can say whether a colleague is answering, so nobody may.
    if (membership.mode == TeamMode::Unknown)
        return Error{ErrorKind::Refused, u"it was never tested whether the mailbox is shared"_s};
    if (membership.mySlot == 0) return Error{ErrorKind::Refused, u"not registered with the team of the mailbox"_s};
    m_mySlot = membership.mySlot;
    AIVA_TRY(m_places, m_desk.repository.places(m_mailbox, m_conversation));
    if (m_places.empty()) return notShared; // a conversation from files: no colleague sees it
    m_port = m_desk.lines(m_mailbox);
    if (!m_port) return Error{ErrorKind::Network, u"the mailbox is not connected"_s};
    AIVA_TRY(const std::optional<TeamAnchor> anchor, m_desk.repository.anchor(m_conversation));
    m_known = anchorStateFrom(anchor ? anchor->words.split(u' ', Qt::SkipEmptyParts) : m_places.front().flags);
    m_wasClaiming = anchor && anchor->isClaiming;
    AIVA_CHECK(m_desk.book.markClaiming(m_conversation, m_places.front(), true));
    return std::optional<ClaimAnswer>();
}

void ClaimRun::begin() {
    const auto answer = prepare();
    if (!answer) return finish(answer.error());
    if (*answer) return finish(**answer);
    wakeFolder();
}

// A conditional store that must fail (RFC 7162 §3.1.3: a system flag always exists, so 0 is always too old). Measured:
// where a folder sees its first keywords, Dovecot 2.3.19 lets two simultaneous stores through in one of twelve races;
// with this before each store in none of 60. It brings the session up to date; confirm() is what makes certain.
void ClaimRun::wakeFolder() {
    const TeamPlace& place = m_places.front();
    whenDone(m_port->storeUnchangedSince(place.folderName, place.uid, 0, FlagChange::Add, {u"\\Seen"_s}), this,
             [this](const Result<ConditionalStore>& stored) {
                 if (!m_port) return finish(Error{ErrorKind::Refused, u"the mailbox was closed"_s});
                 if (!stored && !isLineLost(stored.error())) return finish(stored.error());
                 ask();
             });
}

void ClaimRun::ask() {
    const auto decide = [this](const AnchorReading& reading) -> std::optional<AnchorState> {
        m_verdict = verdictOf(reading);
        if (m_verdict != Verdict::Free) return std::nullopt;
        m_hasAsked = true;
        m_assigneeBefore = reading.state.assigneeSlot;
        AnchorState claimed = reading.state;
        claimed.isSending = true;
        claimed.assigneeSlot = m_mySlot;
        return claimed;
    };
    auto* run = new AnchorRun(*m_port, m_places, decide, m_desk.pace, this);
    whenDone(run->start(), this, [this](const Result<AnchorReading>& reading) {
        // Unknown outcomes stay marked: the next attempt will find our slot, or not.
        if (!reading) return finish(reading.error());
        take(*reading);
    });
}

ClaimRun::Verdict ClaimRun::verdictOf(const AnchorReading& reading) {
    const AnchorState& state = reading.state;
    if (reading.otherClaim && *reading.otherClaim != m_mySlot) {
        m_holder = *reading.otherClaim;
        return Verdict::Taken;
    }
    m_holder = state.assigneeSlot;
    if (state.isSending) {
        // Our slot without our mark is a copy of this workspace somewhere else, or what a reinstalled one left.
        const bool mine = state.assigneeSlot == m_mySlot && (m_wasClaiming || m_hasAsked);
        return mine ? Verdict::Mine : Verdict::Taken;
    }
    const bool byColleague = state.assigneeSlot != 0 && state.assigneeSlot != m_mySlot;
    const bool isNews = teamWords(m_known) != teamWords(state);
    if (state.status == ConversationStatus::Waiting && byColleague && isNews) return Verdict::Taken;
    return Verdict::Free;
}

void ClaimRun::take(const AnchorReading& reading) {
    record(reading);
    if (!reading.isWritten && m_verdict == Verdict::Taken) return answerTaken(m_holder);
    lookForAnswer();
}

void ClaimRun::lookForAnswer() {
    if (!m_port) return finish(Error{ErrorKind::Refused, u"the mailbox was closed"_s});
    auto* run = new ColleagueMailRun(*m_port, m_desk.writer, m_mailbox, m_conversation, this);
    whenDone(run->start(), this, [this](const Result<ColleagueMail>& mail) {
        if (!mail) return finish(mail.error());
        if (mail->isThere) return giveBack();
        QTimer::singleShot(m_hasAsked ? m_desk.pace.settleMs : 0, this, [this] { confirm(); });
    });
}

// The last look, when every store that set out together with ours has ended: of two that were both let through the
// later one stands, and the one it overwrote must not go on.
void ClaimRun::confirm() {
    if (!m_port) return finish(Error{ErrorKind::Refused, u"the mailbox was closed"_s});
    const auto look = [](const AnchorReading&) { return std::optional<AnchorState>(); };
    auto* run = new AnchorRun(*m_port, m_places, look, m_desk.pace, this);
    whenDone(run->start(), this, [this](const Result<AnchorReading>& reading) {
        if (!reading) return finish(reading.error());
        const AnchorState& state = reading->state;
        if (state.isSending && state.assigneeSlot == m_mySlot) return finish(ClaimAnswer{Outcome::Granted, {}});
        record(*reading);
        answerTaken(state.assigneeSlot);
    });
}

void ClaimRun::giveBack() {
    if (!m_port) return finish(Error{ErrorKind::Refused, u"the mailbox was closed"_s});
    const int before = m_hasAsked ? m_assigneeBefore : m_mySlot;
    const auto decide = [this, before](const AnchorReading& reading) -> std::optional<AnchorState> {
        if (!reading.state.isSending || reading.state.assigneeSlot != m_mySlot) return std::nullopt;
        AnchorState free = reading.state;
        free.isSending = false;
        free.assigneeSlot = before;
        return free;
    };
    auto* run = new AnchorRun(*m_port, m_places, decide, m_desk.pace, this);
    whenDone(run->start(), this, [this, before](const Result<AnchorReading>& reading) {
        if (!reading) return finish(reading.error());
        record(*reading);
        answerTaken(before == m_mySlot ? 0 : before);
    });
}

void ClaimRun::answerTaken(int slot) {
    if (const auto unmarked = m_desk.book.markClaiming(m_conversation, m_places.front(), false); !unmarked)
        return finish(unmarked.error());
    ClaimAnswer answer{Outcome::Taken, {}};
    if (const auto name = m_desk.repository.agentName(m_mailbox, slot)) answer.holder = *name;
    finish(answer);
}

// The cache's row is a view of the server's; that it could not be written does not change who holds the claim.
void ClaimRun::record(const AnchorReading& reading) {
    m_places.front() = reading.place;
    const auto seen = m_desk.book.observe(m_conversation, reading.place, m_mySlot);
    if (seen && seen->rowChanged && m_desk.rowChanged) m_desk.rowChanged(m_conversation);
}

} // namespace aiva
