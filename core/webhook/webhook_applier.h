// Applies one delivery to the cache, inside the transaction that also settles it. Decides nothing about when;
// WebhookRun does. Older never overwrites newer, whatever order deliveries come in, and what was deleted stays deleted.
#pragma once

#include "core/base/clock.h"
#include "core/storage/privacy/audit_repository.h"
#include "core/storage/webhooks/webhook_privacy_tasks.h"
#include "core/storage/webhooks/webhook_queue.h"
#include "core/storage/webhooks/webhook_rereads.h"
#include "core/webhook/webhook_books.h"

#include <QFlags>

#include <functional>
#include <memory>

namespace aiva {

enum class WebhookChange {
    Records = 1, // rows of a shop
    People = 2,  // conversations may belong to somebody else now
    Rereads = 4, // the shop is to be asked
    Privacy = 8
};
Q_DECLARE_FLAGS(WebhookChanges, WebhookChange)
Q_DECLARE_OPERATORS_FOR_FLAGS(WebhookChanges)

// Null for a source without one.
using WebhookDecoders = std::function<const WebhookDecoder*(StoreKind)>;

class WebhookApplier {
public:
    static Result<std::unique_ptr<WebhookApplier>> create(Database& writer, WebhookBooks& books,
                                                          WebhookRereads& rereads, WebhookDecoders decoders,
                                                          const Clock& clock);

    struct Applied {
        WebhookQueue::Ending ending = WebhookQueue::Ending::Done;
        QString result; // created updated unchanged stale deleted asked recorded noted no_store; why it failed
        WebhookChanges changes;
    };
    // An error is the disk's: the transaction must not be committed.
    Result<Applied> apply(const QueuedDelivery& queued);

private:
    struct Visitor;
    WebhookApplier(WebhookBooks& books, WebhookRereads& rereads, WebhookDecoders decoders, const Clock& clock)
        : m_books(books), m_rereads(rereads), m_decoders(std::move(decoders)), m_clock(clock) {}
    template <typename Record>
    Result<Applied> put(StoreBooks& books, Record record, Resource resource);
    Result<void> ask(const StoreBooks& books, const RecordName& name);
    Result<Applied> remove(StoreBooks& books, const WebhookDeletion& deletion, const QueuedDelivery& queued);
    Result<Applied> recordPrivacy(const StoreBooks& books, const WebhookPrivacy& privacy, const QueuedDelivery& queued);

    WebhookBooks& m_books;
    WebhookRereads& m_rereads;
    WebhookDecoders m_decoders;
    const Clock& m_clock;
    std::unique_ptr<PrivacyTasks> m_privacy;
    std::unique_ptr<AuditRepository> m_audit;
};

} // namespace aiva
