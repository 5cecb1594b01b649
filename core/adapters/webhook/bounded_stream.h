// One connection of the listener as the HTTP library reads it, with what the library lacks: a deadline for the whole
// request, a limit for all headers together, and an end when the listener stops. Private to the adapter.
#pragma once

#include "core/adapters/webhook/webhook_listener.h"

#include <httplib.h>

#include <array>
#include <atomic>
#include <chrono>

namespace aiva {

class BoundedStream final : public httplib::Stream {
public:
    enum class Trouble { None, Gone, TooSlow, HeaderTooLarge, BodyTooLarge };

    BoundedStream(int socket, const WebhookLimits& limits, const std::atomic<bool>& stops);

    // Waits for the first byte of the next request, which starts its clock. False: none came, or the listener stops.
    bool awaitRequest();
    // Of the current request. From then on nothing the library writes goes out.
    Trouble trouble() const { return m_trouble; }
    // The status the library answered with; 0 when it answered nothing.
    int answeredStatus() const { return m_status; }
    // Answers in the library's stead.
    void answer(int status, const char* phrase);
    // Lets the other side read the answer before the connection is closed.
    void finish();

    bool is_readable() const override;
    bool is_writable() const override;
    ssize_t read(char* into, size_t size) override;
    ssize_t write(const char* bytes, size_t size) override;
    void get_remote_ip_and_port(std::string& ip, int& port) const override;
    void get_local_ip_and_port(std::string& ip, int& port) const override;
    socket_t socket() const override { return m_socket; }

private:
    using Time = std::chrono::steady_clock::time_point;
    enum class For { Reading, Writing };

    bool waitUntil(For what, Time deadline) const;
    bool fill(Time deadline);
    void count(const char* bytes, size_t size);
    ssize_t send(const char* bytes, size_t size);

    int m_socket;
    const WebhookLimits& m_limits;
    const std::atomic<bool>& m_stops;
    Time m_deadline;
    Trouble m_trouble = Trouble::None;
    int m_status = 0;
    bool m_inHeader = true;
    bool m_isLineEmpty = true;
    qint64 m_headerBytes = 0;
    qint64 m_bodyBytes = 0;
    std::array<char, 16 * 1024> m_buffer{};
    size_t m_begin = 0;
    size_t m_end = 0;
};

} // namespace aiva
