#include "core/adapters/http/http_exchange.h"

#include "core/adapters/http/http_errors.h"
#include "core/adapters/tls/certificate_error.h"
#include "core/base/log.h"

#include <QNetworkAccessManager>
#include <QRegularExpression>

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 kReadBufferBytes = 256 * 1024;
constexpr int kMaxRedirects = 3;

const char* methodName(HttpRequest::Method method) {
    switch (method) {
    case HttpRequest::Method::Get:
        return "GET";
    case HttpRequest::Method::Post:
        return "POST";
    case HttpRequest::Method::Delete:
        return "DELETE";
    }
    return "?";
}

// A server could write anything there; only what looks like an id is kept.
QString cleanRequestId(const QByteArray& raw) {
    static const QRegularExpression shape(u"^[A-Za-z0-9-]{1,64}$"_s);
    const QString text = QString::fromLatin1(raw);
    return shape.match(text).hasMatch() ? text : QString();
}

struct ContentRange {
    qint64 first = -1;
    qint64 total = -1;
};

// "bytes 100-199/1000", "bytes */1000" (RFC 9110 §14.4).
ContentRange parseContentRange(const QByteArray& header) {
    static const QRegularExpression shape(u"^bytes (?:(\\d{1,18})-\\d{1,18}|\\*)/(?:(\\d{1,18})|\\*)$"_s);
    const auto match = shape.match(QString::fromLatin1(header));
    ContentRange range;
    if (!match.captured(1).isEmpty()) range.first = match.captured(1).toLongLong();
    if (!match.captured(2).isEmpty()) range.total = match.captured(2).toLongLong();
    return range;
}

} // namespace

HttpExchange::HttpExchange(QNetworkAccessManager& network, QSslConfiguration tls, HttpRequest request,
                           HttpStream stream, quint64 number, QObject* parent)
    : QObject(parent)
    , m_network(network)
    , m_tls(std::move(tls))
    , m_request(std::move(request))
    , m_stream(std::move(stream))
    , m_number(number) {
    m_phaseTimer.setSingleShot(true);
    m_totalTimer.setSingleShot(true);
    connect(&m_phaseTimer, &QTimer::timeout, this,
            [this] { answer(m_isConnecting ? unreachedError(u"timed out"_s) : timeoutError(m_phase)); });
    connect(&m_totalTimer, &QTimer::timeout, this, [this] { answer(timeoutError("whole answer")); });
    connect(&m_rateTimer, &QTimer::timeout, this, [this] {
        if (m_windowBytes < m_request.timeouts.slowWindowBytes) answer(timeoutError("transfer too slow"));
        m_windowBytes = 0;
    });
}

HttpExchange::~HttpExchange() {
    dropReply();
}

Future<HttpResponse> HttpExchange::start() {
    m_elapsed.start();
    if (const auto allowed = m_request.policy.check(m_request.url); !allowed) {
        answer(allowed.error());
        return m_answer.future();
    }
    if (m_request.timeouts.totalMs > 0) m_totalTimer.start(m_request.timeouts.totalMs);
    if (m_request.timeouts.slowWindowMs > 0) m_rateTimer.start(m_request.timeouts.slowWindowMs);
    open(m_request.url);
    return m_answer.future();
}

void HttpExchange::cancel() {
    answer(cancelledError());
}

QNetworkRequest HttpExchange::networkRequest(const QUrl& url) const {
    QNetworkRequest request(url);
    request.setSslConfiguration(m_tls);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    // Our own cap counts decoded bytes, so Qt's guess at archive bombs is not needed.
    request.setDecompressedSafetyCheckThreshold(-1);
    request.setRawHeader("User-Agent", "Aiva/" AIVA_VERSION);
    for (const auto& [name, value] : m_request.headers)
        request.setRawHeader(name, value);
    if (m_stream.sink || m_stream.listener) {
        // HTTP/2 in Qt reads ahead without bound; a compressed body has no byte offsets to resume from, and its pieces
        // wait for the end of a block.
        request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
        request.setRawHeader("Accept-Encoding", "identity");
        if (m_stream.offset > 0) request.setRawHeader("Range", "bytes=" + QByteArray::number(m_stream.offset) + '-');
    }
    return request;
}

void HttpExchange::open(const QUrl& url) {
    m_request.url = url;
    m_response = {};
    m_received = 0;
    m_hasHeaders = false;
    m_streaming = false;
    const QNetworkRequest request = networkRequest(url);
    switch (m_request.method) {
    case HttpRequest::Method::Get:
        m_reply = m_network.get(request);
        break;
    case HttpRequest::Method::Post:
        m_reply = m_network.post(request, m_request.body);
        break;
    case HttpRequest::Method::Delete:
        m_reply = m_network.deleteResource(request);
        break;
    }
    m_reply->setReadBufferSize(kReadBufferBytes);
    watch();
}

void HttpExchange::watch() {
    m_isConnecting = true;
    armPhase("connect", m_request.timeouts.connectMs);
    connect(m_reply, &QNetworkReply::requestSent, this, [this] {
        m_isConnecting = false;
        if (!m_hasHeaders) armPhase("first byte", m_request.timeouts.firstByteMs);
    });
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &HttpExchange::onHeaders);
    connect(m_reply, &QNetworkReply::readyRead, this, &HttpExchange::onReadyRead);
    connect(m_reply, &QNetworkReply::finished, this, &HttpExchange::onFinished);
    connect(m_reply, &QNetworkReply::sslErrors, this,
            [this](const QList<QSslError>& faults) { answer(certificateError(faults)); });
}

void HttpExchange::armPhase(const char* phase, int ms) {
    m_phase = phase;
    if (ms > 0)
        m_phaseTimer.start(ms);
    else
        m_phaseTimer.stop();
}

void HttpExchange::onHeaders() {
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (m_hasHeaders || status < 200) return;
    m_hasHeaders = true;
    m_isConnecting = false;
    armPhase("idle", m_request.timeouts.idleMs);
    m_response.status = status;
    for (const auto& [name, value] : m_reply->rawHeaderPairs())
        m_response.headers.emplace_back(name, value);
    m_response.requestId = cleanRequestId(m_response.header("X-Request-Id"));
    if (const auto opened = openStream(); !opened) return answer(opened.error());
    const qint64 announced = m_response.header("Content-Length").toLongLong();
    if (m_request.maxBodyBytes > 0 && announced > m_request.maxBodyBytes) answer(tooLargeError());
}

Result<void> HttpExchange::openStream() {
    const int status = m_response.status;
    if (m_stream.listener && status < 300) {
        m_streaming = true;
        return m_stream.listener->begin(m_response);
    }
    if (m_stream.sink && (status == 200 || status == 206)) return openRange();
    return {};
}

Result<void> HttpExchange::openRange() {
    m_streaming = true;
    m_delivered = 0;
    m_stream.skip = 0;
    if (m_response.status == 200) {
        m_stream.skip = m_stream.offset;
        return {};
    }
    const ContentRange range = parseContentRange(m_response.header("Content-Range"));
    if (range.first != m_stream.offset)
        return Error{ErrorKind::Invalid, u"the server sent another range than the one asked for"_s};
    m_stream.totalSize = range.total;
    return {};
}

void HttpExchange::onReadyRead() {
    if (!m_reply) return;
    onHeaders();
    while (m_reply && m_reply->bytesAvailable() > 0) {
        const QByteArray bytes = m_reply->read(kReadBufferBytes);
        if (bytes.isEmpty()) break;
        m_windowBytes += bytes.size();
        if (const auto taken = take(bytes); !taken) return answer(taken.error());
    }
    // After the sink's work, so that a slow disk does not count as a silent server.
    if (m_reply && m_hasHeaders) armPhase("idle", m_request.timeouts.idleMs);
}

Result<void> HttpExchange::take(const QByteArray& bytes) {
    m_received += bytes.size();
    if (m_request.maxBodyBytes > 0 && m_received > m_request.maxBodyBytes) return tooLargeError();
    if (!m_streaming) {
        m_response.body += bytes;
        return {};
    }
    if (m_stream.listener) return m_stream.listener->accept(bytes);
    const qint64 dropped = std::min<qint64>(m_stream.skip, bytes.size());
    m_stream.skip -= dropped;
    if (dropped == bytes.size()) return {};
    m_delivered += bytes.size() - dropped;
    return m_stream.sink->accept(QByteArrayView(bytes).sliced(dropped));
}

bool HttpExchange::isTruncated() const {
    if (m_response.status >= 300) return false;
    if (m_streaming && m_stream.totalSize >= 0 && streamedSize() != m_stream.totalSize) return true;
    const QByteArray length = m_response.header("Content-Length");
    const bool isEncoded = !m_response.header("Content-Encoding").isEmpty();
    return !length.isEmpty() && !isEncoded && length.toLongLong() != m_received;
}

void HttpExchange::onFinished() {
    onReadyRead();
    if (!m_reply || m_answer.isSaid()) return;
    const auto error = m_reply->error();
    if (isTransportFailure(error, m_response.status)) return answer(transportError(error, m_hasHeaders));
    if (!m_hasHeaders) return answer(transportError(QNetworkReply::RemoteHostClosedError, false));
    const QByteArray location = m_response.header("Location");
    if (m_response.status >= 300 && m_response.status < 400 && !location.isEmpty()) {
        if (!followRedirect(m_request.url.resolved(QUrl::fromEncoded(location)))) answer(redirectError());
        return;
    }
    if (isTruncated()) return answer(truncatedError());
    if (m_streaming && m_stream.skip > 0)
        return answer(Error{ErrorKind::Invalid, u"the resource is shorter than what was already read"_s});
    m_response.streamedSize = m_streaming ? streamedSize() : 0;
    answer(std::move(m_response));
}

bool HttpExchange::followRedirect(const QUrl& target) {
    const bool mayFollow = m_request.method == HttpRequest::Method::Get && m_redirects < kMaxRedirects &&
                           isSameOrigin(m_request.url, target) && m_request.policy.check(target);
    if (!mayFollow) return false;
    ++m_redirects;
    dropReply();
    open(target);
    return true;
}

void HttpExchange::dropReply() {
    if (!m_reply) return;
    QNetworkReply* reply = m_reply;
    m_reply = nullptr;
    reply->disconnect(this);
    reply->abort();
    reply->deleteLater();
}

void HttpExchange::answer(Result<HttpResponse> result) {
    if (m_answer.isSaid()) return;
    m_phaseTimer.stop();
    m_totalTimer.stop();
    m_rateTimer.stop();
    qCDebug(logNetwork).noquote() << u"#%1 %2 %3%4 → %5, %6 bytes, %7 ms %8"_s.arg(
        QString::number(m_number), QLatin1StringView(methodName(m_request.method)), m_request.url.host(),
        m_request.url.path(),
        result ? QString::number(result->status)
               : errorKindName(result.error().kind) + u'/' + errorCauseName(result.error().cause),
        QString::number(m_received), QString::number(m_elapsed.elapsed()),
        result ? result->requestId : m_response.requestId);
    dropReply();
    m_answer.say(std::move(result));
    deleteLater();
}

} // namespace aiva
