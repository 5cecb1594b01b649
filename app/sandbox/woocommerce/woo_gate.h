// Who may ask: WooCommerce's own check of a signed query, with its messages. Written after WordPress's code in PHP, not
// after the client it has to judge. Thread-safe.
#pragma once

#include "core/base/utc_time.h"

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace aiva::sandbox {

struct WooError {
    int status = 401;
    std::string code;
    std::string message;
};

// The query as PHP reads it: decoded names and values, the last of a name counts.
using WooQuery = std::map<std::string, std::string>;
WooQuery readWooQuery(const std::string& query);

class WooGate {
public:
    WooGate(std::string key, std::string secret) : m_key(std::move(key)), m_secret(std::move(secret)) {}

    const std::string& key() const { return m_key; }
    const std::string& secret() const { return m_secret; }
    // Nothing when the key signed the request. `url`: the site's own address and the path, without a query.
    std::optional<WooError> check(const std::string& method, const std::string& url, const WooQuery& query,
                                  UtcTime now);

private:
    std::optional<WooError> checkNonce(std::int64_t timestamp, const std::string& nonce, UtcTime now);

    const std::string m_key;
    const std::string m_secret;
    std::mutex m_mutex;
    std::map<std::string, std::int64_t> m_nonces; // with their time, for as long as it would be taken
};

} // namespace aiva::sandbox
