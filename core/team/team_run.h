// TeamRun: what the runs of this folder share: started once, answered once through a future, gone after that. One that
// is deleted before (its owner ended) leaves its future cancelled, and nobody is called back.
#pragma once

#include "core/base/async.h"

#include <QObject>

namespace aiva {

template <typename T>
class TeamRun : public QObject {
public:
    using QObject::QObject;

    Future<T> start() {
        m_promise.start();
        const Future<T> future = m_promise.future();
        begin();
        return future;
    }

protected:
    virtual void begin() = 0;
    void finish(Result<T> result) {
        if (std::exchange(m_isOver, true)) return;
        m_promise.addResult(std::move(result));
        m_promise.finish();
        deleteLater();
    }

private:
    QPromise<Result<T>> m_promise;
    bool m_isOver = false;
};

} // namespace aiva
