// Where an adapter may connect to. Checked by HttpTransport before each request and each redirect.
#pragma once

#include "core/base/result.h"

#include <QStringList>
#include <QUrl>

namespace aiva {

struct HttpPolicy {
    // Loopback (http or https, any port) only for those who configured an address on this machine themselves.
    enum class Loopback { Refused, Allowed };

    QStringList hosts; // https only; "shop.example" exactly, ".example" every host below it
    Loopback loopback = Loopback::Refused;
    // http too, exactly these: sites whose owner typed http. Only for an adapter that sends no secret in clear.
    QStringList plainHosts = {};

    // Refused/HostNotAllowed otherwise. The detail names the host, never path or query.
    Result<void> check(const QUrl& url) const;
};

// localhost, 127.0.0.0/8, ::1.
bool isLoopbackHost(const QString& host);
// Same scheme, host and port.
bool isSameOrigin(const QUrl& a, const QUrl& b);

} // namespace aiva
