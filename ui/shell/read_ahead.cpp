#include "ui/shell/read_ahead.h"

#include <algorithm>

namespace aiva {

namespace {

// A notice of this desk's own writing is never that late. Another program's changes come without one.
constexpr qint64 kFreshMs = 2'000;

} // namespace

ReadAhead::ReadAhead(Desk& desk, const Clock& clock, QObject* parent, ReadAheadPace pace)
    : QObject(parent), m_desk(desk), m_clock(clock), m_pace(pace), m_rest(this) {
    m_rest.setSingleShot(true);
    connect(&m_rest, &QTimer::timeout, this, &ReadAhead::readNext);
    connect(&m_desk, &Desk::changed, this, [this](DeskChanges changes) {
        // Answers are made all the time, and whoever shows one asks whether it still stands.
        if (changes & ~DeskChanges(DeskChange::Answers)) forget();
    });
    connect(&m_desk, &Desk::draftSaved, this, &ReadAhead::forget);
}

Result<std::optional<OpenedConversation>> ReadAhead::open(ConversationId id) {
    const auto found = m_kept.find(id);
    if (found == m_kept.end()) return m_desk.read().opened->open(id);
    Kept kept = std::move(found->second);
    m_kept.erase(found);
    if (isLeftOut(id) || !isFresh(kept)) return m_desk.read().opened->open(id);
    return std::optional(std::move(kept.opened));
}

bool ReadAhead::isFresh(const Kept& kept) {
    if (m_clock.monotonicMs() - kept.readAt < kFreshMs) return true;
    const auto version = m_desk.read().opened->dataVersion();
    return version && *version == kept.opened.dataVersion;
}

void ReadAhead::expect(ConversationId shown, std::vector<ConversationId> next) {
    std::erase_if(next, [](ConversationId id) { return !id.isValid(); });
    m_expected = std::move(next);
    std::erase_if(m_kept, [&](const auto& kept) {
        return kept.first == shown || std::find(m_expected.begin(), m_expected.end(), kept.first) == m_expected.end();
    });
    m_rest.start(m_pace.restMs);
}

void ReadAhead::forget() {
    m_kept.clear();
    if (!m_expected.empty()) m_rest.start(m_pace.restMs);
}

void ReadAhead::readNext() {
    const auto missing = std::find_if(m_expected.begin(), m_expected.end(),
                                      [this](ConversationId id) { return !m_kept.contains(id) && !isLeftOut(id); });
    if (missing == m_expected.end()) return;
    auto opened = m_desk.read().opened->open(*missing);
    if (opened && *opened && !(*opened)->trouble)
        m_kept.insert_or_assign(*missing, Kept{**std::move(opened), m_clock.monotonicMs()});
    else
        m_expected.erase(missing); // whoever opens it is told why
    m_rest.start(m_pace.betweenMs);
}

} // namespace aiva
