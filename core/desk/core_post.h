// CorePost<Core>: how a half of the desk on the GUI thread talks to its half on the core thread: tell() runs a command
// there, ask() also brings an answer back. Used by DeskMail and DeskAnswers.
#pragma once

#include "core/base/async.h"

#include <functional>
#include <memory>
#include <utility>

namespace aiva {

template <typename Core>
class CorePost {
public:
    // Runs a function on the core thread, in the order of the calls.
    using Post = std::function<void(std::function<void(Core&)>)>;

    // A closed one has no other half: asking answers NotSupported, telling does nothing.
    enum class Other { There, Absent };
    CorePost(Other other, Post post) : m_other(other), m_post(std::move(post)) {}

    // fn(Core&) -> Future<T>; the answer comes back whatever thread it was made on.
    template <typename T, typename Fn>
    Future<T> ask(Fn fn) const {
        if (m_other == Other::Absent)
            return readyFuture<T>(
                Error{ErrorKind::Refused, QStringLiteral("this desk was opened without it"), ErrorCause::NotSupported});
        auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start();
        m_post([promise, fn = std::move(fn)](Core& core) {
            whenDone(fn(core), &core, [promise](const Result<T>& answer) {
                promise->addResult(answer);
                promise->finish();
            });
        });
        return promise->future();
    }

    void tell(std::function<void(Core&)> command) const {
        if (m_other == Other::There) m_post(std::move(command));
    }

private:
    Other m_other;
    Post m_post;
};

} // namespace aiva
