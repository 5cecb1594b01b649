// The two ways to consume a QFuture<Result<T>>. Both run `fn` on the context's thread and never after the context died.
// QFuture::then(context, …) is not used: it aborts a debug build of Qt 6.4 when the context dies first.
#pragma once

#include "core/base/result.h"

#include <QFuture>
#include <QFutureWatcher>
#include <QPromise>

#include <memory>
#include <type_traits>

namespace aiva {

template <typename T>
using Future = QFuture<Result<T>>;

// A future that is already answered.
template <typename T>
Future<T> readyFuture(Result<T> result) {
    QPromise<Result<T>> promise;
    promise.start();
    promise.addResult(std::move(result));
    promise.finish();
    return promise.future();
}

// Calls fn(const Result<T>&) once, on the context's thread, when the future is answered; not at all when it was
// cancelled or the context is gone.
template <typename T, typename Fn>
void whenDone(const QFuture<T>& future, QObject* context, Fn fn) {
    auto* watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, fn = std::move(fn)]() mutable {
        watcher->deleteLater();
        if (watcher->future().isCanceled() || watcher->future().resultCount() == 0) return;
        fn(watcher->result());
    });
    watcher->setFuture(future);
}

// Chains: on success fn(const T&) -> Future<U> decides; on error the error passes through. A dead context leaves the
// returned future cancelled.
template <typename T, typename Fn>
auto andThen(const QFuture<Result<T>>& future, QObject* context, Fn fn) {
    using NextFuture = std::invoke_result_t<Fn, const T&>;
    using NextResult = std::decay_t<decltype(std::declval<NextFuture>().result())>;
    auto promise = std::make_shared<QPromise<NextResult>>();
    promise->start();
    whenDone(future, context, [context, fn = std::move(fn), promise](const Result<T>& result) mutable {
        if (!result) {
            promise->addResult(NextResult(result.error()));
            promise->finish();
            return;
        }
        whenDone(fn(*result), context, [promise](const NextResult& next) {
            promise->addResult(next);
            promise->finish();
        });
    });
    return promise->future();
}

} // namespace aiva
