#include "core/adapters/store/woocommerce/woo_client.h"

#include "core/adapters/store/woocommerce/woo_call.h"

#include <QRandomGenerator>

#include <array>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

QByteArray freshNonce() {
    std::array<quint32, 4> words{};
    QRandomGenerator::system()->fillRange(words.data(), words.size());
    return QByteArray(reinterpret_cast<const char*>(words.data()), sizeof words).toHex();
}

QByteArray basicHeader(const QByteArray& key, const SecretString& secret) {
    QByteArray pair = key + ':';
    pair.append(secret.reveal().data(), static_cast<qsizetype>(secret.size()));
    const QByteArray header = "Basic " + pair.toBase64();
    wipeMemory(pair.data(), static_cast<size_t>(pair.size()));
    return header;
}

QByteArray methodName(HttpRequest::Method method) {
    if (method == HttpRequest::Method::Post) return "POST";
    return method == HttpRequest::Method::Delete ? "DELETE" : "GET";
}

QByteArray rootText(const QUrl& site) {
    return site.toEncoded(QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::StripTrailingSlash);
}

} // namespace

WooClient::WooClient(HttpTransport& transport, const Clock& clock, WooEndpoint endpoint)
    : m_transport(transport)
    , m_clock(clock)
    , m_endpoint(std::move(endpoint))
    , m_proof(m_endpoint.site.scheme() == "https"_L1 ? Proof::Basic : Proof::Signed) {
    m_endpoint.group = transport.newGroup();
}

WooClient::~WooClient() {
    m_throttleListener = {};
    cancelAll();
}

Future<RestAnswer> WooClient::send(RestRequest request) {
    auto* call = new WooCall(*this, std::move(request));
    return call->start();
}

void WooClient::cancelAll() {
    for (auto* call : findChildren<WooCall*>(Qt::FindDirectChildrenOnly))
        call->cancel();
    m_transport.abort(m_endpoint.group);
}

QByteArray WooClient::address(const QUrl& root, const QByteArray& path) const {
    if (m_permalinks == Permalinks::Plain) return rootText(root) + '/';
    return rootText(root) + "/wp-json/" + path;
}

QList<QByteArray> WooClient::signedAddresses(const QByteArray& path) const {
    QList<QUrl> roots{m_endpoint.site};
    const auto addOver = [&roots](QUrl root, const QString& scheme) {
        root.setScheme(scheme);
        roots.append(root);
    };
    // WordPress checks against its own host, under the scheme by which it believes to have been asked.
    if (!m_home.isEmpty()) addOver(m_home, m_endpoint.site.scheme());
    if (!m_home.isEmpty()) roots.append(m_home);
    // Behind a proxy that ends TLS the site takes itself for plain http.
    if (m_endpoint.site.scheme() == "https"_L1) {
        addOver(m_endpoint.site, u"http"_s);
        if (!m_home.isEmpty()) addOver(m_home, u"http"_s);
    }
    QList<QByteArray> addresses;
    const auto add = [&addresses](const QByteArray& one) {
        if (!addresses.contains(one)) addresses.append(one);
    };
    for (const QUrl& root : roots) {
        add(address(root, path));
        // The front page's address is taken with and without its slash.
        if (m_permalinks == Permalinks::Plain) add(rootText(root));
    }
    return addresses;
}

HttpRequest WooClient::requestFor(const RestRequest& request) const {
    HttpRequest http;
    http.policy = m_endpoint.policy;
    http.timeouts = m_endpoint.timeouts;
    http.group = m_endpoint.group;
    http.method = request.method;
    http.headers.emplace_back("Accept", "application/json");
    if (!request.json.isEmpty()) {
        http.headers.emplace_back("Content-Type", "application/json");
        http.body = request.json;
    }
    RestParameters parameters = request.parameters;
    if (m_permalinks == Permalinks::Plain) parameters.prepend({"rest_route", '/' + request.path});
    const bool isOpen = request.path.isEmpty();
    if (!isOpen && m_proof == Proof::Basic)
        http.headers.emplace_back("Authorization", basicHeader(m_endpoint.consumerKey, m_endpoint.consumerSecret));
    if (!isOpen && m_proof == Proof::Signed) {
        const QList<QByteArray> addresses = signedAddresses(request.path);
        const QByteArray& taken = addresses.at(std::min(m_signedAddress, addresses.size() - 1));
        const OAuthMoment moment{m_clock.now().ms() / 1000, freshNonce()};
        parameters = signedParameters(methodName(request.method), taken, std::move(parameters), m_endpoint.consumerKey,
                                      m_endpoint.consumerSecret, moment);
    }
    QByteArray text = address(m_endpoint.site, request.path);
    if (!parameters.isEmpty()) text += '?' + encodedQuery(parameters);
    http.url = QUrl::fromEncoded(text, QUrl::StrictMode);
    return http;
}

} // namespace aiva
