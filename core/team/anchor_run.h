// AnchorRun: one change of a conversation's anchor on the server by compare-and-set: read, decide, replace all flags if
// nobody touched the message since, else read and decide again. Every number it compares with was read a moment ago;
// numbers from the cache are never used. Used by claims, wishes and clean-up; writes nothing to the cache.
#pragma once

#include "core/domain/team/team_keywords.h"
#include "core/ports/mailbox_port.h"
#include "core/storage/mailboxes/team_repository.h"
#include "core/team/team_run.h"

#include <QPointer>

#include <functional>

namespace aiva {

// What the server says of a conversation, at one moment.
struct AnchorReading {
    TeamPlace place; // of the smallest UID that is still there
    AnchorState state;
    std::optional<int> otherClaim; // slot of a claim on another message of the conversation
    bool isWritten = false;        // the state is what this run wrote
};

// Whether a command may have taken effect although it failed.
bool isLineLost(const Error& error);

struct AnchorPace {
    std::vector<int> reconnectMs{0, 500, 2'000}; // waits before a lost line is tried again
    int rounds = 30;                             // others may be faster this many times
    int settleMs = 250;                          // from winning a claim to the last look at it
};

class AnchorRun final : public TeamRun<AnchorReading> {
public:
    // The state to write, or nothing when the server's is fine; called again after each lost race or line.
    using Decide = std::function<std::optional<AnchorState>(const AnchorReading&)>;

    // `places` of one folder, not empty.
    AnchorRun(MailboxPort& port, std::vector<TeamPlace> places, Decide decide, AnchorPace pace, QObject* parent);

protected:
    // Answers NotFound when none of the messages is there any more, Conflict when others were faster in every round,
    // Refused/NotSupported without mod-sequences, Network when the line stayed lost: then the outcome is unknown, and
    // the next run that reads will know it.
    void begin() override;

private:
    void read();
    void take(const std::vector<FlagUpdate>& updates);
    void write(const AnchorReading& reading, const AnchorState& next);
    void retryOrFail(const Error& error);

    const QPointer<MailboxPort> m_port;
    const std::vector<TeamPlace> m_places;
    const Decide m_decide;
    const AnchorPace m_pace;
    size_t m_losses = 0;
    int m_rounds = 0;
};

} // namespace aiva
