// What goes into and comes out of HttpTransport: plain values, built by the adapters.
#pragma once

#include "core/adapters/http/http_policy.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <utility>
#include <vector>

namespace aiva {

using HttpHeaders = std::vector<std::pair<QByteArray, QByteArray>>;

// Milliseconds; 0 means no limit.
struct HttpTimeouts {
    int connectMs = 15'000;   // until the request is on the wire
    int firstByteMs = 30'000; // from then until the answer begins
    int idleMs = 30'000;      // between two pieces of the body
    int totalMs = 60'000;     // the whole exchange: ends a body that trickles
    // For downloads, which have no total: fewer than this many bytes within the window end them.
    int slowWindowMs = 0;
    qint64 slowWindowBytes = 0;

    static HttpTimeouts forDownload();
};

// Requests of one adapter, so that it can abort its own and no other's. 0: none.
struct HttpGroup {
    quint64 number = 0;
};

struct HttpRequest {
    enum class Method { Get, Post, Delete };
    Method method = Method::Get;
    QUrl url;
    HttpHeaders headers;
    QByteArray body;
    HttpPolicy policy;
    HttpTimeouts timeouts;
    HttpGroup group;
    qint64 maxBodyBytes = 32 * 1024 * 1024; // of the decoded body; 0 means no limit
};

struct HttpResponse {
    int status = 0;
    HttpHeaders headers;
    QByteArray body;
    qint64 streamedSize = 0; // of a download: total size of the resource
    QString requestId;       // X-Request-Id as the server gave it, cleaned; for support and the log

    // First value, empty when absent. Names are case-insensitive.
    QByteArray header(QByteArrayView name) const;
};

// Hears an answer while it arrives. An error ends the exchange with it.
class HttpListener {
public:
    virtual ~HttpListener();
    // Status and headers of a 2xx, before its first byte. The body is not in there.
    virtual Result<void> begin(const HttpResponse& head) = 0;
    virtual Result<void> accept(QByteArrayView bytes) = 0;
};

} // namespace aiva
