// UtcTime: milliseconds since the Unix epoch, always UTC. Local time exists only in ui, at the moment of painting.
#pragma once

#include "core/base/result.h"

#include <QDateTime>
#include <QString>

#include <compare>
#include <string_view>

namespace aiva {

class UtcTime {
public:
    constexpr UtcTime() = default;
    constexpr explicit UtcTime(qint64 millisecondsSinceEpoch) : m_ms(millisecondsSinceEpoch) {}

    // RFC 3339: "2026-02-20T14:02:03Z", with fraction and with offset. Allocation-free. Invalid otherwise.
    static Result<UtcTime> parseIso(std::string_view text);

    constexpr qint64 ms() const { return m_ms; }
    // "2026-02-20T14:02:03Z"; milliseconds only when there are any.
    QString isoText() const;
    // In UTC; ui converts to local time when it paints.
    QDateTime toDateTime() const { return QDateTime::fromMSecsSinceEpoch(m_ms, Qt::UTC); }

    constexpr UtcTime plusMs(qint64 ms) const { return UtcTime(m_ms + ms); }
    constexpr UtcTime plusSeconds(qint64 s) const { return UtcTime(m_ms + s * 1000); }
    constexpr UtcTime plusDays(qint64 days) const { return UtcTime(m_ms + days * 86'400'000); }
    constexpr qint64 msSince(UtcTime earlier) const { return m_ms - earlier.m_ms; }
    constexpr auto operator<=>(const UtcTime&) const = default;

private:
    qint64 m_ms = 0;
};

} // namespace aiva
