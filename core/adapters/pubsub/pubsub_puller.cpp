#include "core/adapters/pubsub/pubsub_puller.h"

#include "core/base/log.h"

#include <QRandomGenerator>

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

// A message is 10 MB at most, which Base64 makes a third longer; a batch of small ones fits as well.
constexpr qint64 kMostBytesPulled = 16 * 1024 * 1024;
// Google keeps a question for a minute and a half when there is nothing.
constexpr int kPatienceMs = 100'000;
constexpr qint64 kKeptMs = 1'000;
// Asked not to wait, Google may answer that nothing is there while something is.
constexpr int kEmptyAnswersOfAnEmptyQueue = 2;

} // namespace

Result<std::unique_ptr<WebhookPull>> pullFromPubSub(HttpTransport& transport, const Clock& clock,
                                                    const PullPlace& place, const SecretString& keyFile, PullWait wait,
                                                    PullEvents events, const PubSubPace& pace) {
    AIVA_TRY(ServiceAccount account, ServiceAccount::parse(keyFile));
    AIVA_CHECK(pubSubUrl(place, "pull"));
    return std::unique_ptr<WebhookPull>(
        std::make_unique<PubSubPuller>(transport, clock, place, std::move(account), wait, std::move(events), pace));
}

PubSubPuller::PubSubPuller(HttpTransport& transport, const Clock& clock, const PullPlace& place, ServiceAccount account,
                           PullWait wait, PullEvents events, const PubSubPace& pace)
    : m_transport(transport)
    , m_clock(clock)
    , m_place(place)
    , m_wait(wait)
    , m_events(std::move(events))
    , m_pace(pace)
    , m_group(transport.newGroup())
    , m_tokens(transport, clock, std::move(account), m_group)
    , m_messages(pace.messages) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &PubSubPuller::ask);
    m_timer.start(0);
}

PubSubPuller::~PubSubPuller() {
    m_transport.abort(m_group);
}

void PubSubPuller::ask() {
    m_askedAtMs = m_clock.monotonicMs();
    post("pull", pullBody(m_messages, m_wait), &PubSubPuller::takeAnswer);
}

void PubSubPuller::post(const char* verb, const QByteArray& body, void (PubSubPuller::*then)(const HttpResponse&)) {
    send(verb, body, Token::Current, then);
}

void PubSubPuller::send(const char* verb, const QByteArray& body, Token which,
                        void (PubSubPuller::*then)(const HttpResponse&)) {
    const auto token = which == Token::Current ? m_tokens.current() : m_tokens.renewedAfter(m_token);
    whenDone(token, this, [this, verb, body, which, then](const Result<SecretString>& given) {
        if (!given) return retreat(given.error());
        m_token = *given;
        const auto url = pubSubUrl(m_place, verb);
        if (!url) return retreat(url.error());
        HttpRequest request;
        request.method = HttpRequest::Method::Post;
        request.url = *url;
        request.policy.hosts = {u"pubsub.googleapis.com"_s};
        if (!m_place.baseUrl.isEmpty()) request.policy.loopback = HttpPolicy::Loopback::Allowed;
        request.group = m_group;
        request.maxBodyBytes = kMostBytesPulled;
        request.timeouts.firstByteMs = kPatienceMs;
        request.timeouts.totalMs = 2 * kPatienceMs;
        request.headers.emplace_back("Content-Type", "application/json");
        const std::string_view text = m_token.reveal();
        request.headers.emplace_back("Authorization",
                                     "Bearer " + QByteArray(text.data(), static_cast<qsizetype>(text.size())));
        request.body = body;
        whenDone(m_transport.send(std::move(request)), this,
                 [this, verb, body, which, then](const Result<HttpResponse>& response) {
                     if (!response) return retreat(response.error());
                     if (response->status == 401 && which == Token::Current)
                         return send(verb, body, Token::Renewed, then);
                     if (response->status < 200 || response->status > 299) return retreat(pullError(*response));
                     (this->*then)(*response);
                 });
    });
}

void PubSubPuller::takeAnswer(const HttpResponse& response) {
    const auto batch = readPulled(response.body);
    if (!batch) return retreat(batch.error());
    m_state.answeredAt = m_clock.now();
    m_state.error.reset();
    if (batch->ackIds.isEmpty()) return rest();
    takeBatch(*batch);
}

void PubSubPuller::takeBatch(const PulledBatch& batch) {
    m_idle = 0;
    m_empty = 0;
    m_messages = m_pace.messages;
    const auto taken = m_events.take(batch.messages);
    if (!taken) return retreat(taken.error());
    m_state.messages += static_cast<qint64>(batch.messages.size());
    post("acknowledge", acknowledgeBody(batch.ackIds), &PubSubPuller::acknowledged);
}

void PubSubPuller::acknowledged(const HttpResponse&) {
    m_troubles = 0;
    tell();
    m_timer.start(0);
}

void PubSubPuller::rest() {
    m_troubles = 0;
    const bool wasKept = m_clock.monotonicMs() - m_askedAtMs >= kKeptMs;
    m_idle = wasKept ? 0 : m_idle + 1;
    m_timer.start(wasKept ? 0
                          : pullWaitMs(m_idle, m_pace.firstWaitMs, m_pace.longestIdleMs,
                                       QRandomGenerator::global()->generateDouble()));
    tell();
    if (++m_empty >= kEmptyAnswersOfAnEmptyQueue && m_events.drained) m_events.drained();
}

void PubSubPuller::retreat(const Error& error) {
    // Fewer at a time, down to one; larger than that no message can be.
    if (error.cause == ErrorCause::BodyTooLarge) m_messages = std::max(1, m_messages / 4);
    ++m_troubles;
    m_state.error = error;
    qCInfo(logSync, "Pub/Sub could not be asked: %s", qUtf8Printable(errorWords(error)));
    m_timer.start(
        pullWaitMs(m_troubles, m_pace.firstWaitMs, m_pace.longestWaitMs, QRandomGenerator::global()->generateDouble()));
    tell();
}

void PubSubPuller::tell() {
    if (m_events.changed) m_events.changed(m_state);
}

} // namespace aiva
