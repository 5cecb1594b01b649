// The one way out by HTTP: owns the only QNetworkAccessManager. Used by adapters from the thread it was made on. Never
// retries, never follows a redirect to another origin, never accepts a bad certificate, never stores a cookie, and
// never puts a query, a header or a body into a log line or an Error.
#pragma once

#include "core/adapters/http/http_types.h"
#include "core/base/async.h"
#include "core/ports/store_port.h"

#include <QSslCertificate>
#include <QSslConfiguration>

#include <memory>

class QNetworkAccessManager;

namespace aiva {

class HttpTransport {
public:
    // `extraAuthorities` are trusted beside the system's: for a company's own authority.
    explicit HttpTransport(const QList<QSslCertificate>& extraAuthorities = {});
    ~HttpTransport();
    HttpTransport(const HttpTransport&) = delete;
    HttpTransport& operator=(const HttpTransport&) = delete;

    // Any status is an answer; an Error means that no whole answer came. Qt does not always tell a chunked body that
    // was cut from a whole one: callers read formats that show their own end, or know the size.
    Future<HttpResponse> send(HttpRequest request);

    // Streams the body of a 200 or 206 into the sink from byte `offset` on and answers the total size. Resumes by
    // Range; a server without Range is read from the start and the known bytes are dropped. Memory stays bounded: the
    // socket is not read while the sink works. Other statuses: Network (5xx, 429), otherwise Invalid: without
    // credentials a refusal only says that the link is spent.
    Future<qint64> download(HttpRequest request, qint64 offset, std::shared_ptr<ByteSink> sink);

    // Hands the body of a 2xx to the listener piece by piece, as it comes and unbuffered, for Server-Sent Events; any
    // other status is answered whole. The listener hears nothing after the future is answered or aborted.
    Future<HttpResponse> stream(HttpRequest request, std::shared_ptr<HttpListener> listener);

    HttpGroup newGroup();
    // What the group has in flight answers Refused.
    void abort(HttpGroup group);

private:
    std::unique_ptr<QNetworkAccessManager> m_network;
    QObject m_exchanges; // parent of those in flight
    QSslConfiguration m_tls;
    quint64 m_lastGroup = 0;
    quint64 m_lastRequest = 0;
};

} // namespace aiva
