// StoreCore: DeskStores' other half, on the core thread: connecting, renaming and disconnecting stores, with the
// credentials of each step. Owned by DeskCore.
#pragma once

#include "core/base/async.h"
#include "core/desk/stores/store_values.h"
#include "core/desk/stores/sync_dispatcher.h"
#include "core/sync/files/csv_import_run.h"

#include <QObject>

#include <map>
#include <memory>
#include <optional>

namespace aiva {

class StoreCore : public QObject {
    Q_OBJECT
public:
    // All references outlive it.
    StoreCore(Database& writer, const Clock& clock, const DeskAdapters& adapters, SyncDispatcher& syncs);
    ~StoreCore() override;

    Future<SecretString> signIn(const StoreSignIn& signIn);
    void cancelSignIn();
    Future<ShopFacts> test(const StoreSignIn& signIn);
    Future<StoreId> connectStore(const StoreSignIn& signIn);
    void cancelConnect();
    Result<bool> rename(StoreId store, const QString& name);
    Result<bool> setSchedule(StoreId store, const QString& schedule);
    Future<bool> disconnectStore(StoreId store);
    Future<CsvImportOutcome> importFiles(const CsvImportRequest& request);
    void cancelImport();
    SyncDispatcher& syncs() { return m_syncs; }

Q_SIGNALS:
    void openUrl(const QUrl& url);
    void storesChanged();
    void keysChanged(); // credentials came or went
    void compared(const aiva::ReconcileReport& report);
    void noticed(const aiva::StoreNotice& notice);
    void importProgressed(const aiva::CsvImportProgress& progress);
    void imported(); // rows came from files

private:
    // What the browser brought. Outside it goes by a name: its tokens are nothing for a window (C5).
    struct Granted {
        SecretString name;
        SecretString grant;
    };
    Result<StoreSignIn> withGrant(const StoreSignIn& signIn) const;
    Result<StorePort*> open(const StoreSignIn& signIn);
    // Not in the port's own call.
    void close(StorePort* port);
    Result<StoreId> keep(const StoreSignIn& signIn, const ShopFacts& facts);
    void begin(StoreId store);
    Result<void> setParted(StoreId store, const QString& lastError = {});
    Result<bool> forget(const StoreRow& row, bool isRevoked);
    Future<bool> revoke(const StoreRow& row);
    Future<bool> takeBack(StorePort* port, StoreId store);

    Database& m_writer;
    const Clock& m_clock;
    const DeskAdapters& m_adapters;
    SyncDispatcher& m_syncs;
    std::map<StorePort*, std::unique_ptr<StorePort>> m_ports; // of questions under way
    std::optional<Granted> m_granted;                         // by the last sign-in; until it is used or given up
    int m_signIns = 0;                                        // a late answer is not the one waited for
    int m_connects = 0;
    std::unique_ptr<RecordFilePort> m_files;
    std::unique_ptr<CsvImportRun> m_import; // before its files; absent when none runs
};

} // namespace aiva
