#include "core/adapters/http/http_policy.h"

#include <QHostAddress>

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

Error notAllowed(const QUrl& url) {
    return {ErrorKind::Refused, u"connections to \"%1\" by %2 are not allowed"_s.arg(url.host(), url.scheme()),
            ErrorCause::HostNotAllowed};
}

bool matches(const QString& host, const QString& allowed) {
    if (allowed.startsWith(u'.')) return host.endsWith(allowed, Qt::CaseInsensitive);
    return host.compare(allowed, Qt::CaseInsensitive) == 0;
}

int effectivePort(const QUrl& url) {
    return url.port(url.scheme() == "https"_L1 ? 443 : 80);
}

} // namespace

bool isLoopbackHost(const QString& host) {
    return host.compare("localhost"_L1, Qt::CaseInsensitive) == 0 || QHostAddress(host).isLoopback();
}

bool isSameOrigin(const QUrl& a, const QUrl& b) {
    return a.scheme() == b.scheme() && a.host() == b.host() && effectivePort(a) == effectivePort(b);
}

Result<void> HttpPolicy::check(const QUrl& url) const {
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty()) return notAllowed(url);
    const bool secure = url.scheme() == "https"_L1;
    if (!secure && url.scheme() != "http"_L1) return notAllowed(url);
    if (loopback == Loopback::Allowed && isLoopbackHost(url.host())) return {};
    if (!secure && plainHosts.contains(url.host(), Qt::CaseInsensitive)) return {};
    const bool known =
        std::any_of(hosts.begin(), hosts.end(), [&](const QString& allowed) { return matches(url.host(), allowed); });
    if (!secure || !known) return notAllowed(url);
    return {};
}

} // namespace aiva
