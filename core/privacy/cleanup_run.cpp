#include "core/privacy/cleanup_run.h"

namespace aiva {

// "shopify:acme.example"
static StoreRow storeNamed(const QString& subject) {
    StoreRow store;
    store.kind = fromWord<StoreKind>(subject.section(u':', 0, 0)).value_or(StoreKind::Shopify);
    store.domain = subject.section(u':', 1);
    return store;
}

// A store that was connected again since has new ones under the same name.
static Result<void> removeSecretsOf(const StoreRow& store, Database& writer, const SecretsRemover& removeSecrets) {
    AIVA_TRY(const auto stores, StoreRepository::create(writer));
    AIVA_TRY(const std::vector<StoreRow> rows, stores->all());
    for (const StoreRow& row : rows)
        if (row.kind == store.kind && row.domain == store.domain) return {};
    return removeSecrets(writer, store);
}

Result<void> CleanupRun::clear(const PrivacyCleanup& cleanup) {
    switch (cleanup.step) {
    case PrivacyCleanup::Step::FullText:
        return m_cleanups->rebuildFullText(cleanup.subject);
    case PrivacyCleanup::Step::Spool:
        return m_cleanups->removeSpool(m_workspace, cleanup.subject);
    case PrivacyCleanup::Step::Secrets:
        if (!m_removeSecrets)
            return Error{ErrorKind::Refused, QStringLiteral("nobody here knows where secrets are kept")};
        return removeSecretsOf(storeNamed(cleanup.subject), m_writer, m_removeSecrets);
    case PrivacyCleanup::Step::Pages:
        break;
    }
    return m_cleanups->emptyPages(m_workspace);
}

Result<bool> CleanupRun::step() {
    if (!m_cleanups) {
        AIVA_TRY(m_cleanups, PrivacyCleanups::create(m_writer));
        AIVA_TRY(m_pending, m_cleanups->pending());
    }
    if (m_next == m_pending.size()) return false;
    const PrivacyCleanup& cleanup = m_pending.at(m_next++);
    auto done = clear(cleanup);
    if (done) done = m_cleanups->setDone(cleanup);
    if (done)
        ++m_outcome.done;
    else {
        ++m_outcome.left;
        if (!m_outcome.error) m_outcome.error = done.error();
    }
    return m_next < m_pending.size();
}

Result<CleanupOutcome> runCleanups(const Workspace& workspace, Database& writer, const SecretsRemover& removeSecrets) {
    CleanupRun run(workspace, writer, removeSecrets);
    for (;;) {
        AIVA_TRY(const bool more, run.step());
        if (!more) return run.outcome();
    }
}

} // namespace aiva
