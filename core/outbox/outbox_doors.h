// What the outbox needs of the world outside, and how patient it is. Made by app; tests bring fakes and hurry.
#pragma once

#include "core/base/clock.h"
#include "core/domain/mail/mail_account.h"
#include "core/ports/claim_port.h"
#include "core/ports/mailbox_port.h"
#include "core/ports/submission_port.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <vector>

namespace aiva {

struct OutboxDoors {
    std::function<MailboxPort*(MailboxId)> mailbox; // not owned; null while it cannot be reached at all
    std::function<std::unique_ptr<SubmissionPort>(const MailAccount&)> submission; // one for one mail
    ClaimPort& claims;
    const Clock& clock;
};

struct SendPace {
    // Waits after the first, second … failure that may pass by itself; the last one repeats.
    std::vector<qint64> retryMs{2'000, 4'000, 8'000, 300'000, 900'000, 3'600'000};
    int tries = 50;                                               // then a person decides: about two days
    std::vector<qint64> lookMs{500, 1'000, 2'000, 5'000, 15'000}; // between looks for a copy; the last one repeats
    qint64 proofWindowMs = 300'000;                               // a copy not there by then will not come
    qint64 stepLimitMs = 900'000;                                 // a port that answers nothing for so long is given up
    qint64 storageRetryMs = 5'000;
    qint64 longestSleepMs = 30'000; // timers stand still while a machine sleeps, clocks do not
    int parallel = 4;               // mails being handed over at once

    qint64 retryAfter(int failures) const { return at(retryMs, failures - 1); }
    qint64 lookAfter(int looks) const { return at(lookMs, looks - 1); }

private:
    static qint64 at(const std::vector<qint64>& waits, int index) {
        return waits.empty() ? 0 : waits[std::min(static_cast<size_t>(std::max(index, 0)), waits.size() - 1)];
    }
};

} // namespace aiva
