// WooClient: asks one WordPress site's REST API with the store's key. Finds out once, and remembers, how the site wants
// to be asked: pretty or plain permalinks, HTTP Basic or a signed query, which address it believes to have. Used by
// WooStore and its reads; retries nothing but rate limits and these questions.
#pragma once

#include "core/adapters/http/http_transport.h"
#include "core/adapters/store/json/json_document.h"
#include "core/adapters/store/woocommerce/oauth_signature.h"
#include "core/adapters/store/woocommerce/rest_errors.h"
#include "core/base/clock.h"
#include "core/base/secret_string.h"
#include "core/ports/store_port.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

namespace aiva {

struct RestRequest {
    QByteArray path; // "wc/v3/orders"; empty: what the site says of its API, which anybody may ask
    RestParameters parameters = {};
    HttpRequest::Method method = HttpRequest::Method::Get;
    QByteArray json = {};                      // of a POST; not signed, as the protocol has it
    bool isOptional = false;                   // the site may keep this to itself
    bool mayRepeat = true;                     // false: twice is once too often, and the first may have arrived
    std::shared_ptr<RestRefusal> refusal = {}; // where what the site refused with is written: more than the Error says
};

struct RestAnswer {
    JsonDocument document;
    std::optional<qint64> total;      // X-WP-Total
    std::optional<qint64> totalPages; // X-WP-TotalPages
};

struct WooEndpoint {
    QUrl site; // normalizedSiteUrl()
    HttpPolicy policy;
    HttpTimeouts timeouts;
    HttpGroup group;
    QByteArray consumerKey;
    SecretString consumerSecret;
};

class WooClient : public QObject {
    Q_OBJECT
public:
    WooClient(HttpTransport& transport, const Clock& clock, WooEndpoint endpoint);
    ~WooClient() override;

    // A refusal of the site comes as an Error. A page behind the last one of a list is an empty one.
    Future<RestAnswer> send(RestRequest request);
    Future<RestAnswer> get(RestRequest request) { return send(std::move(request)); }

    const WooEndpoint& endpoint() const { return m_endpoint; }
    const Clock& clock() const { return m_clock; }
    // The address the site itself says it has: signatures are checked against that one.
    void setHome(const QUrl& home) { m_home = home; }
    void setThrottleListener(std::function<void(qint64)> listener) { m_throttleListener = std::move(listener); }
    void setApiListener(std::shared_ptr<ApiListener> listener) { m_apiListener = std::move(listener); }
    void cancelAll();

private:
    friend class WooCall;
    enum class Permalinks { Pretty, Plain };
    enum class Proof { Basic, Signed };

    // The address of a path, and the addresses the site may hold it for when it checks a signature, likeliest first.
    QByteArray address(const QUrl& root, const QByteArray& path) const;
    QList<QByteArray> signedAddresses(const QByteArray& path) const;
    HttpRequest requestFor(const RestRequest& request) const;

    HttpTransport& m_transport;
    const Clock& m_clock;
    WooEndpoint m_endpoint;
    QUrl m_home;
    Permalinks m_permalinks = Permalinks::Pretty;
    bool m_knowsPermalinks = false;
    bool m_wasLetIn = false; // the key has read something
    Proof m_proof;
    qsizetype m_signedAddress = 0; // position in signedAddresses()
    std::function<void(qint64)> m_throttleListener;
    std::shared_ptr<ApiListener> m_apiListener;
};

} // namespace aiva
