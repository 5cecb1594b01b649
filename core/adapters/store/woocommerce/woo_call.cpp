#include "core/adapters/store/woocommerce/woo_call.h"

#include "core/base/log.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

// A limit that has not lifted after so many waits is no longer a matter of pace.
constexpr int kMostWaits = 20;
constexpr int kMostNonces = 3;
constexpr qint64 kClockToleranceMs = 15 * 60 * 1000;

// Seconds or a date; a second when the header is absent.
qint64 waitWantedMs(const HttpResponse& response) {
    bool isNumber = false;
    const double seconds = response.header("Retry-After").toDouble(&isNumber);
    if (!isNumber || !std::isfinite(seconds)) return 1000;
    return static_cast<qint64>(std::ceil(std::clamp(seconds, 0.1, 300.0) * 1000.0));
}

std::optional<qint64> countIn(const HttpResponse& response, const char* header) {
    bool isNumber = false;
    const qint64 count = response.header(header).trimmed().toLongLong(&isNumber);
    return isNumber && count >= 0 ? std::optional(count) : std::nullopt;
}

// Some themes and plug-ins write a byte order mark or empty lines before everything.
QByteArray withoutLeadIn(const QByteArray& body) {
    QByteArrayView view(body);
    if (view.startsWith("\xEF\xBB\xBF")) view = view.sliced(3);
    return view.trimmed().toByteArray();
}

bool looksLikeJson(const QByteArray& body) {
    return body.startsWith('{') || body.startsWith('[');
}

// By the answer's own date (RFC 9110 §5.6.7), since what the site says of it comes in any language.
bool clocksDiffer(const HttpResponse& response, UtcTime now) {
    const QString text = QString::fromLatin1(response.header("Date"));
    QDateTime date = QLocale::c().toDateTime(text, u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s);
    if (!date.isValid()) return false;
    date.setTimeSpec(Qt::UTC);
    return std::abs(date.toMSecsSinceEpoch() - now.ms()) > kClockToleranceMs;
}

} // namespace

WooCall::WooCall(WooClient& client, RestRequest request)
    : QObject(&client), m_client(client), m_request(std::move(request)) {
    m_wait.setSingleShot(true);
    m_wait.setTimerType(Qt::PreciseTimer);
    connect(&m_wait, &QTimer::timeout, this, [this] {
        if (m_slowed && m_client.m_throttleListener) m_client.m_throttleListener(0);
        m_slowed = false;
        if (!m_answer.isSaid()) send();
    });
}

Future<RestAnswer> WooCall::start() {
    send();
    return m_answer.future();
}

void WooCall::cancel() {
    answer(cancelledError());
}

void WooCall::send() {
    whenDone(m_client.m_transport.send(m_client.requestFor(m_request)), this,
             [this](const Result<HttpResponse>& response) {
                 if (m_answer.isSaid()) return; // cancelled meanwhile
                 if (!response) return answer(response.error());
                 onResponse(*response);
             });
}

void WooCall::onResponse(const HttpResponse& response) {
    const bool isBusy = response.status == 503 && !response.header("Retry-After").isEmpty();
    if (response.status == 429 || isBusy) return waitThenSend(response);
    const QByteArray body = withoutLeadIn(response.body);
    if (!looksLikeJson(body)) return onForeign(response);
    const auto document = JsonDocument::parse(body);
    if (!document) return answer(document.error());
    if (response.status >= 200 && response.status < 300) {
        m_client.m_knowsPermalinks = true;
        return answer(RestAnswer{*document, countIn(response, "X-WP-Total"), countIn(response, "X-WP-TotalPages")});
    }
    const auto refusal = readRefusal(document->root(), response.status);
    if (!refusal) return onForeign(response);
    m_client.m_knowsPermalinks = true;
    onRefusal(*refusal, response);
}

// Not WordPress's REST API: where permalinks are plain, its pretty address is a page like any other.
void WooCall::onForeign(const HttpResponse& response) {
    if (m_client.m_knowsPermalinks) {
        if (response.status < 300)
            return answer(Error{ErrorKind::Network, u"the shop answered a web page instead of JSON"_s});
        return answer(foreignError(response.status));
    }
    if (!m_triedPlain && response.status < 500) {
        m_triedPlain = true;
        m_client.m_permalinks = Permalinks::Plain;
        return send();
    }
    m_client.m_permalinks = Permalinks::Pretty;
    answer(foreignError(response.status));
}

void WooCall::onRefusal(const RestRefusal& refusal, const HttpResponse& response) {
    using Kind = RestRefusal::Kind;
    switch (refusal.kind) {
    case Kind::NotSignedIn:
        return onNotSignedIn(refusal);
    case Kind::NonceUsed: // somewhere on the way the request was sent twice
        if (++m_nonces < kMostNonces) return send();
        break;
    case Kind::BadSignature:
    case Kind::Unclear:
        return onKeyTrouble(refusal, response);
    case Kind::KeyUnknown:
        if (m_probesSignature) m_client.m_proof = Proof::Basic;
        break;
    default:
        break;
    }
    settle(refusal, refusalError(refusal));
}

// Over https WooCommerce answers alike when it never saw the header and when it knows no such key. Its other way in, a
// signed query, tells the two apart, and works where the header is dropped.
void WooCall::onNotSignedIn(const RestRefusal& refusal) {
    if (m_client.m_proof == Proof::Basic && !m_probesSignature) {
        m_probesSignature = true;
        m_client.m_proof = Proof::Signed;
        m_client.m_signedAddress = 0;
        return send();
    }
    if (m_probesSignature) m_client.m_proof = Proof::Basic;
    settle(refusal, keyNeverArrivedError());
}

void WooCall::onKeyTrouble(const RestRefusal& refusal, const HttpResponse& response) {
    if (refusal.kind == RestRefusal::Kind::Unclear && clocksDiffer(response, m_client.m_clock.now()))
        return settle(refusal, clockSkewError());
    if (m_client.m_proof == Proof::Signed && tryNextAddress()) return send();
    if (!m_probesSignature) return settle(refusal, refusalError(refusal));
    // The key is known, yet the header with it did not sign us in: it never arrived.
    m_client.m_proof = Proof::Basic;
    const bool isKnown = refusal.kind == RestRefusal::Kind::BadSignature;
    settle(refusal, isKnown ? keyNeverArrivedError() : refusalError(refusal));
}

bool WooCall::tryNextAddress() {
    if (m_client.m_signedAddress + 1 >= m_client.signedAddresses(m_request.path).size()) {
        m_client.m_signedAddress = 0;
        return false;
    }
    ++m_client.m_signedAddress;
    return true;
}

void WooCall::waitThenSend(const HttpResponse& response) {
    if (++m_rateLimits > kMostWaits)
        return answer(Error{ErrorKind::RateLimited, u"the shop's rate limit did not lift"_s});
    const qint64 ms = waitWantedMs(response);
    m_slowed = true;
    if (m_client.m_throttleListener) m_client.m_throttleListener(ms);
    m_wait.start(static_cast<int>(ms));
}

void WooCall::settle(const RestRefusal& refusal, const Error& error) {
    m_client.m_lastRefusal = refusal;
    answer(error);
}

void WooCall::answer(Result<RestAnswer> result) {
    if (m_answer.isSaid()) return;
    m_wait.stop();
    if (m_slowed && m_client.m_throttleListener) m_client.m_throttleListener(0);
    m_slowed = false;
    if (result) {
        m_client.m_lastRefusal.reset();
        if (m_probesSignature) qCInfo(logNetwork, "the shop drops the Authorization header; requests are signed");
    }
    m_answer.say(std::move(result));
    deleteLater();
}

} // namespace aiva
