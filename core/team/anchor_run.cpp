#include "core/team/anchor_run.h"

#include "core/ports/flag_words.h"

#include <QTimer>

#include <algorithm>
#include <map>

namespace aiva {

using namespace Qt::StringLiterals;

bool isLineLost(const Error& error) {
    return error.kind == ErrorKind::Network || error.kind == ErrorKind::Timeout;
}

AnchorRun::AnchorRun(MailboxPort& port, std::vector<TeamPlace> places, Decide decide, AnchorPace pace, QObject* parent)
    : TeamRun(parent)
    , m_port(&port)
    , m_places(std::move(places))
    , m_decide(std::move(decide))
    , m_pace(std::move(pace)) {}

void AnchorRun::begin() {
    read();
}

void AnchorRun::read() {
    if (!m_port) return finish(Error{ErrorKind::Refused, u"the mailbox was closed"_s});
    std::vector<quint32> uids;
    for (const TeamPlace& place : m_places)
        uids.push_back(place.uid);
    whenDone(m_port->flags(m_places.front().folderName, uids), this,
             [this](const Result<std::vector<FlagUpdate>>& updates) {
                 if (!updates) return retryOrFail(updates.error());
                 take(*updates);
             });
}

void AnchorRun::take(const std::vector<FlagUpdate>& updates) {
    // A server also tells of messages it was not asked about, and of one message twice: the newest word counts.
    std::map<quint32, FlagUpdate> now;
    for (const FlagUpdate& update : updates) {
        const bool asked = std::any_of(m_places.begin(), m_places.end(),
                                       [&](const TeamPlace& place) { return place.uid == update.uid; });
        if (!asked) continue;
        FlagUpdate& known = now.try_emplace(update.uid, update).first->second;
        if (update.modSeq >= known.modSeq) known = update;
    }
    if (now.empty())
        return finish(Error{ErrorKind::NotFound, u"the conversation is no longer where it was on the server"_s});
    const FlagUpdate& anchor = now.begin()->second;
    AnchorReading reading;
    reading.place = m_places.front();
    reading.place.uid = anchor.uid;
    reading.place.modSeq = anchor.modSeq;
    reading.place.flags = flagWords(anchor.flags);
    reading.state = anchorStateFrom(reading.place.flags);
    for (const auto& [uid, other] : now) {
        const AnchorState state = anchorStateFrom(other.flags.keywords);
        if (uid != anchor.uid && state.isSending) reading.otherClaim = state.assigneeSlot;
    }
    const std::optional<AnchorState> next = m_decide(reading);
    if (!next || *next == reading.state) return finish(reading);
    write(reading, *next);
}

void AnchorRun::write(const AnchorReading& reading, const AnchorState& next) {
    if (reading.place.modSeq == 0)
        return finish(Error{ErrorKind::Refused, u"the server gives no mod-sequence"_s, ErrorCause::NotSupported});
    if (!m_port) return finish(Error{ErrorKind::Refused, u"the mailbox was closed"_s});
    const QStringList flags = anchorFlags(next);
    whenDone(m_port->storeUnchangedSince(reading.place.folderName, reading.place.uid, reading.place.modSeq,
                                         FlagChange::Replace, flags),
             this, [this, reading, next, flags](const Result<ConditionalStore>& stored) {
                 if (!stored) return retryOrFail(stored.error());
                 if (stored->outcome == ConditionalStore::Outcome::Done) {
                     AnchorReading done = reading;
                     done.state = next;
                     done.isWritten = true;
                     done.place.flags = flags;
                     if (stored->modSeq > 0) done.place.modSeq = stored->modSeq;
                     return finish(done);
                 }
                 // Somebody was faster, if only by reading the mail: what they made of it decides.
                 if (++m_rounds >= m_pace.rounds)
                     return finish(Error{ErrorKind::Conflict, u"the message changes all the time"_s});
                 read();
             });
}

void AnchorRun::retryOrFail(const Error& error) {
    if (!isLineLost(error) || m_losses >= m_pace.reconnectMs.size()) return finish(error);
    QTimer::singleShot(m_pace.reconnectMs.at(m_losses++), this, [this] { read(); });
}

} // namespace aiva
