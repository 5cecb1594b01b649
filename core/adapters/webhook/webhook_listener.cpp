#include "core/adapters/webhook/webhook_listener.h"

#include "core/adapters/webhook/bounded_stream.h"
#include "core/adapters/webhook/webhook_judge.h"

#include <chrono>
#include <thread>

#include <sys/socket.h>
#include <unistd.h>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr int kBacklog = 128;
// Threads beyond the connections that are served, to turn the others away.
constexpr size_t kSpareThreads = 2;
constexpr size_t kRequestsOfAConnection = 1'000'000;
constexpr const char* kShopifyDoor = "/webhooks/shopify";
constexpr const char* kWooCommerceDoor = "/webhooks/woocommerce";
constexpr int kStored = 200;
constexpr int kFirstRefusal = 400;
constexpr int kForbidden = 401;
constexpr int kNotFound = 404;
constexpr int kUnavailable = 503;

// The library ends its loop for good when it cannot take a connection in, as where the machine has no file handle left.
// Its connections end with it: whoever they serve would take the port for open.
class EndingPool final : public httplib::ThreadPool {
public:
    EndingPool(size_t threads, std::atomic<bool>& ends) : ThreadPool(threads), m_ends(ends) {}
    void shutdown() override {
        m_ends = true;
        ThreadPool::shutdown();
    }

private:
    std::atomic<bool>& m_ends;
};

// The library's server, whose connections are read through BoundedStream.
class BoundedServer final : public httplib::Server {
public:
    BoundedServer(WebhookInbox& inbox, WebhookKeys& keys, WebhookLimits limits)
        : m_inbox(inbox), m_keys(keys), m_limits(limits) {
        new_task_queue = [this] {
            return new EndingPool(static_cast<size_t>(m_limits.connections) + kSpareThreads, m_stops);
        };
        set_payload_max_length(static_cast<size_t>(m_limits.bodyBytes));
        set_keep_alive_timeout(m_limits.idleMs / 1000);
        set_keep_alive_max_count(kRequestsOfAConnection);
        set_tcp_nodelay(true);
        // The library's own options let a second process share the port, and take half of what comes.
        set_socket_options([](socket_t socket) {
            const int on = 1;
            ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        });
        // Before a body is read: where no door is the library would read it whole, and unpack what is compressed.
        set_pre_routing_handler([](const httplib::Request& request, httplib::Response& response) {
            if (request.method == "POST" && isDoor(request.path)) return HandlerResponse::Unhandled;
            response.status = kNotFound;
            return HandlerResponse::Handled;
        });
        route(kShopifyDoor, StoreKind::Shopify);
        route(kWooCommerceDoor, StoreKind::WooCommerce);
    }

    // The library's own is short enough for a burst of connections to be dropped.
    void widenBacklog() { ::listen(svr_sock_, kBacklog); }
    void end() {
        // A loop that has ended has closed its socket, whose number may be another file's by now.
        if (!m_stops.exchange(true)) stop();
    }
    bool hasEnded() const { return m_stops; }

private:
    static bool isDoor(const std::string& path) { return path == kShopifyDoor || path == kWooCommerceDoor; }

    void route(const char* path, StoreKind source) {
        Post(path, [this, source](const httplib::Request& request, httplib::Response& response,
                                  const httplib::ContentReader& reader) { take(source, request, response, reader); });
    }

    bool process_and_close_socket(socket_t socket) override {
        if (m_active.fetch_add(1) < m_limits.connections)
            serve(socket);
        else
            turnAway(socket);
        --m_active;
        ::close(socket);
        return true;
    }

    void turnAway(socket_t socket) {
        m_inbox.noteRefusal(StoreKind::Shopify, u"too_many_connections"_s);
        BoundedStream stream(socket, m_limits, m_stops);
        stream.answer(kUnavailable, "Service Unavailable");
        ::shutdown(socket, SHUT_WR);
    }

    void serve(socket_t socket) {
        BoundedStream stream(socket, m_limits, m_stops);
        bool goesOn = true;
        StoreKind source = StoreKind::Shopify; // until a request names its door
        while (goesOn && stream.awaitRequest()) {
            bool isClosed = false;
            bool isUnderstood = false;
            const bool isServed = process_request(stream, false, isClosed, [&](httplib::Request& request) {
                isUnderstood = true;
                source = request.path == kWooCommerceDoor ? StoreKind::WooCommerce : StoreKind::Shopify;
                request.ranges.clear(); // an answer is given whole
            });
            const int status = stream.answeredStatus();
            const bool isWell = stream.trouble() == BoundedStream::Trouble::None;
            if (isWell && !isUnderstood && status >= kFirstRefusal) m_inbox.noteRefusal(source, u"malformed"_s);
            // After any other answer the body may not have been read to its end.
            const bool isWhole = status == kStored || status == kForbidden || status == kUnavailable;
            goesOn = isServed && !isClosed && isWhole && isWell;
        }
        explain(stream, source);
    }

    void explain(BoundedStream& stream, StoreKind source) {
        switch (stream.trouble()) {
        case BoundedStream::Trouble::TooSlow:
            m_inbox.noteRefusal(source, u"too_slow"_s);
            stream.answer(408, "Request Timeout");
            break;
        case BoundedStream::Trouble::HeaderTooLarge:
            m_inbox.noteRefusal(source, u"header_too_large"_s);
            stream.answer(431, "Request Header Fields Too Large");
            break;
        case BoundedStream::Trouble::BodyTooLarge:
            m_inbox.noteRefusal(source, u"too_large"_s);
            stream.answer(413, "Payload Too Large");
            break;
        case BoundedStream::Trouble::Gone:
            return;
        case BoundedStream::Trouble::None:
            break;
        }
        stream.finish();
    }

    void refuse(StoreKind source, httplib::Response& response, int status, const QString& reason) {
        m_inbox.noteRefusal(source, reason);
        response.status = status;
        response.set_content(reason.toStdString(), "text/plain");
        if (status != kForbidden) response.set_header("Connection", "close");
    }

    // Before the body is read: a compressed one could grow without bound, and would not be what was signed.
    bool canBeRead(StoreKind source, const httplib::Request& request, httplib::Response& response) {
        const bool isEncoded = request.has_header("Content-Encoding");
        if (isEncoded || request.is_multipart_form_data()) {
            refuse(source, response, 415, u"not_plain"_s);
            return false;
        }
        const bool isChunked = request.has_header("Transfer-Encoding");
        // Any other coding would be read until the other side hangs up, and two lengths are read as the first.
        const QByteArray coding = QByteArray::fromStdString(request.get_header_value("Transfer-Encoding"));
        if ((isChunked && coding.compare("chunked", Qt::CaseInsensitive) != 0) ||
            request.get_header_value_count("Transfer-Encoding") > 1 ||
            request.get_header_value_count("Content-Length") > 1) {
            refuse(source, response, 400, u"malformed"_s);
            return false;
        }
        const std::string length = request.get_header_value("Content-Length");
        const bool isNumber =
            !length.empty() && length.size() <= 18 && length.find_first_not_of("0123456789") == std::string::npos;
        if (isChunked ? !length.empty() : !isNumber) {
            refuse(source, response, length.empty() ? 411 : 400, u"malformed"_s);
            return false;
        }
        if (!isChunked && std::stoll(length) > m_limits.bodyBytes) {
            refuse(source, response, 413, u"too_large"_s);
            return false;
        }
        return true;
    }

    void take(StoreKind source, const httplib::Request& request, httplib::Response& response,
              const httplib::ContentReader& reader) {
        if (!canBeRead(source, request, response)) return;
        WebhookRequest asked;
        asked.source = source;
        bool isTooLarge = false;
        const bool isRead = reader([&](const char* bytes, size_t size) {
            isTooLarge = asked.body.size() + static_cast<qsizetype>(size) > m_limits.bodyBytes;
            if (!isTooLarge) asked.body.append(bytes, static_cast<qsizetype>(size));
            return !isTooLarge;
        });
        if (isTooLarge) return refuse(source, response, 413, u"too_large"_s);
        if (!isRead) return refuse(source, response, 400, u"malformed"_s);
        for (const auto& [name, value] : request.headers)
            asked.headers.emplace_back(QByteArray::fromStdString(name), QByteArray::fromStdString(value));
        answer(asked, response);
    }

    void answer(const WebhookRequest& asked, httplib::Response& response) {
        WebhookVerdict verdict = judgeWebhook(asked, m_keys);
        // A source may give a refused delivery up for good.
        if (wantsAnotherKey(verdict) && m_keys.readAgain()) verdict = judgeWebhook(asked, m_keys);
        if (const auto* refused = std::get_if<WebhookRefused>(&verdict))
            return refuse(asked.source, response, refused->status, refused->reason);
        response.status = kStored;
        const auto* delivery = std::get_if<WebhookDelivery>(&verdict);
        if (delivery && m_inbox.accept(*delivery) == WebhookReceipt::Unavailable) response.status = kUnavailable;
    }

    WebhookInbox& m_inbox;
    WebhookKeys& m_keys;
    const WebhookLimits m_limits;
    std::atomic<bool> m_stops = false;
    std::atomic<int> m_active = 0;
};

class HttpWebhookListener final : public WebhookListener {
public:
    HttpWebhookListener(WebhookInbox& inbox, WebhookKeys& keys, WebhookLimits limits) : m_server(inbox, keys, limits) {}
    ~HttpWebhookListener() override {
        m_server.end();
        if (m_thread.joinable()) m_thread.join();
    }

    bool start(quint16 port) {
        constexpr const char* loopback = "127.0.0.1";
        m_port = port == 0 ? m_server.bind_to_any_port(loopback) : m_server.bind_to_port(loopback, port) ? port : 0;
        if (m_port <= 0) return false;
        m_server.widenBacklog();
        m_thread = std::thread([this] { m_server.listen_after_bind(); });
        while (!m_server.is_running() && !m_server.hasEnded())
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        return true;
    }

    quint16 port() const override { return static_cast<quint16>(m_port); }
    bool isListening() const override { return !m_server.hasEnded(); }

private:
    BoundedServer m_server;
    std::thread m_thread;
    int m_port = 0;
};

} // namespace

Result<std::unique_ptr<WebhookListener>> listenForWebhooks(quint16 port, WebhookInbox& inbox, WebhookKeys& keys,
                                                           WebhookLimits limits) {
    auto listener = std::make_unique<HttpWebhookListener>(inbox, keys, limits);
    if (!listener->start(port)) return Error{ErrorKind::Network, u"port %1 cannot be listened on"_s.arg(port)};
    return std::unique_ptr<WebhookListener>(std::move(listener));
}

} // namespace aiva
