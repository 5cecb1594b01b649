// The mailboxes of a workspace, their folders, and where on the server each cached message lies. Written by mailbox
// sync and by setting a mailbox up.
#pragma once

#include "core/base/result.h"
#include "core/domain/mail/mail_account.h"
#include "core/storage/database/database.h"

#include <memory>
#include <optional>
#include <vector>

namespace aiva {

struct MailFolderRow {
    FolderId id;
    MailboxId mailbox;
    QString name;
    QString role; // none inbox sent drafts archive trash junk all
    quint32 uidValidity = 0;
    quint64 highestModSeq = 0;
    quint32 uidNext = 0;
    std::optional<UtcTime> listedAt = std::nullopt; // when every mail was last compared with the server
};

struct MailLocationRow {
    FolderId folder;
    quint32 uid = 0;
    std::optional<MessageId> message;
    quint64 modSeq = 0;
    QStringList flags; // system flags with their backslash, keywords as spelled
    QString fault;
};

// Said here, not yet known to the server: read, or unread again.
struct SeenWanted {
    quint32 uid = 0;
    bool seen = true;

    bool operator==(const SeenWanted&) const = default;
};

class MailboxRepository {
public:
    static Result<std::unique_ptr<MailboxRepository>> create(Database& database);
    ~MailboxRepository();

    // With an id: that row, whole. Without: a connect; the same address keeps its row, id, team slot and, when the
    // new account brings none, its store, signature and further addresses.
    Result<MailboxId> save(const MailAccount& account);
    Result<std::vector<MailAccount>> all();
    Result<std::optional<MailAccount>> byId(MailboxId id);
    Result<void> setStatus(MailboxId id, MailboxStatus status, const QString& lastError = {});
    Result<void> setSynced(MailboxId id, UtcTime at);
    Result<void> setTeam(MailboxId id, TeamMode mode, const QString& reason, int agentSlot);
    // Every address that is us, normalised, over all mailboxes.
    Result<QStringList> ownAddresses();

    Result<FolderId> saveFolder(const MailFolderRow& folder); // by mailbox and name
    Result<std::vector<MailFolderRow>> folders(MailboxId mailbox);
    Result<void> forgetFolder(FolderId folder);  // UIDVALIDITY changed: its locations go, messages stay
    Result<void> forgetModSeqs(FolderId folder); // mod-sequences went backwards

    // Inserts or updates by folder and UID; an existing message link or fault stays when the row brings none. \Seen
    // that changed on the server changes whether the message is unread here. Several rows: inside one transaction.
    // Answers how many rows were known with other flags.
    Result<qint64> saveLocations(const std::vector<MailLocationRow>& locations);
    // Read on either side is read on both: what the server lacks becomes wanted (seenWanted).
    Result<void> linkMessage(FolderId folder, quint32 uid, MessageId message);
    Result<void> setFault(FolderId folder, quint32 uid, const QString& fault);
    // Faults the line may have been to blame for (Network, Timeout) are to be fetched again.
    Result<void> retryFaults(FolderId folder);
    // Gone from the server. A message left without any location stays, marked in mail_gone; an open conversation whose
    // unanswered mail is all gone is closed, and opened again when its mail comes back.
    Result<void> removeLocations(FolderId folder, const std::vector<quint32>& uids);
    Result<std::vector<quint32>> knownUids(FolderId folder); // ascending
    Result<qint64> knownCount(FolderId folder);              // without reading them
    // Newest first: UIDs whose mail is not here yet.
    Result<std::vector<quint32>> uidsToFetch(FolderId folder, int limit);
    Result<std::vector<MailLocationRow>> locationsOf(MessageId message);

    // Read marks on their way to the server. A later word from the server about the same mark ends the wish.
    Result<std::vector<SeenWanted>> seenWanted(FolderId folder, int limit);
    Result<void> settleSeen(FolderId folder, const std::vector<SeenWanted>& changes);     // the server has it
    Result<void> dropSeenWanted(FolderId folder, const std::vector<SeenWanted>& changes); // the server refuses it

private:
    class Private;
    explicit MailboxRepository(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
