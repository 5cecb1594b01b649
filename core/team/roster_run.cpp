#include "core/team/roster_run.h"

#include "core/domain/team/team_keywords.h"
#include "core/team/compare_and_set_test.h"

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

static constexpr int kMostLooks = 30;        // a join needs four
static constexpr size_t kMostMessages = 500; // 16 cards, a roster, and what strangers put there
static constexpr qint64 kScratchDays = 1;

RosterRun::RosterRun(MailboxPort& port, TeamRepository& repository, const Clock& clock, RosterRequest request,
                     QObject* parent)
    : TeamRun(parent)
    , m_port(&port)
    , m_repository(repository)
    , m_clock(clock)
    , m_request(std::move(request))
    , m_name(cleanAgentName(m_request.name)) {}

template <typename T, typename Next>
void RosterRun::ask(const Future<T>& future, Next next) {
    whenDone(future, this, [this, next](const Result<T>& answer) {
        if (!answer) return finish(answer.error());
        if (!m_port) return finish(Error{ErrorKind::Refused, u"the mailbox was closed"_s});
        next(*answer);
    });
}

void RosterRun::begin() {
    look();
}

void RosterRun::look() {
    if (++m_looks > kMostLooks) return finish(Error{ErrorKind::Conflict, u"the team's folder never rests"_s});
    ask<FolderChanges>(m_port->changes(m_request.folder, {}),
                       [this](const FolderChanges& changes) { fetch(changes.updates); });
}

void RosterRun::fetch(const std::vector<FlagUpdate>& updates) {
    std::vector<quint32> uids;
    for (const FlagUpdate& update : updates)
        if (!update.flags.deleted && uids.size() < kMostMessages) uids.push_back(update.uid);
    if (uids.empty()) return doNext({});
    ask<std::vector<ServerMessage>>(m_port->fetch(m_request.folder, uids),
                                    [this](const std::vector<ServerMessage>& messages) { doNext(sorted(messages)); });
}

RosterRun::Look RosterRun::sorted(const std::vector<ServerMessage>& messages) const {
    Look seen;
    for (const ServerMessage& one : messages) {
        if (!one.message || !*one.message || one.flags.deleted) continue;
        const MessageRecord& message = **one.message;
        if (message.messageId == teamRosterMessageId()) {
            // Two who came at once wrote one each. The first counts for everybody, as uids only grow.
            if (seen.roster != 0) seen.rubbish.push_back(std::max(seen.roster, one.uid));
            if (seen.roster != 0 && one.uid > seen.roster) continue;
            seen.roster = one.uid;
            seen.rosterModSeq = one.modSeq;
            seen.taken = one.flags.keywords;
        } else if (isTeamScratch(message)) {
            if (message.date.plusDays(kScratchDays) < m_clock.now()) seen.rubbish.push_back(one.uid);
        } else if (const std::optional<TeamCard> card = teamCardFrom(message)) {
            seen.cards.push_back({one.uid, *card});
        }
    }
    std::sort(seen.cards.begin(), seen.cards.end(), [](const Card& a, const Card& b) { return a.uid < b.uid; });
    for (const Card& card : seen.cards)
        seen.owners.try_emplace(card.card.slot, card);
    findRubbish(seen);
    return seen;
}

// Of our cards the newest in the lowest slot we own stays; its owner's newest card names it.
void RosterRun::findRubbish(Look& seen) const {
    int mine = 0;
    for (const auto& [slot, owner] : seen.owners)
        if (mine == 0 && owner.card.agentId == m_request.agentId) mine = slot;
    quint32 newest = 0;
    for (const Card& card : seen.cards)
        if (card.card.slot == mine && card.card.agentId == m_request.agentId) newest = card.uid;
    for (const Card& card : seen.cards)
        if (card.card.agentId == m_request.agentId && card.uid != newest) seen.rubbish.push_back(card.uid);
    for (const Card& card : seen.cards) {
        Card& owner = seen.owners.at(card.card.slot);
        if (owner.card.agentId == card.card.agentId) owner = card;
    }
}

void RosterRun::doNext(const Look& seen) {
    if (!seen.rubbish.empty()) return erase(seen.rubbish);
    const auto own = std::find_if(seen.owners.begin(), seen.owners.end(),
                                  [this](const auto& slot) { return slot.second.card.agentId == m_request.agentId; });
    if (own == seen.owners.end()) {
        if (m_name.isEmpty()) return save(seen, 0);
        return seen.roster == 0 ? append(teamRosterMail(m_clock.now())) : join(seen);
    }
    if (seen.roster == 0) return append(teamRosterMail(m_clock.now()));
    if (!seen.taken.contains(slotKeyword(own->first), Qt::CaseInsensitive)) return markTaken(seen, own->first);
    const bool isRenamed = !m_name.isEmpty() && own->second.card.name != m_name;
    if (isRenamed && !std::exchange(m_hasRenamed, true)) return rename(seen, own->second);
    save(seen, own->first);
}

bool RosterRun::isColleaguesName(const Look& seen, int* slot) const {
    for (const auto& [at, owner] : seen.owners) {
        const bool same = owner.card.name.compare(m_name, Qt::CaseInsensitive) == 0;
        if (!same || owner.card.agentId == m_request.agentId) continue;
        *slot = at;
        return true;
    }
    return false;
}

void RosterRun::join(const Look& seen) {
    int theirs = 0;
    if (isColleaguesName(seen, &theirs)) {
        if (m_request.sameName == RosterRequest::SameName::Ask)
            return finish(Error{ErrorKind::Conflict, u"a colleague has this name"_s});
        m_takenOver = theirs;
        std::vector<quint32> cards;
        for (const Card& card : seen.cards)
            if (card.card.slot == theirs) cards.push_back(card.uid);
        return erase(cards);
    }
    const int slot = m_takenOver != 0 ? m_takenOver : freeSlot(seen);
    m_takenOver = 0;
    if (slot == 0) return finish(Error{ErrorKind::Refused, u"all places of the team are taken"_s});
    append(teamCardMail({slot, m_request.agentId, m_name}, randomTeamId().left(8), m_clock.now()));
}

void RosterRun::rename(const Look& seen, const Card& mine) {
    int theirs = 0;
    if (isColleaguesName(seen, &theirs)) return finish(Error{ErrorKind::Conflict, u"a colleague has this name"_s});
    append(teamCardMail({mine.card.slot, m_request.agentId, m_name}, randomTeamId().left(8), m_clock.now()));
}

// A slot that is marked as taken but has no card belongs to somebody whose card was deleted: used only when no other is
// left.
int RosterRun::freeSlot(const Look& seen) const {
    for (const bool marked : {false, true})
        for (int slot = 1; slot <= kTeamSlots; ++slot)
            if (!seen.owners.contains(slot) && seen.taken.contains(slotKeyword(slot), Qt::CaseInsensitive) == marked)
                return slot;
    return 0;
}

void RosterRun::markTaken(const Look& seen, int slot) {
    ask<ConditionalStore>(m_port->storeUnchangedSince(m_request.folder, seen.roster, seen.rosterModSeq, FlagChange::Add,
                                                      {slotKeyword(slot)}),
                          [this](const ConditionalStore&) { look(); }); // lost or won: the next look tells
}

void RosterRun::append(const QByteArray& mail) {
    ask<AppendedMail>(m_port->append(m_request.folder, mail, {u"\\Seen"_s}), [this](const AppendedMail&) { look(); });
}

void RosterRun::erase(const std::vector<quint32>& uids) {
    whenDone(m_port->erase(m_request.folder, uids), this, [this, uids](const Result<bool>& erased) {
        if (!m_port) return finish(Error{ErrorKind::Refused, u"the mailbox was closed"_s});
        if (erased) return look();
        if (erased.error().kind != ErrorKind::Refused) return finish(erased.error());
        ask<bool>(m_port->store(m_request.folder, uids, FlagChange::Add, {u"\\Deleted"_s}), [this](bool) { look(); });
    });
}

void RosterRun::save(const Look& seen, int mySlot) {
    Roster roster;
    roster.mySlot = mySlot;
    for (const auto& [slot, owner] : seen.owners)
        roster.agents.push_back({slot, owner.card.name, slot == mySlot});
    if (const auto saved = m_repository.setAgents(m_request.mailbox, roster.agents); !saved)
        return finish(saved.error());
    finish(roster);
}

} // namespace aiva
