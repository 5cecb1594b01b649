// A WooCommerce site as sites in the wild answer, and a store that is connected to it.
#pragma once

#include "core/adapters/http/http_transport.h"
#include "core/adapters/store/woocommerce/woo_connection.h"
#include "tests/support/await.h"
#include "tests/support/patience.h"
#include "tests/support/scripted_server.h"

#include <QUrlQuery>

namespace aiva::test {

using namespace Qt::StringLiterals;

inline const QByteArray kKey = "ck_0123456789abcdef";
inline const QByteArray kSecret = "cs_fedcba9876543210";

inline ScriptedAnswer answered(const QByteArray& body, int status = 200) {
    ScriptedAnswer answer;
    answer.status = status;
    answer.body = body;
    return answer;
}

inline ScriptedAnswer refusal(const QByteArray& code, const QByteArray& message, int status = 401) {
    return answered("{\"code\":\"" + code + "\",\"message\":\"" + message + "\",\"data\":{}}", status);
}

inline ScriptedAnswer keyError(const QByteArray& message) {
    return refusal("woocommerce_rest_authentication_error", message);
}

inline ScriptedAnswer stranger() {
    return refusal("woocommerce_rest_cannot_view", "Sorry, you cannot list resources.");
}

inline ScriptedAnswer page(int status) {
    ScriptedAnswer answer = answered("<!doctype html><title>Shop</title>", status);
    answer.headers = {{"Content-Type", "text/html"}};
    return answer;
}

// As PHP writes it where a site shows its errors.
inline const QByteArray kNotice =
    "<br />\n<b>Deprecated</b>:  Creation of dynamic property Slider::$[cache] is deprecated in "
    "<b>/srv/wp-content/plugins/slider/main.php</b> on line <b>12</b><br />\n";

// Written before the headers, it keeps the status from being set.
inline ScriptedAnswer behindNotices(const ScriptedAnswer& answer) {
    return answered(kNotice + kNotice + answer.body);
}

inline const ScriptedAnswer kIndex = answered(R"({"name":"Acme &amp; Co","home":"","namespaces":["wc/v3"],)"
                                              R"("timezone_string":"","gmt_offset":"5.5"})");
inline const ScriptedAnswer kStatus = answered(R"({"environment":{"version":"10.3.0"},"settings":{"currency":"EUR"}})");

inline QUrlQuery queryOf(const ScriptedRequest& request) {
    return QUrlQuery(QString::fromLatin1(request.target.mid(request.target.indexOf('?') + 1)));
}

inline bool isSigned(const ScriptedRequest& request) {
    return queryOf(request).hasQueryItem(u"oauth_signature"_s);
}

inline bool isBasic(const ScriptedRequest& request) {
    return request.header("Authorization") == "Basic " + (kKey + ':' + kSecret).toBase64();
}

inline bool isIndex(const ScriptedRequest& request) {
    return request.path() == "/wp-json/" ||
           queryOf(request).queryItemValue(u"rest_route"_s, QUrl::FullyDecoded) == "/"_L1;
}

// A site that answers the index to everybody and the rest as `rest` says.
inline ScriptedServer::Handler siteThat(std::function<ScriptedAnswer(const ScriptedRequest&)> rest) {
    return [rest](const ScriptedRequest& request) { return isIndex(request) ? kIndex : rest(request); };
}

enum class Scheme { Http, Https };

// Making one takes half a second.
inline const ServerIdentity& identityOfAll() {
    static const ServerIdentity identity = selfSignedIdentity();
    return identity;
}

// A copy read anew: client and server look at it from two threads, and Qt's certificates share what they cache.
inline QList<QSslCertificate> authorities(const std::optional<ServerIdentity>& identity) {
    if (!identity) return {};
    return {QSslCertificate(identity->certificate.toPem())};
}

// A site and a store that is connected to it.
class Site {
public:
    Site(Scheme scheme, const ScriptedServer::Handler& handler)
        : m_identity(scheme == Scheme::Https ? std::optional(identityOfAll()) : std::nullopt)
        , server(handler, m_identity)
        , m_transport(authorities(m_identity)) {
        WooConnection connection;
        connection.site = server.baseUrl().toString();
        connection.consumerKey = QString::fromLatin1(kKey);
        connection.consumerSecret = SecretString(kSecret.toStdString());
        auto made = makeWooStore(m_transport, clock, std::move(connection));
        if (made) store = *std::move(made);
    }

    // Nothing secret may stand in an address, where logs keep it.
    bool leaksSecret() const {
        for (const ScriptedRequest& request : server.requests())
            if (request.target.contains(kSecret)) return true;
        return false;
    }

private:
    std::optional<ServerIdentity> m_identity;

public:
    ScriptedServer server;
    SystemClock clock;

private:
    HttpTransport m_transport;

public:
    std::unique_ptr<StorePort> store;
};

} // namespace aiva::test
