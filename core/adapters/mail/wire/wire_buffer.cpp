#include "core/adapters/mail/wire/wire_buffer.h"

#include <algorithm>
#include <cstring>

namespace aiva {

namespace {
constexpr qsizetype kKeptBytes = 1024 * 1024; // more than this is given back once everything was taken
}

char* WireBuffer::reserve(qsizetype bytes) {
    if (m_end + bytes > m_bytes.size()) {
        // Moving what is left to the front is cheap: readers take all they can before more is read.
        if (m_begin > 0) {
            std::memmove(m_bytes.data(), m_bytes.constData() + m_begin, static_cast<size_t>(m_end - m_begin));
            m_scanned = std::max(m_scanned - m_begin, qsizetype(0));
            m_end -= m_begin;
            m_begin = 0;
        }
        if (m_end + bytes > m_bytes.size()) m_bytes.resize(std::max(m_end + bytes, m_bytes.size() * 3 / 2));
    }
    return m_bytes.data() + m_end;
}

void WireBuffer::append(const QByteArray& bytes) {
    if (bytes.isEmpty()) return;
    std::memcpy(reserve(bytes.size()), bytes.constData(), static_cast<size_t>(bytes.size()));
    commit(bytes.size());
}

void WireBuffer::clear() {
    m_begin = m_end = m_scanned = 0;
    if (m_bytes.size() > kKeptBytes) m_bytes = QByteArray();
}

std::optional<QByteArray> WireBuffer::takeLine() {
    const char* data = m_bytes.constData();
    const qsizetype from = std::max(m_scanned, m_begin);
    const void* found = from < m_end ? std::memchr(data + from, '\n', static_cast<size_t>(m_end - from)) : nullptr;
    if (!found) {
        m_scanned = m_end;
        return {};
    }
    const qsizetype end = static_cast<const char*>(found) - data;
    const bool hasReturn = end > m_begin && data[end - 1] == '\r';
    QByteArray line(data + m_begin, end - m_begin - (hasReturn ? 1 : 0));
    taken(end + 1 - m_begin);
    return line;
}

qsizetype WireBuffer::takeInto(QByteArray& target, qsizetype bytes) {
    const qsizetype count = std::min(bytes, size());
    target.append(m_bytes.constData() + m_begin, count);
    taken(count);
    return count;
}

qsizetype WireBuffer::skip(qsizetype bytes) {
    const qsizetype count = std::min(bytes, size());
    taken(count);
    return count;
}

void WireBuffer::taken(qsizetype bytes) {
    m_begin += bytes;
    if (m_begin == m_end) clear();
}

} // namespace aiva
