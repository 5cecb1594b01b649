#include "core/adapters/model/sse_parser.h"

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

Error tooLong() {
    return {ErrorKind::Network, u"the event stream holds a line longer than allowed"_s, ErrorCause::ProtocolBroken};
}

bool endsLine(char c) {
    return c == '\n' || c == '\r';
}

} // namespace

Result<std::vector<SseEvent>> SseParser::feed(QByteArrayView bytes) {
    std::vector<SseEvent> events;
    while (!bytes.isEmpty()) {
        if (m_afterReturn && bytes.front() == '\n') bytes = bytes.sliced(1);
        m_afterReturn = false;
        const auto end = std::find_if(bytes.begin(), bytes.end(), endsLine);
        const qsizetype length = end - bytes.begin();
        if (m_line.size() + length > kLongestLine) return tooLong();
        m_line.append(bytes.data(), length);
        if (end == bytes.end()) break;
        m_afterReturn = *end == '\r';
        bytes = bytes.sliced(length + 1);
        AIVA_CHECK(endLine(events));
        m_line.clear();
    }
    return events;
}

Result<void> SseParser::endLine(std::vector<SseEvent>& events) {
    if (m_isFirstLine && m_line.startsWith("\xEF\xBB\xBF")) m_line.remove(0, 3);
    m_isFirstLine = false;
    if (m_line.isEmpty()) {
        if (m_hasData) events.push_back(std::move(m_event));
        m_event = {};
        m_hasData = false;
        return {};
    }
    const qsizetype colon = m_line.indexOf(':');
    if (colon == 0) return {}; // a comment
    const QByteArrayView line(m_line);
    if (colon < 0) return takeField(line, {});
    QByteArrayView value = line.sliced(colon + 1);
    if (value.startsWith(' ')) value = value.sliced(1);
    return takeField(line.first(colon), value);
}

Result<void> SseParser::takeField(QByteArrayView name, QByteArrayView value) {
    if (name == "event") m_event.name = value.toByteArray();
    if (name != "data") return {};
    if (m_event.data.size() + value.size() > kLongestLine) return tooLong();
    if (m_hasData) m_event.data += '\n';
    m_event.data += value;
    m_hasData = true;
    return {};
}

} // namespace aiva
