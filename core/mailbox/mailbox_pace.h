// How much mailbox sync asks for and writes at a time, and how long it waits. Production uses the defaults; tests
// shorten them.
#pragma once

#include <QtGlobal>

#include <atomic>
#include <memory>
#include <vector>

namespace aiva {

struct MailboxPace {
    size_t firstBatch = 60; // small: the desk is usable as soon as it is written
    size_t secondBatch = 200;
    size_t largestBatch = 500;
    size_t smallestBatch = 8;    // of a folder of huge mails
    qint64 batchBytes = 6 << 20; // aimed at; two batches are in memory at a time
    qint64 batchMs = 1'500;      // aimed at: new mail waits for the batch that is on its way
    qint64 sliceMs = 40;         // writing time of one transaction: other commands wait at most this long
    std::vector<qint64> retryMs{2'000, 4'000, 8'000, 30'000, 120'000, 300'000}; // the last one again and again
    double jitter = 0.25;                                                       // each wait varies by this share
    qint64 refusedMs = 30 * 60'000;   // after a refused login: trying faster locks accounts
    qint64 pollMs = 5 * 60'000;       // folders nobody watches
    qint64 relistMs = 24 * 3'600'000; // after which a folder is compared whole, whatever its mod-sequences say
    // Commands waiting for the core thread: above zero, the current transaction ends early. May be absent.
    std::shared_ptr<const std::atomic<int>> waitingCommands;

    bool isHurried() const { return waitingCommands && waitingCommands->load(std::memory_order_relaxed) > 0; }
};

} // namespace aiva
