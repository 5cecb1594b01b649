// The accounts table as MailAccount values. Used by MailboxRepository and MailboxQuery.
#pragma once

#include "core/base/result.h"
#include "core/domain/mail/mail_account.h"
#include "core/storage/database/database.h"

#include <memory>
#include <optional>
#include <vector>

namespace aiva {

class MailAccountRows {
public:
    enum class Use { Write, Read };
    static Result<std::unique_ptr<MailAccountRows>> create(Database& database, Use use = Use::Write);

    Result<MailboxId> save(const MailAccount& account);
    Result<std::vector<MailAccount>> all(); // by id
    Result<std::optional<MailAccount>> byId(MailboxId id);

private:
    MailAccountRows() = default;
    Statement m_connect;
    Statement m_update;
    Statement m_all;
    Statement m_byId;
};

} // namespace aiva
