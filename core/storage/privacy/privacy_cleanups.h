// PrivacyCleanups: what must still happen once rows of a person or a store are gone, and survives a kill until it has:
// full-text indexes written anew, spool files removed, free pages and the log emptied. Wanted in the transaction of the
// erasure, done one by one afterwards and again at the next start (core/privacy/cleanup_run.h).
//
// Why each is needed: FTS5 of SQLite 3.40 keeps a deleted row's words, and those of the deletion itself, until segments
// are merged; 'optimize' leaves an index of one segment as it is, so 'rebuild' it is. A deleted row's bytes may stay in
// free pages and in gaps of pages that were balanced, secure_delete or not: VACUUM writes live content only. The log
// keeps the pages as they were until it is truncated.
#pragma once

#include "core/base/result.h"
#include "core/base/utc_time.h"
#include "core/domain/ids.h"
#include "core/storage/workspace/workspace.h"

#include <memory>
#include <vector>

namespace aiva {

struct PrivacyCleanup {
    enum class Step { FullText, Spool, Pages, Secrets };
    Step step = Step::FullText;
    QString subject; // FullText: the index; Spool: the file's name; Secrets: the store as "shopify:acme.example"
};

class PrivacyCleanups {
public:
    static Result<std::unique_ptr<PrivacyCleanups>> create(Database& writer);

    // Inside the caller's transaction: indexes, pages and every bulk file that lies in the spool now.
    Result<void> wantAll(const Workspace& workspace, UtcTime at);
    // The same for one store, whose jobs must still be known: its bulk files only, and its credentials.
    Result<void> wantOfStore(const Workspace& workspace, StoreId store, UtcTime at);
    // In the order they must be done.
    Result<std::vector<PrivacyCleanup>> pending();
    Result<void> setDone(const PrivacyCleanup& cleanup);

    // The steps themselves; not inside a transaction. Each may be repeated.
    // "customers_fts"; none: every index.
    Result<void> rebuildFullText(const QString& index);
    // WorkspaceBusy while somebody reads or writes: to be tried again.
    Result<void> emptyPages(const Workspace& workspace);
    // The file, and the checkpoint that would go on reading it: that sync begins again. WorkspaceBusy while one does.
    Result<void> removeSpool(const Workspace& workspace, const QString& name);

private:
    explicit PrivacyCleanups(Database& writer) : m_writer(writer) {}
    Result<void> want(PrivacyCleanup::Step step, const QString& subject, UtcTime at);
    Result<void> wantWrittenAnew(UtcTime at);
    Result<bool> isJobOf(StoreId store, const QString& spoolName);

    Database& m_writer;
    Statement m_want;
    Statement m_pending;
    Statement m_setDone;
    Statement m_dropCheckpoint;
    Statement m_isRead;
    Statement m_jobOf;
    Statement m_nameOf;
};

} // namespace aiva
