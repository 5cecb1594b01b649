#include "core/adapters/pubsub/pubsub_messages.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

// A message has at most a hundred attributes of a kilobyte each; ours has a dozen.
constexpr qsizetype kMostAttributes = 100;
constexpr qsizetype kLongestAttribute = 1024;

PulledMessage readMessage(const QJsonObject& message) {
    PulledMessage read;
    const QJsonObject attributes = message.value("attributes"_L1).toObject();
    for (auto it = attributes.begin(); it != attributes.end() && qsizetype(read.attributes.size()) < kMostAttributes;
         ++it)
        if (it.value().isString() && it.value().toString().size() <= kLongestAttribute)
            read.attributes.emplace_back(it.key().toUtf8(), it.value().toString().toUtf8());
    const auto data =
        QByteArray::fromBase64Encoding(message.value("data"_L1).toString().toLatin1(),
                                       QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
    read.isBroken = !data;
    if (data) read.body = *data;
    return read;
}

} // namespace

QByteArray pullBody(int messages, PullWait wait) {
    QJsonObject body{{u"maxMessages"_s, messages}};
    if (wait == PullWait::AtOnce) body.insert(u"returnImmediately"_s, true);
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

QByteArray acknowledgeBody(const QByteArrayList& ackIds) {
    QJsonArray ids;
    for (const QByteArray& id : ackIds)
        ids.append(QString::fromUtf8(id));
    return QJsonDocument(QJsonObject{{u"ackIds"_s, ids}}).toJson(QJsonDocument::Compact);
}

Result<PulledBatch> readPulled(const QByteArray& body) {
    if (body.trimmed().isEmpty()) return PulledBatch();
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(body, &problem);
    if (problem.error != QJsonParseError::NoError || !document.isObject())
        return Error{ErrorKind::Network, u"Pub/Sub's answer is not whole"_s, ErrorCause::BodyTruncated};
    PulledBatch batch;
    for (const QJsonValue& received : document.object().value("receivedMessages"_L1).toArray()) {
        const QByteArray ackId = received.toObject().value("ackId"_L1).toString().toUtf8();
        if (ackId.isEmpty()) continue; // comes again, with one
        batch.ackIds.append(ackId);
        batch.messages.push_back(readMessage(received.toObject().value("message"_L1).toObject()));
    }
    return batch;
}

Error pullError(const HttpResponse& response) {
    const QString detail = u"Pub/Sub answered HTTP %1"_s.arg(response.status);
    switch (response.status) {
    case 401:
        return {ErrorKind::Auth, detail, ErrorCause::QueueKeyRefused};
    case 403:
        return {ErrorKind::Auth, detail, ErrorCause::QueueRoleMissing};
    case 404:
        return {ErrorKind::NotFound, detail + u": there is no such subscription in this project"_s};
    case 429:
        return {ErrorKind::RateLimited, detail};
    case 408:
    case 504:
        return {ErrorKind::Timeout, detail};
    default:
        break;
    }
    if (response.status >= 500) return {ErrorKind::Network, detail};
    return {ErrorKind::Invalid, detail};
}

Result<QUrl> pubSubUrl(const PullPlace& place, const char* verb) {
    static const QRegularExpression project(u"^[a-z][a-z0-9-]{4,28}[a-z0-9]$"_s);
    static const QRegularExpression subscription(u"^[A-Za-z][A-Za-z0-9._~+-]{2,254}$"_s);
    if (!project.match(place.project).hasMatch())
        return Error{ErrorKind::Invalid, u"this is no id of a Google Cloud project"_s};
    if (!subscription.match(place.subscription).hasMatch() || place.subscription.startsWith("goog"_L1))
        return Error{ErrorKind::Invalid, u"this is no name of a Pub/Sub subscription"_s};
    QUrl base(place.baseUrl.isEmpty() ? u"https://pubsub.googleapis.com"_s : place.baseUrl, QUrl::StrictMode);
    if (!place.baseUrl.isEmpty() && (!base.isValid() || !isLoopbackHost(base.host()) || base.path().size() > 1))
        return Error{ErrorKind::Refused, u"another address of Pub/Sub is taken on this machine only"_s,
                     ErrorCause::HostNotAllowed};
    base.setPath(
        u"/v1/projects/%1/subscriptions/%2:%3"_s.arg(place.project, place.subscription, QLatin1StringView(verb)));
    return base;
}

int pullWaitMs(int inARow, int firstMs, int longestMs, double dice) {
    qint64 wait = firstMs;
    for (int i = 1; i < inARow && wait < longestMs; ++i)
        wait *= 2;
    wait = std::min<qint64>(wait, longestMs);
    return static_cast<int>(wait / 2 + static_cast<qint64>(static_cast<double>(wait / 2) * std::clamp(dice, 0.0, 1.0)));
}

} // namespace aiva
