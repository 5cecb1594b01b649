#include "core/storage/mailboxes/mailbox_repository.h"

#include "core/domain/email_address.h"
#include "core/storage/database/in_transaction.h"
#include "core/storage/mailboxes/mail_account_rows.h"
#include "core/storage/mailboxes/mail_locations.h"

namespace aiva {

using namespace Qt::StringLiterals;

class MailboxRepository::Private {
public:
    explicit Private(Database& writer) : database(writer) {}

    Result<void> prepare();

    Database& database;
    std::unique_ptr<MailAccountRows> accounts;
    std::unique_ptr<MailLocations> locations;
    Statement setStatus;
    Statement setSynced;
    Statement setTeam;
    Statement saveFolder;
    Statement folders;
    Statement knownCount;
    Statement resetFolder;
    Statement forgetFolderModSeq;
    Statement forgetModSeqs;
    Statement retryFaults;
};

Result<void> MailboxRepository::Private::prepare() {
    AIVA_TRY(accounts, MailAccountRows::create(database));
    AIVA_TRY(locations, MailLocations::create(database));
    AIVA_TRY(setStatus, database.prepare("UPDATE mailboxes SET status = ?2, last_error = ?3 WHERE id = ?1"));
    AIVA_TRY(setSynced, database.prepare("UPDATE mailboxes SET last_sync_at = ?2 WHERE id = ?1"));
    AIVA_TRY(setTeam, database.prepare("UPDATE mailboxes SET team_mode = ?2, team_reason = ?3, agent_slot = ?4 "
                                       "WHERE id = ?1"));
    AIVA_TRY(
        saveFolder,
        database.prepare(
            "INSERT INTO mail_folders (mailbox_id, name, role, uid_validity, highest_mod_seq, "
            "uid_next, listed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (mailbox_id, name) DO UPDATE SET "
            "role = excluded.role, uid_validity = excluded.uid_validity, "
            "highest_mod_seq = excluded.highest_mod_seq, uid_next = excluded.uid_next, listed_at = excluded.listed_at "
            "RETURNING id"));
    AIVA_TRY(folders,
             database.prepare("SELECT id, mailbox_id, name, role, uid_validity, highest_mod_seq, uid_next, listed_at "
                              "FROM mail_folders WHERE mailbox_id = ?1 ORDER BY name"));
    AIVA_TRY(resetFolder,
             database.prepare("UPDATE mail_folders SET uid_validity = 0, highest_mod_seq = 0, uid_next = 0 "
                              "WHERE id = ?1"));
    AIVA_TRY(knownCount, database.prepare("SELECT listed FROM mail_folders WHERE id = ?1"));
    AIVA_TRY(forgetFolderModSeq, database.prepare("UPDATE mail_folders SET highest_mod_seq = 0 WHERE id = ?1"));
    AIVA_TRY(forgetModSeqs, database.prepare("UPDATE mail_locations SET mod_seq = 0 "
                                             "WHERE folder_id = ?1 AND mod_seq <> 0"));
    AIVA_TRY(retryFaults, database.prepare("UPDATE mail_locations SET fault = '' WHERE folder_id = ?1 "
                                           "AND fault <> '' AND (fault GLOB 'Network*' OR fault GLOB 'Timeout*')"));
    return {};
}

MailboxRepository::MailboxRepository(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

MailboxRepository::~MailboxRepository() = default;

Result<std::unique_ptr<MailboxRepository>> MailboxRepository::create(Database& database) {
    auto priv = std::make_unique<Private>(database);
    AIVA_CHECK(priv->prepare());
    return std::unique_ptr<MailboxRepository>(new MailboxRepository(std::move(priv)));
}

static Result<void> changeOne(Database& database, Statement& statement) {
    AIVA_CHECK(statement.run());
    if (database.changes() == 0) return Error{ErrorKind::NotFound, u"there is no such mailbox"_s};
    return {};
}

Result<MailboxId> MailboxRepository::save(const MailAccount& account) {
    return d->accounts->save(account);
}

Result<std::vector<MailAccount>> MailboxRepository::all() {
    return d->accounts->all();
}

Result<std::optional<MailAccount>> MailboxRepository::byId(MailboxId id) {
    return d->accounts->byId(id);
}

Result<void> MailboxRepository::setStatus(MailboxId id, MailboxStatus status, const QString& lastError) {
    return changeOne(d->database, d->setStatus.bind(1, id).bind(2, toWord(status)).bind(3, lastError));
}

Result<void> MailboxRepository::setSynced(MailboxId id, UtcTime at) {
    return changeOne(d->database, d->setSynced.bind(1, id).bind(2, at));
}

Result<void> MailboxRepository::setTeam(MailboxId id, TeamMode mode, const QString& reason, int agentSlot) {
    d->setTeam.bind(1, id).bind(2, toWord(mode)).bind(3, reason).bind(4, agentSlot);
    return changeOne(d->database, d->setTeam);
}

Result<QStringList> MailboxRepository::ownAddresses() {
    AIVA_TRY(const std::vector<MailAccount> accounts, d->accounts->all());
    QStringList own;
    for (const MailAccount& account : accounts)
        for (const QString& address : QStringList{account.address} + account.ownAddresses)
            if (const QString normal = normalizedEmail(address); !normal.isEmpty() && !own.contains(normal))
                own << normal;
    return own;
}

Result<FolderId> MailboxRepository::saveFolder(const MailFolderRow& folder) {
    d->saveFolder.bind(1, folder.mailbox).bind(2, folder.name).bind(3, folder.role);
    d->saveFolder.bind(4, static_cast<qint64>(folder.uidValidity)).bind(5, static_cast<qint64>(folder.highestModSeq));
    d->saveFolder.bind(6, static_cast<qint64>(folder.uidNext)).bind(7, folder.listedAt);
    AIVA_TRY(const bool found, d->saveFolder.step());
    if (!found) return Error{ErrorKind::Internal, u"a folder was not saved"_s};
    const auto id = d->saveFolder.id<FolderId>(0);
    AIVA_CHECK(d->saveFolder.run());
    return id;
}

Result<std::vector<MailFolderRow>> MailboxRepository::folders(MailboxId mailbox) {
    std::vector<MailFolderRow> folders;
    d->folders.bind(1, mailbox);
    for (;;) {
        AIVA_TRY(const bool more, d->folders.step());
        if (!more) return folders;
        MailFolderRow row;
        row.id = d->folders.id<FolderId>(0);
        row.mailbox = d->folders.id<MailboxId>(1);
        row.name = d->folders.text(2);
        row.role = d->folders.text(3);
        row.uidValidity = static_cast<quint32>(d->folders.integer(4));
        row.highestModSeq = static_cast<quint64>(d->folders.integer(5));
        row.uidNext = static_cast<quint32>(d->folders.integer(6));
        row.listedAt = d->folders.optionalTime(7);
        folders.push_back(std::move(row));
    }
}

Result<void> MailboxRepository::forgetFolder(FolderId folder) {
    return inTransaction(d->database, [&]() -> Result<void> {
        AIVA_CHECK(d->locations->forget(folder));
        return d->resetFolder.bind(1, folder).run();
    });
}

Result<void> MailboxRepository::forgetModSeqs(FolderId folder) {
    return inTransaction(d->database, [&]() -> Result<void> {
        AIVA_CHECK(d->forgetModSeqs.bind(1, folder).run());
        return d->forgetFolderModSeq.bind(1, folder).run();
    });
}

Result<qint64> MailboxRepository::saveLocations(const std::vector<MailLocationRow>& locations) {
    return inTransaction(d->database, [&]() -> Result<qint64> {
        qint64 changed = 0;
        for (const MailLocationRow& row : locations) {
            AIVA_TRY(const bool differs, d->locations->save(row));
            changed += differs;
        }
        return changed;
    });
}

Result<void> MailboxRepository::linkMessage(FolderId folder, quint32 uid, MessageId message) {
    return inTransaction(d->database, [&] { return d->locations->link(folder, uid, message); });
}

Result<void> MailboxRepository::setFault(FolderId folder, quint32 uid, const QString& fault) {
    return d->locations->setFault(folder, uid, fault);
}

Result<void> MailboxRepository::retryFaults(FolderId folder) {
    return d->retryFaults.bind(1, folder).run();
}

Result<void> MailboxRepository::removeLocations(FolderId folder, const std::vector<quint32>& uids) {
    return inTransaction(d->database, [&]() -> Result<void> {
        for (const quint32 uid : uids)
            AIVA_CHECK(d->locations->remove(folder, uid));
        return {};
    });
}

Result<std::vector<quint32>> MailboxRepository::knownUids(FolderId folder) {
    return d->locations->known(folder);
}

Result<qint64> MailboxRepository::knownCount(FolderId folder) {
    AIVA_TRY(const bool found, d->knownCount.bind(1, folder).step());
    if (!found) return Error{ErrorKind::NotFound, u"there is no such folder"_s};
    const qint64 count = d->knownCount.integer(0);
    d->knownCount.reset();
    return count;
}

Result<std::vector<quint32>> MailboxRepository::uidsToFetch(FolderId folder, int limit) {
    return d->locations->toFetch(folder, limit);
}

Result<std::vector<MailLocationRow>> MailboxRepository::locationsOf(MessageId message) {
    return d->locations->of(message);
}

Result<std::vector<SeenWanted>> MailboxRepository::seenWanted(FolderId folder, int limit) {
    return d->locations->seenWanted(folder, limit);
}

Result<void> MailboxRepository::settleSeen(FolderId folder, const std::vector<SeenWanted>& changes) {
    return inTransaction(d->database, [&]() -> Result<void> {
        for (const SeenWanted& change : changes)
            AIVA_CHECK(d->locations->settleSeen(folder, change));
        return {};
    });
}

Result<void> MailboxRepository::dropSeenWanted(FolderId folder, const std::vector<SeenWanted>& changes) {
    return inTransaction(d->database, [&]() -> Result<void> {
        for (const SeenWanted& change : changes)
            AIVA_CHECK(d->locations->dropSeenWanted(folder, change.uid));
        return {};
    });
}

} // namespace aiva
