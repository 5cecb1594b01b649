// Asking the shop with patience (S7): transient errors are asked again after 2, 4 and 8 seconds, others pass at once.
// Used by the parts of a sync run; never by adapters, which wait out rate limits themselves.
#pragma once

#include "core/base/async.h"
#include "core/sync/sync_pace.h"

#include <QTimer>

#include <functional>

namespace aiva {

// Another attempt may succeed without anybody doing anything.
bool isTransient(const Error& error);
// The network could not be reached at all, as opposed to a shop that answered with a failure.
bool isUnreachable(const Error& error);
// `ms` varied by ±share.
qint64 withJitter(qint64 ms, double share);

// Told after each answer whether the network was reached.
using ContactListener = std::function<void(bool reached)>;

// Calls then(result) once, on the context's thread, unless the context dies first.
template <typename T>
void askPatiently(QObject* context, const SyncPace& pace, const ContactListener& contact,
                  std::function<Future<T>()> ask, std::function<void(const Result<T>&)> then, size_t attempt = 0) {
    whenDone(ask(), context, [=, &pace](const Result<T>& answer) {
        contact(answer || !isUnreachable(answer.error()));
        if (answer || !isTransient(answer.error()) || attempt >= pace.retryMs.size()) {
            then(answer);
            return;
        }
        const auto wait = static_cast<int>(withJitter(pace.retryMs[attempt], pace.jitter));
        QTimer::singleShot(wait, context, [=, &pace] { askPatiently(context, pace, contact, ask, then, attempt + 1); });
    });
}

} // namespace aiva
