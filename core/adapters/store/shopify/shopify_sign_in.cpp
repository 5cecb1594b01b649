#include "core/adapters/store/shopify/shopify_sign_in.h"

#include <QRandomGenerator>

#include <algorithm>
#include <array>

namespace aiva {

using namespace Qt::StringLiterals;

static constexpr int kDoubtMs = 2'000;

static QByteArray freshState() {
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->fillRange(words.data(), qsizetype(words.size()));
    return QByteArray(reinterpret_cast<const char*>(words.data()), qsizetype(sizeof words)).toHex();
}

ShopifySignIn::ShopifySignIn(HttpTransport& transport, const Clock& clock, QObject* parent)
    : QObject(parent), m_transport(transport), m_clock(clock), m_timer(this) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        end(m_doubt.value_or(Error{ErrorKind::Timeout, u"nobody allowed the app in the browser"_s}));
    });
}

ShopifySignIn::~ShopifySignIn() = default;

Future<ShopifyTokens> ShopifySignIn::start(const ShopifyInstallWish& wish,
                                           const std::function<void(const QUrl&)>& openBrowser) {
    if (!m_install.state.isEmpty())
        return readyFuture<ShopifyTokens>(Error{ErrorKind::Internal, u"one object signs in once"_s});
    const auto domain = normalizedShopDomain(wish.shop);
    if (!domain) return readyFuture<ShopifyTokens>(domain.error());
    auto endpoint = shopifyEndpoint(*domain, QUrl(wish.baseUrl));
    if (!endpoint) return readyFuture<ShopifyTokens>(endpoint.error());
    m_endpoint = *std::move(endpoint);
    m_endpoint.group = m_transport.newGroup();
    m_install = {*domain,      wish.clientId, wish.clientSecret, wish.scopes, storeRedirect(wish.port),
                 freshState(), wish.access};
    m_listener = new LoopbackRedirect(m_install.state, wish.pages, this);
    RedirectPlace place{wish.port, u"/auth/callback"_s, [this](const QByteArray& query) { return isGenuine(query); }};
    if (!m_listener->listen(place))
        return readyFuture<ShopifyTokens>(
            Error{ErrorKind::Conflict, u"another program listens on port %1"_s.arg(wish.port)});
    connect(m_listener, &LoopbackRedirect::authorized, this, &ShopifySignIn::redeem);
    connect(m_listener, &LoopbackRedirect::refused, this, [this] {
        end(Error{ErrorKind::Refused, u"the shop refused the app"_s});
    });
    m_promise.emplace();
    m_promise->start();
    const Future<ShopifyTokens> future = m_promise->future();
    m_timer.start(wish.timeoutMs);
    openBrowser(installUrl(m_install, m_endpoint.base));
    return future;
}

// A forged answer is turned away and changes nothing: the genuine one may still come.
bool ShopifySignIn::isGenuine(const QByteArray& query) {
    if (isInstallRefusal(m_install, query)) return true;
    auto code = installCode(m_install, query, m_clock.now());
    if (!code) {
        doubt(code.error());
        return false;
    }
    m_code = *std::move(code);
    // It has come: neither a doubt from before nor the person's time may cut short what is redeemed now. A pair of
    // tokens the shop made and nobody keeps would put an end to the pair that is kept.
    m_doubt.reset();
    m_timer.stop();
    return true;
}

// The state was right, but not the signature, the shop or the time: most likely the person's client secret or clock is
// wrong, or the browser is at home in another shop, and waiting on would not tell. A genuine answer that comes within
// moments still counts.
void ShopifySignIn::doubt(const Error& error) {
    if (error.cause == ErrorCause::ClockSkew || error.cause == ErrorCause::ShopNotFound)
        m_doubt = error;
    else if (error.cause == ErrorCause::TokenRefused)
        m_doubt = Error{ErrorKind::Auth, u"the shop's answer is signed with another client secret"_s, error.cause};
    else
        return;
    m_timer.start(std::min(kDoubtMs, m_timer.remainingTime()));
}

void ShopifySignIn::redeem() {
    HttpRequest request = m_endpoint.request(HttpRequest::Method::Post, u"/admin/oauth/access_token"_s);
    request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    request.body = codeTokenBody(m_install, m_code);
    request.maxBodyBytes = 64 * 1024;
    whenDone(m_transport.send(std::move(request)), this, [this](const Result<HttpResponse>& response) {
        if (!response) return end(response.error());
        end(read(*response));
    });
}

Result<ShopifyTokens> ShopifySignIn::read(const HttpResponse& response) const {
    AIVA_TRY(ShopifyTokens tokens, readShopifyTokens(response));
    if (tokens.access != m_install.access)
        return Error{ErrorKind::Invalid, u"the shop gave another kind of token than was asked for"_s};
    const QStringList missing = missingScopes(m_install.scopes, tokens.scopes);
    if (!canDoWithout(missing))
        return Error{ErrorKind::Auth, u"the shop did not grant %1"_s.arg(missing.join(u", "_s)),
                     ErrorCause::ScopeMissing};
    return tokens;
}

void ShopifySignIn::cancel() {
    m_transport.abort(m_endpoint.group);
    end(Error{ErrorKind::Refused, u"cancelled"_s});
}

void ShopifySignIn::end(Result<ShopifyTokens> result) {
    m_timer.stop();
    m_code.wipe();
    if (m_listener) {
        m_listener->close();
        m_listener->deleteLater(); // its last page may still be under way
    }
    if (!m_promise) return;
    QPromise<Result<ShopifyTokens>> promise = std::move(*m_promise);
    m_promise.reset();
    promise.addResult(std::move(result));
    promise.finish();
}

} // namespace aiva
