#include "app/sandbox/sandbox_server.h"

#include "app/sandbox/server/shop_service.h"

#include <QFile>

#include <httplib.h>

#include <chrono>
#include <thread>

#if defined(__unix__) || defined(__APPLE__)
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#endif

using namespace Qt::StringLiterals;

namespace aiva {
namespace {

using sandbox::HttpAnswer;
using sandbox::HttpQuestion;

// Closes the connection of this request under the client, as a broken line does. The library does not give the socket
// away, so it is found by its two ports.
void cutLine([[maybe_unused]] const httplib::Request& request, [[maybe_unused]] int ownPort) {
#if defined(__unix__) || defined(__APPLE__)
    constexpr int highest = 1024;
    for (int descriptor = 3; descriptor < highest; ++descriptor) {
        sockaddr_in own{};
        sockaddr_in peer{};
        socklen_t ownSize = sizeof own;
        socklen_t peerSize = sizeof peer;
        if (getsockname(descriptor, reinterpret_cast<sockaddr*>(&own), &ownSize) != 0) continue;
        if (getpeername(descriptor, reinterpret_cast<sockaddr*>(&peer), &peerSize) != 0) continue;
        if (own.sin_family != AF_INET || ntohs(own.sin_port) != ownPort) continue;
        if (ntohs(peer.sin_port) != request.remote_port) continue;
        const linger now{1, 0};
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        shutdown(descriptor, SHUT_RDWR);
    }
#endif
}

HttpQuestion toQuestion(const httplib::Request& request) {
    HttpQuestion question;
    question.method = request.method;
    question.path = request.path;
    const auto mark = request.target.find('?');
    if (mark != std::string::npos) question.query = request.target.substr(mark + 1);
    question.body = request.body;
    question.contentType = request.get_header_value("Content-Type");
    question.token = request.get_header_value("X-Shopify-Access-Token");
    question.authorization = request.get_header_value("Authorization");
    question.apiKey = request.get_header_value("x-api-key");
    question.anthropicVersion = request.get_header_value("anthropic-version");
    return question;
}

// Half of what the length promises, then the end; or all of it, a few bytes at a time.
void sendBadly(httplib::Response& response, const HttpAnswer& answer, std::string body) {
    const bool trickle = answer.delivery == HttpAnswer::Delivery::Trickle;
    const std::size_t size = body.size();
    response.set_content_provider(
        size, answer.contentType.c_str(),
        [body = std::move(body), trickle](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
            if (!trickle && offset >= body.size() / 2) return false;
            const std::size_t step = trickle ? 64 : body.size() / 2 - offset;
            if (trickle) std::this_thread::sleep_for(std::chrono::milliseconds(20));
            return sink.write(body.data() + offset, std::min(step, length));
        });
}

// One frame after the other with a breath in between, as a model writes; a truncated one breaks off without its end.
void sendFrames(httplib::Response& response, HttpAnswer answer) {
    const bool breaksOff = answer.delivery == HttpAnswer::Delivery::Truncate;
    response.set_chunked_content_provider(answer.contentType,
                                          [frames = std::move(answer.frames), next = std::size_t{0},
                                           breaksOff](std::size_t, httplib::DataSink& sink) mutable {
                                              if (next < frames.size()) {
                                                  if (next > 0)
                                                      std::this_thread::sleep_for(std::chrono::milliseconds(2));
                                                  const std::string& frame = frames[next++];
                                                  return sink.write(frame.data(), frame.size());
                                              }
                                              if (!breaksOff) sink.done();
                                              return !breaksOff;
                                          });
}

void sendFile(httplib::Response& response, const HttpAnswer& answer) {
    auto file = std::make_shared<QFile>(answer.file);
    if (!file->open(QIODevice::ReadOnly)) {
        response.status = 404;
        return;
    }
    if (answer.delivery != HttpAnswer::Delivery::Whole)
        return sendBadly(response, answer, file->readAll().toStdString());
    const auto size = static_cast<std::size_t>(file->size());
    response.set_content_provider(
        size, answer.contentType.c_str(), [file](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
            constexpr std::size_t chunk = 256 * 1024;
            if (!file->seek(static_cast<qint64>(offset))) return false;
            const QByteArray part = file->read(static_cast<qint64>(std::min(length, chunk)));
            return !part.isEmpty() && sink.write(part.constData(), static_cast<std::size_t>(part.size()));
        });
}

} // namespace

struct SandboxServer::State {
    explicit State(const SandboxOptions& given) : options(given), service(given) {}
    ~State() {
        http.stop();
        if (listener.joinable()) listener.join();
    }

    void handle(const httplib::Request& request, httplib::Response& response) {
        if (options.latencyMs > 0) std::this_thread::sleep_for(std::chrono::milliseconds(options.latencyMs));
        const HttpAnswer answer = service.answer(toQuestion(request));
        if (answer.status != 200) response.status = answer.status; // otherwise the library chooses between 200 and 206
        for (const auto& [name, value] : answer.headers)
            response.set_header(name, value);
        if (answer.delivery == HttpAnswer::Delivery::Reset) {
            cutLine(request, port);
            return sendBadly(response, answer, answer.body);
        }
        if (!answer.frames.empty()) return sendFrames(response, answer);
        if (!answer.file.isEmpty()) return sendFile(response, answer);
        if (answer.delivery != HttpAnswer::Delivery::Whole) return sendBadly(response, answer, answer.body);
        response.set_content(answer.body, answer.contentType);
    }

    const SandboxOptions options;
    sandbox::ShopService service;
    httplib::Server http;
    std::thread listener;
    int port = 0;
};

SandboxServer::SandboxServer(std::unique_ptr<State> state) : m_state(std::move(state)) {}
SandboxServer::~SandboxServer() = default;

Result<std::unique_ptr<SandboxServer>> SandboxServer::start(const SandboxOptions& options) {
    auto state = std::make_unique<State>(options);
    State* const raw = state.get();
    const auto handler = [raw](const httplib::Request& request, httplib::Response& response) {
        raw->handle(request, response);
    };
    httplib::Server& http = state->http;
    http.new_task_queue = [] { return new httplib::ThreadPool(16); };
    http.set_keep_alive_max_count(1'000'000);
    http.set_keep_alive_timeout(20);
    http.set_tcp_nodelay(true);
    constexpr const char* everything = "/.*";
    http.Get(everything, handler);
    http.Post(everything, handler);
    http.Delete(everything, handler);
    constexpr const char* loopback = "127.0.0.1";
    if (options.port == 0)
        state->port = http.bind_to_any_port(loopback);
    else if (http.bind_to_port(loopback, options.port))
        state->port = options.port;
    if (state->port <= 0) return Error{ErrorKind::Network, u"port %1 cannot be used"_s.arg(options.port)};
    state->service.setBaseUrl("http://127.0.0.1:" + std::to_string(state->port));
    state->listener = std::thread([raw] { raw->http.listen_after_bind(); });
    while (!http.is_running())
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return std::unique_ptr<SandboxServer>(new SandboxServer(std::move(state)));
}

quint16 SandboxServer::port() const {
    return static_cast<quint16>(m_state->port);
}
QString SandboxServer::baseUrl() const {
    return u"http://127.0.0.1:%1"_s.arg(m_state->port);
}
QString SandboxServer::shopDomain() const {
    return m_state->options.shopDomain;
}
QString SandboxServer::clientId() const {
    return QString::fromStdString(m_state->service.credentials().clientId);
}
SecretString SandboxServer::clientSecret() const {
    return SecretString(m_state->service.credentials().clientSecret);
}
SecretString SandboxServer::modelKey() const {
    return SecretString(m_state->service.credentials().modelKey);
}
QString SandboxServer::wooKey() const {
    return QString::fromStdString(m_state->service.credentials().wooKey);
}
SecretString SandboxServer::wooSecret() const {
    return SecretString(m_state->service.credentials().wooSecret);
}
SecretString SandboxServer::accessToken() const {
    return SecretString(m_state->service.credentials().token);
}

} // namespace aiva
