#include "core/adapters/mail/imap/change_run.h"

#include "core/adapters/mail/imap/fetched_items.h"
#include "core/adapters/mail/imap/uid_set.h"

#include <algorithm>
#include <iterator>

namespace aiva {

namespace {
constexpr size_t kMostStoreUpdates = 5'000'000; // a folder larger than this is a lie
}

ChangeRun::ChangeRun(QString folder, const KnownFolder& known, std::shared_ptr<ListedFolders> listed,
                     ImapAnswer<FolderChanges> answer)
    : AnsweringRun(std::move(folder), std::move(answer)), m_known(known), m_listed(std::move(listed)) {}

bool ChangeRun::asksQresync() const {
    return m_known.uidValidity != 0 && m_known.highestModSeq != 0;
}

void ChangeRun::begin() {
    QByteArray parameters;
    if (session().hasQresync() && asksQresync())
        parameters = "(QRESYNC (" + QByteArray::number(m_known.uidValidity) + ' ' +
                     QByteArray::number(m_known.highestModSeq) + "))";
    else if (session().hasCondStore())
        parameters = "(CONDSTORE)";
    session().select(
        wireFolder(), parameters,
        [this](const Result<FolderState>& state) {
            if (state)
                onSelected(*state);
            else
                refuseAndEnd(state.error());
        },
        [this](ImapResponse& response) { take(response); });
}

void ChangeRun::onSelected(const FolderState& state) {
    m_changes.state = state;
    m_changes.uidsStartedAnew = m_known.uidValidity != 0 && m_known.uidValidity != state.uidValidity;
    // An index rebuilt on the server starts counting again, below what we know (also when it no longer counts at all).
    m_changes.modSeqWentBack = !m_changes.uidsStartedAnew && state.highestModSeq < m_known.highestModSeq;
    const bool knowsSince = asksQresync() && !m_changes.uidsStartedAnew && !m_changes.modSeqWentBack;
    if (!knowsSince || m_isVanishedUnclear) return listEverything();
    if (session().hasQresync()) return finish();
    const auto listed = m_listed->constFind(folder());
    const bool canCompare = listed != m_listed->constEnd() && listed->uidValidity == state.uidValidity &&
                            listed->highestModSeq == m_known.highestModSeq;
    if (canCompare)
        listChanges();
    else
        listEverything();
}

void ChangeRun::take(const ImapResponse& response) {
    if (response.is("VANISHED")) return takeVanished(response);
    if (m_changes.updates.size() >= kMostStoreUpdates) return;
    if (auto update = flagUpdateOf(response)) m_changes.updates.push_back(*std::move(update));
}

// * VANISHED (EARLIER) 41,43:116
void ChangeRun::takeVanished(const ImapResponse& response) {
    if (response.values.empty()) return;
    // A server may name ranges that never existed; beyond our own we know nothing that could vanish.
    const quint32 last = m_known.uidNext > 0 ? m_known.uidNext - 1 : ~0U;
    const auto uids = uidsInSet(response.values.back().bytes, 1, last);
    if (!uids || m_changes.vanished.size() + uids->size() > kMostStoreUpdates) {
        m_isVanishedUnclear = true;
        return;
    }
    m_changes.vanished.insert(m_changes.vanished.end(), uids->begin(), uids->end());
}

void ChangeRun::listEverything() {
    m_changes.updates.clear();
    m_changes.vanished.clear();
    m_changes.listsEverything = true;
    if (m_changes.state.messages == 0) return finish();
    m_changes.updates.reserve(std::min<size_t>(m_changes.state.messages, 1'000'000));
    command(
        ImapCommand("UID FETCH 1:* " + flagItems()), [this](const ImapResponse&) { finish(); },
        [this](ImapResponse& response) {
            if (!response.is("VANISHED")) take(response);
        });
}

void ChangeRun::listChanges() {
    if (m_changes.state.messages == 0) return compareUids({});
    const QByteArray since = " (CHANGEDSINCE " + QByteArray::number(m_known.highestModSeq) + ')';
    command(
        ImapCommand("UID FETCH 1:* " + flagItems() + since), [this](const ImapResponse&) { listUids(); },
        [this](ImapResponse& response) { take(response); });
}

void ChangeRun::listUids() {
    command(
        ImapCommand("UID SEARCH ALL"), [this](const ImapResponse&) { compareUids(m_present); },
        [this](ImapResponse& response) {
            if (response.is("SEARCH")) m_present = searchedUids(response.text);
        });
}

void ChangeRun::compareUids(const std::vector<quint32>& present) {
    ListedUids& listed = (*m_listed)[folder()];
    std::set_difference(listed.uids.begin(), listed.uids.end(), present.begin(), present.end(),
                        std::back_inserter(m_changes.vanished));
    listed = {m_changes.state.uidValidity, m_changes.state.highestModSeq, present};
    finish();
}

void ChangeRun::finish() {
    std::vector<FlagUpdate>& updates = m_changes.updates;
    // A message may be told twice while it changes: the last word holds.
    std::stable_sort(updates.begin(), updates.end(),
                     [](const FlagUpdate& a, const FlagUpdate& b) { return a.uid < b.uid; });
    const auto first = std::unique(updates.rbegin(), updates.rend(),
                                   [](const FlagUpdate& a, const FlagUpdate& b) { return a.uid == b.uid; });
    updates.erase(updates.begin(), first.base());
    std::sort(m_changes.vanished.begin(), m_changes.vanished.end());
    if (m_changes.listsEverything && session().hasCondStore() && !session().hasQresync()) {
        ListedUids& listed = (*m_listed)[folder()];
        listed = {m_changes.state.uidValidity, m_changes.state.highestModSeq, {}};
        for (const FlagUpdate& update : updates)
            listed.uids.push_back(update.uid);
    }
    answer(std::move(m_changes));
}

} // namespace aiva
