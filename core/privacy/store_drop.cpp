#include "core/privacy/store_drop.h"

#include "core/domain/shop/precedence.h"
#include "core/privacy/privacy_audit.h"
#include "core/storage/conversations/conversation_repository.h"
#include "core/storage/database/durable_transaction.h"
#include "core/storage/privacy/privacy_cleanups.h"

namespace aiva {

using namespace Qt::StringLiterals;

QJsonObject toJson(const StoreRemovalCounts& counts) {
    return {{u"customers"_s, counts.customers},   {u"orders"_s, counts.orders},
            {u"products"_s, counts.products},     {u"knowledge"_s, counts.knowledge},
            {u"proposals"_s, counts.proposals},   {u"webhooks"_s, counts.webhooks},
            {u"sync_jobs"_s, counts.jobs},        {u"profiles"_s, counts.profiles},
            {u"requests_closed"_s, counts.tasks}, {u"conversations_kept"_s, counts.conversations}};
}

Result<StoreRemovalCounts> dropStore(const Workspace& workspace, Database& writer, const Clock& clock, StoreId store,
                                     AuditActor actor) {
    const UtcTime now = clock.now();
    AIVA_TRY(const auto transaction, DurableTransaction::begin(writer));
    AIVA_TRY(const auto cleanups, PrivacyCleanups::create(writer));
    AIVA_CHECK(cleanups->wantOfStore(workspace, store, now)); // while its jobs say which files are its
    AIVA_TRY(const StoreRemovalCounts counts, removeStore(writer, store));
    // Whoever bought there may be somebody else's VIP, or nobody's any more.
    AIVA_TRY(const auto conversations, ConversationRepository::create(writer));
    AIVA_TRY([[maybe_unused]] const qint64 matched, conversations->rematch(PrecedenceRule().vipAboveMajorUnits));
    AIVA_CHECK(auditPrivacy(writer, {now, actor, u"store_dropped"_s, store}, {}, toJson(counts)));
    AIVA_CHECK(transaction->commit());
    return counts;
}

} // namespace aiva
