#include "core/adapters/store/woocommerce/woo_call.h"

#include "core/adapters/store/woocommerce/answer_json.h"
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
constexpr qint64 kLongestWaitMs = 60 * 60 * 1000;
// A site that is away for longer is down, not busy.
constexpr qint64 kLongestAwayMs = 60 * 1000;

// As RFC 9110 §5.6.7 has it; invalid when it is none.
QDateTime httpDate(const QByteArray& header) {
    QDateTime date =
        QLocale::c().toDateTime(QString::fromLatin1(header.trimmed()), u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s);
    if (date.isValid()) date.setTimeSpec(Qt::UTC);
    return date;
}

// Seconds or a date; a second when the header is absent.
qint64 waitWantedMs(const HttpResponse& response, UtcTime now) {
    const QByteArray wanted = response.header("Retry-After");
    bool isNumber = false;
    double ms = wanted.toDouble(&isNumber) * 1000.0;
    if (!isNumber || !std::isfinite(ms)) {
        const QDateTime until = httpDate(wanted);
        if (!until.isValid()) return 1000;
        // Counted on the shop's own clock where it tells it.
        const QDateTime date = httpDate(response.header("Date"));
        ms = static_cast<double>(until.toMSecsSinceEpoch() - (date.isValid() ? date.toMSecsSinceEpoch() : now.ms()));
    }
    return static_cast<qint64>(std::ceil(std::clamp(ms, 100.0, static_cast<double>(kLongestWaitMs))));
}

std::optional<qint64> countIn(const HttpResponse& response, const char* header) {
    bool isNumber = false;
    const qint64 count = response.header(header).trimmed().toLongLong(&isNumber);
    return isNumber && count >= 0 ? std::optional(count) : std::nullopt;
}

// By the answer's own date, since what the site says of it comes in any language.
bool clocksDiffer(const HttpResponse& response, UtcTime now) {
    const QDateTime date = httpDate(response.header("Date"));
    return date.isValid() && std::abs(date.toMSecsSinceEpoch() - now.ms()) > kClockToleranceMs;
}

// What stands behind the last page of a list.
Result<RestAnswer> emptyPage() {
    AIVA_TRY(const JsonDocument none, JsonDocument::parse("[]"));
    return RestAnswer{none, {}, {}};
}

} // namespace

WooCall::WooCall(WooClient& client, RestRequest request)
    : QObject(&client), m_client(client), m_request(std::move(request)), m_meter(client.m_apiListener) {
    m_wait.setSingleShot(true);
    m_wait.setTimerType(Qt::PreciseTimer);
    connect(&m_wait, &QTimer::timeout, this, [this] {
        if (m_slowed && m_client.m_throttleListener) m_client.m_throttleListener(0);
        m_slowed = false;
        m_meter.heldBack(m_wait.interval());
        if (!m_answer.isSaid()) send();
    });
}

Future<RestAnswer> WooCall::start() {
    send();
    return m_answer.future();
}

void WooCall::cancel() {
    m_meter.drop();
    answer(cancelledError());
}

void WooCall::send() {
    m_meter.leave();
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
    const auto document = jsonWithin(response.body);
    if (!document) return onForeign(response);
    if (!*document) return answer(document->error());
    const JsonElement root = (*document)->root();
    const int status = statusWithin(root, response.status);
    if (status >= 200 && status < 300) {
        m_client.m_knowsPermalinks = true;
        if (!m_request.path.isEmpty()) m_client.m_wasLetIn = true;
        return answer(RestAnswer{**document, countIn(response, "X-WP-Total"), countIn(response, "X-WP-TotalPages")});
    }
    const auto refusal = readRefusal(root, status);
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
        if (m_request.mayRepeat && ++m_nonces < kMostNonces) return send();
        break;
    case Kind::BadSignature:
    case Kind::Unclear:
        return onKeyTrouble(refusal, response);
    case Kind::PageBeyondEnd: // records went while the list was walked: it has become shorter
        return answer(emptyPage());
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
    // A key that has read is no wrong key. What it may not do it is told in the site's own language.
    const bool isWriting = m_request.method != HttpRequest::Method::Get;
    if (refusal.kind == RestRefusal::Kind::Unclear && isWriting && m_client.m_wasLetIn) {
        RestRefusal readsOnly = refusal;
        readsOnly.kind = RestRefusal::Kind::MayNotRead;
        return settle(readsOnly, refusalError(readsOnly));
    }
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
    const qint64 ms = waitWantedMs(response, m_client.m_clock.now());
    // WordPress says ten minutes while it updates itself, which takes as many seconds: whoever asked hears of it now,
    // and a sync comes back later.
    if (response.status == 503 && ms > kLongestAwayMs) return answer(foreignError(response.status));
    if (++m_rateLimits > kMostWaits)
        return answer(Error{ErrorKind::RateLimited, u"the shop's rate limit did not lift"_s});
    m_slowed = true;
    m_meter.limited();
    if (m_client.m_throttleListener) m_client.m_throttleListener(ms);
    m_wait.start(static_cast<int>(ms));
}

void WooCall::settle(const RestRefusal& refusal, const Error& error) {
    // What a site is it may keep from strangers, and how it is set up from keys of small rights.
    const bool isUsual = m_request.path.isEmpty() || error.cause == ErrorCause::ScopeMissing;
    if (m_request.isOptional && isUsual) m_meter.answered();
    if (m_request.refusal) *m_request.refusal = refusal;
    answer(error);
}

void WooCall::answer(Result<RestAnswer> result) {
    if (m_answer.isSaid()) return;
    m_wait.stop();
    if (m_slowed && m_client.m_throttleListener) m_client.m_throttleListener(0);
    m_slowed = false;
    m_meter.end(result);
    if (result && m_probesSignature) qCInfo(logNetwork, "the shop drops the Authorization header; requests are signed");
    m_answer.say(std::move(result));
    deleteLater();
}

} // namespace aiva
