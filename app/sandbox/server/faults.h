// Failures ordered ahead of time (POST /sandbox/faults) or drawn at a rate. Thread-safe.
#pragma once

#include "app/sandbox/world/random.h"
#include "core/base/result.h"

#include <QByteArray>

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aiva::sandbox {

// What a fault touches: any answer over HTTP, a bulk operation as it is submitted, or the records themselves.
enum class FaultStage { Http, BulkRun, Records };

class Faults {
public:
    Faults(std::uint64_t seed, int percent);

    // {"next":[{"match":"orders","kind":"503","count":1,"after":0}]}; an empty list forgets what is pending.
    // Invalid names the entry that is wrong.
    Result<void> order(const QByteArray& json);
    // The kind that strikes a request with this label ("OrdersPage orders", "token", "download orders"), if any.
    std::optional<std::string> strike(FaultStage stage, std::string_view label);
    int pending() const;

private:
    struct Planned {
        std::string match;
        std::string kind;
        int count = 1;
        int after = 0;
    };

    mutable std::mutex m_mutex;
    std::vector<Planned> m_planned;
    Random m_random;
    int m_percent;
};

} // namespace aiva::sandbox
