#include "core/adapters/http/http_types.h"

namespace aiva {

HttpListener::~HttpListener() = default;

HttpTimeouts HttpTimeouts::forDownload() {
    HttpTimeouts timeouts;
    timeouts.totalMs = 0;
    timeouts.slowWindowMs = 30'000;
    timeouts.slowWindowBytes = 16 * 1024;
    return timeouts;
}

QByteArray HttpResponse::header(QByteArrayView name) const {
    for (const auto& [key, value] : headers)
        if (key.compare(name, Qt::CaseInsensitive) == 0) return value;
    return {};
}

} // namespace aiva
