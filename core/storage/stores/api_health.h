// How a store's interface did (S6): counted by sync for each exchange, summed over a day for the stores page and for
// `aivactl doctor`. Kept by the hour for a week.
#pragma once

#include "core/base/result.h"
#include "core/base/utc_time.h"
#include "core/domain/ids.h"
#include "core/storage/database/database.h"

#include <memory>
#include <optional>

namespace aiva {

struct ApiHealth {
    // Exchanges by how they ended. Limited: the shop said "later". Failed: an answer that was none.
    qint64 answered = 0;
    qint64 limited = 0;
    qint64 refused = 0;
    qint64 failed = 0;
    qint64 unreachable = 0;
    qint64 answeredMs = 0; // of all answered ones together
    qint64 heldBackMs = 0; // waited for the rate limit, by the shop's word or ahead of it
    // Ever, whatever the span of the counts.
    std::optional<UtcTime> answeredAt;
    std::optional<UtcTime> failedAt; // refused, failed or unreachable
    QString error;                   // of failedAt, in errorWords()

    qint64 requests() const { return answered + limited + refused + failed + unreachable; }
    qint64 troubles() const { return refused + failed + unreachable; }
    qint64 meanAnswerMs() const { return answered > 0 ? answeredMs / answered : 0; }
    bool operator==(const ApiHealth&) const = default;
};

class ApiHealthRepository {
public:
    static Result<std::unique_ptr<ApiHealthRepository>> create(Database& database);
    ~ApiHealthRepository();

    // Adds what happened lately to the hour of `now`, inside the caller's transaction. A store that is gone meanwhile
    // is left out.
    Result<void> add(StoreId store, UtcTime now, const ApiHealth& lately);
    // Counts of the hour of `now` and the 23 before it.
    Result<ApiHealth> ofLastDay(StoreId store, UtcTime now);

private:
    class Private;
    explicit ApiHealthRepository(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
