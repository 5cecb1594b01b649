#include "core/adapters/model/model_call.h"

#include "core/adapters/http/http_errors.h"

#include <QJsonDocument>
#include <QPointer>
#include <QRandomGenerator>

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;
using End = AnswerSoFar::End;

// Events wrap a few letters each in a few hundred bytes.
static constexpr qint64 kMostStreamBytes = 64 * 1024 * 1024;

// Outlives the call when the exchange does.
class ModelCall::Ear final : public HttpListener {
public:
    explicit Ear(ModelCall* call) : m_call(call) {}
    Result<void> begin(const HttpResponse& head) override {
        return m_call ? m_call->begin(head) : Result<void>(cancelledError());
    }
    Result<void> accept(QByteArrayView bytes) override {
        return m_call ? m_call->take(bytes) : Result<void>(cancelledError());
    }

private:
    QPointer<ModelCall> m_call;
};

// A model that was only asked for JSON in words may put it into a code block.
static QString withoutFence(const QString& text) {
    QString inner = text.trimmed();
    if (!inner.startsWith("```"_L1) || !inner.endsWith("```"_L1) || !inner.contains(u'\n')) return inner;
    inner.chop(3);
    return inner.mid(inner.indexOf(u'\n') + 1).trimmed();
}

ModelCall::ModelCall(ModelClient& client, const ModelRequest& request, std::function<void(const QString&)> onText)
    : QObject(&client)
    , m_client(client)
    , m_request(request)
    , m_onText(std::move(onText))
    , m_group(client.m_transport.newGroup()) {
    m_wait.setSingleShot(true);
    connect(&m_wait, &QTimer::timeout, this, &ModelCall::send);
    connect(&m_asker, &QFutureWatcherBase::canceled, this, &ModelCall::cancel);
}

Future<ModelAnswer> ModelCall::start() {
    m_asker.setFuture(m_answer.future());
    send();
    return m_answer.future();
}

void ModelCall::cancel() {
    answer(cancelledError());
    m_client.m_transport.abort(m_group);
}

void ModelCall::send() {
    m_parser = {};
    m_soFar = {};
    m_hasBegun = false;
    const ModelDialect& dialect = *m_client.m_dialect;
    const ModelPace& pace = m_client.m_pace;
    HttpRequest request = m_client.request(HttpRequest::Method::Post, dialect.answerUrl());
    request.headers.emplace_back("Content-Type", "application/json");
    request.headers.emplace_back("Accept", "text/event-stream");
    request.body = dialect.body(m_request);
    request.timeouts = {pace.connectMs, pace.firstByteMs, pace.idleMs, pace.totalMs, 0, 0};
    request.maxBodyBytes = kMostStreamBytes;
    request.group = m_group;
    whenDone(m_client.m_transport.stream(std::move(request), std::make_shared<Ear>(this)), this,
             [this](const Result<HttpResponse>& response) {
                 if (!m_answer.isSaid()) onEnd(response);
             });
}

Result<void> ModelCall::begin(const HttpResponse& head) {
    m_hasBegun = true;
    m_requestId = QString::fromLatin1(head.header("request-id").left(64));
    if (m_requestId.isEmpty()) m_requestId = head.requestId;
    const QByteArray type = head.header("Content-Type");
    if (type.isEmpty() || type.startsWith("text/event-stream")) return {};
    m_soFar.fault = malformedFault("the endpoint answered something else than an event stream");
    return m_soFar.fault->error;
}

Result<void> ModelCall::take(QByteArrayView bytes) {
    if (m_answer.isSaid()) return cancelledError();
    AIVA_TRY(const auto events, m_parser.feed(bytes));
    for (const SseEvent& event : events) {
        const qsizetype before = m_soFar.text.size();
        m_client.m_dialect->read(event, m_soFar);
        if (m_soFar.fault) return m_soFar.fault->error;
        if (m_soFar.text.size() > kMostText) return tooLargeError();
        AIVA_CHECK(handOn(before));
        // The last word was said; what a server does with the connection afterwards is its own affair.
        if (m_soFar.isOver) return cancelledError();
    }
    return {};
}

// At once: the listener shows the first letters while the rest is still being written.
Result<void> ModelCall::handOn(qsizetype from) {
    if (!m_onText || m_soFar.text.size() <= from) return {};
    m_handedOn = true;
    const QPointer<ModelCall> self(this);
    const auto onText = m_onText; // the listener may end this call
    onText(m_soFar.text.mid(from));
    return self && !m_answer.isSaid() ? Result<void>() : Result<void>(cancelledError());
}

void ModelCall::onEnd(const Result<HttpResponse>& response) {
    if (m_soFar.fault) return onFault(*m_soFar.fault);
    if (m_client.m_dialect->isWhole(m_soFar)) return finish();
    if (m_soFar.isOver) return answer(endError());
    if (!response && m_hasBegun) return answer(transportError(response.error()));
    if (!response) return onFault(faultOfTransport(response.error()));
    if (!m_hasBegun) return onStatus(*response);
    answer(endError());
}

void ModelCall::onStatus(const HttpResponse& response) {
    const ModelFault fault = faultOfResponse(response, m_client.m_clock);
    const bool isDislike = (response.status == 400 || response.status == 422) && fault.error.cause == ErrorCause::None;
    if (isDislike && m_client.m_dialect->relax(fault)) return send();
    onFault(fault);
}

void ModelCall::onFault(const ModelFault& fault) {
    const bool isTooLong = fault.afterMs.value_or(0) > m_client.m_pace.retryAfterMostMs;
    if (!fault.mayRetry || m_handedOn || isTooLong || m_retries >= m_client.m_pace.retries) return answer(fault.error);
    const qint64 wait = waitMs(fault);
    ++m_retries;
    m_wait.start(static_cast<int>(wait));
}

qint64 ModelCall::waitMs(const ModelFault& fault) const {
    const ModelPace& pace = m_client.m_pace;
    const double swing = QRandomGenerator::global()->generateDouble() * pace.jitter;
    if (fault.afterMs) return static_cast<qint64>(static_cast<double>(*fault.afterMs) * (1.0 + swing));
    const qint64 own = std::min(pace.retryFirstMs << m_retries, pace.retryLongestMs);
    return static_cast<qint64>(static_cast<double>(own) * (1.0 - swing));
}

Error ModelCall::endError() const {
    switch (m_soFar.end) {
    case End::Declined:
        return {ErrorKind::Refused, u"the model declined to answer"_s, ErrorCause::ModelDeclined};
    case End::TooLong:
        return {ErrorKind::Invalid, u"the answer reached its length limit"_s, ErrorCause::AnswerCut};
    case End::Other:
        return {ErrorKind::Invalid, u"the model stopped for another reason than being done"_s, ErrorCause::AnswerCut};
    case End::Open:
    case End::Whole:
        break;
    }
    return {ErrorKind::Network, u"the stream ended before the answer did"_s, ErrorCause::AnswerCut};
}

Error ModelCall::transportError(const Error& error) const {
    const bool isCut = error.kind == ErrorKind::Network && error.cause != ErrorCause::BodyTooLarge &&
                       error.cause != ErrorCause::ProtocolBroken;
    return isCut ? endError() : error;
}

void ModelCall::finish() {
    const QByteArray json = withoutFence(m_soFar.text).toUtf8();
    if (!QJsonDocument::fromJson(json).isObject())
        return answer(malformedFault("the answer is not a JSON object").error);
    const QString model = m_soFar.model.isEmpty() ? m_client.m_dialect->endpoint().model : m_soFar.model;
    answer(ModelAnswer{json, model.left(200), m_soFar.inputTokens, m_soFar.outputTokens, m_requestId});
}

void ModelCall::answer(Result<ModelAnswer> result) {
    if (m_answer.isSaid()) return;
    m_wait.stop();
    m_answer.say(std::move(result));
    deleteLater();
}

} // namespace aiva
