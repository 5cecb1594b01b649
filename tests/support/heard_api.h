// What a port told of its exchanges, in order.
#pragma once

#include "core/ports/store_port.h"

#include <QStringList>

namespace aiva::test {

class HeardApi final : public ApiListener {
public:
    QStringList log; // "answered", "held 400", or the error's words
    qint64 slowestMs = 0;

    void exchanged(qint64 ms, const std::optional<Error>& error) override {
        log << (error ? errorWords(*error) : QStringLiteral("answered"));
        slowestMs = std::max(slowestMs, ms);
    }
    void heldBack(qint64 ms) override { log << QStringLiteral("held %1").arg(ms); }
};

} // namespace aiva::test
