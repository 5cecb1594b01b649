// Records a shop is to be asked for once more, because a delivery named them without saying all of them. One row for
// each record, however often it was named. Used by core/webhook on the write connection.
#pragma once

#include "core/base/result.h"
#include "core/domain/ids.h"
#include "core/domain/names.h"
#include "core/storage/database/database.h"

#include <memory>
#include <optional>
#include <vector>

namespace aiva {

struct Reread {
    qint64 id = 0;
    StoreId store;
    std::optional<Resource> resource; // absent: the shop itself, are our credentials still good?
    QString externalId;
    qint64 wanted = 0; // grows with each wish
    int attempts = 0;
};

class WebhookRereads {
public:
    static Result<std::unique_ptr<WebhookRereads>> create(Database& writer);

    Result<void> want(StoreId store, std::optional<Resource> resource, const QString& externalId, UtcTime at);
    // The customer of this conversation and their three newest orders, at each connected shop not synced since then:
    // before all others. False: there is nothing to ask.
    Result<bool> wantCustomerOf(ConversationId conversation, UtcTime syncedSince);
    // What is here though its shop told that it deleted it: a sync that had read it before brought it back. False:
    // none.
    Result<bool> wantBuried(StoreId store, UtcTime at);
    // The one due longest; absent when none is due.
    Result<std::optional<Reread>> due(UtcTime now);
    Result<std::optional<UtcTime>> nextAt();
    // Records of this store that wait.
    Result<qint64> waiting(StoreId store);
    // Gone, unless it was wanted anew meanwhile.
    Result<void> finish(const Reread& reread);
    Result<void> postpone(const Reread& reread, UtcTime until);
    // None of this store before then: its shop cannot be asked.
    Result<void> postponeAll(StoreId store, UtcTime until);
    // Those put off beyond `latest`, at once instead.
    Result<void> hasten(UtcTime now, UtcTime latest);
    // All of a store's records: a sync that begins now brings them.
    Result<void> leaveToSync(StoreId store);

private:
    explicit WebhookRereads(Database& writer) : m_database(writer) {}

    Database& m_database;
    Statement m_want;
    Statement m_wantCustomer;
    Statement m_wantOrders;
    Statement m_wantBuried;
    Statement m_due;
    Statement m_nextAt;
    Statement m_waiting;
    Statement m_finish;
    Statement m_postpone;
    Statement m_postponeAll;
    Statement m_hasten;
    Statement m_leaveToSync;
};

} // namespace aiva
