#include "core/sync/sync_progress.h"

#include <algorithm>

namespace aiva {
namespace {

constexpr qint64 kTooEarlyMs = 2'000;

}

std::optional<qint64> timeLeftMs(const SyncProgress& progress) {
    qint64 done = 0;
    qint64 total = 0;
    bool isTotalKnown = !progress.resources.empty();
    for (const ResourceProgress& one : progress.resources) {
        done += one.done;
        total += std::max(one.total, one.done);
        isTotalKnown = isTotalKnown && (one.total > 0 || one.state == ResourceProgress::State::Done);
    }
    if (isTotalKnown && done > 0 && progress.elapsedMs >= kTooEarlyMs)
        return static_cast<qint64>(static_cast<double>(progress.elapsedMs) * static_cast<double>(total - done) /
                                   static_cast<double>(done));
    if (progress.estimatedMs && *progress.estimatedMs > progress.elapsedMs)
        return *progress.estimatedMs - progress.elapsedMs;
    return std::nullopt;
}

} // namespace aiva
