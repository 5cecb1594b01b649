#include "core/adapters/store/woocommerce/site_url.h"

#include "core/adapters/http/http_policy.h"

#include <QRegularExpression>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

Error noSite(const QString& why) {
    return {ErrorKind::Invalid, u"this is no address of a shop: %1"_s.arg(why)};
}

// What people copy from the address bar of their own shop.
QString sitePath(QString path) {
    static const QRegularExpression inside(u"/+(?:wp-admin|wp-json|wp-login\\.php|index\\.php)(?:/.*)?$"_s);
    path.remove(inside);
    while (path.endsWith(u'/'))
        path.chop(1);
    return path;
}

bool isDefaultPort(const QUrl& url) {
    return url.port() == (url.scheme() == "http"_L1 ? 80 : 443);
}

} // namespace

Result<QUrl> normalizedSiteUrl(const QString& typed) {
    static const QRegularExpression scheme(u"^[a-z][a-z0-9+.-]*://"_s, QRegularExpression::CaseInsensitiveOption);
    QString text = typed.trimmed();
    if (text.isEmpty()) return noSite(u"it is empty"_s);
    if (!scheme.match(text).hasMatch()) text.prepend("https://"_L1);
    QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty()) return noSite(u"it cannot be read"_s);
    if (url.scheme() != "https"_L1 && url.scheme() != "http"_L1) return noSite(u"it is neither https nor http"_s);
    if (!url.userInfo().isEmpty()) return noSite(u"user names do not belong there"_s);
    const bool isName = url.host().contains(u'.') || url.host().contains(u':') || isLoopbackHost(url.host());
    if (!isName) return noSite(u"the host has no domain"_s);
    if (isDefaultPort(url)) url.setPort(-1);
    url.setQuery(QString());
    url.setFragment(QString());
    url.setPath(sitePath(url.path(QUrl::FullyEncoded)), QUrl::StrictMode);
    if (!url.isValid()) return noSite(u"its path cannot be read"_s);
    return url;
}

QString siteDomain(const QUrl& site) {
    QString domain = site.host();
    if (domain.contains(u':')) domain = u'[' + domain + u']';
    if (site.port() > 0) domain += u':' + QString::number(site.port());
    return domain + site.path();
}

bool isInsecureSite(const QUrl& site) {
    return site.scheme() == "http"_L1 && !isLoopbackHost(site.host());
}

} // namespace aiva
