// Runs work in the transaction that is open on the connection, else in one of its own. For repositories whose callers
// may have begun one.
#pragma once

#include "core/storage/database/database.h"

namespace aiva {

template <typename Work>
auto inTransaction(Database& database, Work work) -> decltype(work()) {
    if (database.isInTransaction()) return work();
    AIVA_TRY(const std::unique_ptr<Transaction> transaction, Transaction::begin(database));
    auto result = work();
    if (result) AIVA_CHECK(transaction->commit());
    return result;
}

} // namespace aiva
