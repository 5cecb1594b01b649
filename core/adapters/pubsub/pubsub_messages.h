// What passes between us and Pub/Sub's REST API v1 (projects.subscriptions.pull, .acknowledge), and how long to wait
// between two questions. Pure.
#pragma once

#include "core/adapters/http/http_types.h"
#include "core/ports/webhook_pull_port.h"

#include <QByteArrayList>

namespace aiva {

struct PulledBatch {
    std::vector<PulledMessage> messages;
    QByteArrayList ackIds; // of those and of what could not be read at all
};

// AtOnce asks not to be kept waiting when there is nothing.
enum class PullWait { Patient, AtOnce };
QByteArray pullBody(int messages, PullWait wait);
QByteArray acknowledgeBody(const QByteArrayList& ackIds);
// No body at all says that nothing is there. Network/BodyTruncated when it is not one whole JSON object.
Result<PulledBatch> readPulled(const QByteArray& body);
// For any status but 2xx.
Error pullError(const HttpResponse& response);

// "https://pubsub.googleapis.com/v1/projects/P/subscriptions/S:pull". Invalid when the names are none, or the base URL
// is not on this machine.
Result<QUrl> pubSubUrl(const PullPlace& place, const char* verb);

struct PubSubPace {
    int firstWaitMs = 1'000;
    int longestWaitMs = 60'000; // after trouble
    int longestIdleMs = 10'000; // while nothing comes and the server does not keep the question
    int messages = 100;
};
// Doubles with each trouble in a row, from half of it to all of it by `dice` (0 to 1), so that many desks do not come
// back together.
int pullWaitMs(int inARow, int firstMs, int longestMs, double dice);

} // namespace aiva
