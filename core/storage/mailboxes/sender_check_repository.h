// What was found out about the senders of mails (A10), one row a message. Written when a mail is added, read by the
// conversation view and by whatever decides on disclosing something.
#pragma once

#include "core/base/result.h"
#include "core/domain/ids.h"
#include "core/domain/mail/sender_authentication.h"
#include "core/storage/database/database.h"

#include <memory>
#include <optional>

namespace aiva {

class SenderCheckRepository {
public:
    static Result<std::unique_ptr<SenderCheckRepository>> create(Database& database);
    ~SenderCheckRepository();

    // Whom the sender of this message could pretend to be: our addresses and stores, and the customer it was matched
    // with. The trusted server is the mailbox's.
    Result<SenderContext> context(MailboxId mailbox, MessageId message);
    Result<void> storeSenderCheck(MessageId message, const SenderCheck& check);
    // Both, for a mail that has just been added, and whose results it came with. A mail of ours needs none.
    Result<SenderCheck> check(MailboxId mailbox, MessageId message, const MessageRecord& record);
    Result<std::optional<SenderCheck>> senderCheck(MessageId message);

private:
    class Private;
    explicit SenderCheckRepository(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

// A row of sender_checks from column `first` on: verdict, spf, dkim, dmarc, aligned_domain, warnings.
SenderCheck senderCheckFrom(const Statement& row, int first);

} // namespace aiva
