// DeskStores: StoreDesk as Desk owns it, on the GUI thread: posts commands to StoreCore and brings its answers back.
// Does nothing by itself.
#pragma once

#include "core/desk/core_post.h"
#include "core/desk/stores/store_desk.h"

namespace aiva {

class StoreCore;

class DeskStores final : public StoreDesk {
    Q_OBJECT
public:
    // `core` lives on the core thread and outlives this.
    DeskStores(const StoreCore& core, CorePost<StoreCore>::Post post);

    Future<SecretString> signInStore(const StoreSignIn& signIn) override;
    void cancelSignIn() override;
    Future<ShopFacts> testStore(const StoreSignIn& signIn) override;
    Future<StoreId> connectStore(const StoreSignIn& signIn) override;
    void cancelConnect() override;
    Future<bool> renameStore(StoreId store, const QString& name) override;
    Future<bool> setSchedule(StoreId store, const QString& schedule) override;
    Future<bool> disconnectStore(StoreId store) override;
    Future<CsvImportOutcome> importFiles(const CsvImportRequest& request) override;
    void cancelImport() override;
    void syncStore(StoreId store, SyncKind kind) override;
    void cancelSync(StoreId store) override;
    void compareStore(StoreId store) override;

private:
    CorePost<StoreCore> m_core;
};

} // namespace aiva
