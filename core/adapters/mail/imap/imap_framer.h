// Cuts what a server sends into whole responses: lines and the literals between them (RFC 9051 §4.3). Pure; the first
// half of the parser, with caps on everything a hostile server could make large.
#pragma once

#include "core/adapters/mail/wire/wire_buffer.h"
#include "core/base/result.h"

#include <optional>
#include <vector>

namespace aiva {

struct ImapLimits {
    qsizetype lineBytes = 16 * 1024 * 1024;    // SEARCH names every message in one line
    qint64 literalBytes = 51LL * 1024 * 1024;  // kept; larger ones are read past
    qint64 skippedBytes = 512LL * 1024 * 1024; // no literal may be larger than this
    int literals = 1000;                       // of one response
    int depth = 32;
    int values = 200'000; // of one response
};

struct ImapLiteral {
    QByteArray bytes;
    bool isTooLarge = false;
};

// lines[0] literals[0] lines[1] … lines[n]; each line without CRLF.
struct ImapFrame {
    std::vector<QByteArray> lines;
    std::vector<ImapLiteral> literals;
};

class ImapFramer {
public:
    explicit ImapFramer(const ImapLimits& limits = {}) : m_limits(limits) {}

    // The next whole response, absent until it has arrived. Network/ProtocolBroken beyond the caps, after which there
    // is nothing sensible to read any more.
    Result<std::optional<ImapFrame>> next(WireBuffer& input);
    void reset();

private:
    Result<void> takeLine(QByteArray line);
    Result<void> beginLiteral(quint64 size);

    ImapLimits m_limits;
    ImapFrame m_frame;
    qint64 m_missing = 0; // of the literal being received
    qint64 m_kept = 0;    // bytes of all literals of this frame
    bool m_isWhole = false;
};

} // namespace aiva
