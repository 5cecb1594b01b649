// await(future): runs the event loop until the future is answered. For tests only; QTest::qWaitFor would sleep ten
// milliseconds between two looks.
#pragma once

#include "core/base/async.h"

#include <QEventLoop>
#include <QTimer>

namespace aiva::test {

template <typename T>
Result<T> await(const Future<T>& future, int ms = 30'000) {
    if (!future.isFinished()) {
        QEventLoop loop;
        QFutureWatcher<Result<T>> watcher;
        QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
        watcher.setFuture(future);
        QTimer::singleShot(ms, &loop, &QEventLoop::quit);
        loop.exec();
    }
    if (!future.isFinished() || future.resultCount() == 0)
        return Error{ErrorKind::Internal, QStringLiteral("the future was never answered")};
    return future.result();
}

} // namespace aiva::test
