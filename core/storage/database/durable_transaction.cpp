#include "core/storage/database/durable_transaction.h"

#include "core/base/log.h"

namespace aiva {

Result<std::unique_ptr<DurableTransaction>> DurableTransaction::begin(Database& database) {
    // SQLite ignores the pragma inside a transaction, without a word.
    if (database.isInTransaction())
        return Error{ErrorKind::Internal, QStringLiteral("a durable transaction cannot begin inside another")};
    std::unique_ptr<DurableTransaction> made(new DurableTransaction(database));
    AIVA_CHECK(database.execute("PRAGMA synchronous=FULL"));
    AIVA_TRY(made->m_transaction, Transaction::begin(database));
    return made;
}

DurableTransaction::~DurableTransaction() {
    m_transaction.reset();
    if (!m_database.execute("PRAGMA synchronous=NORMAL"))
        qCWarning(logStorage, "the writer stays at full synchronisation");
}

Result<void> DurableTransaction::commit() {
    return m_transaction->commit();
}

} // namespace aiva
