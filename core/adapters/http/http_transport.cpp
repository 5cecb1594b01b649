#include "core/adapters/http/http_transport.h"

#include "core/adapters/http/http_exchange.h"

#include <QNetworkAccessManager>
#include <QSslSocket>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

QSslConfiguration tlsConfiguration(const QList<QSslCertificate>& extraAuthorities) {
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    // Setting a list at all stops Qt from loading the system's authorities on demand.
    if (!extraAuthorities.isEmpty())
        tls.setCaCertificates(QSslConfiguration::systemCaCertificates() + extraAuthorities);
    return tls;
}

Error statusError(int status) {
    const QString detail = u"the download answered HTTP %1"_s.arg(status);
    if (status >= 500 || status == 429) return {ErrorKind::Network, detail};
    return {ErrorKind::Invalid, detail};
}

// 416 to a range that starts exactly at the end: everything was there already (RFC 9110 §15.5.17).
bool isComplete(const HttpResponse& response, qint64 offset) {
    return response.status == 416 && response.header("Content-Range") == "bytes */" + QByteArray::number(offset);
}

} // namespace

HttpTransport::HttpTransport(const QList<QSslCertificate>& extraAuthorities)
    : m_network(std::make_unique<QNetworkAccessManager>()), m_tls(tlsConfiguration(extraAuthorities)) {
    m_network->setAutoDeleteReplies(false);
}

HttpTransport::~HttpTransport() {
    qDeleteAll(m_exchanges.findChildren<HttpExchange*>(Qt::FindDirectChildrenOnly));
}

Future<HttpResponse> HttpTransport::send(HttpRequest request) {
    auto* exchange = new HttpExchange(*m_network, m_tls, std::move(request), {}, ++m_lastRequest, &m_exchanges);
    return exchange->start();
}

Future<qint64> HttpTransport::download(HttpRequest request, qint64 offset, std::shared_ptr<ByteSink> sink) {
    request.method = HttpRequest::Method::Get;
    HttpStream stream;
    stream.sink = std::move(sink);
    stream.offset = offset;
    auto* exchange =
        new HttpExchange(*m_network, m_tls, std::move(request), std::move(stream), ++m_lastRequest, &m_exchanges);
    return andThen(exchange->start(), &m_exchanges, [offset](const HttpResponse& answer) {
        if (isComplete(answer, offset)) return readyFuture<qint64>(offset);
        if (answer.status != 200 && answer.status != 206) return readyFuture<qint64>(statusError(answer.status));
        return readyFuture<qint64>(answer.streamedSize);
    });
}

Future<HttpResponse> HttpTransport::stream(HttpRequest request, std::shared_ptr<HttpListener> listener) {
    HttpStream stream;
    stream.listener = std::move(listener);
    auto* exchange =
        new HttpExchange(*m_network, m_tls, std::move(request), std::move(stream), ++m_lastRequest, &m_exchanges);
    return exchange->start();
}

HttpGroup HttpTransport::newGroup() {
    return HttpGroup{++m_lastGroup};
}

void HttpTransport::abort(HttpGroup group) {
    for (auto* exchange : m_exchanges.findChildren<HttpExchange*>(Qt::FindDirectChildrenOnly))
        if (group.number != 0 && exchange->group().number == group.number) exchange->cancel();
}

} // namespace aiva
