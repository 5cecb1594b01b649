#include "core/storage/privacy/privacy_cleanups.h"

#include "core/storage/database/sqlite_error.h"
#include "core/storage/vault/spool.h"
#include "core/storage/vault/spool_file.h"

#include <sqlite3.h>

namespace aiva {

using namespace Qt::StringLiterals;

// The order of the words is the order of the work: pages are emptied when nothing is written any more.
static constexpr std::string_view kPendingCleanups = R"sql(
SELECT step, subject FROM privacy_cleanups
ORDER BY CASE step WHEN 'secrets' THEN 0 WHEN 'spool' THEN 1 WHEN 'full_text' THEN 2 ELSE 3 END, subject)sql";

static constexpr std::string_view kWantCleanup = R"sql(
INSERT INTO privacy_cleanups (step, subject, wanted_at) VALUES (?1, ?2, ?3)
ON CONFLICT (step, subject) DO UPDATE SET wanted_at = excluded.wanted_at)sql";

static constexpr std::string_view kIsSpoolRead = R"sql(
SELECT 1 FROM sync_checkpoints c JOIN sync_jobs j ON j.id = c.job_id JOIN stores s ON s.id = c.store_id
WHERE json_extract(c.state, '$.spool') = ?1 AND j.status = 'running' AND s.status <> 'disconnected')sql";

struct FullTextIndex {
    QLatin1String name;
    std::string_view rebuild;
};
static constexpr FullTextIndex kFullTextIndexes[] = {
    {QLatin1String("customers_fts"), "INSERT INTO customers_fts (customers_fts) VALUES ('rebuild')"},
    {QLatin1String("orders_fts"), "INSERT INTO orders_fts (orders_fts) VALUES ('rebuild')"},
    {QLatin1String("messages_fts"), "INSERT INTO messages_fts (messages_fts) VALUES ('rebuild')"},
    {QLatin1String("knowledge_fts"), "INSERT INTO knowledge_fts (knowledge_fts) VALUES ('rebuild')"},
    {QLatin1String("products_fts"), "INSERT INTO products_fts (products_fts) VALUES ('rebuild')"},
};

static QString cleanupWord(PrivacyCleanup::Step step) {
    switch (step) {
    case PrivacyCleanup::Step::FullText:
        return u"full_text"_s;
    case PrivacyCleanup::Step::Spool:
        return u"spool"_s;
    case PrivacyCleanup::Step::Secrets:
        return u"secrets"_s;
    case PrivacyCleanup::Step::Pages:
        break;
    }
    return u"pages"_s;
}

static PrivacyCleanup::Step cleanupStep(std::string_view word) {
    if (word == "full_text") return PrivacyCleanup::Step::FullText;
    if (word == "spool") return PrivacyCleanup::Step::Spool;
    return word == "secrets" ? PrivacyCleanup::Step::Secrets : PrivacyCleanup::Step::Pages;
}

Result<std::unique_ptr<PrivacyCleanups>> PrivacyCleanups::create(Database& writer) {
    std::unique_ptr<PrivacyCleanups> made(new PrivacyCleanups(writer));
    AIVA_TRY(made->m_want, writer.prepare(kWantCleanup));
    AIVA_TRY(made->m_pending, writer.prepare(kPendingCleanups));
    AIVA_TRY(made->m_setDone, writer.prepare("DELETE FROM privacy_cleanups WHERE step = ?1 AND subject = ?2"));
    AIVA_TRY(made->m_dropCheckpoint, writer.prepare("DELETE FROM sync_checkpoints "
                                                    "WHERE json_extract(state, '$.spool') = ?1"));
    AIVA_TRY(made->m_isRead, writer.prepare(kIsSpoolRead));
    AIVA_TRY(made->m_jobOf, writer.prepare("SELECT store_id FROM sync_jobs WHERE id = ?1"));
    AIVA_TRY(made->m_nameOf, writer.prepare("SELECT kind || ':' || domain FROM stores WHERE id = ?1"));
    return made;
}

Result<void> PrivacyCleanups::wantAll(const Workspace& workspace, UtcTime at) {
    for (const QString& name : SpoolFile::namesIn(workspace.spoolDir()))
        AIVA_CHECK(want(PrivacyCleanup::Step::Spool, name, at));
    return wantWrittenAnew(at);
}

// "orders-17-1": resource, job, submission. A file of no job we know is nobody's and goes too.
Result<bool> PrivacyCleanups::isJobOf(StoreId store, const QString& spoolName) {
    AIVA_TRY(const bool found, m_jobOf.bind(1, SyncJobId(spoolName.section(u'-', 1, 1).toLongLong())).step());
    const bool isTheirs = !found || m_jobOf.id<StoreId>(0) == store;
    m_jobOf.reset();
    return isTheirs;
}

Result<void> PrivacyCleanups::wantOfStore(const Workspace& workspace, StoreId store, UtcTime at) {
    AIVA_TRY(const bool found, m_nameOf.bind(1, store).step());
    if (found) AIVA_CHECK(want(PrivacyCleanup::Step::Secrets, m_nameOf.text(0), at));
    m_nameOf.reset();
    for (const QString& name : SpoolFile::namesIn(workspace.spoolDir())) {
        AIVA_TRY(const bool isTheirs, isJobOf(store, name));
        if (isTheirs) AIVA_CHECK(want(PrivacyCleanup::Step::Spool, name, at));
    }
    return wantWrittenAnew(at);
}

// Each index by itself: others may do something in between.
Result<void> PrivacyCleanups::wantWrittenAnew(UtcTime at) {
    for (const FullTextIndex& index : kFullTextIndexes)
        AIVA_CHECK(want(PrivacyCleanup::Step::FullText, index.name, at));
    return want(PrivacyCleanup::Step::Pages, {}, at);
}

Result<void> PrivacyCleanups::want(PrivacyCleanup::Step step, const QString& subject, UtcTime at) {
    return m_want.bind(1, cleanupWord(step)).bind(2, subject).bind(3, at).run();
}

Result<std::vector<PrivacyCleanup>> PrivacyCleanups::pending() {
    std::vector<PrivacyCleanup> cleanups;
    for (;;) {
        AIVA_TRY(const bool more, m_pending.step());
        if (!more) return cleanups;
        cleanups.push_back({cleanupStep(m_pending.view(0)), m_pending.text(1)});
    }
}

Result<void> PrivacyCleanups::setDone(const PrivacyCleanup& cleanup) {
    return m_setDone.bind(1, cleanupWord(cleanup.step)).bind(2, cleanup.subject).run();
}

Result<void> PrivacyCleanups::rebuildFullText(const QString& index) {
    for (const FullTextIndex& one : kFullTextIndexes)
        if (index.isEmpty() || index == one.name) AIVA_CHECK(m_writer.execute(one.rebuild));
    return {};
}

// On a connection of its own: a copy of the whole cache has no place in memory (the cipher seals temporary files too),
// and changing where temporary tables live would drop those a comparison works with.
Result<void> PrivacyCleanups::emptyPages(const Workspace& workspace) {
    AIVA_TRY(const std::unique_ptr<Database> database, workspace.openWriter());
    AIVA_CHECK(database->execute("PRAGMA temp_store=FILE"));
    AIVA_CHECK(database->execute("VACUUM"));
    sqlite3* const handle = database->handle();
    const int code = sqlite3_wal_checkpoint_v2(handle, "main", SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    return code == SQLITE_OK ? Result<void>() : Result<void>(storageError(handle));
}

// What a sync is reading passes the marks on its way in, and the sync removes the file when it is through.
Result<void> PrivacyCleanups::removeSpool(const Workspace& workspace, const QString& name) {
    AIVA_TRY(const bool isRead, m_isRead.bind(1, name).step());
    m_isRead.reset();
    if (isRead) return Error{ErrorKind::Storage, u"a sync is reading a bulk file"_s, ErrorCause::WorkspaceBusy};
    AIVA_CHECK(m_dropCheckpoint.bind(1, name).run());
    return SpoolReader::remove(workspace, name);
}

} // namespace aiva
