// How long the IMAP client waits for what. Injected, so that tests need not wait as long.
#pragma once

#include "core/adapters/mail/wire/line_connection.h"

#include <vector>

namespace aiva {

struct ImapPace {
    WirePace wire;
    int idleMs = 28 * 60 * 1000; // IDLE is begun anew: servers may hang up after 30 minutes (RFC 2177)
    int noopMs = 30'000;         // between two looks at a watched folder without IDLE
    int restMs = 4 * 60 * 1000;  // a working connection without work is closed before a router forgets it
    int settleMs = 50;           // several changes in a watched folder within it are told once
    std::vector<int> reconnectMs{1'000, 2'000, 4'000, 8'000, 15'000, 30'000, 60'000, 120'000, 300'000};
};

} // namespace aiva
