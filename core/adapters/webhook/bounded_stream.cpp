#include "core/adapters/webhook/bounded_stream.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>

#include <poll.h>
#include <sys/socket.h>

namespace aiva {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// How soon a waiting thread notices that the listener stops.
constexpr int kLookMs = 100;
// What chunks add to the bytes of a body, at most.
constexpr qint64 kFraming = 64 * 1024;
// For an answer to be read by a client that is still sending.
constexpr int kPartingMs = 500;
constexpr size_t kPartingBytes = 8 * 1024 * 1024;

} // namespace

BoundedStream::BoundedStream(int socket, const WebhookLimits& limits, const std::atomic<bool>& stops)
    : m_socket(socket), m_limits(limits), m_stops(stops) {}

// False when the deadline passed or the listener stops.
bool BoundedStream::waitUntil(For what, Time deadline) const {
    pollfd descriptor{m_socket, static_cast<short>(what == For::Reading ? POLLIN : POLLOUT), 0};
    while (!m_stops) {
        const auto left = std::chrono::duration_cast<milliseconds>(deadline - steady_clock::now()).count();
        if (left <= 0) return false;
        const int found = ::poll(&descriptor, 1, static_cast<int>(std::min<qint64>(left, kLookMs)));
        if (found > 0) return true;
        if (found < 0 && errno != EINTR) return false;
    }
    return false;
}

bool BoundedStream::fill(Time deadline) {
    if (!waitUntil(For::Reading, deadline)) {
        m_trouble = m_stops ? Trouble::Gone : Trouble::TooSlow;
        return false;
    }
    const ssize_t got = ::recv(m_socket, m_buffer.data(), m_buffer.size(), 0);
    if (got <= 0) {
        m_trouble = Trouble::Gone;
        return false;
    }
    m_begin = 0;
    m_end = static_cast<size_t>(got);
    return true;
}

bool BoundedStream::awaitRequest() {
    m_trouble = Trouble::None;
    if (m_begin == m_end && !fill(steady_clock::now() + milliseconds(m_limits.idleMs))) {
        if (m_status != 0) m_trouble = Trouble::Gone; // it has been served, and asks for nothing more
        return false;
    }
    m_deadline = steady_clock::now() + milliseconds(m_limits.requestMs);
    m_status = 0;
    m_inHeader = m_isLineEmpty = true;
    m_headerBytes = m_bodyBytes = 0;
    return true;
}

// An empty line, other than one before the request, ends the headers.
void BoundedStream::count(const char* bytes, size_t size) {
    for (size_t i = 0; i < size; ++i) {
        if (!m_inHeader) {
            m_bodyBytes += static_cast<qint64>(size - i);
            break;
        }
        ++m_headerBytes;
        if (bytes[i] == '\n') {
            m_inHeader = !m_isLineEmpty || m_headerBytes <= 2;
            m_isLineEmpty = true;
        } else if (bytes[i] != '\r') {
            m_isLineEmpty = false;
        }
    }
    if (m_headerBytes > m_limits.headerBytes) m_trouble = Trouble::HeaderTooLarge;
    if (m_bodyBytes > m_limits.bodyBytes + kFraming) m_trouble = Trouble::BodyTooLarge;
}

ssize_t BoundedStream::read(char* into, size_t size) {
    if (m_trouble != Trouble::None) return -1;
    if (m_begin == m_end && !fill(m_deadline)) return m_trouble == Trouble::Gone ? 0 : -1;
    // Bytes that keep coming, one by one, must not outlive the deadline either.
    if (steady_clock::now() > m_deadline) {
        m_trouble = Trouble::TooSlow;
        return -1;
    }
    const size_t given = std::min(size, m_end - m_begin);
    std::memcpy(into, m_buffer.data() + m_begin, given);
    count(into, given);
    m_begin += given;
    return m_trouble == Trouble::None ? static_cast<ssize_t>(given) : -1;
}

ssize_t BoundedStream::send(const char* bytes, size_t size) {
    const auto deadline = std::max(m_deadline, steady_clock::now() + milliseconds(kPartingMs));
    size_t sent = 0;
    while (sent < size) {
        if (!waitUntil(For::Writing, deadline)) return -1;
        const ssize_t now = ::send(m_socket, bytes + sent, size - sent, MSG_NOSIGNAL);
        if (now < 0 && errno == EINTR) continue;
        if (now <= 0) return -1;
        sent += static_cast<size_t>(now);
    }
    return static_cast<ssize_t>(size);
}

ssize_t BoundedStream::write(const char* bytes, size_t size) {
    if (m_trouble != Trouble::None) return static_cast<ssize_t>(size);
    constexpr std::string_view start = "HTTP/1.1 ";
    // "100 Continue" is not the answer yet.
    if (const std::string_view text(bytes, size); m_status < 200 && text.starts_with(start))
        std::from_chars(text.data() + start.size(), text.data() + text.size(), m_status);
    return send(bytes, size);
}

void BoundedStream::answer(int status, const char* phrase) {
    const std::string text =
        "HTTP/1.1 " + std::to_string(status) + ' ' + phrase + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    send(text.data(), text.size());
}

void BoundedStream::finish() {
    ::shutdown(m_socket, SHUT_WR);
    const auto deadline = steady_clock::now() + milliseconds(kPartingMs);
    for (size_t drained = 0; drained < kPartingBytes && waitUntil(For::Reading, deadline);) {
        const ssize_t got = ::recv(m_socket, m_buffer.data(), m_buffer.size(), 0);
        if (got <= 0) return;
        drained += static_cast<size_t>(got);
    }
}

bool BoundedStream::is_readable() const {
    return m_begin != m_end || waitUntil(For::Reading, m_deadline);
}

bool BoundedStream::is_writable() const {
    return waitUntil(For::Writing, m_deadline);
}

// Everybody here is on this machine.
void BoundedStream::get_remote_ip_and_port(std::string& ip, int& port) const {
    ip = "127.0.0.1";
    port = 0;
}

void BoundedStream::get_local_ip_and_port(std::string& ip, int& port) const {
    ip = "127.0.0.1";
    port = 0;
}

} // namespace aiva
