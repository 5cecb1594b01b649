// Answer<T>: one promised result, said once. Used by the runs of adapters. When its owner dies before saying anything
// the asker hears Refused instead of waiting for ever.
#pragma once

#include "core/base/async.h"

#include <QPromise>

namespace aiva {

inline Error cancelledError() {
    return {ErrorKind::Refused, QStringLiteral("cancelled")};
}

template <typename T>
class Answer {
public:
    Answer() { m_promise.start(); }
    ~Answer() { say(cancelledError()); }
    Answer(const Answer&) = delete;
    Answer& operator=(const Answer&) = delete;

    Future<T> future() const { return m_promise.future(); }
    bool isSaid() const { return m_said; }
    // Only the first result counts.
    void say(Result<T> result) {
        if (m_said) return;
        m_said = true;
        m_promise.addResult(std::move(result));
        m_promise.finish();
    }

private:
    QPromise<Result<T>> m_promise;
    bool m_said = false;
};

} // namespace aiva
