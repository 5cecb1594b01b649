// A transaction that is on the disk, and not only with the operating system, when commit() has answered: it survives a
// loss of power. The writer's own transactions survive a crash of the program only, which is all a cache needs; what
// may have left the machine has to be remembered better. Used by the outbox and its repository.
#pragma once

#include "core/storage/database/database.h"

#include <memory>

namespace aiva {

class DurableTransaction {
public:
    // Not inside another transaction.
    static Result<std::unique_ptr<DurableTransaction>> begin(Database& database);
    ~DurableTransaction();
    DurableTransaction(const DurableTransaction&) = delete;
    DurableTransaction& operator=(const DurableTransaction&) = delete;
    Result<void> commit();

private:
    explicit DurableTransaction(Database& database) : m_database(database) {}

    Database& m_database;
    std::unique_ptr<Transaction> m_transaction;
};

} // namespace aiva
