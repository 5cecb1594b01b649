#include "core/storage/stores/api_health.h"

namespace aiva {

class ApiHealthRepository::Private {
public:
    Statement add;
    Statement last;
    Statement prune;
    Statement day;
    Statement ends;
};

namespace {

constexpr qint64 kApiHourMs = 60 * 60 * 1000;
constexpr qint64 kApiHoursShown = 24;
constexpr qint64 kApiHoursKept = 7 * 24;

constexpr std::string_view kAddApiHour = R"sql(
INSERT INTO store_api_hours (store_id, hour, answered, answered_ms, limited, refused, failed, unreachable, held_back_ms)
SELECT id, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 FROM stores WHERE id = ?1
ON CONFLICT (store_id, hour) DO UPDATE SET
    answered = answered + excluded.answered, answered_ms = answered_ms + excluded.answered_ms,
    limited = limited + excluded.limited, refused = refused + excluded.refused, failed = failed + excluded.failed,
    unreachable = unreachable + excluded.unreachable, held_back_ms = held_back_ms + excluded.held_back_ms)sql";

constexpr std::string_view kKeepApiEnds = R"sql(
INSERT INTO store_api_last (store_id, answered_at, failed_at, error)
SELECT id, ?2, ?3, ?4 FROM stores WHERE id = ?1
ON CONFLICT (store_id) DO UPDATE SET
    answered_at = coalesce(excluded.answered_at, answered_at),
    error = iif(excluded.failed_at IS NULL, error, excluded.error),
    failed_at = coalesce(excluded.failed_at, failed_at))sql";

constexpr std::string_view kPruneApiHours = "DELETE FROM store_api_hours WHERE store_id = ?1 AND hour <= ?2";

constexpr std::string_view kApiDay = R"sql(
SELECT total(answered), total(answered_ms), total(limited), total(refused), total(failed), total(unreachable),
       total(held_back_ms)
FROM store_api_hours WHERE store_id = ?1 AND hour > ?2 AND hour <= ?3)sql";

constexpr std::string_view kApiEnds = "SELECT answered_at, failed_at, error FROM store_api_last WHERE store_id = ?1";

} // namespace

ApiHealthRepository::ApiHealthRepository(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

ApiHealthRepository::~ApiHealthRepository() = default;

Result<std::unique_ptr<ApiHealthRepository>> ApiHealthRepository::create(Database& database) {
    auto priv = std::make_unique<Private>();
    AIVA_TRY(priv->add, database.prepare(kAddApiHour));
    AIVA_TRY(priv->last, database.prepare(kKeepApiEnds));
    AIVA_TRY(priv->prune, database.prepare(kPruneApiHours));
    AIVA_TRY(priv->day, database.prepare(kApiDay));
    AIVA_TRY(priv->ends, database.prepare(kApiEnds));
    return std::unique_ptr<ApiHealthRepository>(new ApiHealthRepository(std::move(priv)));
}

Result<void> ApiHealthRepository::add(StoreId store, UtcTime now, const ApiHealth& lately) {
    const qint64 hour = now.ms() / kApiHourMs;
    d->add.bind(1, store).bind(2, hour).bind(3, lately.answered).bind(4, lately.answeredMs).bind(5, lately.limited);
    d->add.bind(6, lately.refused).bind(7, lately.failed).bind(8, lately.unreachable).bind(9, lately.heldBackMs);
    AIVA_CHECK(d->add.run());
    d->last.bind(1, store).bind(2, lately.answeredAt).bind(3, lately.failedAt).bind(4, lately.error);
    AIVA_CHECK(d->last.run());
    return d->prune.bind(1, store).bind(2, hour - kApiHoursKept).run();
}

Result<ApiHealth> ApiHealthRepository::ofLastDay(StoreId store, UtcTime now) {
    ApiHealth health;
    const qint64 hour = now.ms() / kApiHourMs;
    AIVA_TRY(const bool counted, d->day.bind(1, store).bind(2, hour - kApiHoursShown).bind(3, hour).step());
    if (counted) {
        qint64* const columns[] = {&health.answered, &health.answeredMs,  &health.limited,   &health.refused,
                                   &health.failed,   &health.unreachable, &health.heldBackMs};
        for (int i = 0; i < static_cast<int>(std::size(columns)); ++i)
            *columns[i] = d->day.integer(i);
    }
    d->day.reset();
    AIVA_TRY(const bool known, d->ends.bind(1, store).step());
    if (known) {
        health.answeredAt = d->ends.optionalTime(0);
        health.failedAt = d->ends.optionalTime(1);
        health.error = d->ends.text(2);
    }
    d->ends.reset();
    return health;
}

} // namespace aiva
