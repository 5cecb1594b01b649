// Where each cached mail lies on its server: one row a folder and UID, and what follows from a row that comes, changes
// or goes: who has read the mail, and whether the server still has it. Used by MailboxRepository only.
#pragma once

#include "core/base/result.h"
#include "core/storage/mailboxes/mailbox_repository.h"

#include <memory>
#include <vector>

namespace aiva {

class MailLocations {
public:
    static Result<std::unique_ptr<MailLocations>> create(Database& database);

    Result<bool> save(const MailLocationRow& row); // whether its flags had been others
    Result<void> link(FolderId folder, quint32 uid, MessageId message);
    Result<void> setFault(FolderId folder, quint32 uid, const QString& fault);
    Result<void> remove(FolderId folder, quint32 uid);
    Result<void> forget(FolderId folder);

    Result<std::vector<quint32>> known(FolderId folder);
    Result<std::vector<quint32>> toFetch(FolderId folder, int limit);
    Result<std::vector<MailLocationRow>> of(MessageId message);

    Result<std::vector<SeenWanted>> seenWanted(FolderId folder, int limit);
    Result<void> settleSeen(FolderId folder, const SeenWanted& change);
    Result<void> dropSeenWanted(FolderId folder, quint32 uid);

private:
    explicit MailLocations(Database& database) : m_database(database) {}
    Result<void> prepareRows();
    Result<void> prepareReads();
    Result<void> prepareConsequences();
    Result<bool> change(const MailLocationRow& row, const QString& flags);
    Result<void> takeSeen(MessageId message, bool seen);
    Result<void> noteGone(MessageId message);
    Result<void> noteBack(MessageId message);

    Database& m_database;
    Statement m_insert;
    Statement m_old;
    Statement m_update;
    Statement m_link;
    Statement m_setFault;
    Statement m_remove;
    Statement m_forgetMessages;
    Statement m_forget;
    Statement m_known;
    Statement m_toFetch;
    Statement m_of;
    Statement m_seenWanted;
    Statement m_settleSeen;
    Statement m_dropSeenWanted;
    Statement m_setUnread;
    Statement m_countUnread;
    Statement m_addGone;
    Statement m_close;
    Statement m_markClosed;
    Statement m_removeGone;
    Statement m_reopen;
};

} // namespace aiva
