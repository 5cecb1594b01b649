// The webhooks of the WooCommerce site: the collection /wc/v3/webhooks, and who hears of a topic. Gives a webhook up
// after more than five deliveries in a row that were not taken, as WooCommerce does. Thread-safe.
#pragma once

#include "app/sandbox/graph/json_text.h"

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace aiva::sandbox {

struct WooHook {
    std::int64_t id = 0;
    std::string name;
    std::string status = "active"; // active, paused, disabled
    std::string topic;
    std::string deliveryUrl;
    std::string secret; // empty: the consumer secret of who made it
    int failures = 0;
};

class WooHooks {
public:
    std::vector<WooHook> all() const;
    std::optional<WooHook> find(std::int64_t id) const;
    // Of a JSON body; what it leaves out stays. Without an id: a new one. Absent: topic or address are none.
    std::optional<WooHook> save(std::int64_t id, const std::string& body);
    bool remove(std::int64_t id);
    std::vector<WooHook> listenersOf(const std::string& topic) const;
    void noteDelivery(std::int64_t id, bool isTaken);

private:
    mutable std::mutex m_mutex;
    std::vector<WooHook> m_hooks;
    std::int64_t m_lastId = 140;
};

// The secret is not told again.
void writeWooHook(JsonText& out, const WooHook& hook);

} // namespace aiva::sandbox
