#include "core/adapters/pictures/web_pictures.h"

#include <QHostAddress>

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 largestPicture = 8 * 1024 * 1024;
constexpr HttpTimeouts patience{10'000, 10'000, 10'000, 20'000, 0, 0};

Error notPublic() {
    return {ErrorKind::Refused, u"the address of a picture is not on the public web"_s, ErrorCause::HostNotAllowed};
}

bool isPublicName(const QString& host) {
    if (!host.contains(u'.') || host.endsWith(u'.') || !QHostAddress(host).isNull()) return false;
    const QLatin1String local[] = {".local"_L1, ".localhost"_L1, ".internal"_L1,
                                   ".lan"_L1,   ".intranet"_L1,  ".home.arpa"_L1};
    return std::none_of(std::begin(local), std::end(local), [&](QLatin1String end) { return host.endsWith(end); });
}

Result<QByteArray> pictureIn(const HttpResponse& response) {
    if (response.status == 404 || response.status == 410) return Error{ErrorKind::NotFound, u"the picture is gone"_s};
    if (response.status != 200)
        return Error{ErrorKind::Network, u"a picture was answered with %1"_s.arg(response.status)};
    if (!response.header("Content-Type").trimmed().toLower().startsWith("image/"))
        return Error{ErrorKind::Invalid, u"what was served is not a picture"_s};
    return response.body;
}

} // namespace

Result<QUrl> publicPictureAddress(const QUrl& address) {
    const bool isWeb = address.scheme() == "https"_L1 || address.scheme() == "http"_L1;
    const bool isOddPort = address.port() != -1 && address.port() != 443 && address.port() != 80;
    if (!address.isValid() || !isWeb || isOddPort || !address.userInfo().isEmpty()) return notPublic();
    if (!isPublicName(address.host().toLower())) return notPublic();
    QUrl asked = address;
    asked.setScheme(u"https"_s);
    asked.setPort(-1);
    asked.setFragment({});
    return asked;
}

WebPictures::WebPictures(HttpPolicy::Loopback loopback) : m_loopback(loopback) {}

Result<QUrl> WebPictures::allowed(const QUrl& address) const {
    if (m_loopback == HttpPolicy::Loopback::Allowed && isLoopbackHost(address.host())) return address;
    return publicPictureAddress(address);
}

Future<QByteArray> WebPictures::fetch(const QUrl& address) {
    const Result<QUrl> asked = allowed(address);
    if (!asked) return readyFuture<QByteArray>(asked.error());
    HttpRequest request;
    request.url = *asked;
    request.headers = {{"Accept", "image/png,image/jpeg,image/gif,image/webp,image/*;q=0.5"}};
    request.policy = {{asked->host()}, m_loopback};
    request.timeouts = patience;
    request.maxBodyBytes = largestPicture;
    return andThen(m_transport.send(std::move(request)), &m_answers,
                   [](const HttpResponse& response) { return readyFuture<QByteArray>(pictureIn(response)); });
}

} // namespace aiva
