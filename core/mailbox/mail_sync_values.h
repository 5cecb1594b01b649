// What mailbox sync tells about itself. Plain values.
#pragma once

#include "core/base/error.h"
#include "core/domain/ids.h"
#include "core/domain/names.h"
#include "core/ports/mailbox_port.h"

#include <QString>

#include <optional>
#include <vector>

namespace aiva {

struct MailSyncCounts {
    qint64 processed = 0; // mails fetched
    qint64 created = 0;   // new here
    qint64 updated = 0;   // known by Message-ID, or their flags changed
    qint64 vanished = 0;  // gone from the folder
    qint64 failed = 0;    // could not be read: a fault row each (S8)

    void add(const MailSyncCounts& other) {
        processed += other.processed;
        created += other.created;
        updated += other.updated;
        vanished += other.vanished;
        failed += other.failed;
    }
    bool operator==(const MailSyncCounts&) const = default;
};

// Mails just written. On disk when this is told.
struct MailArrivals {
    MailboxId mailbox;
    std::vector<ConversationId> conversations; // each once
    int newInbound = 0; // unread mails of customers that came since the folder was last listed: worth a notification
};

// What a folder said of its messages' flags, once it is on disk: for the team's state, which lives in keywords.
struct FolderNews {
    FolderId folder;
    bool uidsStartedAnew = false;
    bool modSeqsWentBack = false;
    std::vector<FlagUpdate> flags; // of messages changed on the server, and of those just linked to their mail

    bool isEmpty() const { return !uidsStartedAnew && !modSeqsWentBack && flags.empty(); }
};

struct FolderProgress {
    MailboxId mailbox;
    QString folder;
    qint64 done = 0;
    qint64 total = 0;
};

struct MailSyncOutcome {
    MailboxId mailbox;
    SyncStatus status = SyncStatus::Completed; // CompletedWithErrors, Failed, Cancelled
    MailSyncCounts counts;
    std::optional<Error> error;
    qint64 durationMs = 0;
};

// A line that comes back by itself is no error of the mailbox.
MailboxStatus mailboxStatusAfter(const std::optional<Error>& error);

} // namespace aiva
