// Mailboxes, their team and their canned replies as settings, composer and inbox show them. Query-only connection.
#pragma once

#include "core/base/result.h"
#include "core/domain/mail/mail_account.h"
#include "core/domain/reply/canned_reply.h"
#include "core/storage/database/database.h"
#include "core/storage/mailboxes/team_repository.h"

#include <memory>
#include <vector>

namespace aiva {

struct MailboxView {
    MailAccount account;
    QString storeName;
    qint64 messages = 0;        // cached of this mailbox
    qint64 messagesToFetch = 0; // known on the server, not here yet
    qint64 faults = 0;          // could not be read (S8)
    std::vector<TeamAgent> team;
    // Who writes the topmost Authentication-Results of the newest mail in INBOX, by suggestedAuthservId(): proposed as
    // the trusted authserv-id, never taken. Empty: it cannot be told.
    QString learnedAuthservId;
};

class MailboxQuery {
public:
    static Result<std::unique_ptr<MailboxQuery>> create(Database& reader);
    ~MailboxQuery();
    Result<std::vector<MailboxView>> all();
    Result<std::vector<CannedReply>> cannedReplies(); // by name

private:
    class Private;
    explicit MailboxQuery(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
