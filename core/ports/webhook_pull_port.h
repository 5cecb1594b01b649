// The door to a queue that shops deliver into and that we fetch from (S4): no address of ours is needed. Today that is
// Google Cloud Pub/Sub. Lives on the core thread.
#pragma once

#include "core/base/result.h"
#include "core/base/utc_time.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace aiva {

struct PullPlace {
    QString project;
    QString subscription;
    QString baseUrl; // of an emulator on this machine, loopback only; empty: Google
};

struct PulledMessage {
    std::vector<std::pair<QByteArray, QByteArray>> attributes;
    QByteArray body;
    bool isBroken = false; // its bytes cannot be read; it is dealt with all the same, or it would come for ever
};

struct PullState {
    std::optional<Error> error; // of the last question; absent when it was answered
    std::optional<UtcTime> answeredAt;
    qint64 messages = 0; // fetched since it began
};

struct PullEvents {
    // All of a batch is dealt with, on the disk, when this answers: only then is it acknowledged. An error makes it
    // come again.
    std::function<Result<void>(const std::vector<PulledMessage>&)> take;
    std::function<void(const PullState&)> changed; // after each answer; may be absent
    std::function<void()> drained;                 // nothing is waiting, asked twice; may be absent
};

// Fetches while it lives. After trouble it waits ever longer and goes on by itself.
class WebhookPull {
public:
    virtual ~WebhookPull();
    virtual PullState state() const = 0;
};

} // namespace aiva
