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

static Result<void> cleanUp(PrivacyCleanups& cleanups, const PrivacyCleanup& cleanup, const Workspace& workspace,
                            Database& writer, const SecretsRemover& removeSecrets) {
    switch (cleanup.step) {
    case PrivacyCleanup::Step::FullText:
        return cleanups.rebuildFullText();
    case PrivacyCleanup::Step::Spool:
        return cleanups.removeSpool(workspace, cleanup.subject);
    case PrivacyCleanup::Step::Secrets:
        if (!removeSecrets)
            return Error{ErrorKind::Refused, QStringLiteral("nobody here knows where secrets are kept")};
        return removeSecretsOf(storeNamed(cleanup.subject), writer, removeSecrets);
    case PrivacyCleanup::Step::Pages:
        break;
    }
    return cleanups.emptyPages(workspace);
}

Result<CleanupOutcome> runCleanups(const Workspace& workspace, Database& writer, const SecretsRemover& removeSecrets) {
    AIVA_TRY(const auto cleanups, PrivacyCleanups::create(writer));
    AIVA_TRY(const std::vector<PrivacyCleanup> pending, cleanups->pending());
    CleanupOutcome outcome;
    for (const PrivacyCleanup& cleanup : pending) {
        auto done = cleanUp(*cleanups, cleanup, workspace, writer, removeSecrets);
        if (done) done = cleanups->setDone(cleanup);
        if (done) {
            ++outcome.done;
            continue;
        }
        ++outcome.left;
        if (!outcome.error) outcome.error = done.error();
    }
    return outcome;
}

} // namespace aiva
