// ReadAhead: the conversations a key press away, read while the person rests on one, so that opening one of them costs
// its layout and its painting alone. What it keeps is dropped with the first notice of a change; without one, what
// another connection may have changed since is used for a moment only.
#pragma once

#include "core/desk/desk.h"

#include <QTimer>

#include <functional>
#include <map>
#include <vector>

namespace aiva {

struct ReadAheadPace {
    int restMs = 80;    // longer than a held key takes to repeat
    int betweenMs = 20; // one of them a frame
};

class ReadAhead final : public QObject {
    Q_OBJECT
public:
    // The desk outlives it.
    ReadAhead(Desk& desk, const Clock& clock, QObject* parent = nullptr, ReadAheadPace pace = {});

    // Read before, or now. Absent: there is no such conversation. Its proposal may be older than the rest.
    Result<std::optional<OpenedConversation>> open(ConversationId id);
    // The one shown, and where the person may go from it, the likeliest first; invalid ones are left out. Others are
    // forgotten.
    void expect(ConversationId shown, std::vector<ConversationId> next);
    // Those it says yes to are read when they are opened, and never before.
    void leaveOut(std::function<bool(ConversationId)> isLeftOut) { m_isLeftOut = std::move(isLeftOut); }
    // Rows changed. Those expected are read again once it is quiet.
    void forget();

private:
    struct Kept {
        OpenedConversation opened;
        qint64 readAt = 0; // monotonic, ms
    };
    void readNext();
    bool isFresh(const Kept& kept);
    bool isLeftOut(ConversationId id) const { return m_isLeftOut && m_isLeftOut(id); }

    Desk& m_desk;
    const Clock& m_clock;
    const ReadAheadPace m_pace;
    std::function<bool(ConversationId)> m_isLeftOut;
    std::vector<ConversationId> m_expected;
    std::map<ConversationId, Kept> m_kept;
    QTimer m_rest;
};

} // namespace aiva
