#include "core/storage/answers/auto_send_repository.h"

#include "core/domain/answering/draft_outcome.h"
#include "core/storage/workspace/settings_repository.h"

namespace aiva {

using namespace Qt::StringLiterals;

class AutoSendRepository::Private {
public:
    std::unique_ptr<SettingsRepository> settings;
    Statement rule;
    Statement save;
    Statement record;
    Statement counts;
};

static constexpr qint64 kHourMs = 3'600'000;
static constexpr qint64 kDayMs = 24 * kHourMs;

static constexpr std::string_view kRule = R"sql(
SELECT mode, threshold_percent, delay_minutes, delay_max_minutes, window_start_minute, window_end_minute, cap_per_hour,
       cap_per_customer_day, approvals_needed, languages
FROM auto_send_rules WHERE store_id = ?1 AND intent = ?2)sql";

static constexpr std::string_view kSaveRule = R"sql(
INSERT OR REPLACE INTO auto_send_rules (store_id, intent, mode, threshold_percent, delay_minutes, delay_max_minutes,
    window_start_minute, window_end_minute, cap_per_hour, cap_per_customer_day, approvals_needed, languages)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12))sql";

static constexpr std::string_view kRecord = R"sql(
SELECT outcome, count(*), sum(was_shadow_send) FROM draft_outcomes WHERE store_id = ?1 AND intent = ?2
GROUP BY outcome)sql";

// A mail dated later than now still counts: the clock may have been set back.
static constexpr std::string_view kCountsRule = R"sql(
SELECT (SELECT count(*) FROM draft_outcomes WHERE store_id = ?1 AND intent = ?2 AND outcome = 'auto_sent' AND at > ?3),
       (SELECT count(*) FROM draft_outcomes WHERE customer_email = ?4 AND outcome = 'auto_sent' AND at > ?5),
       (SELECT count(*) FROM draft_outcomes WHERE conversation_id = ?6 AND outcome = 'auto_sent' AND at >= ?7))sql";

AutoSendRepository::AutoSendRepository(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

AutoSendRepository::~AutoSendRepository() = default;

Result<std::unique_ptr<AutoSendRepository>> AutoSendRepository::create(Database& database) {
    auto priv = std::make_unique<Private>();
    AIVA_TRY(priv->settings, SettingsRepository::create(database));
    AIVA_TRY(priv->rule, database.prepare(kRule));
    AIVA_TRY(priv->save, database.prepare(kSaveRule));
    AIVA_TRY(priv->record, database.prepare(kRecord));
    AIVA_TRY(priv->counts, database.prepare(kCountsRule));
    return std::unique_ptr<AutoSendRepository>(new AutoSendRepository(std::move(priv)));
}

static int number(const Statement& row, int column) {
    return static_cast<int>(row.integer(column));
}

Result<AutoSendRule> AutoSendRepository::rule(StoreId store, Intent intent) {
    AutoSendRule rule;
    rule.store = store;
    rule.intent = intent;
    AIVA_TRY(const bool found, d->rule.bind(1, store).bind(2, toWord(intent)).step());
    if (!found) return rule;
    rule.mode = autoSendModeFromWord(d->rule.text(0)).value_or(AutoSendMode::Off);
    rule.thresholdPercent = number(d->rule, 1);
    rule.delayMinutes = number(d->rule, 2);
    rule.delayMaxMinutes = number(d->rule, 3);
    rule.windowStartMinute = number(d->rule, 4);
    rule.windowEndMinute = number(d->rule, 5);
    rule.capPerHour = number(d->rule, 6);
    rule.capPerCustomerDay = number(d->rule, 7);
    rule.approvalsNeeded = number(d->rule, 8);
    rule.languages = d->rule.text(9).split(u' ', Qt::SkipEmptyParts);
    d->rule.reset();
    return rule;
}

Result<std::vector<AutoSendRule>> AutoSendRepository::rules(StoreId store) {
    std::vector<AutoSendRule> rules;
    for (const Intent intent : intentsWithPlaybooks()) {
        AIVA_TRY(AutoSendRule found, rule(store, intent));
        rules.push_back(std::move(found));
    }
    return rules;
}

Result<void> AutoSendRepository::save(const AutoSendRule& rule) {
    d->save.bind(1, rule.store).bind(2, toWord(rule.intent)).bind(3, toWord(rule.mode)).bind(4, rule.thresholdPercent);
    d->save.bind(5, rule.delayMinutes).bind(6, rule.delayMaxMinutes).bind(7, rule.windowStartMinute);
    d->save.bind(8, rule.windowEndMinute).bind(9, rule.capPerHour).bind(10, rule.capPerCustomerDay);
    return d->save.bind(11, rule.approvalsNeeded).bind(12, rule.languages.join(u' ')).run();
}

Result<bool> AutoSendRepository::isStopped() {
    AIVA_TRY(const std::optional<QString> value, d->settings->value(QString(kAutoSendStoppedSetting)));
    return value && *value != u"0";
}

Result<void> AutoSendRepository::stop() {
    return d->settings->setValue(QString(kAutoSendStoppedSetting), u"1"_s);
}

Result<void> AutoSendRepository::allow() {
    return d->settings->setValue(QString(kAutoSendStoppedSetting), u"0"_s);
}

static void add(EarnedRecord& record, DraftOutcome outcome, int drafts, int shadowSends) {
    record.shadowSends += shadowSends;
    switch (outcome) {
    case DraftOutcome::Unedited:
        record.unedited += drafts;
        break;
    case DraftOutcome::Edited:
        record.edited += drafts;
        record.shadowErrors += shadowSends;
        break;
    case DraftOutcome::Discarded:
        record.discarded += drafts;
        record.shadowErrors += shadowSends;
        break;
    case DraftOutcome::AutoSent:
        record.autoSent += drafts;
        break;
    case DraftOutcome::Cancelled:
        break;
    }
}

Result<EarnedRecord> AutoSendRepository::record(StoreId store, Intent intent) {
    EarnedRecord record;
    record.store = store;
    record.intent = intent;
    d->record.bind(1, store).bind(2, toWord(intent));
    for (;;) {
        AIVA_TRY(const bool more, d->record.step());
        if (!more) return record;
        const auto outcome = draftOutcomeFromWord(d->record.text(0));
        if (outcome) add(record, *outcome, number(d->record, 1), number(d->record, 2));
    }
}

Result<AutoSendCounts> AutoSendRepository::counts(const AutoSendCase& asked) {
    d->counts.bind(1, asked.store).bind(2, toWord(asked.intent)).bind(3, asked.now.plusMs(-kHourMs));
    d->counts.bind(4, asked.customerEmail).bind(5, asked.now.plusMs(-kDayMs)).bind(6, asked.conversation);
    AIVA_TRY(const bool found, d->counts.bind(7, asked.dayStart).step());
    if (!found) return Error{ErrorKind::Internal, u"counting answered nothing"_s};
    const AutoSendCounts counts{number(d->counts, 0), number(d->counts, 1), number(d->counts, 2)};
    d->counts.reset();
    return counts;
}

} // namespace aiva
