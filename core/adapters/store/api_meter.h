// Tells a store's ApiListener of each exchange of one call with the shop, once it is clear how it ended. Used by the
// calls of every shop's adapter.
#pragma once

#include "core/ports/store_port.h"

#include <QElapsedTimer>

#include <memory>
#include <utility>

namespace aiva {

class ApiMeter {
public:
    explicit ApiMeter(std::shared_ptr<ApiListener> listener) : m_listener(std::move(listener)) {}

    // A request leaves. One that is still out was answered, with what led to this question.
    void leave() {
        answered();
        m_isOut = true;
        m_sinceLeft.start();
    }
    void answered() { tell({}); }
    void limited() { tell(Error{ErrorKind::RateLimited, {}}); }
    void heldBack(qint64 ms) {
        if (m_listener) m_listener->heldBack(ms);
    }
    template <typename T>
    void end(const Result<T>& result) {
        tell(result ? std::nullopt : std::optional(result.error()));
    }
    // Nobody waits for the answer any more: how it would have ended is not known.
    void drop() { m_isOut = false; }

private:
    void tell(const std::optional<Error>& error) {
        if (std::exchange(m_isOut, false) && m_listener) m_listener->exchanged(m_sinceLeft.elapsed(), error);
    }

    std::shared_ptr<ApiListener> m_listener;
    QElapsedTimer m_sinceLeft;
    bool m_isOut = false;
};

} // namespace aiva
