// Cuts a stream of bytes into Server-Sent Events (WHATWG HTML, "Interpreting an event stream"), wherever the pieces
// end. Used by ModelCall; knows nothing of models. An event that lacks its empty line at the end of the stream never
// comes out.
#pragma once

#include "core/base/result.h"

#include <QByteArray>

#include <vector>

namespace aiva {

struct SseEvent {
    QByteArray name; // empty: none was given
    QByteArray data; // lines joined by \n

    bool operator==(const SseEvent&) const = default;
};

class SseParser {
public:
    static constexpr qsizetype kLongestLine = 2 * 1024 * 1024; // and most data of one event

    // Events that these bytes complete. Network/ProtocolBroken when a line or an event is too long; the parser is of no
    // use afterwards.
    Result<std::vector<SseEvent>> feed(QByteArrayView bytes);

private:
    Result<void> endLine(std::vector<SseEvent>& events);
    Result<void> takeField(QByteArrayView name, QByteArrayView value);

    QByteArray m_line;
    SseEvent m_event;
    bool m_hasData = false;
    bool m_afterReturn = false; // a \n that follows belongs to the same line end
    bool m_isFirstLine = true;
};

} // namespace aiva
