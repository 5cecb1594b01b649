#include "core/adapters/oauth/oauth_sign_in.h"

#include <QRandomGenerator>

#include <array>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

QByteArray systemRandom() {
    std::array<quint32, 16> words{};
    QRandomGenerator::system()->fillRange(words.data(), qsizetype(words.size()));
    return QByteArray(reinterpret_cast<const char*>(words.data()), qsizetype(sizeof words));
}

} // namespace

OAuthSignIn::OAuthSignIn(HttpTransport& transport, const OAuthClient& client, QObject* parent)
    : QObject(parent), m_transport(transport), m_client(client), m_timer(this), m_group(transport.newGroup()) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] { end(Error{ErrorKind::Timeout, u"nobody signed in"_s}); });
}

OAuthSignIn::~OAuthSignIn() = default;

Future<TokenAnswer> OAuthSignIn::start(const SignInWish& wish, const std::function<void(const QUrl&)>& openBrowser) {
    if (!m_redirect.isEmpty())
        return readyFuture<TokenAnswer>(Error{ErrorKind::Internal, u"one object signs in once"_s});
    if (const auto checked = checkEndpoints(m_client.provider); !checked)
        return readyFuture<TokenAnswer>(checked.error());
    m_secrets = signInSecretsFrom(systemRandom());
    m_listener = new LoopbackRedirect(m_secrets.state, wish.pages, this);
    if (!m_listener->listen()) return readyFuture<TokenAnswer>(Error{ErrorKind::Internal, u"no loopback port"_s});
    connect(m_listener, &LoopbackRedirect::authorized, this, &OAuthSignIn::onAuthorized);
    connect(m_listener, &LoopbackRedirect::refused, this, &OAuthSignIn::onRefused);
    // Microsoft matches any port of http://localhost only; the others want the number (RFC 8252 §8.3).
    const QString host = m_client.provider.name == "microsoft"_L1 ? u"localhost"_s : u"127.0.0.1"_s;
    m_redirect = u"http://%1:%2/"_s.arg(host).arg(m_listener->port());
    m_promise.emplace();
    m_promise->start();
    const Future<TokenAnswer> future = m_promise->future();
    m_timer.start(wish.timeoutMs);
    openBrowser(authorizeUrl(m_client.provider, m_redirect, m_secrets, wish.address));
    return future;
}

void OAuthSignIn::onAuthorized(const QByteArray& code) {
    m_timer.stop(); // the person's time, not the provider's
    HttpRequest request = codeRequest(m_client, code, m_redirect, m_secrets.codeVerifier);
    request.group = m_group;
    whenDone(m_transport.send(std::move(request)), this, [this](const Result<HttpResponse>& response) {
        if (!response) return end(response.error());
        Result<TokenAnswer> tokens = readTokenAnswer(m_client.provider, *response);
        if (tokens && tokens->refreshToken.isEmpty())
            return end(Error{ErrorKind::Auth, u"the provider gave no refresh token"_s, ErrorCause::LoginRefused});
        // A code that expired on its way is no sign-in that expired.
        if (!tokens && tokens.error().cause == ErrorCause::LoginExpired)
            return end(Error{ErrorKind::Auth, tokens.error().detail, ErrorCause::LoginRefused});
        end(std::move(tokens));
    });
}

void OAuthSignIn::onRefused(const QByteArray& word) {
    if (word == "access_denied") return end(Error{ErrorKind::Refused, u"the person declined"_s});
    end(Error{ErrorKind::Auth, u"the provider refused the sign-in"_s, ErrorCause::LoginRefused});
}

void OAuthSignIn::cancel() {
    m_transport.abort(m_group);
    end(Error{ErrorKind::Refused, u"cancelled"_s});
}

void OAuthSignIn::end(Result<TokenAnswer> result) {
    m_timer.stop();
    if (m_listener) m_listener->deleteLater(); // its last page may still be under way
    if (!m_promise) return;
    QPromise<Result<TokenAnswer>> promise = std::move(*m_promise);
    m_promise.reset();
    promise.addResult(std::move(result));
    promise.finish();
}

} // namespace aiva
