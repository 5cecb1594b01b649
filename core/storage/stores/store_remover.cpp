#include "core/storage/stores/store_remover.h"

#include "core/storage/people/profile_pruning.h"

#include <vector>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr std::string_view kPeopleOfStore = R"sql(
SELECT profile_id FROM customers WHERE store_id = ?1
UNION SELECT profile_id FROM orders WHERE store_id = ?1 AND profile_id IS NOT NULL)sql";

// Conversations that may say something of the store's records: its own, and those with its people.
constexpr std::string_view kDropProposals = R"sql(
DELETE FROM proposals WHERE conversation_id IN (SELECT id FROM conversations WHERE store_id = ?1 OR profile_id IN (
    SELECT profile_id FROM customers WHERE store_id = ?1
    UNION SELECT profile_id FROM orders WHERE store_id = ?1 AND profile_id IS NOT NULL)))sql";
constexpr std::string_view kForgetFacts = R"sql(
UPDATE drafts SET facts = '' WHERE conversation_id IN (SELECT id FROM conversations WHERE store_id = ?1 OR profile_id IN (
    SELECT profile_id FROM customers WHERE store_id = ?1
    UNION SELECT profile_id FROM orders WHERE store_id = ?1 AND profile_id IS NOT NULL)))sql";

constexpr std::string_view kForgetDeliveries = R"sql(
DELETE FROM webhook_deliveries WHERE (source, shop) = (SELECT kind, domain FROM stores WHERE id = ?1))sql";

constexpr std::string_view kNoStoreTwice = R"sql(
INSERT INTO last_ids (name, id) VALUES ('stores', ?1) ON CONFLICT (name) DO UPDATE SET id = max(id, excluded.id))sql";

struct RemovalStep {
    std::string_view sql; // ?1 the store
    qint64 StoreRemovalCounts::*count = nullptr;
};

// Children before what they refer to.
constexpr RemovalStep kRemovalSteps[] = {
    {kDropProposals, &StoreRemovalCounts::proposals},
    {kForgetFacts},
    {"UPDATE conversations SET store_id = NULL WHERE store_id = ?1", &StoreRemovalCounts::conversations},
    {"UPDATE conversation_moves SET undo = json_set(undo, '$.row.store_id', NULL) "
     "WHERE json_extract(undo, '$.row.store_id') = ?1"},
    {"UPDATE conversation_moves SET undo = json_set(undo, '$.into.store_id', NULL) "
     "WHERE json_extract(undo, '$.into.store_id') = ?1"},
    {"UPDATE mailboxes SET store_id = NULL WHERE store_id = ?1"},
    {kForgetDeliveries, &StoreRemovalCounts::webhooks},
    {"DELETE FROM record_rereads WHERE store_id = ?1"},
    {"DELETE FROM record_tombstones WHERE store_id = ?1"},
    {"DELETE FROM privacy_tasks WHERE store_id = ?1", &StoreRemovalCounts::tasks},
    {"DELETE FROM intent_labels WHERE store_id = ?1"},
    {"DELETE FROM auto_send_rules WHERE store_id = ?1"},
    {"DELETE FROM draft_outcomes WHERE store_id = ?1"},
    {"DELETE FROM knowledge WHERE store_id = ?1", &StoreRemovalCounts::knowledge},
    {"DELETE FROM bulk_children WHERE store_id = ?1"},
    {"DELETE FROM bulk_suspects WHERE store_id = ?1"},
    {"DELETE FROM sync_checkpoints WHERE store_id = ?1"},
    {"DELETE FROM sync_watermarks WHERE store_id = ?1"},
    {"DELETE FROM sync_jobs WHERE store_id = ?1", &StoreRemovalCounts::jobs},
    {"DELETE FROM orders WHERE store_id = ?1", &StoreRemovalCounts::orders},
    {"DELETE FROM customers WHERE store_id = ?1", &StoreRemovalCounts::customers},
    {"DELETE FROM products WHERE store_id = ?1", &StoreRemovalCounts::products},
    {"DELETE FROM store_counts WHERE store_id = ?1"},
    {"DELETE FROM store_api_hours WHERE store_id = ?1"},
    {"DELETE FROM store_api_last WHERE store_id = ?1"},
    {"DELETE FROM settings WHERE name IN ('comparison/' || ?1, 'webhook.address/' || ?1, 'webhook.key/' || ?1)"},
    {kNoStoreTwice},
    {"DELETE FROM stores WHERE id = ?1"},
};

Result<std::vector<ProfileId>> peopleOf(Database& writer, StoreId store) {
    std::vector<ProfileId> people;
    AIVA_TRY(Statement find, writer.prepare(kPeopleOfStore));
    find.bind(1, store);
    for (;;) {
        AIVA_TRY(const bool more, find.step());
        if (!more) return people;
        people.push_back(find.id<ProfileId>(0));
    }
}

} // namespace

Result<StoreRemovalCounts> removeStore(Database& writer, StoreId store) {
    AIVA_TRY(Statement exists, writer.prepare("SELECT 1 FROM stores WHERE id = ?1"));
    AIVA_TRY(const bool isThere, exists.bind(1, store).step());
    exists.reset();
    if (!isThere) return Error{ErrorKind::NotFound, u"no store has this id"_s};
    AIVA_TRY(const std::vector<ProfileId> people, peopleOf(writer, store));
    StoreRemovalCounts counts;
    for (const RemovalStep& step : kRemovalSteps) {
        AIVA_TRY(Statement statement, writer.prepare(step.sql));
        AIVA_CHECK(statement.bind(1, store).run());
        if (step.count) counts.*step.count += writer.changes();
    }
    AIVA_TRY(counts.profiles, pruneProfiles(writer, people));
    return counts;
}

} // namespace aiva
